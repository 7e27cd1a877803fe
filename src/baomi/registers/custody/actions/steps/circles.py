"""Who is meant to read a paper: by names, and by units, posts and ranks as they are each day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from pydantic import Field

from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import load, models
from baomi.registers.custody.actions.steps.choosing import known_people
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

_MEMBER = ("id", "person_id", "basis")
LARGEST_CIRCLE = 900  # rows in one ledger entry: who and what is added, and who and what leaves


class CircleInputs(PlainInputs):
    """Who may read: together, these are the whole circle."""

    persons: tuple[PersonRef, ...] = Field(
        default=(), max_length=500, title="人员", description="姓名、拼音首字母或证件标签，可多人"
    )
    units: tuple[UnitRef, ...] = Field(
        default=(), max_length=100, title="单位", description="该单位全体在岗人员，以后调入的也在内"
    )
    posts: tuple[Post, ...] = Field(
        default=(),
        max_length=30,
        title="岗位",
        description="任该岗位的人员，以后接任的也在内，可多选",
    )
    ranks: tuple[str, ...] = Field(
        default=(),
        max_length=30,
        title="职级",
        description="照人员登记的职级填写，如 正处级，以后任此职级的也在内",
    )
    release_level_checked: bool = Field(
        default=False,
        title="已核对发布层次",
        description="文件标有发布层次、又不能自动比对的，核对无误后填“是”",
    )


def grounds_meant(inputs: CircleInputs) -> frozenset[str]:
    """The units, posts and ranks that are meant, as the register writes them.

    Raises ``BadInput`` for an unknown unit.
    """
    if office.units(inputs.units).keys() < set(inputs.units):
        raise BadInput("没有这个单位，请核对名称", field="units")
    units = (f"{load.UNIT}{unit}" for unit in inputs.units)
    posts = (f"{load.POST}{post.value}" for post in inputs.posts)
    return frozenset({*units, *posts, *(f"{load.RANK}{rank}" for rank in inputs.ranks)})


def members_meant(
    deed: Deed[Any], inputs: CircleInputs, grounds: Collection[str]
) -> Mapping[UUID, str]:
    """Everybody meant, with the narrowest ground on which he is: a name before a whole unit.

    Raises ``BadInput`` where that is nobody.
    """
    of = load.covered(grounds, deed.today)
    if missing := {rank for rank in inputs.ranks if not of[f"{load.RANK}{rank}"]}:
        listed = "、".join(sorted(missing))
        raise BadInput(f"没有职级为“{listed}”的人员，请照人员登记填写", field="ranks")
    members: dict[UUID, str] = {}
    for kind in (load.UNIT, load.RANK, load.POST):
        for ground in sorted(grounds):
            if ground.startswith(kind):
                members |= dict.fromkeys(of[ground], ground)
    members |= dict.fromkeys(inputs.persons, load.BY_NAME)
    known_people(deed, inputs.persons, field="persons")
    if not members:
        raise BadInput("传阅范围里没有人，请填写人员、单位、岗位或职级", field="persons")
    return members


def write_members(deed: Deed[Any], paper: UUID, members: Mapping[UUID, str]) -> set[UUID]:
    """Enter who comes, take out who goes, and note on what ground who stays is in it now.

    Returns what was touched.
    """
    rows = models.CircleMember.objects.filter(paper=paper)
    standing = {person: (key, basis) for key, person, basis in rows.values_list(*_MEMBER)}
    leaving = {key for person, (key, _) in standing.items() if person not in members}
    rows.filter(id__in=leaving).delete()
    other: dict[str, set[UUID]] = {}
    for person, (key, basis) in standing.items():
        if members.get(person, basis) != basis:
            other.setdefault(members[person], set()).add(key)
    for basis, keys in other.items():
        rows.filter(id__in=keys).update(basis=basis)
    coming = [
        models.CircleMember(
            id=new_id(), paper_id=paper, person_id=person, basis=basis, added_on=deed.today
        )
        for person, basis in members.items()
        if person not in standing
    ]
    models.CircleMember.objects.bulk_create(coming)
    return leaving.union(*other.values(), (row.id for row in coming))


def write_grounds(deed: Deed[Any], paper: UUID, grounds: Collection[str]) -> set[UUID]:
    """Enter the grounds that come and take out those that go."""
    rows = models.CircleGround.objects.filter(paper=paper)
    standing = dict(rows.values_list("ground", "id"))
    leaving = {key for ground, key in standing.items() if ground not in grounds}
    rows.filter(id__in=leaving).delete()
    coming = [
        models.CircleGround(id=new_id(), paper_id=paper, ground=ground, added_on=deed.today)
        for ground in sorted(grounds)
        if ground not in standing
    ]
    models.CircleGround.objects.bulk_create(coming)
    return leaving | {row.id for row in coming}


def add_members(deed: Deed[Any], paper: UUID, members: Mapping[UUID, str]) -> set[UUID]:
    """Enter who comes; who was in it on another ground and is named now stays by name."""
    written = models.CircleMember.objects.filter(paper=paper)
    standing = dict(written.values_list("person_id", "basis"))
    kept = {
        person: load.BY_NAME if members.get(person) == load.BY_NAME else basis
        for person, basis in standing.items()
    }
    return write_members(deed, paper, {**members, **kept})


def add_grounds(deed: Deed[Any], paper: UUID, grounds: Collection[str]) -> set[UUID]:
    """Enter the grounds that come."""
    return write_grounds(deed, paper, {*grounds, *load.grounds_of(paper)})
