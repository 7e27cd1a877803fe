"""Let somebody stand in for the holder of a post, for dated days; a second person confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.fields import PersonRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.days_ahead import not_too_far
from baomi.registers.office import facts, load, models
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line

# whoever watches the others is not stood in for by them: a new appointment is made instead
NEVER_DEPUTED = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR})


class DeputeInputs(Inputs):
    """Who stands in, from when to when, why."""

    deputy: PersonRef = Field(title="代理人", description="姓名、拼音首字母或工牌")
    from_on: date | None = Field(default=None, title="代理自", description="不填即办理当日")
    until_on: date = Field(title="代理至", description="最后一日，含当日")
    ground: Line = Field(title="事由", description="出差、休假等，有文号的写文号")


@dataclass(frozen=True, slots=True)
class Read:
    """The appointment that is stood in for, and what was entered."""

    holdings: tuple[facts.Holding, ...]
    deputy: Person | None = None
    entered: DeputeInputs | None = None


class Depute(Action[Read]):
    """Let somebody stand in for the holder of a post, for dated days."""

    name = "office.depute"
    title = "委托代理"
    help = "登记某人在一段日期内代理一项职务，须由另一人确认；到期或原任职终止即失效。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.UNIT_HEAD})
    brings = (facts.PersonTakesPost, facts.PostIsDeputed)
    inputs = DeputeInputs
    target = "office.post_holding"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(known(asked.targets, load.holdings(asked.targets), "任职")))

    def complete(self, situation: Deed[Read], inputs: DeputeInputs) -> Deed[Read]:
        holding = only_one(situation.facts.holdings, "任职")
        deputy = load.person(inputs.deputy, situation.today, situation.terms)
        first = inputs.from_on or situation.today
        principal = load.person(holding.person, situation.today, situation.terms)
        _refuse_impossible(holding, deputy, first, inputs.until_on, situation.today)
        _refuse_circles(holding, principal, deputy, first, inputs.until_on)
        takes = facts.PersonTakesPost(
            person=deputy,
            post=holding.post,
            unit=holding.unit,
            posts_held=load.posts_between(deputy.id, first, inputs.until_on),
            from_on=first,
        )
        deputed = _deputed(situation, holding, deputy, days=(inputs.until_on - first).days + 1)
        return with_happenings(situation, (takes, deputed), facts=Read((holding,), deputy, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        holding, inputs = only_one(deed.facts.holdings, "任职"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写代理人和起止日期", field="deputy")
        row = models.Deputation(
            id=new_id(),
            principal_id=holding.person,
            deputy_id=inputs.deputy,
            post=holding.post.value,
            unit_id=holding.unit,
            from_on=inputs.from_on or deed.today,
            until_on=inputs.until_on,
            ground=inputs.ground,
            confirmed_by_id=deed.second.id if deed.second else None,
        )
        row.save(force_insert=True)
        return Change(touched={"office_deputation": {row.id}}, told={"deputation": str(row.id)})


def _deputed(
    deed: Deed[Read], holding: facts.Holding, deputy: Person, *, days: int
) -> facts.PostIsDeputed:
    return facts.PostIsDeputed(
        person=deputy,
        principal=holding.person,
        post=holding.post,
        unit=holding.unit,
        asker_heads_the_unit=load.heads(deed.actor, holding.unit, deed.today),
        days=days,
    )


def _refuse_impossible(
    holding: facts.Holding, deputy: Person, first: date, last: date, today: date
) -> None:
    if holding.post in NEVER_DEPUTED:
        raise BadInput("三名管理员的职务不能代理，请另行任命")
    if not deputy.in_service:
        raise BadInput(f"{deputy.name}不在岗，不能代理", field="deputy")
    if first < today:
        raise BadInput("代理开始日不能早于办理日；已开始的请用补记", field="from_on")
    if last < first:
        raise BadInput("代理截止日早于开始日，请核对", field="until_on")
    not_too_far(last, today, what="代理截止日", field="until_on")
    if first < holding.from_on or (holding.until_on is not None and last > holding.until_on):
        raise BadInput("代理日期超出了原任职的起止日期，请核对", field="until_on")


def _refuse_circles(
    holding: facts.Holding, principal: Person, deputy: Person, first: date, last: date
) -> None:
    """One stand-in at a time, another human being, and not the two for each other."""
    if deputy.human == principal.human:
        raise BadInput("代理人不能是本人，请改选他人", field="deputy")
    held = load.holdings_of(deputy.id, first, last)
    if any((each.post, each.unit) == (holding.post, holding.unit) for each in held):
        raise BadInput(f"{deputy.name}本来就任这项职务，无须代理", field="deputy")
    if load.deputations_for(holding.person, holding.post, holding.unit, first, last):
        raise BadInput("这段时间已有人代理这项职务，请先终止原来的代理", field="from_on")
    if any(
        each.principal == deputy.id for each in load.deputations_of(holding.person, first, last)
    ):
        raise BadInput(
            f"{principal.name}这段时间正代理{deputy.name}的职务，两人不能互相代理", field="deputy"
        )
