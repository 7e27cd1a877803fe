"""How this register's rows are called and found, and what is offered while somebody types.

A name says what a thing is, never the title of a paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.spelling import fold
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.governance.reads import visible
from baomi.registers.governance.reads.columns import standing
from baomi.registers.governance.reads.rules import SYSTEMS
from baomi.registers.governance.reads.yearly import KINDS

Names = Mapping[UUID, str]
Offer = tuple[str, str]
Picker = Callable[[Person, str], UUID]
MOST: Final = 12
_LONGEST: Final = 120
_UNKNOWN: Final = {
    "governance.yearly": "没有这份计划或总结，请写 计划/年度 或 总结/年度，如 计划/2026",
    "governance.item": "没有这项工作目标，请写 计划年度/序号，如 2026/1",
    "governance.rulebook_version": "没有这个制度版本，请写制度名称或代码，如 DM",
    "governance.document": "没有这份文件材料，请从台账中选取",
    "governance.pledge": "没有这份责任书，请写 年度/委（办）室，如 2026/研究室",
    "governance.oversight": "没有这项分管，请写分管单位的名称",
}
_ROWS: Final[Mapping[str, Callable[[Person], QuerySet[Any]]]] = {
    "governance.yearly": visible.yearlies,
    "governance.item": visible.items,
    "governance.rulebook_version": visible.versions,
    "governance.document": visible.documents,
    "governance.pledge": visible.pledges,
    "governance.oversight": visible.oversights,
}


def _by_yearly(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """``计划/2026``: the version that stands."""
    kind, _, year = typed.partition("/")
    codes = {code: (code, word, word.removeprefix("年度")) for code, word in KINDS.items()}
    found = [code for code, words in codes.items() if kind.strip() in words]
    if not found or not _is_number(year):
        return rows.none()
    return rows.filter(kind=found[0], year=int(year), replaced_on=None)


def _by_goal(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """``2026/1``: a goal of the plan that stands."""
    year, _, ordinal = typed.partition("/")
    if not _is_number(year) or not _is_number(ordinal):
        return rows.none()
    return rows.filter(
        yearly__kind="plan",
        yearly__year=int(year),
        yearly__replaced_on=None,
        ordinal=int(ordinal),
    )


def _by_system(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """``DM`` or 定密工作制度: the version in force; ``DM/2020-12-24``: that one."""
    name, _, day = typed.partition("/")
    codes = [code for code, word in SYSTEMS.items() if fold(name) in (fold(code), fold(word))]
    if not codes:
        return rows.none()
    found = rows.filter(system=codes[0])
    if not day:
        return found.filter(repealed_on=None)
    try:
        return found.filter(issued_on=date.fromisoformat(day.strip()))
    except ValueError:
        return rows.none()


def _by_letter(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    return rows.filter(letter=typed)


def _by_unit_and_year(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    year, _, unit = typed.partition("/")
    rows = rows.filter(cancelled_on=None)
    return rows.filter(year=int(year), unit__name=unit) if _is_number(year) else rows.none()


def _by_unit(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    return rows.filter(unit__name=typed).order_by("-from_on", "-id")[:1]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len("2026")


_BY_TEXT: Final[Mapping[str, Callable[[QuerySet[Any], str], QuerySet[Any]]]] = {
    "governance.yearly": _by_yearly,
    "governance.item": _by_goal,
    "governance.rulebook_version": _by_system,
    "governance.document": _by_letter,
    "governance.pledge": _by_unit_and_year,
    "governance.oversight": _by_unit,
}


def _picker(kind: str) -> Picker:
    def pick(actor: Person, text: str) -> UUID:
        typed = text.strip()
        if not typed or len(typed) > _LONGEST:
            raise BadInput(_UNKNOWN[kind])
        rows = _ROWS[kind](actor)
        key = _as_id(typed)
        found = rows.filter(id=key) if key else _BY_TEXT[kind](rows, typed)
        ids: list[UUID] = list(found.values_list("id", flat=True)[:2])
        if not ids:
            raise BadInput(_UNKNOWN[kind])
        if len(ids) > 1:
            raise BadInput("符合的不止一项，请从台账中选取")
        return ids[0]

    return pick


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _namer(
    kind: str, columns: tuple[str, ...], word: Callable[..., str]
) -> Callable[[Person, Iterable[UUID], Terms], Names]:
    def names(actor: Person, ids: Iterable[UUID], terms: Terms) -> Names:
        rows = _ROWS[kind](actor).filter(id__in=list(ids)).values_list("id", *columns)
        return {key: word(*values) for key, *values in rows}

    return names


PICKERS: Final[Mapping[str, Picker]] = {kind: _picker(kind) for kind in _BY_TEXT}
NAMES: Final = {
    "governance.yearly": _namer(
        "governance.yearly",
        ("year", "kind", "version"),
        lambda year, kind, version: f"{year}{KINDS[kind]}第{version}版",
    ),
    "governance.item": _namer(
        "governance.item",
        ("yearly__year", "ordinal"),
        lambda year, ordinal: f"{year}/{ordinal}",
    ),
    "governance.rulebook_version": _namer(
        "governance.rulebook_version",
        ("system", "issued_on"),
        lambda system, day: f"{SYSTEMS[system]}（{day.isoformat()}）",
    ),
    "governance.document": _namer(
        "governance.document",
        ("kind", "dated_on"),
        lambda kind, day: f"{kind}（{day.isoformat()}）",
    ),
    "governance.pledge": _namer(
        "governance.pledge",
        ("year", "unit__name", "head__name"),
        lambda year, unit, head: f"{year}年{unit}{head}的责任书",
    ),
    "governance.oversight": _namer(
        "governance.oversight",
        ("leader__name", "unit__name"),
        lambda leader, unit: f"{leader}分管{unit}",
    ),
}


def _versions_offered(actor: Person, typed: str) -> list[Offer]:
    found = visible.versions(actor).filter(repealed_on=None).order_by("id")
    rows = found.values_list("system", "issued_on")
    offers = [(SYSTEMS[system], day.isoformat()) for system, day in rows]
    return [each for each in offers if typed.strip() in each[0]][:MOST]


def _goals_offered(actor: Person, typed: str) -> list[Offer]:
    rows = visible.items(actor).filter(yearly__kind="plan", yearly__replaced_on=None)
    recent = rows.filter(yearly__year__gte=clock.today().year - 1)
    found = recent.order_by("-yearly__year", "ordinal")
    values = found.values_list("yearly__year", "ordinal", "what")
    offers = [(f"{year}/{ordinal}", what) for year, ordinal, what in values]
    wanted = typed.strip()
    return [each for each in offers if each[0].startswith(wanted) or wanted in each[1]][:MOST]


def _oversights_offered(actor: Person, typed: str) -> list[Offer]:
    rows = standing(visible.oversights(actor), actor)
    found = rows.filter(unit__name__contains=typed.strip()).order_by("id")
    return list(found.values_list("unit__name", "leader__name")[:MOST])


OFFERS: Final[Mapping[str, Callable[[Person, str], list[Offer]]]] = {
    "governance.rulebook_version": _versions_offered,
    "governance.item": _goals_offered,
    "governance.oversight": _oversights_offered,
}
