"""Which posts must be held, and which of them fall vacant when somebody gives up his."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps

from baomi.kernel.terms import Terms
from baomi.kernel.words import Post
from baomi.registers.office import facts, models
from baomi.registers.office.load.posts import holders_between

_DAY = timedelta(days=1)
# duties that go with something else, not with the list of what a leaver owed
_NOT_PASSED_ON = frozenset({"return_the_copy", "bring_back", "end_consultation"})


def vacated(
    ending: Sequence[facts.Holding], last_day: date, terms: Terms
) -> tuple[facts.PostFallsVacant, ...]:
    """The posts that nobody holds any more when some appointments end with a day."""
    needed = [each for each in ending if _is_needed(each.post, each.unit, terms)]
    ends = {each.id for each in ending}
    units = models.Unit.objects.filter(id__in={each.unit for each in needed if each.unit})
    names = dict(units.values_list("id", "name"))
    found: dict[UUID, facts.PostFallsVacant] = {}
    for each in needed:
        day = max(last_day + _DAY, each.from_on)
        if not _is_held(each.post, each.unit, day, ends):
            found[facts.seat(each.post, each.unit)] = facts.PostFallsVacant(
                post=each.post,
                unit=each.unit,
                unit_name=names.get(each.unit, "") if each.unit else "",
                from_on=day,
                director_is_there=_is_held(Post.OFFICE_DIRECTOR, None, day, ends),
            )
    return tuple(found.values())


def heads_leaving(ending: Iterable[facts.Holding]) -> tuple[facts.UnitHeadLeaves, ...]:
    """The heads of units among those whose appointments end."""
    return tuple(
        facts.UnitHeadLeaves(person=each.person, unit=each.unit)
        for each in ending
        if each.post is Post.UNIT_HEAD and each.unit is not None
    )


def unheld_posts(posts: Iterable[Post], day: date) -> tuple[Post, ...]:
    """Those of some posts of the office that nobody holds on a day, in their order."""
    return tuple(each for each in posts if not _is_held(each, None, day, ()))


def leaves_duties(person: UUID) -> bool:
    """Whether somebody owes duties of his own that others can do in his place."""
    duties = apps.get_model("duties", "Duty")._default_manager
    owed = duties.filter(owner=person, state="open").exclude(name__in=_NOT_PASSED_ON)
    return bool(owed.exists())


def seat_titles(seats: Iterable[UUID], terms: Terms) -> Mapping[UUID, str]:
    """What the posts are called whose vacancy is spoken of: 研究室委（办）室主要负责人."""
    wanted = set(seats)
    found = {facts.seat(post, None): terms.post_title(post) for post in Post}
    units = models.Unit.objects.values_list("id", "name") if wanted - found.keys() else ()
    for unit, name in units:
        for post in terms.needed_in_units():
            found[facts.seat(post, unit)] = f"{name}{terms.post_title(post)}"
    return {key: title for key, title in found.items() if key in wanted}


def _is_needed(post: Post, unit: UUID | None, terms: Terms) -> bool:
    if unit is None:
        return post in terms.needed_posts()
    main: Any = models.Unit.objects.filter(id=unit, within=None, closed_on=None)
    return post in terms.needed_in_units() and main.exists()


def _is_held(post: Post, unit: UUID | None, day: date, ends: Iterable[UUID]) -> bool:
    return any(each.id not in ends for each in holders_between(post, unit, day, day))
