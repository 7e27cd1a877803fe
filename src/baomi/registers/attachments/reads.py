"""Attachments as somebody may see them: whoever sees a thing sees what is attached to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person, Post
from baomi.registers.attachments.load import UNKNOWN_ATTACHMENT, kinds
from baomi.registers.attachments.models import Attachment
from baomi.registers.attachments.wording import MEDIA, ROLES
from baomi.registers.filters import between_days, choices, flag, of_level, one_of
from baomi.registers.listing import Book, Column, Order, Values


def visible_to(actor: Person) -> QuerySet[Attachment]:
    """Those of the things that he sees, up to his clearance; the registrar whatever the level."""
    rows = Attachment.objects
    if not actor.in_service:
        return rows.none()
    wanted = Q(pk__in=())
    for each in kinds().values():
        wanted |= Q(kind=each.kind, thing__in=each.rows(actor).values("pk"))
    if Post.REGISTRAR in actor.posts:
        return rows.filter(wanted)
    return rows.filter(wanted, level__lte=max(actor.clearance, Level.INTERNAL).value)


def find_attachment(actor: Person, text: str) -> UUID:
    """The attachment of an id, if the actor may see it. Raises ``BadInput``."""
    try:
        key = UUID(text.strip())
    except ValueError:
        raise BadInput(UNKNOWN_ATTACHMENT) from None
    if not visible_to(actor).filter(id=key).exists():
        raise BadInput(UNKNOWN_ATTACHMENT)
    return key


def name_of(media: str, key: UUID) -> str:
    """The name under which a file is handed out: nothing of what it holds is in it."""
    return f"attachment-{key.hex[:8]}.{ENDINGS[media]}"


ENDINGS: Final = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """What each belongs to, by number; all of a kind at once."""
    names: dict[UUID, str] = {}
    for kind in {row["kind"] for row in rows} & kinds().keys():
        names.update(kinds()[kind].names({row["thing"] for row in rows if row["kind"] == kind}))
    for row in rows:
        row["belongs"] = names.get(row["thing"], "")


def _kind(row: Values, terms: Terms) -> str:
    return kinds()[row["kind"]].title if row["kind"] in kinds() else str(row["kind"])


def _standing(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(voided_on=None)


def _by(key: str, heading: str) -> Column:
    return Column(
        key=key,
        heading=heading,
        reads=(f"{key}__name",),
        opens="office.person",
        opens_by=key,
        is_narrow=True,
    )


ATTACHMENTS: Final = Book(
    name="attachments.attachment",
    title="附件登记簿",
    help="附在清单、文件、审批上的扫描件：在该项的页面上传，或用“扫描件回收”成批上传。",
    kind="attachments.attachment",
    rows=visible_to,
    level="level",
    written_in="oldest",
    fill_in=_fill_in,
    filled=("belongs",),
    columns=(
        Column(
            key="attached_on",
            heading="附上日期",
            reads=("attached_on",),
            opens="attachments.attachment",
            opens_by="id",
            is_narrow=True,
        ),
        Column(key="kind", heading="所属类别", reads=("kind",), word=_kind, is_narrow=True),
        Column(
            key="belongs",
            heading="所属",
            reads=("kind", "thing"),
            word=lambda row, terms: row["belongs"],
        ),
        Column(
            key="role",
            heading="性质",
            reads=("role",),
            word=lambda row, terms: ROLES[row["role"]],
            is_narrow=True,
        ),
        Column(
            key="level",
            heading="密级",
            reads=("level",),
            word=lambda row, terms: Level(row["level"]).title,
            is_narrow=True,
        ),
        Column(
            key="media",
            heading="格式",
            reads=("media",),
            word=lambda row, terms: MEDIA[row["media"]],
            is_narrow=True,
        ),
        Column(
            key="size",
            heading="大小（KB）",
            reads=("file",),
            word=lambda row, terms: -(-row["file"]["size"] // 1024),
            is_narrow=True,
        ),
        _by("attached_by", "附上人"),
        Column(key="note", heading="说明", reads=("note",)),
        Column(key="voided_on", heading="作废日期", reads=("voided_on",), is_narrow=True),
        _by("voided_by", "作废人"),
        Column(key="void_reason", heading="作废原因", reads=("void_reason",)),
        Column(
            key="sha256",
            heading="校验值（SHA-256）",
            reads=("file",),
            word=lambda row, terms: row["file"]["sha256"],
            is_shown=False,
        ),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-attached_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("attached_on", "id")),
    ),
    filters=(
        one_of("role", "性质", "role", choices(ROLES)),
        of_level("level", heading="密级"),
        *between_days("attached", "附上日期", "attached_on"),
        flag("standing", "未作废的", _standing),
    ),
)
BOOKS: Final[Mapping[str, Book]] = {ATTACHMENTS.name: ATTACHMENTS}
PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {ATTACHMENTS.kind: find_attachment}
