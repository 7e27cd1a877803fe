"""The book of outings (外出携带登记簿), and the copies of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.custody import models
from baomi.registers.custody.reads import worded
from baomi.registers.custody.reads.columns import copy_columns, person
from baomi.registers.custody.reads.copies_of import numbers_of_lines
from baomi.registers.filters import between_days, flag, of_level, of_row
from baomi.registers.listing import Book, Column, Filter, Order, Values

UNKNOWN_OUTING: Final = "没有这次外出登记，请核对编号，如 2025-外出-3"
_OUT: Final = models.OutingLine.objects.filter(outing=OuterRef("pk"), back_on=None)


def outings_for(actor: Person) -> QuerySet[models.Outing]:
    """The registrar sees every outing; others their own, and those of copies that they keep."""
    outings = models.Outing.objects
    if not actor.in_service:
        return outings.none()
    if worded.is_registrar(actor):
        return outings.all()
    along = models.OutingCompanion.objects.filter(person=actor.id).values("outing")
    kept = models.OutingLine.objects.filter(copy__kept_by=actor.id).values("outing")
    own = Q(carrier=actor.id) | Q(keeper=actor.id) | Q(registered_by=actor.id)
    return outings.filter(own | Q(id__in=along) | Q(id__in=kept))


def find_outing(actor: Person, text: str) -> UUID:
    """The outing of a number (``2025-外出-3``) or an id. Raises ``BadInput``."""
    year, _, serial = text.strip().partition("-外出-")
    try:
        wanted = Q(id=UUID(text.strip()))
    except ValueError:
        is_number = all(part.isascii() and part.isdecimal() for part in (year, serial))
        if not is_number or len(year + serial) > len("2025000000"):
            raise BadInput(UNKNOWN_OUTING) from None
        wanted = Q(serial_year=int(year), serial=int(serial))
    found = outings_for(actor).filter(wanted).values_list("id", flat=True).first()
    if found is None:
        raise BadInput(UNKNOWN_OUTING)
    return found


def names_of_outings(actor: Person, ids: Iterable[UUID], terms: Terms) -> Mapping[UUID, str]:
    """Numbers of outings by id."""
    rows = outings_for(actor).filter(id__in=list(ids)).values_list("id", "serial_year", "serial")
    return {key: f"{year}-外出-{serial}" for key, year, serial in rows}


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """Numbers of the copies, who goes along, and how many are still out."""
    ids = [row["id"] for row in rows]
    lines = models.OutingLine.objects.filter(outing__in=ids).order_by("id")
    numbers = numbers_of_lines(lines, "outing")
    out = set(lines.filter(back_on=None).values_list("outing", flat=True))
    along: dict[UUID, list[str]] = {}
    people = models.OutingCompanion.objects.filter(outing__in=ids).order_by("id")
    for outing, name in people.values_list("outing", "person__name"):
        along.setdefault(outing, []).append(name)
    for row in rows:
        row["copies"] = "、".join(numbers.get(row["id"], ()))
        row["companions"] = "、".join(along.get(row["id"], ()))
        row["is_out"] = row["id"] in out and not row["voided_by"]


def _number(row: Values, terms: Terms) -> str:
    return f"{row['serial_year']}-外出-{row['serial']}"


def _occasions(row: Values, terms: Terms) -> str:
    return "、".join(title for code, title in worded.OCCASIONS.items() if row[code])


def _state(row: Values, terms: Terms) -> str:
    if row["voided_by"]:
        return "已撤销"
    if not row["is_out"]:
        return "已带回"
    return "外出逾期" if row["back_until"] < clock.today() else "外出"


def _still_out(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(Exists(_OUT), voided_by=None)


def _overdue(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return _still_out(rows, actor).filter(back_until__lt=clock.today())


def _on_occasion(code: str) -> Filter:
    return flag(code, worded.OCCASIONS[code], lambda rows, actor: rows.filter(**{code: True}))


OUTINGS: Final = Book(
    name="custody.outing",
    title="外出携带登记簿",
    help="登记携带外出的文件：何人携带、到何处、采取什么保密措施、何时带回。在文件页上办理“携带外出”。",
    kind="custody.outing",
    rows=outings_for,
    level="level",
    fill_in=_fill_in,
    filled=("copies", "companions", "is_out"),
    written_in="oldest",
    columns=(
        Column(
            key="number",
            heading="编号",
            reads=("serial_year", "serial"),
            word=_number,
            opens="custody.outing",
            opens_by="id",
            is_narrow=True,
        ),
        Column(
            key="state",
            heading="状态",
            reads=("voided_by", "back_until"),
            word=_state,
            is_narrow=True,
        ),
        Column(key="registered_on", heading="登记日期", reads=("registered_on",), is_narrow=True),
        Column(key="unit", heading="责任部门", reads=("unit__name",)),
        person("carrier", "携带人"),
        person("keeper", "保管人"),
        Column(key="copies", heading="文件", reads=(), word=lambda row, terms: row["copies"]),
        Column(
            key="level",
            heading="最高密级",
            reads=("level",),
            word=worded.level_of("level"),
            is_narrow=True,
        ),
        Column(key="occasions", heading="场合", reads=tuple(worded.OCCASIONS), word=_occasions),
        Column(key="destination", heading="外出地点", reads=("destination",)),
        Column(key="purpose", heading="用途", reads=("purpose",)),
        Column(key="measures", heading="保密措施", reads=("measures",), is_shown=False),
        Column(
            key="companions",
            heading="同行人员",
            reads=(),
            word=lambda row, terms: row["companions"],
        ),
        Column(key="leaves_on", heading="外出日期", reads=("leaves_on",), is_narrow=True),
        Column(key="back_until", heading="带回日期", reads=("back_until",), is_narrow=True),
        person("registered_by", "经手人"),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-id",)),
        Order(key="oldest", heading="早的在前", by=("id",)),
        Order(key="due", heading="按带回日期", by=("back_until", "id")),
    ),
    filters=(
        flag("out", "在外的", _still_out),
        flag("overdue", "逾期未带回的", _overdue),
        *(_on_occasion(code) for code in worded.OCCASIONS),
        of_level("level"),
        of_row("carrier", "携带人", "carrier", "office.person"),
        of_row("unit", "责任部门", "unit", "office.unit"),
        *between_days("leaves", "外出日期", "leaves_on"),
        *between_days("until", "带回日期", "back_until"),
    ),
)


def _lines(actor: Person) -> QuerySet[Any]:
    return models.OutingLine.objects.filter(outing__in=outings_for(actor).values("id"))


LINES: Final = Book(
    name="custody.outing_line",
    title="携带外出的文件",
    help="这次携带外出的每一份文件，以及带回时的检查情况。",
    kind="custody.copy",
    rows=_lines,
    level="copy__paper__level",
    columns=(
        *copy_columns(),
        Column(key="back_on", heading="带回日期", reads=("back_on",), is_narrow=True),
        person("checked_by", "检查人"),
        Column(key="findings", heading="检查情况", reads=("findings",)),
    ),
    orders=(Order(key="entered", heading="按列入先后", by=("id",)),),
)
