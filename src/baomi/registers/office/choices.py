"""Targets of a deed, as every action of this register takes them: one thing at a time, or some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from baomi.kernel.verdict import BadInput

ThingT = TypeVar("ThingT")


def known(targets: Sequence[UUID], found: Mapping[UUID, ThingT], what: str) -> tuple[ThingT, ...]:
    """The things that were chosen, in order. Raises ``BadInput`` for an unknown one."""
    if any(each not in found for each in targets):
        raise BadInput(f"没有这个{what}，请核对后重新选择", field="targets")
    return tuple(found[each] for each in targets)


def only_one(things: Sequence[ThingT], what: str) -> ThingT:
    """The one thing that was chosen. Raises ``BadInput`` for none and for several."""
    if len(things) != 1:
        raise BadInput(f"请选定一个{what}（现选了 {len(things)} 个）", field="targets")
    return things[0]
