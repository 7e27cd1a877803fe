"""Record somebody's telephone and identity number, sealed under a key of his own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.actions.identity import (
    identity_number,
    index,
    join,
    one_human,
    people_with,
)
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.seals import seal

_PHONE = re.compile(r"[0-9+][0-9 -]{4,19}")
_GROUND = "公民身份号码相同"


class SealPersonalDataInputs(Inputs):
    """The data; what is left empty stays as it is."""

    phone: str | None = Field(
        default=None, title="联系电话", description="密封保存，不变不填", repr=False
    )
    identity_number: str | None = Field(
        default=None, title="公民身份号码", description="18 位，密封保存，不变不填", repr=False
    )


@dataclass(frozen=True, slots=True)
class Read:
    """Whom the data speak of, and the data by their columns."""

    people: tuple[Person, ...]
    entered: dict[str, str] = field(default_factory=dict, repr=False)
    first: Person | None = None  # the same number stands under another row: the same human being


class SealPersonalData(Action[Read]):
    """Record somebody's telephone and identity number, sealed."""

    name = "office.seal_personal_data"
    title = "登记个人信息"
    help = "登记一名人员的联系电话、公民身份号码，以密文保存；号码与他人相同的，认定为同一人。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.PERSONNEL})
    brings = (facts.RowsAreOneHuman,)
    inputs = SealPersonalDataInputs
    target = "office.person"

    def situate(self, asked: Asked) -> Deed[Read]:
        people = load.people(asked.targets, asked.today, asked.terms)
        return asked.deed(facts=Read(known(asked.targets, people, "人")))

    def complete(self, situation: Deed[Read], inputs: SealPersonalDataInputs) -> Deed[Read]:
        person = only_one(situation.facts.people, "人")
        entered: dict[str, str] = {}
        if inputs.phone is not None:
            entered["phone"] = _phone(inputs.phone)
        if inputs.identity_number is not None:
            entered["identity_number"] = identity_number(inputs.identity_number)
        if not entered:
            raise BadInput("没有填写任何内容，请填写联系电话或公民身份号码")
        first = _first(situation, person, entered.get("identity_number"))
        happenings = () if first is None else (one_human(situation, person, first),)
        return with_happenings(situation, happenings, facts=Read((person,), entered, first))

    def carry_out(self, deed: Deed[Read]) -> Change:
        person = only_one(deed.facts.people, "人")
        columns: dict[str, str | None] = {}
        if not models.SubjectKey.objects.filter(subject=person.id).exists():
            # under an earlier, destroyed key: nothing opens it again, and a new key must not try
            columns = {"phone": None, "identity_number": None}
        columns |= {name: seal(person.id, text) for name, text in deed.facts.entered.items()}
        models.Person.objects.filter(id=person.id).update(**columns)
        if "identity_number" in deed.facts.entered:
            index(person.id, deed.facts.entered["identity_number"])
        first = deed.facts.first
        if first is None:
            return Change(touched={"office_person": {person.id}})
        joined = join(deed, person.id, first.human, _GROUND)
        touched = joined | {"office_person": {person.id, *joined["office_person"]}}
        return Change(touched=touched, told={"same_as": str(first.human)})


def _first(deed: Deed[Read], person: Person, number: str | None) -> Person | None:
    """Under whose row the number stands already, if that is not known for the same human being."""
    found = people_with(deed, number, but=person.id) if number else ()
    return next((each for each in found if each.human != person.human), None)


def _phone(text: str) -> str:
    typed = text.strip()
    if not _PHONE.fullmatch(typed):
        raise BadInput("联系电话只用数字、空格和横线，5 到 20 位，请核对", field="phone")
    return typed
