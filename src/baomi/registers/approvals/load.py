"""Approvals for deciding: what was asked, what stands, and who decides now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from baomi.kernel.approving import Approval, stated_in
from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person, Post
from baomi.registers.approvals import facts, models
from baomi.registers.office import load as office
from baomi.registers.prepared import Prepared

UNIT_POSTS = frozenset({Post.UNIT_HEAD, Post.UNIT_LEADER_IN_CHARGE, Post.SECTION_HEAD})
_HEADS = frozenset({Post.UNIT_HEAD, Post.OFFICE_DIRECTOR})
# deeds on request that others than the registrar carry out
_RECORDED_BY: Mapping[Post, tuple[str, ...]] = {Post.ARCHIVIST: ("custody.consult_archive",)}
UNKNOWN_REQUEST = "没有这份报批单，请核对编号或标签"

_OF_SUBJECTS = Prepared(
    lambda subjects, rules: (
        models.ApprovalNeed.objects.filter(subject__in=subjects, rule__in=rules)
        .order_by("id")
        .values_list(
            "id",
            "rule",
            "subject",
            "state",
            "stated",
            "digest",
            "valid_until",
            "request__asked_by",
            "request__asked_on",
        )
    )
)


def standing(
    subjects: Iterable[UUID], rules: Iterable[str], day: date, terms: Terms
) -> tuple[Approval, ...]:
    """Everything that was asked on some things under some rules, the oldest first."""
    rows = _OF_SUBJECTS(set(subjects), set(rules))
    if not rows:
        return ()
    # a body outside decides by its letter: who recorded it decided nothing
    steps = list(
        models.ApprovalStep.objects.filter(need__in=[row[0] for row in rows]).values_list(
            "need_id", "decided_by_id", "decided_on", "body_name"
        )
    )
    given = {key: by for key, by, _, body in steps if not body}
    given_on = {key: on for key, _, on, _ in steps}
    human = humans({*given.values(), *(row[-2] for row in rows)}, day, terms)
    return tuple(
        Approval(
            id=key,
            rule=rule,
            subject=subject,
            state="expired" if waits_too_long(state, asked_on, day, terms) else state,
            stated=stated_in(stated),
            digest=digest,
            asked_by=human[asked_by],
            given_by=human[given[key]] if key in given else None,
            given_on=given_on.get(key),
            valid_until=valid_until,
        )
        for key, rule, subject, state, stated, digest, valid_until, asked_by, asked_on in rows
    )


def humans(people: Iterable[UUID], day: date, terms: Terms) -> Mapping[UUID, UUID]:
    """Who somebody is, whichever of his rows is named."""
    return {key: each.human for key, each in office.people(set(people), day, terms).items()}


def requests(ids: Iterable[UUID], day: date, terms: Terms) -> Mapping[UUID, facts.AskedRequest]:
    """Requests by id, each with what it needs. Unknown ids are left out."""
    rows = list(models.ApprovalRequest.objects.filter(id__in=set(ids)).values())
    needs: dict[UUID, list[facts.AskedNeed]] = {row["id"]: [] for row in rows}
    found = models.ApprovalNeed.objects.filter(request__in=needs).order_by("turn", "id")
    for each in found.values():
        needs[each["request_id"]].append(_need(each))
    decided = _decided(needs)
    human = humans({row["asked_by_id"] for row in rows}.union(*decided.values()), day, terms)
    return {row["id"]: _request(row, needs, decided, human, day, terms) for row in rows}


def _need(row: Mapping[str, Any]) -> facts.AskedNeed:
    return facts.AskedNeed(
        id=row["id"],
        request=row["request_id"],
        rule=row["rule"],
        clause=row["clause"],
        title=row["title"],
        post=Post(row["post"]),
        unit=row["unit"],
        body=row["body"],
        asked_post=Post(row["asked_post"]),
        subject=row["subject"],
        state=row["state"],
        interested=frozenset(map(UUID, row["interested"])),
        valid_until=row["valid_until"],
    )


def _request(
    row: Mapping[str, Any],
    needs: Mapping[UUID, list[facts.AskedNeed]],
    decided: Mapping[UUID, set[UUID]],
    human: Mapping[UUID, UUID],
    day: date,
    terms: Terms,
) -> facts.AskedRequest:
    own = needs[row["id"]]
    by_post: dict[Post, frozenset[UUID]] = {}
    for need in own:
        people = {human[each] for each in decided.get(need.id, ())}
        by_post[need.post] = by_post.get(need.post, frozenset()) | people
    return facts.AskedRequest(
        id=row["id"],
        label=office.label("A", row["label_serial"]),
        action=row["action"],
        asked_by=human[row["asked_by_id"]],
        asked_on=row["asked_on"],
        state=row["state"],
        expired=waits_too_long(row["state"], row["asked_on"], day, terms),
        needs=tuple(own),
        decided_by=by_post,
    )


def waits_too_long(state: str, asked_on: date, day: date, terms: Terms) -> bool:
    """Whether a request has waited so long that it has to be made anew."""
    last = asked_on + timedelta(days=terms.number("approval_waiting_days"))
    return state == "waiting" and day > last


def _decided(needs: Mapping[UUID, Iterable[facts.AskedNeed]]) -> Mapping[UUID, set[UUID]]:
    ids = [need.id for each in needs.values() for need in each]
    found: dict[UUID, set[UUID]] = {}
    for need, person in models.ApprovalStep.objects.filter(need__in=ids).values_list(
        "need_id", "decided_by_id"
    ):
        found.setdefault(need, set()).add(person)
    return found


def who_decides(
    post: Post, unit: UUID | None, barred: frozenset[UUID], day: date, terms: Terms
) -> facts.Decider:
    """Who decides on a matter of a unit (None: of the office) if some humans must not.

    The head of a unit does not decide in another post on his own unit's matter. Where nobody
    who holds the post is free, its substitute decides; nobody stands in for a vacant post.
    """
    tried: list[Post] = []
    while True:
        tried.append(post)
        people = _holders(post, unit, day, terms)
        if not people:
            return facts.Decider(post=post, people=frozenset(), vacant=post)
        free = [each for each in people if each.human not in barred]
        if post not in UNIT_POSTS:
            free = [each for each in free if not _heads(each, unit)]
        if free:
            ids = frozenset(each.id for each in free)
            return facts.Decider(post=post, people=ids, vacant=None)
        following = terms.substitute_of(post)
        if following is None or following in tried:
            return facts.Decider(post=post, people=frozenset(), vacant=following or post)
        post = following


def _heads(person: Person, unit: UUID | None) -> bool:
    return unit is not None and person.unit == unit and bool(person.posts & _HEADS)


def _holders(post: Post, unit: UUID | None, day: date, terms: Terms) -> tuple[Person, ...]:
    """Who holds a post himself on a day; a unit's post, for that unit or for all units."""
    if post in UNIT_POSTS and unit is not None:
        held = office.holders_between(post, unit, day, day)
        ids = [each.person for each in held or office.holders_between(post, None, day, day)]
    else:
        ids = list(office.holders(post, day))
    found = office.people(set(ids), day, terms) if ids else {}
    return tuple(found[key] for key in dict.fromkeys(ids) if found[key].in_service)


