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
from baomi.entrypoints.guarding.logged_in import Asking, Who, address_of
from baomi.entrypoints.web.forms.posted import raw_of
from baomi.entrypoints.web.prefill import ids_among
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
        return self._entered().request(to_be_done=to_be_done)

    def request_for_approval(self, *, why: str = "") -> Request:
        """The request that asks for the approval of this. Raises ``InvalidInputs``.

        ``why`` stands for a reason that was not entered yet.
        """
        return self._entered(why=why).request_for_approval()

    def _entered(self, *, why: str = "") -> Entered:
        said = self.posted
        again_of = ids_among([said.get("again_of", "")])
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
            second=Second(said.get("second_login", ""), said.get("second_password", "")),
            address=self.address,
            why=said.get("why", "").strip() or why,
            again_of=again_of[0] if again_of else None,
        )


def posted_for(request: Asking, action: Action[Any], target: UUID | None) -> Posted:
    """What was posted for an action, on the thing that its address names."""
    return Posted(
        action=action,
        who=request.who,
        posted=request.POST,
        targets=(target,) if target else (),
        address=address_of(request),
    )


def id_in(text: str) -> UUID | None:
    """The id in a field or an address; None where it is empty. Raises ``Http404``."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


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
