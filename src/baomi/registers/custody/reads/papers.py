"""The books of papers (收文登记簿) and of their conveyings."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baomi.kernel.words import Person
from baomi.registers.custody import models
from baomi.registers.custody.reads import worded
from baomi.registers.custody.reads.search import search_papers
from baomi.registers.custody.reads.visible import visible_to
from baomi.registers.filters import (
    between_days,
    choices,
    of_level,
    of_row,
    of_text,
    of_year,
    one_of,
)
from baomi.registers.listing import Book, Column, Order


def _papers(actor: Person) -> QuerySet[Any]:
    copies = models.Copy.objects.filter(paper=OuterRef("pk")).order_by().values("paper")
    counted = Subquery(copies.annotate(n=Count("pk")).values("n"))
    return visible_to(actor).papers.annotate(copies=Coalesce(counted, 0))


def _conveyances(actor: Person) -> QuerySet[Any]:
    papers = visible_to(actor).papers.values("id")
    return models.Conveyance.objects.filter(paper__in=papers)


PAPERS: Final = Book(
    name="custody.paper",
    title="收文登记簿",
    help="登记收到的和本机关产生的涉密文件。还没有登记的，先办理“收文登记”。",
    kind="custody.paper",
    rows=_papers,
    level="level",
    search=search_papers,
    begin_with=("custody.receive_envelope", "custody.register_own_paper"),
    written_in="number",
    columns=(
        Column(
            key="registered_number",
            heading="收文编号",
            reads=("registered_number",),
            opens="custody.paper",
            opens_by="id",
            is_narrow=True,
        ),
        Column(key="registered_on", heading="收文日期", reads=("registered_on",), is_narrow=True),
        Column(key="issuer", heading="来文单位", reads=("issuer",)),
        Column(key="number", heading="文件字号", reads=("number",), is_narrow=True),
        Column(
            key="title", heading="文件标题", reads=("title",), opens="custody.paper", opens_by="id"
        ),
        Column(
            key="level",
            heading="秘密等级",
            reads=("level",),
            word=worded.level_of("level"),
            is_narrow=True,
        ),
        Column(
            key="term",
            heading="保密期限",
            reads=worded.term_reads(""),
            word=worded.term_of(""),
            is_narrow=True,
        ),
        Column(key="copies", heading="文件份数", reads=("copies",), is_narrow=True),
        Column(
            key="carrier",
            heading="载体类别",
            reads=("carrier",),
            word=worded.by("carrier", worded.CARRIERS),
            is_shown=False,
            is_narrow=True,
        ),
        Column(
            key="dated_on",
            heading="成文日期",
            reads=("dated_on",),
            is_shown=False,
            is_narrow=True,
        ),
        Column(key="pages", heading="页数", reads=("pages",), is_shown=False, is_narrow=True),
        Column(key="release_level", heading="发布层次", reads=("release_level",), is_shown=False),
        Column(key="conveyance", heading="传达要求", reads=("conveyance",), is_shown=False),
        Column(
            key="handling_unit",
            heading="承办单位",
            reads=("handling_unit__name",),
            opens="office.unit",
            opens_by="handling_unit",
        ),
        Column(
            key="handler",
            heading="承办人",
            reads=("handler__name",),
            opens="office.person",
            opens_by="handler",
            is_narrow=True,
        ),
        Column(key="remarks", heading="备注", reads=("remarks",), is_shown=False),
        Column(
            key="notes",
            heading="补录提示",
            reads=("notes",),
            word=worded.notes_of,
            is_shown=False,
        ),
    ),
    orders=(
        Order(key="newest", heading="最新登记在前", by=("-id",)),
        Order(key="oldest", heading="最早登记在前", by=("id",)),
        Order(key="number", heading="按收文编号", by=("series_year", "series_serial", "id")),
        Order(
            key="number_down",
            heading="按收文编号倒序",
            by=("-series_year", "-series_serial", "-id"),
        ),
        Order(key="day", heading="按收文日期，近的在前", by=("-registered_on", "-id")),
    ),
    filters=(
        of_level("level", sees_whole=worded.is_registrar),
        of_year("year", "年度", "series_year"),
        of_text("category", "编号类别", "series_category"),
        one_of("origin", "来源", "origin", choices(worded.ORIGINS)),
        of_text("issuer", "来文单位", "issuer__contains"),
        *between_days("registered", "收文日期", "registered_on"),
        of_row("handling_unit", "承办单位", "handling_unit", "office.unit"),
        of_row("handler", "承办人", "handler", "office.person"),
    ),
)
CONVEYANCES: Final = Book(
    name="custody.conveyance",
    title="传达登记簿",
    help="登记文件向谁、在何处、以何种方式传达。传达一份文件后在此登记。",
    kind="",
    rows=_conveyances,
    level="paper__level",
    written_in="oldest",
    columns=(
        Column(
            key="registered_number",
            heading="收文编号",
            reads=("paper__registered_number",),
            opens="custody.paper",
            opens_by="paper",
            is_narrow=True,
        ),
        Column(
            key="level",
            heading="密级",
            reads=("paper__level",),
            word=worded.level_of("paper__level"),
            is_narrow=True,
        ),
        Column(key="release_level", heading="发布层次", reads=("paper__release_level",)),
        Column(key="conveyance", heading="传达要求", reads=("paper__conveyance",)),
        Column(key="conveyed_on", heading="传达日期", reads=("conveyed_on",), is_narrow=True),
        Column(key="audience", heading="传达对象", reads=("audience",)),
        Column(key="audience_level", heading="对象层次", reads=("audience_level",)),
        Column(key="manner", heading="传达方式", reads=("manner",)),
        Column(
            key="place",
            heading="地点",
            reads=("place__name",),
            opens="office.room",
            opens_by="place",
        ),
        Column(
            key="conveyed_by",
            heading="登记人",
            reads=("conveyed_by__name",),
            opens="office.person",
            opens_by="conveyed_by",
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-conveyed_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("conveyed_on", "id")),
    ),
    filters=between_days("conveyed", "传达日期", "conveyed_on"),
)
