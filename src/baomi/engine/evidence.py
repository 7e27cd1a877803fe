"""What the engine saw, for the coverage of the rulebook: written only while tests run.

With ``BAOMI_EVIDENCE`` set to a file, each observation is a line of it. *Proven* is measured
from these lines, never typed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from baomi.kernel.clause import DutyRule, TimedRule


def duty_key(rule: DutyRule[Any] | TimedRule) -> str:
    """What a duty is observed under: one of a name may open in several ways, each of them shown.

    ``GZ2.3.7/return_the_copy/CopyReturns``: clause, name, and the happening that opens it.
    """
    return rule.key


def is_observed() -> bool:
    """Whether anybody keeps what is observed."""
    return bool(os.environ.get("BAOMI_EVIDENCE"))


def observe(kind: str, control: str, outcome: str, *, door: str = "", action: str = "") -> None:
    """Note one observation, e.g. guard ``GZ2.3.1b/reader_is_in_the_circle`` refused."""
    path = os.environ.get("BAOMI_EVIDENCE")
    if not path:
        return
    test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
    line = json.dumps(
        {
            "kind": kind,
            "control": control,
            "outcome": outcome,
            "door": door,
            "action": action,
            "test": test,
        }
    )
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
