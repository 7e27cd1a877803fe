"""Somebody leaves the office: posts and deputations end with his last day, the account closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.actions.credentials import note_account
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line


class EndServiceInputs(Inputs):
    """The last day, and why."""

    last_day: date | None = Field(
        default=None, title="最后在岗日", description="不填即办理当日；次日起一切权限失效"
    )
    ground: Line = Field(title="事由", description="调出、辞职、退休等及文号")


@dataclass(frozen=True, slots=True)
class Read:
    """Who leaves, and what was entered."""

    people: tuple[Person, ...]
    entered: EndServiceInputs | None = None


class EndService(Action[Read]):
    """Somebody leaves the office: posts, deputations and account end with him."""

    name = "office.end_service"
    title = "人员离岗"
    help = "登记一名人员离岗；其任职、代理自最后在岗日的次日起终止，账号停用。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.PERSONNEL})
    brings = (facts.PostFallsVacant, facts.UnitHeadLeaves, facts.DutiesAreLeft)
    inputs = EndServiceInputs
    target = "office.person"

    def situate(self, asked: Asked) -> Deed[Read]:
        people = load.people(asked.targets, asked.today, asked.terms)
        return asked.deed(facts=Read(known(asked.targets, people, "人")))

    def complete(self, situation: Deed[Read], inputs: EndServiceInputs) -> Deed[Read]:
        person = only_one(situation.facts.people, "人")
        if not person.in_service:
            raise BadInput(f"{person.name}不在岗，无须办理")
        if inputs.last_day is not None and inputs.last_day < situation.today:
            raise BadInput("最后在岗日不能早于办理日；已离岗的请用补记", field="last_day")
        last_day = inputs.last_day or situation.today
        brought = _brought(person.id, last_day, situation.terms)
        return with_happenings(situation, brought, facts=Read((person,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        person, inputs = only_one(deed.facts.people, "人"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写事由", field="ground")
        last_day = inputs.last_day or deed.today
        models.Person.objects.filter(id=person.id).update(left_on=last_day)
        # a later last day needs no closing: whoever is not in service is not let in
        closes = last_day <= deed.recorded_on
        return Change(
            touched={
                "office_person": {person.id},
                "office_post_holding": _end_posts(person.id, last_day),
                "office_deputation": _end_deputations(person.id, last_day),
                **(_close_account(deed, person.id, inputs.ground) if closes else {}),
            }
        )


def _brought(person: UUID, last_day: date, terms: Terms) -> tuple[Happening, ...]:
    """What befalls others with his leaving: posts fall vacant, duties are left behind."""
    ending = [
        each
        for each in load.holdings_of(person, last_day, None)
        if each.until_on is None or each.until_on > last_day
    ]
    left = (
        facts.DutiesAreLeft(
            person=person, name=load.person(person, last_day, terms).name, last_day=last_day
        ),
    )
    return (
        *load.vacated(ending, last_day, terms),
        *load.heads_leaving(ending),
        *(left if load.leaves_duties(person) else ()),
    )


def _end_posts(person: UUID, last_day: date) -> set[UUID]:
    rows = models.PostHolding.objects.filter(
        Q(until_on=None) | Q(until_on__gt=last_day), person=person
    )
    ids = set(rows.values_list("id", flat=True))
    # an appointment that was to begin later ends before it began: it never takes effect
    models.PostHolding.objects.filter(id__in=ids).update(until_on=last_day)
    return ids


def _end_deputations(person: UUID, last_day: date) -> set[UUID]:
    rows = models.Deputation.objects.filter(
        Q(deputy=person) | Q(principal=person), until_on__gt=last_day
    )
    ids = set(rows.values_list("id", flat=True))
    models.Deputation.objects.filter(id__in=ids).update(until_on=last_day)
    return ids


def _close_account(deed: Deed[Read], person: UUID, ground: str) -> dict[str, set[UUID]]:
    account = load.account_of(person)
    if account is None or account.state == "closed":
        return {}
    models.Account.objects.filter(id=account.id).update(state="closed")
    return {
        "office_account": {account.id},
        "office_account_record": {note_account(deed, account.id, "closed", ground)},
    }
