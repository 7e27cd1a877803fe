"""End an appointment; the posts that went with it end on the same day, as deeds of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, FollowUp, Inputs, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.appointments import carried_by
from baomi.registers.office.choices import known, only_one


class EndAppointmentInputs(Inputs):
    """The last day."""

    last_day: date | None = Field(
        default=None, title="任职至", description="最后任职日，含当日；不填即办理当日"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The appointment, what was entered, and the appointments that go with it."""

    holdings: tuple[facts.Holding, ...]
    entered: EndAppointmentInputs | None = None
    carried: tuple[UUID, ...] = ()


class EndAppointment(Action[Read]):
    """End an appointment, and the posts that went with it."""

    name = "office.end_appointment"
    title = "免职"
    help = "终止一项任职，最后任职日的次日起失去权限；兼任的职务同日一并终止。"
    done_by = frozenset({Post.SECURITY_ADMIN})
    brings = (facts.PostFallsVacant, facts.UnitHeadLeaves)
    inputs = EndAppointmentInputs
    target = "office.post_holding"
    entails = ("office.end_appointment",)

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(known(asked.targets, load.holdings(asked.targets), "任职")))

    def complete(self, situation: Deed[Read], inputs: EndAppointmentInputs) -> Deed[Read]:
        holding = only_one(situation.facts.holdings, "任职")
        last_day = inputs.last_day or situation.today
        if last_day < situation.today:
            raise BadInput("最后任职日不能早于办理日；早已免职的请用补记", field="last_day")
        if holding.until_on is not None and holding.until_on <= last_day:
            raise BadInput("这项任职届时已经终止，无须再办", field="last_day")
        if holding.ex_officio and _main_stands(holding, last_day, situation.terms):
            raise BadInput("兼任的职务随本职终止，请办理本职的免职")
        carried = _carried(holding, last_day, situation.terms)
        brought = (
            *load.vacated((holding,), last_day, situation.terms),
            *load.heads_leaving((holding,)),
        )
        return with_happenings(situation, brought, facts=Read((holding,), inputs, carried))

    def carry_out(self, deed: Deed[Read]) -> Change:
        holding = only_one(deed.facts.holdings, "任职")
        last_day = (deed.facts.entered and deed.facts.entered.last_day) or deed.today
        models.PostHolding.objects.filter(id=holding.id).update(until_on=last_day)
        return Change(
            touched={"office_post_holding": {holding.id}},
            follow_ups=tuple(
                FollowUp(action=self.name, targets=(each,), inputs={"last_day": last_day})
                for each in deed.facts.carried
            ),
        )


def _main_stands(carried: facts.Holding, last_day: date, terms: Terms) -> bool:
    """Whether the main post goes on beyond the day on which the carried one is to end."""
    return any(
        not each.ex_officio
        and each.unit == carried.unit
        and carried.post in carried_by(each.post, terms)
        and (each.until_on is None or each.until_on > last_day)
        for each in load.holdings_of(carried.person, carried.from_on, carried.until_on)
    )


def _carried(main: facts.Holding, last_day: date, terms: Terms) -> tuple[UUID, ...]:
    posts = () if main.ex_officio else carried_by(main.post, terms)
    return tuple(
        each.id
        for each in load.holdings_of(main.person, main.from_on, main.until_on)
        if each.ex_officio
        and each.post in posts
        and each.unit == main.unit
        and (each.until_on is None or each.until_on > last_day)
    )
