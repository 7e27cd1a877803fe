"""Pass a duty on to another person, who owes it from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.fields import PersonRef
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.duties import facts
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office

# whoever has the copy owes its return: it passes on only with the copy itself
BOUND_TO_ITS_OWNER = frozenset({"return_the_copy", "bring_back", "end_consultation"})
_MAY_PASS_ON_ALL = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})


class PassOnInputs(Inputs):
    """To whom, and why."""

    person: PersonRef = Field(title="接办人", description="姓名、拼音首字母或证件标签")
    reason: str = Field(min_length=1, max_length=200, title="理由", description="为什么转办")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A duty as it stands."""

    id: UUID
    name: str
    state: str
    owner: UUID | None
    owner_post: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Read:
    """The duties, and who gets them."""

    duties: tuple[Owed, ...]
    person: Person | None = None
    reason: str = ""


class PassOn(Action[Read]):
    """Pass a duty on."""

    name = "duties.pass_on"
    title = "转办"
    help = "把应办事项转给另一人办理，期限不变；交回文件的事项随文件走，不能转办。"
    done_by = EVERYONE
    brings = (facts.DutiesArePassedOn,)
    inputs = PassOnInputs
    target = "duties.duty"

    def situate(self, asked: Asked) -> Deed[Read]:
        wanted = list(dict.fromkeys(asked.targets))
        rows = Duty.objects.filter(id__in=wanted).values(
            "id", "name", "state", "owner", "owner_post", "due_on"
        )
        found = {row["id"]: Owed(**row) for row in rows}
        if not wanted or any(key not in found for key in wanted):
            raise BadInput("没有这项应办事项，请核对编号", field="targets")
        return asked.deed(facts=Read(tuple(found[key] for key in wanted)))

    def complete(self, situation: Deed[Read], inputs: PassOnInputs) -> Deed[Read]:
        duties, actor = situation.facts.duties, situation.actor
        person = office.person(inputs.person, situation.today, situation.terms)
        if not person.in_service:
            raise BadInput("接办人已不在岗，请改选在岗人员", field="person")
        for duty in duties:
            _check(duty, actor)
            if duty.owner == person.id:
                raise BadInput("这项应办本来就由接办人负责，请核对", field="person")
        read = Read(duties, person, inputs.reason)
        return with_happenings(situation, _left_by(duties), facts=read)

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.person is None:
            raise BadInput("请填写接办人", field="person")
        ids = {duty.id for duty in read.duties}
        Duty.objects.filter(id__in=ids).update(
            owner=read.person.id, owner_post="", owner_unit=None, remark=read.reason
        )
        return Change(touched={"duties_duty": ids}, told={"duties": len(ids)})


def _left_by(duties: tuple[Owed, ...]) -> list[facts.DutiesArePassedOn]:
    """Whose duties are all passed on with these."""
    passed = {duty.id for duty in duties}
    owners = {duty.owner for duty in duties if duty.owner}
    left = Duty.objects.filter(owner__in=owners, state="open").exclude(id__in=passed)
    left = left.exclude(name__in=BOUND_TO_ITS_OWNER)  # they go with what they are about
    remaining = set(left.values_list("owner", flat=True))
    return [facts.DutiesArePassedOn(former_owner=each) for each in sorted(owners - remaining)]


def _check(duty: Owed, actor: Person) -> None:
    if duty.state != "open":
        raise BadInput("这项应办已经办结或撤销，不用再转办", field="targets")
    if duty.name in BOUND_TO_ITS_OWNER:
        raise BadInput("文件在谁手中就由谁交回，请办理文件的收回和交接", field="targets")
    own = duty.owner == actor.id or duty.owner_post in actor.posts
    if not own and not actor.posts & _MAY_PASS_ON_ALL:
        raise BadInput("只能转办自己负责的事项，他人的请由保密员或办公室主任转办", field="targets")
