"""Recipes of what must be approved, of the approvals themselves, and of what is attached."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from baomi.engine.attachments import store
from baomi.kernel.words import Level
from baomi.registers.approvals import deciding, load, models
from baomi.registers.attachments.models import Attachment
from baomi.registers.custody.models import CircleMember, Copy, Movement
from baomi.registers.office.models import Deputation
from baomi.rulebook.terms import Terms
from tests.engine.attachments.samples import pdf
from tests.proofs.year.of_custody import circle_of
from tests.proofs.year.world import LEFT_OUT, NothingToDo, Wanted, World, recipe

SCAN = pdf()
NEEDING = ("custody.carry_out", "custody.consult_archive", "custody.widen_circle")
CARRIED = ("reading", "handling", "keeping")
LEFT_OUT["approvals.record_consent"] = "no clause in force asks an outside body for its consent"


def carrying_out(w: World) -> Wanted:
    """A journey with a copy that somebody handles."""
    rows = w.copies("held", purpose__in=CARRIED, paper__level__gte=1)
    able = [row for row in rows if row["holder_id"] in w.readers(row["paper__level"])]
    kept = [row for row in able if row["purpose"] == "keeping"]
    copy = w.one(kept if kept and w.by_chance(0.5) else able)
    carrier = copy["holder_id"]
    readers = [each for each in w.readers(copy["paper__level"]) if each != carrier]
    is_top = copy["paper__level"] >= Level.TOP_SECRET
    leaders = [w.office.group_leader, w.office.secrecy_leader]
    others = [each for each in leaders if each in readers] if w.by_chance(0.5) else readers
    companions = [w.one(others)] if is_top or w.by_chance(0.5) else []
    occasions = w.one((["business_trip"], ["public_place"], ["business_trip", "social_occasion"]))
    leaves = w.later(25, 8)
    return w.by(
        w.office.registrar,
        copy["id"],
        carrier=carrier,
        keeper=carrier,
        companions=companions,
        occasions=occasions,
        destination="省委办公厅",
        purpose="参加评审会",
        measures="随身保管，不离人",
        leaves_on=leaves,
        back_until=leaves + timedelta(days=w.rng.randint(0, 4)),
    )


def consulting(w: World) -> Wanted:
    """Somebody of the circle wants to read what is archived."""
    copy = w.one(w.copies("archived", paper__circle_set_on__isnull=False))
    person = w.one(circle_of(w, copy["paper_id"], copy["paper__level"]))
    excerpts = {"excerpts": True, "excerpt_use": "年鉴"} if w.by_chance(0.4) else {}
    said = {"person": person, "purpose": "编写年鉴", "place": w.room()}
    return w.by(w.office.registrar, copy["id"], **said, **excerpts)


def widening(w: World) -> Wanted:
    """Others are to read what goes round already."""
    given = Movement.objects.filter(kind="hand_over", voided_by=None, copy=OuterRef("pk"))
    rows = w.copies("held", "stored", paper__circle_set_on__isnull=False)
    begun = set(Copy.objects.filter(Exists(given)).values_list("paper_id", flat=True))
    copy = w.one([row for row in rows if row["paper_id"] in begun])
    members = CircleMember.objects.filter(paper=copy["paper_id"])
    inside = set(members.values_list("person_id", flat=True))
    outside = [each for each in w.readers(copy["paper__level"]) if each not in inside]
    said = {"persons": [w.one(outside)], "reason": "参与承办"}
    return w.by(w.office.registrar, copy["paper_id"], **said)


FRESH = {
    "custody.carry_out": carrying_out,
    "custody.consult_archive": consulting,
    "custody.widen_circle": widening,
}


def _approved(w: World, action: str) -> Wanted:
    """One that was approved already; there is none: it is to be asked for first."""
    rows = models.ApprovalRequest.objects.filter(action=action, state="granted")
    in_time = [
        row
        for row in rows.order_by("-id").values()[:30]
        if row["entered"].get("leaves_on", w.day.isoformat()) >= w.day.isoformat()
    ]
    row = w.one(in_time[:4])
    things = tuple(UUID(each) for each in row["things"])
    return Wanted(w.office.registrar, things, dict(row["entered"]))


@recipe("custody.carry_out")
def carry_out(w: World) -> Wanted:
    return _approved(w, "custody.carry_out")


@recipe("custody.consult_archive")
def consult_archive(w: World) -> Wanted:
    return _approved(w, "custody.consult_archive")


@recipe("custody.widen_circle")
def widen_circle(w: World) -> Wanted:
    return _approved(w, "custody.widen_circle")


def asking(w: World, action: str, wanted: Wanted) -> Wanted:
    """What is asked instead of doing it, by somebody who may."""
    entered: dict[str, Any] = dict(wanted.inputs)
    who = w.inside(wanted.inputs.get("carrier") or wanted.inputs.get("person"))
    asker = w.one((w.office.registrar, who or w.office.registrar))
    said = {"deed": action, "things": wanted.targets, "entered": entered}
    return w.by(asker, reason="工作需要", **said)


@recipe("approvals.ask")
def ask(w: World) -> Wanted:
    """For what there is something to do; whoever decides is sometimes asked about himself."""
    for action in w.rng.sample(NEEDING, len(NEEDING)):
        try:
            return asking(w, action, FRESH[action](w))
        except NothingToDo:
            continue
    raise NothingToDo


def _decidable(w: World) -> list[tuple[UUID, list[UUID]]]:
    rows = models.ApprovalRequest.objects.filter(state="waiting").order_by("-id")
    terms = Terms.on(w.day)
    found: list[tuple[UUID, list[UUID]]] = []
    for request in load.requests(rows.values_list("id", flat=True)[:12], w.day, terms).values():
        if request.expired:
            continue
        for need in request.needs:
            if need.state == "waiting":
                who = deciding.decider_of(need, request, w.day, terms)
                found.append((request.id, sorted(who.people) + _deputies(w, who)))
                break
    return [each for each in found if each[1]]


def _deputies(w: World, who: Any) -> list[UUID]:
    rows = Deputation.objects.filter(
        principal__in=who.people, post=who.post.value, from_on__lte=w.day, until_on__gte=w.day
    )
    return list(rows.order_by("id").values_list("deputy_id", flat=True))


@recipe("approvals.decide")
def decide(w: World) -> Wanted:
    request, deciders = w.one(_decidable(w))
    verdict = w.one(("agree",) * 9 + ("refuse", "return"))
    reason = "" if verdict == "agree" else "情况不明"
    return w.by(w.one(deciders), request, verdict=verdict, reason=reason)


@recipe("approvals.withdraw")
def withdraw(w: World) -> Wanted:
    rows = models.ApprovalRequest.objects.filter(state__in=("waiting", "granted"))
    row = w.one(list(rows.order_by("-id").values()[:30]))
    if row["asked_by_id"] not in {each["id"] for each in w.people()}:
        raise NothingToDo
    return w.by(row["asked_by_id"], row["id"], reason="不去了")


@recipe("approvals.record_consent")
def record_consent(w: World) -> Wanted:
    raise NothingToDo


@recipe("attachments.attach")
def attach(w: World) -> Wanted:
    paper = w.one(w.papers(level__lte=Level.INTERNAL))
    who = w.office.registrar
    return w.by(
        who,
        kind="custody.paper",
        thing=paper["id"],
        role="other",
        level="internal",
        upload=store.keep(SCAN, "pdf", who),
    )


@recipe("attachments.void")
def void(w: World) -> Wanted:
    rows = Attachment.objects.filter(voided_on=None).order_by("id")
    row = w.one(list(rows.values_list("id", flat=True)))
    return w.by(w.office.registrar, row, reason="附错了")
