"""What may have attachments, and facts about those that there are: for deciding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet

from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person
from baomi.registers.attachments import facts, models

# the same words for what does not exist and for what may not be seen
UNKNOWN_ATTACHMENT = "没有这份附件，请核对编号"
UNKNOWN_THING = "没有附件所属的这一项，请核对编号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachable:
    """A kind of thing that files may be attached to, as its own register declares it.

    ``rows``: those of them that somebody may see; who sees a thing sees what is attached to it.
    ``level``: of one of them, as far as its register knows. ``names``: numbers, never titles.
    """

    kind: str  # "custody.slip"
    title: str  # 交接清单
    rows: Callable[[Person], QuerySet[Any]]
    level: Callable[[UUID], Level]
    names: Callable[[Iterable[UUID]], Mapping[UUID, str]]


@cache
def kinds() -> Mapping[str, Attachable]:
    """Every kind that may have attachments: what a register's ``attachable.ATTACHABLE`` holds."""
    found: dict[str, Attachable] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.attachable"
        if app.name.startswith("baomi.registers.") and find_spec(name) is not None:
            found.update({each.kind: each for each in import_module(name).ATTACHABLE})
    return dict(sorted(found.items()))


def kind_named(text: str) -> Attachable:
    """The kind of a code or a title. Raises ``BadInput`` with those that there are."""
    for each in kinds().values():
        if text.strip() in (each.kind, each.title):
            return each
    titles = "、".join(each.title for each in kinds().values())
    raise BadInput(f"这一类不能附文件，请从{titles}中选取", field="kind")


def thing_seen(of: Attachable, thing: UUID, actor: Person) -> None:
    """Raises ``BadInput`` where somebody may not see a thing, as where there is none."""
    if not of.rows(actor).filter(pk=thing).exists():
        raise BadInput(UNKNOWN_THING, field="thing")


def highest_level() -> Level:
    """The highest level of files that this installation is declared approved for."""
    return Level.of(settings.ATTACHMENTS_UP_TO)


def attached(ids: Iterable[UUID]) -> Mapping[UUID, facts.Attached]:
    """Attachments by id."""
    rows = models.Attachment.objects.filter(id__in=list(ids)).values_list(
        "id", "kind", "thing", "role", "level", "attached_by_id", "voided_on"
    )
    return {
        key: facts.Attached(
            id=key,
            kind=kind,
            thing=thing,
            role=facts.Role(role),
            level=Level(level),
            attached_by=by,
            void=voided_on is not None,
        )
        for key, kind, thing, role, level, by, voided_on in rows
    }
