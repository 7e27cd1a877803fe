"""Appoint somebody to a post by a letter; a second person confirms what the letter says.

Who takes a main post takes the posts that go with it, from the same day: deeds of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, FollowUp, Inputs, with_happenings
from baomi.kernel.fields import UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.appointments import (
    FOR_A_UNIT,
    NOT_APPOINTED,
    ONE_AT_A_TIME,
    carried_by,
)
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Letter


class AppointInputs(Inputs):
    """To which post, for which unit, from when, by which letter."""

    post: Post = Field(title="职务", description="任命书上的职务")
    unit: UnitRef | None = Field(
        default=None, title="任职单位", description="主要负责人、分管领导、科室负责人、专人须填"
    )
    from_on: date | None = Field(default=None, title="任职日期", description="不填即办理当日")
    until_on: date | None = Field(default=None, title="任期至", description="含当日；不填即无期限")
    letter: Letter = Field(title="任命文号", description="任命文件的文号")


@dataclass(frozen=True, slots=True)
class Read:
    """Who is appointed, what was entered, and which posts go with it."""

    people: tuple[Person, ...]
    entered: AppointInputs | None = None
    carried: tuple[Post, ...] = ()


class Appoint(Action[Read]):
    """Appoint somebody to a post by a letter."""

    name = "office.appoint"
    title = "任职"
    help = "按任命文件登记任职，须由另一人核对文件后确认；兼任的职务同日一并登记。"
    done_by = frozenset({Post.SECURITY_ADMIN})
    brings = (facts.PersonTakesPost, facts.PostIsFilled)
    inputs = AppointInputs
    target = "office.person"
    entails = ("office.carry_post",)

    def situate(self, asked: Asked) -> Deed[Read]:
        people = load.people(asked.targets, asked.today, asked.terms)
        return asked.deed(facts=Read(known(asked.targets, people, "人")))

    def complete(self, situation: Deed[Read], inputs: AppointInputs) -> Deed[Read]:
        person = only_one(situation.facts.people, "人")
        first = inputs.from_on or situation.today
        _refuse_impossible(person, inputs, first, situation.today, situation.terms)
        takes = facts.PersonTakesPost(
            person=person,
            post=inputs.post,
            unit=inputs.unit,
            posts_held=load.posts_between(person.id, first, inputs.until_on),
            from_on=first,
        )
        filled = facts.PostIsFilled(post=inputs.post, unit=inputs.unit)
        carried = carried_by(inputs.post, situation.terms)
        return with_happenings(situation, (takes, filled), facts=Read((person,), inputs, carried))

    def carry_out(self, deed: Deed[Read]) -> Change:
        person, inputs = only_one(deed.facts.people, "人"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写职务和任命文号", field="post")
        first = inputs.from_on or deed.today
        holding = models.PostHolding(
            id=new_id(),
            person_id=person.id,
            post=inputs.post.value,
            unit_id=inputs.unit,
            from_on=first,
            until_on=inputs.until_on,
            letter=inputs.letter,
            confirmed_by_id=deed.second.id if deed.second else None,
        )
        holding.save(force_insert=True)
        return Change(
            touched={"office_post_holding": {holding.id}},
            told={"holding": str(holding.id)},
            follow_ups=tuple(
                FollowUp(
                    action="office.carry_post",
                    targets=(holding.id,),
                    inputs={"post": post},
                )
                for post in deed.facts.carried
            ),
        )


def _refuse_impossible(
    person: Person, inputs: AppointInputs, first: date, today: date, terms: Terms
) -> None:
    title = terms.post_title(inputs.post)
    if inputs.post in NOT_APPOINTED:
        raise BadInput(f"“{title}”不经任命产生，请改选职务", field="post")
    if not person.in_service:
        raise BadInput(f"{person.name}不在岗，不能任职")
    if first < today:
        raise BadInput("任职日期不能早于办理日；早已任职的请用补记", field="from_on")
    if inputs.until_on is not None and inputs.until_on < first:
        raise BadInput("任期截止日早于任职日期，请核对", field="until_on")
    _refuse_wrong_unit(inputs.post, inputs.unit, title)
    if _standing(load.holdings_of(person.id, first, inputs.until_on), inputs):
        raise BadInput(f"{person.name}这段时间已任“{title}”，无须再办", field="post")
    if inputs.post in ONE_AT_A_TIME and load.holders_between(
        inputs.post, inputs.unit, first, inputs.until_on
    ):
        raise BadInput(f"“{title}”这段时间已有人担任，请先办理免职", field="post")


def _refuse_wrong_unit(post: Post, unit: UUID | None, title: str) -> None:
    if post in FOR_A_UNIT and unit is None:
        raise BadInput(f"“{title}”须写明任职单位", field="unit")
    if post not in FOR_A_UNIT and unit is not None:
        raise BadInput(f"“{title}”不分单位，任职单位不要填写", field="unit")
    if unit is not None:
        load.open_unit(unit, field="unit")


def _standing(held: tuple[facts.Holding, ...], inputs: AppointInputs) -> bool:
    return any(
        each.post is inputs.post and each.unit == inputs.unit and not each.ex_officio
        for each in held
    )
