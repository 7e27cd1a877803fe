"""A deed as it is asked for at a page: what was posted, ready to be judged or done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict

from baomi.engine import registry
from baomi.engine.face import asking
from baomi.engine.face.asking import Entered, Second
from baomi.engine.inputs import InvalidInputs
from baomi.engine.request import Request
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.forms.posted import raw_of
from baomi.kernel.action import Action
from baomi.kernel.words import Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What a page posted for one action."""

    action: Action[Any]
    who: Who
    posted: QueryDict
    targets: tuple[UUID, ...]
    address: str = ""

    @property
    def raw(self) -> dict[str, Any]:
        """What was filled in, as it was typed."""
        return raw_of(self.posted, self.action.inputs)

    def request(self, *, to_be_done: bool) -> Request:
        """The request. Raises ``InvalidInputs`` with every fault, ``LoginRefused`` and so on."""
        said = self.posted
        second = Second(said.get("second_login", ""), said.get("second_password", ""))
        return Entered(
            action=self.action,
            person=self.who.person,
            terms=self.who.terms,
            door=Door.WEB,
            inputs=self.raw,
            targets=self.targets,
            typed=said.getlist("targets"),
            op_id=said.get("op_id", ""),
            happened_on=said.get("happened_on", ""),
            late_reason=said.get("late_reason", ""),
            second=second,
            address=self.address,
        ).request(to_be_done=to_be_done)


def action_named(name: str) -> Action[Any]:
    """The action of a name. Raises ``Http404``."""
    found = registry.actions().get(name)
    if found is None:
        raise Http404
    return found


def visible_targets(action: Action[Any], who: Who, targets: tuple[UUID, ...]) -> dict[UUID, str]:
    """The targets by how they are called. Raises ``Http404`` for one that he may not see."""
    names = asking.names_if_seen(action, who.person, who.terms, targets)
    if names is None:
        raise Http404
    return dict(names)


def with_choices(action: Action[Any], who: Who, wrong: InvalidInputs) -> InvalidInputs:
    """The same faults, naming what may be chosen."""
    return asking.with_choices(action, who.terms, wrong)
