"""The five 制度 as they were first issued: what an office enters when it begins its registers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from baomi.registers.governance.facts import System

FIRST_ISSUED_ON: Final = date(2020, 12, 24)


def first_versions(adopted_by: str) -> tuple[Mapping[str, Any], ...]:
    """Inputs of ``governance.adopt_rulebook_version``, one for each of the five."""
    return tuple(
        {
            "system": system,
            "issued_on": FIRST_ISSUED_ON,
            "in_force_from": FIRST_ISSUED_ON,
            "adopted_by": adopted_by,
        }
        for system in System
    )
