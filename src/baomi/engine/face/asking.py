"""A deed as somebody enters it at a form or sends it by a program: made into a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from baomi.engine.approving import instead_of_doing, may_ask_for
from baomi.engine.face.described import choices_told
from baomi.engine.face.meant import Meaning
from baomi.engine.face.reading import may_see, names_of, pick
from baomi.engine.inputs import Fault, InvalidInputs
from baomi.engine.request import Request
from baomi.engine.second_person import confirmed_by
from baomi.kernel.action import Action
from baomi.kernel.ids import new_id
from baomi.kernel.judge import may_ask
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput, Ref
from baomi.kernel.words import Door, Person

MOST_TARGETS: Final = 200


@dataclass(frozen=True, slots=True)
class Second:
    """The second person's name and password, as they were entered."""

    login: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What was entered for one action, nothing of it checked yet.

    ``targets`` are known ids, ``typed`` names, numbers or labels of further ones; ``address`` is
    where it comes from: failures of the second person are counted by it.
    """

    action: Action[Any]
    person: Person
    terms: Terms
    door: Door
    inputs: Mapping[str, Any]
    targets: tuple[UUID, ...] = ()
    typed: Sequence[str] = ()
    op_id: str = ""
    happened_on: str = ""
    late_reason: str = ""
    second: Second = Second()
    address: str = ""
    why: str = ""  # the reason for which an approval is asked
    again_of: UUID | None = None  # the request that was returned for change

    def request_for_approval(self) -> Request:
        """The request that asks for the approval of exactly this, instead of doing it.

        Raises ``InvalidInputs`` with every fault. Whoever may not ask for it learns nothing.
        """
        if may_ask_for(self.action, self.person):
            inputs, targets = self._meant()
            asked = replace(self._bare(), inputs=inputs, targets=targets)
        else:
            asked = self._bare()
        return instead_of_doing(asked, why=self.why, again_of=self.again_of)

    def _meant(self) -> tuple[Mapping[str, Any], tuple[UUID, ...]]:
        meaning = Meaning(self.person, self.terms, takes_secrets=True)
        inputs, faults = meaning.checked(self.inputs, self.action.inputs)
        targets, wrong = self._targets()
        if wrong or faults:
            raise InvalidInputs((*wrong, *faults))
        return inputs, targets

    def request(self, *, to_be_done: bool) -> Request:
        """The request; the second person is asked for his password only for a deed to be done.

        Raises ``InvalidInputs`` with every fault, and what ``confirmed_by`` raises.
        """
        if not self.happened_on.strip() and may_ask(self.action, self.person, self.terms):
            # he is stopped at the threshold: nothing that he entered is even looked up
            return self._bare()
        inputs, targets = self._meant()
        return Request(
            action=self.action.name,
            actor=self.person.id,
            targets=targets,
            inputs=inputs,
            op_id=self._operation(),
            door=self.door,
            second=self._second() if to_be_done else None,
            happened_on=self._day(),
            late_reason=self.late_reason,
        )

    def _bare(self) -> Request:
        return Request(
            action=self.action.name,
            actor=self.person.id,
            targets=self.targets,
            inputs={},
            op_id=self._operation(),
            door=self.door,
        )

    def _targets(self) -> tuple[tuple[UUID, ...], tuple[Fault, ...]]:
        """Those that are known, and those that were typed or scanned."""
        found = dict.fromkeys(self.targets)
        faults = []
        for number, text in enumerate(self.typed, start=1):
            if not text.strip() or self.action.target is None:
                continue
            try:
                found[pick(self.person, self.action.target, text)] = None
            except BadInput as fault:
                faults.append(Fault("targets", f"第 {number} 个：{fault.sentence}"))
        if self.action.target is not None and not found and not faults:
            faults.append(Fault("targets", "没有指定办理的对象，请扫描或填写"))
        if len(found) > MOST_TARGETS:
            faults.append(Fault("targets", f"一次最多 {MOST_TARGETS} 个，请分几次办理"))
        return tuple(found), tuple(faults)

    def _operation(self) -> UUID:
        try:
            return UUID(self.op_id)
        except ValueError:
            return new_id()

    def _second(self) -> UUID | None:
        login = self.second.login.strip()
        if not login:
            return None
        return confirmed_by(login, self.second.password, actor=self.person.id, address=self.address)

    def _day(self) -> date | None:
        text = self.happened_on.strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            sentence = "发生日期不是有效的日期，请按 2026-01-31 的样子填写"
            raise InvalidInputs((Fault("happened_on", sentence),)) from None


def names_if_seen(
    action: Action[Any], person: Person, terms: Terms, targets: Sequence[UUID]
) -> Mapping[UUID, str] | None:
    """How the targets are called; None where the action takes none, or he may not see them all."""
    if not targets:
        return {}
    if action.target is None:
        return None
    sees = may_see(person)
    if not all(sees(Ref(action.target, each, "", "")) for each in targets):
        return None
    names = names_of(person, action.target, targets, terms)
    return {each: names.get(each, "") for each in targets}


def with_choices(action: Action[Any], terms: Terms, wrong: InvalidInputs) -> InvalidInputs:
    """The same faults, naming what may be chosen."""
    try:
        with choices_told(action, terms):
            raise wrong
    except InvalidInputs as told:
        return told
