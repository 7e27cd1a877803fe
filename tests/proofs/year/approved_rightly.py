"""Approvals as they must have been given and used: worked out anew from the rows of that day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from baomi.kernel.words import Level
from baomi.registers.approvals.models import ApprovalNeed, ApprovalRequest, ApprovalStep
from baomi.registers.custody import models as custody
from baomi.registers.office.models import Deputation, Person, PostHolding
from tests.proofs.year.world import MAY_READ, World

# typed by hand from the terms: who decides where a post would decide on its own matter
SUBSTITUTES = {
    "group_leader": "deputy_group_leader",
    "deputy_group_leader": "group_leader",
    "office_director": "group_leader",
    "secrecy_leader": "group_leader",
}
TRIP, PUBLIC = "GZ2.2.5a/approved_by_group_leader", "GZ2.1.5d/approved_by_secrecy_leader"
CONSULT = "GZ2.2.4a/approved_by_post_in_terms"
EXCERPT = "GZ2.2.4b/approved_by_post_in_terms"
WIDEN = "GZ2.3.1b/approved_by_group_leader"
Wants = set[tuple[str, UUID]]


def human(key: UUID) -> UUID:
    """Who a row is, as it is known now."""
    same_as = Person.objects.values_list("same_as", flat=True).get(id=key)
    return same_as or key


def _on(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


def held(person: UUID, post: str, day: date) -> bool:
    """Whether somebody held a post himself on a day, and was in service."""
    left = Person.objects.filter(id=person, left_on__lt=day).exists()
    return not left and PostHolding.objects.filter(_on(day), person=person, post=post).exists()


def holders(post: str, day: date) -> list[UUID]:
    rows = PostHolding.objects.filter(_on(day), post=post).values_list("person_id", flat=True)
    return [each for each in set(rows) if held(each, post, day)]


def concerned(request: ApprovalRequest) -> set[UUID]:
    """Whom a request is about, by what was entered: none of the register's own columns is asked."""
    entered = request.entered
    named = [entered.get(each) for each in ("carrier", "keeper", "person")]
    named += [*entered.get("companions", ()), *entered.get("persons", ())]
    return {human(UUID(str(each))) for each in named if each}


def decision(step: ApprovalStep) -> Iterator[str]:
    """Asked right after it was made: by another human, who held the post that day."""
    need, request = step.need, step.need.request
    decider, day = human(step.decided_by_id), step.decided_on
    barred = {human(request.asked_by_id)} | concerned(request)
    others = ApprovalStep.objects.filter(need__request=request).exclude(need__post=need.post)
    barred |= {human(each) for each in others.values_list("decided_by_id", flat=True)}
    if decider in barred:
        yield f"step {step.id} under {need.rule}: decided by whom it concerns, the asker, or twice"
    if step.instead_of_id is None:
        if heads(step.decided_by_id, need.unit, day):
            yield f"step {step.id}: decided by the head of the unit whose matter it is"
        if not held(step.decided_by_id, step.as_post, day):
            yield f"step {step.id}: {step.as_post} was not the decider's on {day}"
    else:
        yield from _stood_in(step, day, barred)
    yield from _by_the_right_post(step, day, barred)


def _stood_in(step: ApprovalStep, day: date, barred: set[UUID]) -> Iterator[str]:
    rows = Deputation.objects.filter(
        _on(day), principal=step.instead_of_id, deputy=step.decided_by_id, post=step.as_post
    )
    principal = step.instead_of_id
    if not rows.exists() or principal is None or not held(principal, step.as_post, day):
        yield f"step {step.id}: nobody had deputed {step.as_post} to the decider on {day}"
    elif human(principal) in barred:
        yield f"step {step.id}: decided for somebody whom it concerns"


def _by_the_right_post(step: ApprovalStep, day: date, barred: set[UUID]) -> Iterator[str]:
    """A substitute decides only where nobody who holds the post is free to."""
    post, unit, tried = step.need.post, step.need.unit, set()
    while post != step.as_post:
        there = holders(post, day)
        free = [key for key in there if human(key) not in barred and not heads(key, unit, day)]
        if free or not there or post in tried or post not in SUBSTITUTES:
            said = f"decided as {step.as_post} instead of {step.need.post}"
            yield f"step {step.id} under {step.need.rule}: {said}, {len(free)} were free"
            return
        tried.add(post)
        post = SUBSTITUTES[post]


