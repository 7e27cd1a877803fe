"""The registrar's own books: envelopes as they were opened, and numbers that were voided."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from baomi.kernel.words import Person
from baomi.registers.custody import models
from baomi.registers.custody.reads import worded
from baomi.registers.filters import between_days
from baomi.registers.listing import Book, Column, Order


def _registrars(actor: Person, table: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = table.objects.all()
    return rows if worded.is_registrar(actor) else rows.none()


ENVELOPES: Final = Book(
    name="custody.envelope",
    title="收文拆封登记簿",
    help="登记每次拆封的情况：包装是否完好、件数是否相符。",
    kind="custody.envelope",
    rows=lambda actor: _registrars(actor, models.Envelope),
    seen_by=worded.is_registrar,
    begin_with=("custody.receive_envelope",),
    written_in="oldest",
    columns=(
        Column(
            key="received_on",
            heading="收文日期",
            reads=("received_on",),
            opens="custody.envelope",
            opens_by="id",
            is_narrow=True,
        ),
        Column(key="sender", heading="发件单位", reads=("sender",)),
        Column(key="sent_number", heading="发送编号", reads=("sent_number",), is_narrow=True),
        Column(key="intact", heading="包装完好", reads=("intact",), is_narrow=True),
        Column(key="papers_stated", heading="清单件数", reads=("papers_stated",), is_narrow=True),
        Column(key="papers_found", heading="实收件数", reads=("papers_found",), is_narrow=True),
        Column(key="difference", heading="不符情况", reads=("difference",)),
        Column(
            key="received_by",
            heading="拆封人",
            reads=("received_by__name",),
            opens="office.person",
            opens_by="received_by",
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-received_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("received_on", "id")),
    ),
    filters=between_days("received", "收文日期", "received_on"),
)
VOIDED_NUMBERS: Final = Book(
    name="custody.voided_number",
    title="作废编号登记簿",
    help="登记不再使用的收文编号和作废原因。编号作废后不再使用。",
    kind="",
    rows=lambda actor: _registrars(actor, models.VoidedNumber),
    seen_by=worded.is_registrar,
    begin_with=("custody.void_number",),
    columns=(
        Column(key="series_year", heading="年度", reads=("series_year",), is_narrow=True),
        Column(key="series_category", heading="编号类别", reads=("series_category",)),
        Column(key="series_serial", heading="序号", reads=("series_serial",), is_narrow=True),
        Column(key="reason", heading="作废原因", reads=("reason",)),
        Column(key="voided_on", heading="作废日期", reads=("voided_on",), is_narrow=True),
    ),
    orders=(
        Order(key="number", heading="按编号", by=("series_year", "series_serial", "id")),
        Order(
            key="number_down", heading="按编号倒序", by=("-series_year", "-series_serial", "-id")
        ),
    ),
    is_counted=True,
)
