"""A deed as it is asked for at a page: what was posted, ready to be judged or done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict

from baomi.engine import registry
from baomi.engine.face.described import choices_told
from baomi.engine.face.meant import Meaning
from baomi.engine.face.reading import may_see, names_of, pick
from baomi.engine.inputs import Fault, InvalidInputs
from baomi.engine.request import Request
from baomi.engine.second_person import confirmed_by
from baomi.entrypoints.web.forms.posted import raw_of
from baomi.entrypoints.web.guarding.logged_in import Who
from baomi.kernel.action import Action
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput, Ref
from baomi.kernel.words import Door

MOST_TARGETS = 200


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
        meaning = Meaning(self.who.person, self.who.terms, takes_secrets=True)
        inputs, faults = meaning.checked(self.raw, self.action.inputs)
        targets, wrong = self._targets()
        faults = (*wrong, *faults)
        if faults:
            raise InvalidInputs(faults)
        return Request(
            action=self.action.name,
            actor=self.who.id,
            targets=targets,
            inputs=inputs,
            op_id=self._operation(),
            door=Door.WEB,
            second=self._second() if to_be_done else None,
            happened_on=self._day(),
            late_reason=self.posted.get("late_reason", ""),
        )

    def _targets(self) -> tuple[tuple[UUID, ...], tuple[Fault, ...]]:
        """Those of the address, and those that were typed or scanned."""
        found = dict.fromkeys(self.targets)
        faults = []
        for number, text in enumerate(self.posted.getlist("targets"), start=1):
            if not text.strip() or self.action.target is None:
                continue
            try:
                found[pick(self.who.person, self.action.target, text)] = None
            except BadInput as fault:
                faults.append(Fault("targets", f"第 {number} 个：{fault.sentence}"))
        if self.action.target is not None and not found and not faults:
            faults.append(Fault("targets", "没有指定办理的对象，请扫描或填写"))
        if len(found) > MOST_TARGETS:
            faults.append(Fault("targets", f"一次最多 {MOST_TARGETS} 个，请分几次办理"))
        return tuple(found), tuple(faults)

    def _operation(self) -> UUID:
        try:
            return UUID(self.posted.get("op_id", ""))
        except ValueError:
            return new_id()

    def _second(self) -> UUID | None:
        login = self.posted.get("second_login", "").strip()
        if not login:
            return None
        return confirmed_by(
            login,
            self.posted.get("second_password", ""),
            actor=self.who.id,
            address=self.address,
        )

    def _day(self) -> date | None:
        text = self.posted.get("happened_on", "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            sentence = "发生日期不是有效的日期，请按 2026-01-31 的样子填写"
            raise InvalidInputs((Fault("happened_on", sentence),)) from None


def action_named(name: str) -> Action[Any]:
    """The action of a name. Raises ``Http404``."""
    found = registry.actions().get(name)
    if found is None:
        raise Http404
    return found


def visible_targets(action: Action[Any], who: Who, targets: tuple[UUID, ...]) -> dict[UUID, str]:
    """The targets by how they are called. Raises ``Http404`` for one that he may not see."""
    if not targets:
        return {}
    if action.target is None:
        raise Http404
    sees = may_see(who.person)
    if not all(sees(Ref(action.target, each, "", "")) for each in targets):
        raise Http404
    names = names_of(who.person, action.target, targets, who.terms)
    return {each: names.get(each, "") for each in targets}


def with_choices(action: Action[Any], who: Who, wrong: InvalidInputs) -> InvalidInputs:
    """The same faults, naming what may be chosen."""
    try:
        with choices_told(action, who.terms):
            raise wrong
    except InvalidInputs as told:
        return told
