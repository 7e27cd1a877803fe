"""Refusals as a page shows them: worded for the reader, the remedy as a live button."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from baomi.engine import registry
from baomi.engine.approving import may_ask_for
from baomi.engine.face import wording
from baomi.engine.face.choices import picked_kind
from baomi.engine.face.reading import may_see, pick
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.forms.posted import is_several
from baomi.kernel.action import Action
from baomi.kernel.judge import ASK
from baomi.kernel.verdict import BadInput, Ref, Refusal
from baomi.registers.listing import Link

Related = Mapping[UUID, Mapping[str, UUID]]
"""Of things that the page shows anyway: by kind, what each leads to, itself included."""


def told(
    refusals: Iterable[Refusal],
    who: Who,
    targets: Sequence[UUID] = (),
    related: Related | None = None,
    *,
    of: Action[Any] | None = None,
) -> list[dict[str, Any]]:
    """Each refusal with the address of its remedy, where he may do that himself.

    ``related`` spares looking up what the page has shown already. ``of``: the deed that was
    refused, if its form is not on the page: there its approval is asked for.
    """
    shown = related or {}
    seen = {each for kinds in shown.values() for each in kinds.values()}
    looked_up = may_see(who.person)

    def sees(ref: Ref) -> bool:
        return ref.id in seen or looked_up(ref)

    listed = list(refusals)
    return [
        each
        | {
            "remedy_href": _form_of(of, who, targets)
            if refusal.remedy_action == ASK
            else _address(refusal, each["remedy_action"], who, targets, shown)
        }
        for refusal, each in zip(listed, wording.worded(listed, sees), strict=True)
    ]


def lacks_only_approval(refusals: Iterable[Refusal]) -> bool:
    """Whether something speaks against it, and an approval is all that it takes."""
    listed = list(refusals)
    return bool(listed) and all(each.remedy_action == ASK for each in listed)


def _form_of(action: Action[Any] | None, who: Who, targets: Sequence[UUID]) -> str | None:
    if action is None or not may_ask_for(action, who.person):
        return None
    if action.target is not None and len(targets) == 1:
        return reverse("deed_on", args=[action.name, targets[0]])
    return reverse("deed", args=[action.name])


def related_to(kind: str, key: UUID, links: Mapping[str, Link]) -> Mapping[str, UUID]:
    """What a row leads to, by kind; a kind of which it names several is left out."""
    found: dict[str, set[UUID]] = {}
    for of, each in links.values():
        found.setdefault(of, set()).add(each)
    return {of: next(iter(ids)) for of, ids in found.items() if len(ids) == 1} | {kind: key}


def _address(
    refusal: Refusal, name: str | None, who: Who, targets: Sequence[UUID], related: Related
) -> str | None:
    action = registry.actions().get(name or "")
    if action is None or not action.done_by & who.person.posts:
        return None
    sought = None
    if action.target is not None:
        sought = _meant(action.target, refusal, who, targets, related)
    known = _known_fields(action, refusal, who)
    begun = f"?{urlencode(known)}" if known else ""
    if sought is not None:
        return reverse("deed_on", args=[action.name, sought]) + begun
    return reverse("deed", args=[action.name]) + begun


def _known_fields(action: Action[Any], refusal: Refusal, who: Who) -> dict[str, str]:
    """What the remedy asks for and the refusal speaks of: by id, filled in where no doubt is.

    No list is begun: one name in it would look like the whole of it.
    """
    kinds = {
        name: picked_kind(info)
        for name, info in action.inputs.model_fields.items()
        if not is_several(info.annotation)
    }
    asked = [kind for kind in kinds.values() if kind and kind != action.target]
    spoken_of = [ref.kind for ref in refusal.refs.values()]
    found = {}
    for key, ref in refusal.refs.items():
        if ref.kind not in asked:
            continue
        is_clear = asked.count(ref.kind) == spoken_of.count(ref.kind) == 1
        names = [name for name, kind in kinds.items() if kind == ref.kind and is_clear]
        if kinds.get(key) == ref.kind:
            names = [key]
        if names and _seen(ref.kind, ref.id, who) is not None:
            found[names[0]] = str(ref.id)
    return found


def _meant(
    kind: str, refusal: Refusal, who: Who, targets: Sequence[UUID], related: Related
) -> UUID | None:
    """What the remedy is done to: what the refusal speaks of; never a thing that it does not."""
    spoken_of = {ref.id for ref in refusal.refs.values() if ref.kind == kind}
    if len(spoken_of) == 1:
        return _seen(kind, spoken_of.pop(), who)
    if spoken_of or any(ref.kind == "office.person" for ref in refusal.refs.values()):
        return None  # several, or something of a person's: he chooses
    if len(targets) != 1:
        return None
    if targets[0] in related:
        return related[targets[0]].get(kind)
    return _seen(kind, targets[0], who)


def _seen(kind: str, key: UUID, who: Who) -> UUID | None:
    """The thing, if it is of that kind and he may see it."""
    try:
        return pick(who.person, kind, str(key))
    except BadInput:
        return None
