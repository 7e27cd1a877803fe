"""Refusals as a page shows them: worded for the reader, the remedy as a live button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from baomi.engine import registry
from baomi.engine.face import wording
from baomi.engine.face.reading import pick
from baomi.entrypoints.web.guarding.logged_in import Who
from baomi.kernel.verdict import BadInput, Refusal


def told(
    refusals: Iterable[Refusal], who: Who, targets: Sequence[UUID] = ()
) -> list[dict[str, Any]]:
    """Each refusal with the address of its remedy, where he may do that himself."""
    return [
        each | {"remedy_href": _address(each["remedy_action"], who, targets)}
        for each in wording.as_data(refusals, who.person)
    ]


def _address(name: str | None, who: Who, targets: Sequence[UUID]) -> str | None:
    action = registry.actions().get(name or "")
    if action is None or not action.done_by & who.person.posts:
        return None
    if action.target is not None and len(targets) == 1:
        sought = _target_for(action.target, targets[0], who)
        if sought is not None:
            return reverse("deed_on", args=[action.name, sought])
    return reverse("deed", args=[action.name])


def _target_for(kind: str, target: UUID, who: Who) -> UUID | None:
    """The thing itself if the remedy is done to things of its kind."""
    try:
        return pick(who.person, kind, str(target))
    except BadInput:
        return None
