"""Release somebody from a duty that its clause allows to be waived; the duty stays on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.duties import facts
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

Allows = Callable[[str, str, str], Post | None]


class WaiveInputs(PlainInputs):
    """Why."""

    reason: str = Field(
        min_length=1, max_length=200, title="免办理由", description="为什么可以不办，不写文件标题"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A duty as it stands."""

    id: UUID
    clause: str
    name: str
    title: str
    owner: UUID | None
    owner_post: str
    owner_unit: UUID | None
    state: str


@dataclass(frozen=True, slots=True)
class Read:
    """The duties, which humans owe each, and whom their clauses let waive them."""

    duties: tuple[Owed, ...]
    owed_by: Mapping[UUID, frozenset[UUID]]
    allows: Allows | None


class Waive(Action[Read]):
    """Waive a duty."""

    name = "duties.waive"
    title = "免办"
    help = "制度允许免办的应办事项，由制度规定的岗位写明理由后免办；记录保留。"
    done_by = EVERYONE
    only_today = True
    brings = (facts.DutyIsWaived,)
    inputs = WaiveInputs
    target = "duties.duty"

    def situate(self, asked: Asked) -> Deed[Read]:
        wanted = set(asked.targets)
        rows = Duty.objects.filter(id__in=wanted).order_by("id")
        found = tuple(Owed(**row) for row in rows.values(*(each.name for each in fields(Owed))))
        if not wanted or len(found) < len(wanted):
            raise BadInput("没有这项应办事项，请核对编号", field="targets")
        if any(duty.state != "open" for duty in found):
            raise BadInput("这项应办已经办结、撤销或免办，不用再办", field="targets")
        owed_by = {duty.id: _humans_owing(duty, asked) for duty in found}
        deed = asked.deed(facts=Read(found, owed_by, asked.waived_by))
        return replace(deed, happenings=_waived(deed, ""))

    def complete(self, situation: Deed[Read], inputs: WaiveInputs) -> Deed[Read]:
        return replace(situation, happenings=_waived(situation, inputs.reason))

    def carry_out(self, deed: Deed[Read]) -> Change:
        waived = [each for each in deed.happenings if isinstance(each, facts.DutyIsWaived)]
        for each in waived:
            Duty.objects.filter(id=each.duty).update(
                state="waived",
                closed_by=deed.op_id,
                closed_on=deed.today,
                waived_by=deed.actor.id,
                waived_under=each.clause,
                remark=each.reason,
            )
        ids = {each.duty for each in waived}
        return Change(touched={"duties_duty": ids}, told={"duties": len(ids)})


def _humans_owing(duty: Owed, asked: Asked) -> frozenset[UUID]:
    """Its owner, or who holds its post; whoever stands in for one of those owes it as well."""
    if duty.owner is not None:
        owners: tuple[UUID, ...] = (duty.owner,)
    else:
        owners = office.holders(Post(duty.owner_post), asked.today, unit=duty.owner_unit)
    actor = asked.actor
    people = office.people(set(owners), asked.today, asked.terms)
    owing = frozenset(each.human for each in people.values())
    stands_in = any(each.principal in people for each in actor.stands_in)
    return owing | {actor.human} if stands_in else owing


def _waived(deed: Deed[Read], reason: str) -> tuple[facts.DutyIsWaived, ...]:
    allows = deed.facts.allows
    return tuple(
        facts.DutyIsWaived(
            duty=duty.id,
            title=duty.title,
            clause=duty.clause,
            waived_by=allows(duty.clause, duty.name, duty.title) if allows else None,
            owed_by=deed.facts.owed_by[duty.id],
            by=deed.actor,
            reason=reason,
        )
        for duty in deed.facts.duties
    )