def heads(person: UUID, unit: UUID | None, day: date) -> bool:
    """Whether it is a matter of his own unit, and he heads it or the office."""
    if unit is None or not Person.objects.filter(id=person, unit=unit).exists():
        return False
    posts = ("unit_head", "office_director")
    deputed = Deputation.objects.filter(_on(day), deputy=person, post__in=posts)
    return any(held(person, post, day) for post in posts) or deputed.exists()


def wanted(action: str, op_id: UUID, targets: Iterable[UUID]) -> Wants | None:
    """What a deed needed, by what it wrote; None: it was taken back."""
    if action == "custody.widen_circle":
        return {(WIDEN, each) for each in targets}
    if action == "custody.consult_archive":
        lines = custody.ConsultationLine.objects.filter(consultation__op=op_id)
        rows = lines.values_list("copy_id", "consultation__excerpts", "consultation__voided_by")
        if any(voided for *_, voided in rows):
            return None
        found = {(CONSULT, copy) for copy, *_ in rows}
        return found | {(EXCERPT, copy) for copy, excerpts, _ in rows if excerpts}
    found = set()
    for line in custody.OutingLine.objects.filter(outing__op=op_id).select_related("outing"):
        outing = line.outing
        if outing.voided_by:
            return None
        level = custody.Copy.objects.values_list("paper__level", flat=True).get(id=line.copy_id)
        if level < Level.CONFIDENTIAL:
            continue
        if outing.business_trip:
            found.add((TRIP, line.copy_id))
        if outing.public_place or outing.social_occasion:
            found.add((PUBLIC, line.copy_id))
    return found


NEEDING = ("custody.carry_out", "custody.consult_archive", "custody.widen_circle")


def uses(done: Iterable[Any]) -> Iterator[str]:
    """Each deed rests on what it needed, each of that used for it alone, granted and in time."""
    by_op = {each.op_id: each for each in done if each.action in NEEDING}
    used: dict[UUID, list[tuple[str, UUID]]] = {}
    rows = ApprovalNeed.objects.exclude(used_by=None).select_related("request")
    for need in rows:
        deed = by_op.get(need.used_by)
        used.setdefault(need.used_by, []).append((need.rule, need.subject))
        steps = list(ApprovalStep.objects.filter(need=need))
        if deed is None or deed.action != need.request.action:
            yield f"need {need.id} was used by another deed than was asked for"
        elif [each.verdict for each in steps] != ["agree"] or need.state != "used":
            yield f"need {need.id} was used, and is {need.state}"
        elif steps[0].decided_on > deed.day or (need.valid_until or deed.day) < deed.day:
            yield f"need {need.id} was used out of time"
    for op_id, deed in by_op.items():
        wants = wanted(deed.action, op_id, deed.targets)
        if wants is not None and sorted(wants) != sorted(used.get(op_id, [])):
            yield f"{deed.action} {op_id}: needed {wants}, used {used.get(op_id, [])}"


def handed_over(op_id: UUID, w: World) -> Iterator[str]:
    """Asked right after it: whoever got a copy is in service, cleared, and in the circle."""
    rows = custody.Movement.objects.filter(op=op_id).select_related("copy__paper", "to_holder")
    for moved in rows:
        person, paper = moved.to_holder, moved.copy.paper
        if person is None or (person.left_on and person.left_on < w.day):
            yield f"movement {moved.id}: given to nobody in service"
            continue
        if MAY_READ[person.personnel_class].value < paper.level:
            yield f"movement {moved.id}: given to somebody who may not read it"
        named = custody.CircleMember.objects.filter(paper=paper, person=person, basis="person")
        grounds = [f"unit:{person.unit_id}", f"rank:{person.rank}"]
        of_all = custody.CircleGround.objects.filter(paper=paper, ground__in=grounds)
        if moved.purpose != "keeping" and not (named.exists() or of_all.exists()):
            yield f"movement {moved.id}: given to somebody outside the circle"
