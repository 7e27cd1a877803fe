"""What the registers show at every door: names resolved to rows, and lists, by register.

Each register's ``reads`` declares ``PICKERS`` (kind of row → how a text finds one) and ``LISTS``
(name of a list → its rows); both see only what the actor may see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

import baomi.registers
from baomi.kernel.verdict import BadInput, Ref
from baomi.kernel.words import Person

Picker = Callable[[Person, str], UUID]
Lister = Callable[..., Any]


@cache
def pickers() -> Mapping[str, Picker]:
    """How a text finds a row, by kind of row."""
    return _declared("PICKERS")


@cache
def lists() -> Mapping[str, Lister]:
    """The lists that can be shown and exported, by name."""
    return _declared("LISTS")


def _declared(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for register in iter_modules(baomi.registers.__path__, prefix="baomi.registers."):
        if register.ispkg and find_spec(f"{register.name}.reads") is not None:
            found.update(getattr(import_module(f"{register.name}.reads"), name, {}))
    return dict(sorted(found.items()))


def pick(actor: Person, kind: str, text: str) -> UUID:
    """The row that a text means. Raises ``BadInput`` where it means none, or several."""
    picker = pickers().get(kind)
    if picker is None:
        raise BadInput("这类对象不能用文字指定，请从台账中选取")
    return picker(actor, text)


def may_see(actor: Person) -> Callable[[Ref], bool]:
    """Whether somebody may see what a refusal speaks of."""

    def answer(ref: Ref) -> bool:
        try:
            pick(actor, ref.kind, str(ref.id))
        except BadInput:
            return False
        return True

    return answer


def lister(name: str) -> Lister:
    """The list of a name. Raises ``BadInput`` with the names that there are."""
    found = lists().get(name)
    if found is None:
        raise BadInput(f"没有“{name}”这本台账。可用的有：{'、'.join(lists())}。")
    return found