def next_label() -> int:
    """The next serial of requests' labels."""
    last = models.ApprovalRequest.objects.aggregate(last=Max("label_serial"))["last"]
    return (last or 0) + 1


def to_be_done_by(actor: Person) -> QuerySet[models.ApprovalRequest]:
    """Requests for deeds that a post of his records when they are granted."""
    names = [name for post, names in _RECORDED_BY.items() if post in actor.posts for name in names]
    return models.ApprovalRequest.objects.filter(action__in=names)


def put_to(actor: Person) -> QuerySet[models.ApprovalNeed]:
    """What waits for a post of his; a unit's post decides on its own unit's matters alone."""
    needs = models.ApprovalNeed.objects.filter(
        state="waiting", body="", asked_post__in=[post.value for post in actor.posts]
    )
    of_units = [post.value for post in UNIT_POSTS]
    units = {actor.unit, *(each.unit for each in actor.stands_in if each.unit)}
    return needs.filter(~Q(asked_post__in=of_units) | Q(unit=None) | Q(unit__in=units))


def subjects_waiting_for(actor: Person) -> QuerySet[Any]:
    """What somebody may see because a decision on it waits for him, as long as it waits.

    A question that was not asked yet: whoever keeps it keeps no answer.
    """
    return put_to(actor).values("subject")


def level_of(request: UUID) -> Level:
    """The highest level of what a request is about."""
    return Level(models.ApprovalRequest.objects.values_list("level", flat=True).get(id=request))


def labels_of(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """The labels of requests, by id."""
    rows = models.ApprovalRequest.objects.filter(id__in=set(ids))
    found = rows.values_list("id", "label_serial")
    return {key: office.label("A", serial) for key, serial in found}
