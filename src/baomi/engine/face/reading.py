"""What the registers show at every door: names resolved to rows, and lists, by register.

Each register's ``reads`` declares ``PICKERS`` (kind of row → how a text finds one) and ``BOOKS``
(name → the register as it is read); both see only what the actor may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any
from unicodedata import category
from uuid import UUID

import baomi.registers
from baomi.engine.books import BOOKS as LEDGER_BOOKS
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput, Ref
from baomi.kernel.words import Person
from baomi.registers.listing import Book

Picker = Callable[[Person, str], UUID]
Namer = Callable[[Person, Iterable[UUID], Terms], Mapping[UUID, str]]
Offerer = Callable[[Person, str], list[tuple[str, str]]]


@cache
def pickers() -> Mapping[str, Picker]:
    """How a text finds a row, by kind of row."""
    return _declared("PICKERS")


@cache
def books() -> Mapping[str, Book]:
    """The registers that can be shown and exported, by name; the ledger's own among them."""
    return dict(sorted({**_declared("BOOKS"), **LEDGER_BOOKS}.items()))


def names_of(actor: Person, kind: str, ids: Iterable[UUID], terms: Terms) -> Mapping[UUID, str]:
    """How rows are called, those that the actor may see; others are not among them."""
    names = _namers().get(kind)
    return names(actor, ids, terms) if names else {}


def offers_for(actor: Person, kind: str, typed: str) -> list[tuple[str, str]]:
    """Texts that a picker understands, each with a note, for what was typed so far."""
    offers = _offerers().get(kind)
    return offers(actor, typed) if offers and typed.strip() and _is_writable(typed) else []


@cache
def _namers() -> Mapping[str, Namer]:
    return _declared("NAMES")


@cache
def _offerers() -> Mapping[str, Offerer]:
    return _declared("OFFERS")


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
    if not _is_writable(text):
        raise BadInput("内容里夹有控制字符，请重新填写或重新扫描")
    return picker(actor, text)


def _is_writable(text: str) -> bool:
    """Whether it could stand in a register at all: no database is asked for what could not."""
    return not any(category(character) in ("Cc", "Cs") for character in text.strip())


def may_see(actor: Person) -> Callable[[Ref], bool]:
    """Whether somebody may see what a refusal speaks of."""

    def answer(ref: Ref) -> bool:
        try:
            pick(actor, ref.kind, str(ref.id))
        except BadInput:
            return False
        return True

    return answer


def book(name: str) -> Book:
    """The book of a name. Raises ``BadInput`` with the names that there are."""
    found = books().get(name)
    if found is None:
        raise BadInput(f"没有“{name}”这本台账。可用的有：{'、'.join(books())}。")
    return found
