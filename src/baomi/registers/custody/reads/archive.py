"""The books of the archive: what was put into it, and who consulted it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import models
from baomi.registers.custody.reads import worded
from baomi.registers.custody.reads.columns import copy_columns, person
from baomi.registers.custody.reads.copies_of import numbers_of_lines
from baomi.registers.custody.reads.visible import visible_to
from baomi.registers.filters import between_days, flag, of_row, of_text
from baomi.registers.listing import Book, Column, Order, Values

UNKNOWN_CONSULTATION: Final = "没有这次查档登记，请从查阅档案登记簿中选取"
_GOING_ON: Final = models.ConsultationLine.objects.filter(
    consultation=OuterRef("pk"), ended_on=None
)


def _keeps_the_archive(actor: Person) -> bool:
    return bool(actor.posts & {Post.REGISTRAR, Post.ARCHIVIST})


def _archivings(actor: Person) -> QuerySet[Any]:
    """What was archived of the copies that he may see."""
    rows = models.Archiving.objects
    if worded.is_registrar(actor):
        return rows.all()
    return rows.filter(copy__in=visible_to(actor).copies.values("id"))


def consultations_for(actor: Person) -> QuerySet[models.Consultation]:
    """Registrar and archivist see every consultation; others those that they made."""
    rows = models.Consultation.objects
    if not actor.in_service:
        return rows.none()
    return rows.all() if _keeps_the_archive(actor) else rows.filter(person=actor.id)


def find_consultation(actor: Person, text: str) -> UUID:
    """The consultation of an id. Raises ``BadInput``."""
    try:
        key = UUID(text.strip())
    except ValueError:
        raise BadInput(UNKNOWN_CONSULTATION) from None
    if not consultations_for(actor).filter(id=key).exists():
        raise BadInput(UNKNOWN_CONSULTATION)
    return key


ARCHIVINGS: Final = Book(
    name="custody.archiving",
    title="归档登记簿",
    help="登记移交档案室的文件：档号、盒号、档案柜、移交人。在文件页上办理“归档”。",
    kind="custody.copy",
    rows=_archivings,
    level="copy__paper__level",
    written_in="oldest",
    columns=(
        Column(
            key="archive_number",
            heading="档号",
            reads=("archive_number",),
            is_narrow=True,
        ),
        Column(key="box", heading="盒号", reads=("box",), is_narrow=True),
        *copy_columns(),
        Column(key="archived_on", heading="归档日期", reads=("archived_on",), is_narrow=True),
        Column(
            key="cabinet",
            heading="档案柜",
            reads=("cabinet__name",),
            opens="office.cabinet",
            opens_by="cabinet",
        ),
        person("handed_over_by", "移交人"),
        person("taken_over_by", "接收人"),
        Column(key="remark", heading="备注", reads=("remark",), is_shown=False),
        Column(
            key="voided",
            heading="已撤销",
            reads=("voided_by",),
            word=worded.voided,
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-archived_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("archived_on", "id")),
    ),
    filters=(
        of_text("archive_number", "档号", "archive_number__startswith"),
        of_row("copy", "份", "copy", "custody.copy"),
        of_row("handed_over_by", "移交人", "handed_over_by", "office.person"),
        *between_days("archived", "归档日期", "archived_on"),
    ),
)


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """Numbers of the copies, what was excerpted and where it went, and whether it goes on."""
    ids = [row["id"] for row in rows]
    lines = models.ConsultationLine.objects.filter(consultation__in=ids).order_by("id")
    numbers = numbers_of_lines(lines, "consultation")
    told: dict[UUID, dict[str, dict[str, None]]] = {}
    going_on = set()
    for key, ended_on, excerpted, kept in lines.values_list(
        "consultation", "ended_on", "excerpted", "excerpt_kept"
    ):
        of = told.setdefault(key, {"excerpted": {}, "excerpt_kept": {}})
        of["excerpted"] |= {excerpted: None} if excerpted else {}
        of["excerpt_kept"] |= {kept: None} if kept else {}
        if ended_on is None:
            going_on.add(key)
    for row in rows:
        row["copies"] = "、".join(numbers.get(row["id"], ()))
        row["going_on"] = row["id"] in going_on and not row["voided_by"]
        for column in ("excerpted", "excerpt_kept"):
            row[column] = "；".join(told.get(row["id"], {}).get(column, ()))


def _state(row: Values, terms: Terms) -> str:
    if row["voided_by"]:
        return "已撤销"
    if not row["going_on"]:
        return "已归还"
    return "逾期未还" if row["due_on"] < clock.today() else "查阅中"


def _unended(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(Exists(_GOING_ON), voided_by=None)


def _overdue(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return _unended(rows, actor).filter(due_on__lt=clock.today())


def _excerpting(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(~Q(excerpt_use=""))


CONSULTATIONS: Final = Book(
    name="custody.consultation",
    title="查阅档案登记簿",
    help="登记查阅档案的情况：何人因何事查阅、摘录引用了什么、何时归还。在已归档的文件页上办理“查阅档案”。",
    kind="custody.consultation",
    rows=consultations_for,
    level="level",
    fill_in=_fill_in,
    filled=("copies", "going_on", "excerpted", "excerpt_kept"),
    written_in="oldest",
    columns=(
        Column(
            key="began_on",
            heading="查阅日期",
            reads=("began_on",),
            opens="custody.consultation",
            opens_by="id",
            is_narrow=True,
        ),
        Column(
            key="state",
            heading="状态",
            reads=("voided_by", "due_on"),
            word=_state,
            is_narrow=True,
        ),
        person("person", "查档人"),
        Column(key="consulting_unit", heading="查档单位", reads=("consulting_unit",)),
        Column(key="purpose", heading="查档事由", reads=("purpose",)),
        Column(key="copies", heading="档案", reads=(), word=lambda row, terms: row["copies"]),
        Column(
            key="level",
            heading="最高密级",
            reads=("level",),
            word=worded.level_of("level"),
            is_narrow=True,
        ),
        Column(
            key="place",
            heading="查阅处所",
            reads=("place__name",),
            opens="office.room",
            opens_by="place",
        ),
        Column(key="excerpt_use", heading="摘录、引用的用途", reads=("excerpt_use",)),
        Column(
            key="excerpted",
            heading="摘录、引用的内容",
            reads=(),
            word=lambda row, terms: row["excerpted"],
        ),
        Column(
            key="excerpt_kept",
            heading="摘录件去向",
            reads=(),
            word=lambda row, terms: row["excerpt_kept"],
        ),
        Column(key="due_on", heading="应归还日期", reads=("due_on",), is_narrow=True),
        person("registered_by", "经手人"),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-began_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("began_on", "id")),
    ),
    filters=(
        flag("unended", "没有归还的", _unended),
        flag("overdue", "逾期未还的", _overdue),
        flag("excerpting", "摘录、引用的", _excerpting),
        of_row("person", "查档人", "person", "office.person"),
        *between_days("began", "查阅日期", "began_on"),
    ),
)


def _lines(actor: Person) -> QuerySet[Any]:
    return models.ConsultationLine.objects.filter(
        consultation__in=consultations_for(actor).values("id"),
    )


CONSULTED: Final = Book(
    name="custody.consultation_line",
    title="查阅的档案",
    help="这次查阅的每一份档案，以及摘录、归还的情况。",
    kind="custody.copy",
    rows=_lines,
    level="copy__paper__level",
    columns=(
        *copy_columns(),
        Column(key="excerpted", heading="摘录、引用的内容", reads=("excerpted",)),
        Column(key="excerpt_kept", heading="摘录件去向", reads=("excerpt_kept",)),
        Column(key="ended_on", heading="归还日期", reads=("ended_on",), is_narrow=True),
        person("taken_back_by", "收回人"),
    ),
    orders=(Order(key="entered", heading="按列入先后", by=("id",)),),
)
