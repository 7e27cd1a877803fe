"""Who is in a circle on a day: the people named, and whomever its grounds cover just then.

A ground is a unit, post or rank, all of whom may read. It is never written out for deciding:
who comes later is in, who goes is out, and no row changes. The same is told in both directions:
of papers, for rules (``circles``), and of a reader, for what he may see (``grounds_covering``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from baomi.kernel.words import Person
from baomi.registers.custody import models
from baomi.registers.prepared import Prepared

BY_NAME: Final = "person"
UNIT, POST, RANK = "unit:", "post:", "rank:"

# one query for both: who is named stands beside the ids of grounds, which name nobody
_NAMED_AND_GROUNDS = Prepared(
    lambda papers: (
        models.CircleMember.objects.filter(paper__in=papers, basis=BY_NAME)
        .values_list("paper_id", "person_id", "basis")
        .union(
            models.CircleGround.objects.filter(paper__in=papers).values_list(
                "paper_id", "id", "ground"
            ),
            all=True,
        )
    )
)
_IN_UNITS = Prepared(
    lambda units, day: _people(day).filter(unit__in=units).values_list("unit_id", "id")
)
_OF_RANKS = Prepared(
    lambda ranks, day: _people(day).filter(rank__in=ranks).values_list("rank", "id")
)
_ON_POSTS = Prepared(
    lambda posts, day: (
        _holdings(day)
        .filter(_in_service("person__", day), post__in=posts)
        .values_list("post", "person_id")
    )
)


def _people(day: date) -> QuerySet[Any]:
    return apps.get_model("office", "Person")._default_manager.filter(_in_service("", day))


def _in_service(of: str, day: date) -> Q:
    left = Q(**{f"{of}left_on": None}) | Q(**{f"{of}left_on__gte": day})
    return Q(**{f"{of}joined_on__lte": day}) & left


def _holdings(day: date) -> QuerySet[Any]:
    on = Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))
    return apps.get_model("office", "PostHolding")._default_manager.filter(on)


def circles(papers: Iterable[UUID], day: date) -> Mapping[UUID, frozenset[UUID]]:
    """Everybody who is in the circle of each paper on a day."""
    named: dict[UUID, set[UUID]] = {paper: set() for paper in papers}
    grounds: dict[UUID, set[str]] = {}
    for paper, key, basis in _NAMED_AND_GROUNDS(named):
        if basis == BY_NAME:
            named[paper].add(key)
        else:
            grounds.setdefault(paper, set()).add(basis)
    of = covered(set().union(*grounds.values()), day)
    return {
        paper: frozenset(people.union(*(of[each] for each in grounds.get(paper, ()))))
        for paper, people in named.items()
    }


def covered(grounds: Iterable[str], day: date) -> Mapping[str, frozenset[UUID]]:
    """Whom each ground covers on a day: in service, and of the unit, on the post, of the rank.

    Who stands in for the holder of a post does not hold it: deputing widens no circle.
    """
    found: dict[str, set[UUID]] = {ground: set() for ground in grounds}
    units = [UUID(each) for each in _of_kind(UNIT, found)]
    posts, ranks = _of_kind(POST, found), _of_kind(RANK, found)
    for unit, person in _IN_UNITS(units, day) if units else ():
        found[f"{UNIT}{unit}"].add(person)
    for post, person in _ON_POSTS(posts, day) if posts else ():
        found[f"{POST}{post}"].add(person)
    for rank, person in _OF_RANKS(ranks, day) if ranks else ():
        found[f"{RANK}{rank}"].add(person)
    return {ground: frozenset(people) for ground, people in found.items()}


def _of_kind(kind: str, grounds: Iterable[str]) -> list[str]:
    return [each.removeprefix(kind) for each in grounds if each.startswith(kind)]


def grounds_covering(reader: Person, day: date) -> QuerySet[Any]:
    """The grounds that cover one person on a day, as a query for use within another."""
    himself = _people(day).filter(id=reader.id)
    rank = himself.values_list(_ground(RANK, F("rank")))
    unit = himself.values_list(Value(f"{UNIT}{reader.unit}", output_field=CharField()))
    posts = _holdings(day).filter(person=reader.id).values_list(_ground(POST, F("post")))
    return unit.union(rank, posts, all=True)


def _ground(kind: str, of: F) -> Concat:
    return Concat(Value(kind), of, output_field=CharField())


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCircle:
    """What was written when a circle was last fixed."""

    members: frozenset[UUID]  # also whom his ground no longer covers
    grounds: frozenset[str]


def written_circle(paper: UUID) -> WrittenCircle:
    """A paper's circle as it was last fixed."""
    members = models.CircleMember.objects.filter(paper=paper)
    return WrittenCircle(
        members=frozenset(members.values_list("person_id", flat=True)),
        grounds=grounds_of(paper),
    )


def grounds_of(paper: UUID) -> frozenset[str]:
    """The units, posts and ranks to which a paper's circle extends."""
    rows = models.CircleGround.objects.filter(paper=paper)
    return frozenset(rows.values_list("ground", flat=True))


def ranks_of(people: Iterable[UUID]) -> Mapping[UUID, str]:
    """Ranks as the office writes them, by person; a circle is compared with the release level."""
    rows = apps.get_model("office", "Person")._default_manager.filter(id__in=list(people))
    return dict(rows.values_list("id", "rank"))
