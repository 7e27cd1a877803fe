"""What left the system: for the auditor, and for each exporter his own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person, Post
from baomi.registers.exports.models import Export
from baomi.registers.filters import between_days, of_level, of_row, of_text
from baomi.registers.listing import Book, Column, Order

BACKUP: Final = "backup"  # what stands for a register where the whole office was taken out
UNKNOWN_EXPORT: Final = "没有这次导出，请核对编号"


def visible_to(actor: Person) -> QuerySet[Export]:
    """Every export for the auditor, backups for who makes them, one's own for everybody else."""
    if not actor.in_service:
        return Export.objects.none()
    if Post.AUDITOR in actor.posts:
        return Export.objects.all()
    own = Q(exported_by=actor.id)
    if Post.SYSTEM_ADMIN in actor.posts:
        own |= Q(register=BACKUP)
    return Export.objects.filter(own)


def find_export(actor: Person, text: str) -> UUID:
    """The export of an id, if the actor may see it. Raises ``BadInput``."""
    try:
        key = UUID(text.strip())
    except ValueError:
        raise BadInput(UNKNOWN_EXPORT) from None
    if not visible_to(actor).filter(id=key).exists():
        raise BadInput(UNKNOWN_EXPORT)
    return key


EXPORTS: Final = Book(
    name="exports.export",
    title="导出登记簿",
    help="每一个导出的文件：导出了什么、为什么、最高密级。导出台账时自动登记。",
    kind="exports.export",
    rows=visible_to,
    written_in="oldest",
    columns=(
        Column(
            key="exported_on",
            heading="导出日期",
            reads=("exported_on",),
            opens="exports.export",
            opens_by="id",
            is_narrow=True,
        ),
        Column(key="register", heading="台账", reads=("register",), is_narrow=True),
        Column(key="reason", heading="理由", reads=("reason",)),
        Column(key="rows", heading="行数", reads=("rows",), is_narrow=True),
        Column(
            key="level",
            heading="最高密级",
            reads=("level",),
            word=lambda row, terms: Level(row["level"]).title,
            is_narrow=True,
        ),
        Column(
            key="exported_by",
            heading="导出人",
            reads=("exported_by__name",),
            opens="office.person",
            opens_by="exported_by",
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-exported_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("exported_on", "id")),
    ),
    filters=(
        of_level("level", heading="最高密级"),
        of_text("register", "台账", "register"),
        of_row("exported_by", "导出人", "exported_by", "office.person"),
        *between_days("exported", "导出日期", "exported_on"),
    ),
)
BOOKS: Final[Mapping[str, Book]] = {EXPORTS.name: EXPORTS}
PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {EXPORTS.kind: find_export}
