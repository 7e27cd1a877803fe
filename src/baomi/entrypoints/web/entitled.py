"""Pages that are for some posts only: for everybody else they do not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404

from baomi.engine import registry
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web import refused
from baomi.entrypoints.web.bulk import answers
from baomi.entrypoints.web.menu import CUSTODIANS
from baomi.kernel.action import Action
from baomi.kernel.judge import may_ask
from baomi.kernel.words import Post
from baomi.registers.office.reads.visible import sees_details

# the form itself asks for the second person: his absence bars nobody from opening it
ASKED_IN_THE_FORM: Final = frozenset({"two_persons_stand_for_the_deed"})


@dataclass(frozen=True, slots=True)
class RowDeed:
    """A deed beside a row: live, or with what speaks against it."""

    action: Action[Any]
    target: UUID
    refusals: tuple[dict[str, Any], ...] = ()
    fault: str = ""

    @property
    def is_live(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.refusals and not self.fault


@dataclass(frozen=True, slots=True)
class Beginning:
    """A deed that needs no row: live, or who may ask for it."""

    action: Action[Any]
    why_not: str


def may_print(who: Who, paper: str, ids: Sequence[UUID]) -> bool:
    """Whether a paper is his to print: a second label or badge is half of a false hand-over."""
    if paper in ("labels", "cabinet_labels"):
        return bool(who.person.posts & CUSTODIANS)
    if paper == "badges":
        return sees_details(who.person) or set(ids) <= {who.id}
    return True


def only_for(who: Who, posts: frozenset[Post]) -> None:
    """Raises ``Http404`` for whoever holds none of the posts."""
    if not who.person.in_service or not who.person.posts & posts:
        raise Http404


def row_deeds(
    names: Sequence[str],
    who: Who,
    ids: Sequence[UUID],
    unfit: Mapping[UUID, Mapping[str, str]] | None = None,
) -> dict[UUID, list[RowDeed]]:
    """The deeds on each row, in the order of the names.

    ``unfit``: by row and action, why its state does not allow it: what the form would say only
    when it is sent.
    """
    found: dict[UUID, list[RowDeed]] = {each: [] for each in ids}
    for name in names:
        action = registry.actions()[name]
        for key, answer in answers(action, who, ids).items():
            fault = answer.fault or (unfit or {}).get(key, {}).get(name, "")
            standing = [no for no in answer.refusals if no.guard not in ASKED_IN_THE_FORM]
            told = tuple(refused.told(standing, who, [key], {key: {}}, of=action))
            found[key].append(RowDeed(action, key, told, fault))
    return found


def beginnings(names: Sequence[str], who: Who) -> list[Beginning]:
    """The deeds of a name each, with the reason where he may not ask for one."""
    told = []
    for name in names:
        action = registry.actions()[name]
        barred = may_ask(action, who.person, who.terms)
        told.append(Beginning(action, "；".join(each.remedy for each in barred)))
    return told
