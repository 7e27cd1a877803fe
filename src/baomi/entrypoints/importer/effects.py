"""What an answer brings about: a value in place of the book's, a decision, or the row left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from baomi.entrypoints.importer.coherence import VOIDED
from baomi.entrypoints.importer.entries import BookRow, Question
from baomi.entrypoints.importer.offers import (
    ACCEPT,
    Offer,
    main_day_of,
    offer_of,
)
from baomi.entrypoints.importer.values import whole_number
from baomi.kernel.chinese_dates import DateError, parse_date
from baomi.kernel.copy_numbers import parse_copy_numbers
from baomi.kernel.marks import LEVEL_TITLES, parse_mark, parse_term, term_words
from baomi.kernel.numbers import parse_number
from baomi.kernel.spelling import squeeze

_SECRETS = frozenset({"confidential", "secret", "top_secret"})
_MOST_COPIES = 10_000
_LONGEST_NAME = 100
_NUMBERED_COUNT = re.compile(r".*份")
_SAME_PERSON = "是同一个人"
_NOT_YET = "尚未送出"


class BadAnswer(ValueError):
    """An answer that cannot be taken; ``sentence`` says why and what may be answered."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Names(Protocol):
    """Who and what a name means in the office."""

    def unit_named(self, text: str) -> UUID | Question:
        """The unit of that name, or what must be asked first."""

    def person_named(self, text: str) -> UUID | Question:
        """The person of that name, or what must be asked first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """``values`` by field stand for the book's; ``receiver`` is who was meant."""

    values: Mapping[str, str] = field(default_factory=dict)
    decision: str = ""
    receiver: UUID | None = None


def effect_of(row: BookRow, question: Question, answer: str, names: Names) -> Effect:
    """What the answer brings about. Raises ``BadAnswer``."""
    offer = offer_of(question)
    choice = _chosen(offer, answer)
    if question.code == "person_elsewhere" and choice == _SAME_PERSON:
        return _receiver(names.person_named(row.person))
    if question.code == "out_missing" and choice == _NOT_YET:
        return Effect(values={"out_on": "未送出"})
    if question.code == VOIDED and offer.decisions.get(choice) == ACCEPT:
        return Effect(values={VOIDED: choice})
    if choice in offer.decisions:
        return Effect(decision=offer.decisions[choice])
    if choice and not offer.kinds:
        return Effect(decision=choice)
    return _typed(row, question, offer, choice or answer.strip(), names)


def _chosen(offer: Offer, answer: str) -> str:
    """The choice that was meant; a spreadsheet may have dropped the zeros before a number."""
    plain = squeeze(answer)
    exact = [each for each in offer.choices if squeeze(each) == plain]
    if not exact and plain.isdecimal():
        exact = [c for c in offer.choices if c.isdecimal() and int(c) == int(plain)]
    return exact[0] if len(exact) == 1 else ""


def _typed(row: BookRow, question: Question, offer: Offer, text: str, names: Names) -> Effect:
    faults = []
    for kind in offer.kinds:
        try:
            if kind in ("unit", "person"):
                return _named(kind, text, names)
            return Effect(values=_READERS[kind](row, question, text))
        except BadAnswer as fault:
            faults.append(fault.sentence)
    why = next(filter(None, faults), "")
    raise BadAnswer(f"{why}回答“{text[:40]}”不在可选之内；可以填：{offer.words}。")


def _named(kind: str, text: str, names: Names) -> Effect:
    if kind == "person":
        return _receiver(names.person_named(text))
    unit = names.unit_named(text)
    if isinstance(unit, Question):
        raise BadAnswer(_sentence(unit))
    return Effect(values={"unit": text})


def _receiver(found: UUID | Question) -> Effect:
    if isinstance(found, Question):
        raise BadAnswer(_sentence(found))
    return Effect(receiver=found)


def _sentence(question: Question) -> str:
    return f"{question.text.rstrip('。')}。"


def _day(row: BookRow, question: Question, text: str) -> dict[str, str]:
    try:
        day = parse_date(text).day
    except DateError as fault:
        raise BadAnswer(_full(str(fault))) from None
    return {main_day_of(row, question): day.isoformat()}


def _full(sentence: str) -> str:
    return f"{sentence.rstrip('。')}。"


def _level(row: BookRow, _question: Question, text: str) -> dict[str, str]:
    mark = parse_mark(text)
    if mark.questions:
        raise BadAnswer(mark.questions[0].text)
    if mark.level_code not in _SECRETS:
        return {"level": text, "term": ""}
    if mark.term is None and row.mark.term is not None:
        return {"level": f"{text}★{term_words(row.mark.term)}", "term": ""}
    return {"level": text, "term": ""} if mark.term else {"level": text}


def _term(row: BookRow, _question: Question, text: str) -> dict[str, str]:
    if parse_term(text) is None:
        raise BadAnswer("")
    code = row.mark.level_code
    level = {"level": LEVEL_TITLES[code]} if code != "none" else {}
    return {"term": text, **level}


def _count(_row: BookRow, _question: Question, text: str) -> dict[str, str]:
    count = whole_number(squeeze(text))
    if not count or count > _MOST_COPIES:
        raise BadAnswer("")
    return {"count": str(count)}


def _copy_numbers(_row: BookRow, _question: Question, text: str) -> dict[str, str]:
    copies = parse_copy_numbers(text, None)
    if copies.problems or not copies.numbers:
        raise BadAnswer(copies.problems[0] if copies.problems else "")
    return {"copy_numbers": text, "count": str(len(copies.numbers))}


def _copies(row: BookRow, question: Question, text: str) -> dict[str, str]:
    """Numbers of copies, or how many there are: then those that could be read, if as many."""
    if not _NUMBERED_COUNT.fullmatch(squeeze(text)):
        return _copy_numbers(row, question, text)
    stated = _count(row, question, text)
    there = len(row.copies.numbers)
    if there == int(stated["count"]):
        return stated
    if there:
        raise BadAnswer(f"簿上的份号有 {there} 个，与 {stated['count']} 份不符，请写全份号。")
    return {**stated, "copy_numbers": ""}


def _number(_row: BookRow, _question: Question, text: str) -> dict[str, str]:
    if parse_number(text) is None:
        raise BadAnswer("")
    return {"number": text}


def _name(field_name: str) -> Callable[[BookRow, Question, str], dict[str, str]]:
    def read(_row: BookRow, _question: Question, text: str) -> dict[str, str]:
        if not text.isprintable() or len(text) > _LONGEST_NAME:
            raise BadAnswer("")
        return {field_name: text}

    return read


_READERS: Mapping[str, Callable[[BookRow, Question, str], dict[str, str]]] = {
    "copies": _copies,
    "copy_numbers": _copy_numbers,
    "count": _count,
    "day": _day,
    "issuer": _name("issuer"),
    "level": _level,
    "number": _number,
    "receiving_number": _name("receiving_number"),
    "term": _term,
}
