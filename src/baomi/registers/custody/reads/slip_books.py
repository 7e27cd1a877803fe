"""The book of hand-over slips (交接清单), and the lines of one."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baomi.kernel.words import Person
from baomi.registers.custody import models
from baomi.registers.custody.reads import worded
from baomi.registers.custody.reads.slips import slips_for
from baomi.registers.filters import between_days, choices, flag, of_row, one_of
from baomi.registers.listing import Book, Column, Order
from baomi.registers.office import load as office

KINDS: Final = {"out": "交出", "back": "收回"}
CONFIRMED: Final = {"": "未确认", "pin": "工牌和确认码", "login": "登录口令", "signature": "签字"}


def _slips(actor: Person) -> QuerySet[Any]:
    lines = models.SlipLine.objects.filter(slip=OuterRef("pk")).order_by().values("slip")
    counted = Subquery(lines.annotate(n=Count("pk")).values("n"))
    return slips_for(actor).annotate(copies=Coalesce(counted, 0))


def _lines(actor: Person) -> QuerySet[Any]:
    return models.SlipLine.objects.filter(slip__in=slips_for(actor).values("id"))


def _unconfirmed(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(confirmed_on=None, voided_by=None)


def _person(key: str, heading: str) -> Column:
    return Column(
        key=key,
        heading=heading,
        reads=(f"{key}__name",),
        opens="office.person",
        opens_by=key,
        is_narrow=True,
    )


SLIPS: Final = Book(
    name="custody.slip",
    title="交接清单登记簿",
    help="每一张交接清单：交给谁、从谁收回、是否已经确认。交阅或收回以后，出具交接清单。",
    kind="custody.slip",
    rows=_slips,
    written_in="oldest",
    columns=(
        Column(
            key="label",
            heading="清单编号",
            reads=("label_serial",),
            word=lambda row, terms: office.label("S", row["label_serial"]),
            opens="custody.slip",
            opens_by="id",
            is_narrow=True,
        ),
        Column(
            key="kind",
            heading="事项",
            reads=("kind",),
            word=worded.by("kind", KINDS),
            is_narrow=True,
        ),
        _person("person", "接交人"),
        _person("drawn_up_by", "出具人"),
        Column(key="copies", heading="份数", reads=("copies",), is_narrow=True),
        Column(key="drawn_up_on", heading="出具日期", reads=("drawn_up_on",), is_narrow=True),
        Column(
            key="confirmed_how",
            heading="确认方式",
            reads=("confirmed_how",),
            word=worded.by("confirmed_how", CONFIRMED),
            is_narrow=True,
        ),
        Column(key="confirmed_on", heading="确认日期", reads=("confirmed_on",), is_narrow=True),
        Column(
            key="voided",
            heading="已撤销",
            reads=("voided_by",),
            word=worded.voided,
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-label_serial",)),
        Order(key="oldest", heading="早的在前", by=("label_serial",)),
    ),
    filters=(
        one_of("kind", "事项", "kind", choices(KINDS)),
        of_row("person", "接交人", "person", "office.person"),
        *between_days("drawn_up", "出具日期", "drawn_up_on"),
        flag("unconfirmed", "未确认的", _unconfirmed),
    ),
)
LINES: Final = Book(
    name="custody.slip_line",
    title="清单所列文件",
    help="清单上列的每一份文件。",
    kind="custody.copy",
    rows=_lines,
    level="copy__paper__level",
    columns=(
        Column(
            key="registered_number",
            heading="收文编号",
            reads=("copy__paper__registered_number",),
            is_narrow=True,
        ),
        Column(
            key="copy_number",
            heading="份号",
            reads=("copy__copy_number",),
            opens="custody.copy",
            opens_by="copy",
            is_narrow=True,
        ),
        Column(key="number", heading="文号", reads=("copy__paper__number",), is_narrow=True),
        Column(
            key="level",
            heading="密级",
            reads=("copy__paper__level",),
            word=worded.level_of("copy__paper__level"),
            is_narrow=True,
        ),
        Column(key="title", heading="标题", reads=("copy__paper__title",)),
        Column(key="pages", heading="页数", reads=("copy__paper__pages",), is_narrow=True),
    ),
    orders=(Order(key="entered", heading="按列入先后", by=("id",)),),
)
