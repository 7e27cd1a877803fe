"""The book of numbered copies (涉密载体台账)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.apps import apps
from django.db.models import QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.custody import models
from baomi.registers.custody.facts import CARRYING
from baomi.registers.custody.reads import worded
from baomi.registers.custody.reads.columns import person
from baomi.registers.custody.reads.search import search_copies
from baomi.registers.custody.reads.visible import visible_to
from baomi.registers.filters import between_days, choices, flag, of_level, of_row, one_of
from baomi.registers.listing import Book, Column, Order, Values


def _overdue(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(id__in=_owed_before(clock.today()))


def _due_today(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    tomorrow = clock.today() + timedelta(days=1)
    return rows.filter(state="held", id__in=_owed_before(tomorrow))


def _owed_before(day: date) -> QuerySet[Any]:
    """What the duties speak of whose day has passed: left in the database, it may be thousands."""
    duties = apps.get_model("duties", "Duty")._default_manager
    return duties.filter(state="open", due_on__lt=day).values("subject")


def _is_out(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(purpose=CARRYING)


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """Until when what is carried out is to be back."""
    out = [row["id"] for row in rows if row["purpose"] == CARRYING]
    lines = models.OutingLine.objects.filter(copy__in=out, back_on=None, outing__voided_by=None)
    until = dict(lines.values_list("copy", "outing__back_until")) if out else {}
    for row in rows:
        row["back_until"] = until.get(row["id"])


def _state(row: Values, terms: Terms) -> str:
    if row["purpose"] == CARRYING:
        until = row["back_until"]
        return f"外出（{until.isoformat()} 前带回）" if until else "外出"
    return worded.STATES[row["state"]]


COPIES: Final = Book(
    name="custody.copy",
    title="涉密载体台账",
    help="每一份涉密载体现在在谁手中、在哪个柜里。收文登记以后，各份就列在这里。",
    kind="custody.copy",
    rows=lambda actor: visible_to(actor).copies,
    level="paper__level",
    search=search_copies,
    fill_in=_fill_in,
    filled=("back_until",),
    begin_with=("custody.receive_envelope",),
    written_in="number",
    columns=(
        Column(
            key="label",
            heading="标签",
            reads=("label_serial",),
            word=worded.label_of,
            opens="custody.copy",
            opens_by="id",
            is_narrow=True,
        ),
        Column(
            key="registered_number",
            heading="收文编号",
            reads=("paper__registered_number",),
            opens="custody.paper",
            opens_by="paper",
            is_narrow=True,
        ),
        Column(
            key="copy_number",
            heading="份号",
            reads=("copy_number",),
            opens="custody.copy",
            opens_by="id",
            is_narrow=True,
        ),
        Column(
            key="title",
            heading="文件资料名称",
            reads=("paper__title",),
            opens="custody.paper",
            opens_by="paper",
        ),
        Column(key="issuer", heading="制作发文单位", reads=("paper__issuer",), is_shown=False),
        Column(
            key="carrier",
            heading="载体类别",
            reads=("paper__carrier",),
            word=worded.by("paper__carrier", worded.CARRIERS),
            is_shown=False,
            is_narrow=True,
        ),
        Column(key="number", heading="文号", reads=("paper__number",), is_narrow=True),
        Column(
            key="level",
            heading="密级",
            reads=("paper__level",),
            word=worded.level_of("paper__level"),
            is_narrow=True,
        ),
        Column(
            key="term",
            heading="保密期限",
            reads=worded.term_reads("paper__"),
            word=worded.term_of("paper__"),
            is_shown=False,
            is_narrow=True,
        ),
        Column(
            key="pages", heading="页数", reads=("paper__pages",), is_shown=False, is_narrow=True
        ),
        Column(
            key="state",
            heading="状态",
            reads=("state", "purpose"),
            word=_state,
            is_narrow=True,
        ),
        person("holder", "持有人"),
        person("kept_by", "保管专人"),
        Column(
            key="cabinet",
            heading="文件柜",
            reads=("cabinet__name",),
            opens="office.cabinet",
            opens_by="cabinet",
        ),
        Column(
            key="purpose",
            heading="用途",
            reads=("purpose",),
            word=worded.by("purpose", worded.PURPOSES),
            is_narrow=True,
        ),
        Column(key="since", heading="自何日起", reads=("since",), is_narrow=True),
        Column(
            key="back_until",
            heading="带回日期",
            reads=(),
            word=lambda row, terms: row["back_until"],
            is_shown=False,
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="新登记的在前", by=("-label_serial",)),
        Order(key="oldest", heading="早登记的在前", by=("label_serial",)),
        Order(
            key="number",
            heading="按收文编号",
            by=("paper__series_year", "paper__series_serial", "label_serial"),
        ),
        Order(key="longest", heading="在现处最久的在前", by=("since", "label_serial")),
    ),
    filters=(
        of_level("level", sees_whole=worded.is_registrar),
        one_of("state", "状态", "state", choices(worded.STATES), sees_whole=worded.is_registrar),
        of_row("holder", "持有人", "holder", "office.person"),
        of_row("kept_by", "保管专人", "kept_by", "office.person"),
        of_row(
            "cabinet",
            "文件柜",
            "cabinet_id",
            "office.cabinet",
            sees_whole=worded.is_registrar,
        ),
        of_row("paper", "文件", "paper", "custody.paper"),
        *between_days("since", "现处起日", "since"),
        flag("out", "携带外出的", _is_out),
        flag("mine", "本人持有的", lambda rows, actor: rows.filter(holder=actor.id)),
        flag("overdue", "逾期未还的", _overdue, only=worded.is_registrar),
        flag("due_today", "今日应收回的", _due_today, only=worded.is_registrar),
    ),
)
