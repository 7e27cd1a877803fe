"""Enter a post that goes with a main post (兼任): entailed by the appointment to that post."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.appointments import carried_by
from baomi.registers.office.choices import known, only_one


class CarryPostInputs(Inputs):
    """Which post."""

    post: Post = Field(title="兼任职务", description="随本职兼任的职务代码")


@dataclass(frozen=True, slots=True)
class Read:
    """The appointment to the main post, whose it is, and what was entered."""

    holdings: tuple[facts.Holding, ...]
    people: tuple[Person, ...]
    entered: CarryPostInputs | None = None


class CarryPost(Action[Read]):
    """Enter a post that goes with a main post."""

    name = "office.carry_post"
    title = "兼任登记"
    help = "登记随本职兼任的职务，起止日期和文号同本职；由任职一并办理，不单独办理。"
    done_by = frozenset({Post.OFFICE_ITSELF})
    brings = (facts.PersonTakesPost, facts.PostIsFilled)
    inputs = CarryPostInputs
    target = "office.post_holding"

    def situate(self, asked: Asked) -> Deed[Read]:
        holdings = known(asked.targets, load.holdings(asked.targets), "任职")
        people = load.people({each.person for each in holdings}, asked.today, asked.terms)
        return asked.deed(facts=Read(holdings, tuple(people[each.person] for each in holdings)))

    def complete(self, situation: Deed[Read], inputs: CarryPostInputs) -> Deed[Read]:
        main = only_one(situation.facts.holdings, "任职")
        person = only_one(situation.facts.people, "任职")
        if inputs.post not in carried_by(main.post, situation.terms):
            raise BadInput("这个职务不随本职兼任，请单独办理任职", field="post")
        takes = facts.PersonTakesPost(
            person=person,
            post=inputs.post,
            unit=main.unit,
            posts_held=load.posts_between(person.id, main.from_on, main.until_on),
            from_on=main.from_on,
        )
        filled = facts.PostIsFilled(post=inputs.post, unit=main.unit)
        return with_happenings(situation, (takes, filled), facts=Read((main,), (person,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        main, inputs = only_one(deed.facts.holdings, "任职"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写兼任的职务", field="post")
        holding = models.PostHolding(
            id=new_id(),
            person_id=main.person,
            post=inputs.post.value,
            unit_id=main.unit,
            from_on=main.from_on,
            until_on=main.until_on,
            letter=main.letter,
            confirmed_by_id=deed.second.id if deed.second else None,
            ex_officio=True,
        )
        holding.save(force_insert=True)
        return Change(touched={"office_post_holding": {holding.id}})
