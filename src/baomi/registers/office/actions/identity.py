"""Identity numbers: what they look like, whose they are, and that rows are one human being."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.office import facts, load, models
from baomi.registers.office.seals import blind_for_writing

_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BLANK = re.compile(r"[\s-]+")


def identity_number(text: str) -> str:
    """A citizen's identity number with its check character (GB 11643), as it is compared.

    Full-width digits, blanks and a small x are meant as they usually are. Raises ``BadInput``.
    """
    number = _BLANK.sub("", unicodedata.normalize("NFKC", text)).upper()
    wrong = BadInput("公民身份号码应为 18 位，且末位校验须相符，请核对", field="identity_number")
    if not _IDENTITY.fullmatch(number):
        raise wrong
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    if "10X98765432"[total % 11] != number[-1]:
        raise wrong
    return number


def people_with(deed: Deed[Any], number: str, *, but: UUID | None = None) -> tuple[Person, ...]:
    """Who is recorded under an identity number already."""
    keys = [each for each in load.with_identity(number) if each != but]
    found = load.people(keys, deed.today, deed.terms)
    return tuple(found[each] for each in keys)


def index(person: UUID, number: str) -> None:
    """Keep what stands for somebody's number in the index."""
    models.IdentityIndex.objects.update_or_create(
        person_id=person, defaults={"digest": blind_for_writing(number)}
    )


def one_human(deed: Deed[Any], person: Person, first: Person) -> facts.RowsAreOneHuman:
    """The happening that a row turns out to be the same human being as another."""
    return facts.RowsAreOneHuman(
        person=person,
        first=first,
        posts_held=load.posts_between(person.id, deed.today, None),
        posts_of_first=load.posts_between(first.id, deed.today, None),
    )


def join(deed: Deed[Any], person: UUID, first: UUID, ground: str) -> dict[str, set[UUID]]:
    """Record that all rows of somebody are the first row's human being. Returns what it touched."""
    joining = set(load.rows_of_human(person)) - {first}
    models.Person.objects.filter(id__in=joining).update(same_as=first)
    return {
        "office_person": joining,
        "office_human_record": {note_human(deed, person, first, ground)},
    }


def note_human(deed: Deed[Any], person: UUID, first: UUID | None, ground: str) -> UUID:
    """Record who a row's human being is found to be; None: nobody else. Returns the record's id."""
    row = models.HumanRecord(
        id=new_id(),
        person_id=person,
        same_as_id=first,
        on=deed.today,
        ground=ground,
        confirmed_by_id=deed.second.id if deed.second else None,
    )
    row.save(force_insert=True)
    return row.id
