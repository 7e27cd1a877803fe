"""Targets of a deed in this register: one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from baomi.kernel.verdict import BadInput

ThingT = TypeVar("ThingT")


def only_one(targets: Sequence[UUID], found: Mapping[UUID, ThingT], what: str) -> ThingT:
    """The one thing that was chosen. Raises ``BadInput`` for none, several, or an unknown one."""
    if len(targets) != 1:
        raise BadInput(f"请选定一个{what}（现选了 {len(targets)} 个）", field="targets")
    if targets[0] not in found:
        raise BadInput(f"没有这个{what}，请核对后重新选择", field="targets")
    return found[targets[0]]
