"""For each action on which a rule speaks: how the rule is broken, where chance seldom breaks it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from baomi.kernel.words import Post
from baomi.registers.approvals.models import ApprovalRequest
from baomi.registers.custody import models
from baomi.registers.duties.models import Duty
from baomi.registers.governance.models import Pledge
from baomi.registers.office.models import Cabinet, Deputation, Room
from tests.proofs.year.of_approvals import FRESH, asking, carrying_out
from tests.proofs.year.of_custody import described
from tests.proofs.year.world import RECIPES, Recipe, Wanted, World

OFFENCES: dict[str, Recipe] = {}
# no rule refuses these here: why
NO_RULE_REFUSES = {
    "approvals.record_consent": "nothing waits for an outside body",
    "custody.register_own_paper": "the rule is about bodies above us; our own papers are ours",
    "office.carry_post": "stopped at the threshold: nobody may ask for it",
    "office.found": "stopped at the threshold: nobody is the founder any more",
    "office.seal_personal_data": "needs the identity number of somebody whose post excludes his",
}


def offence(action: str) -> Callable[[Recipe], Recipe]:
    """Say how a rule on an action is broken."""

    def known(make: Recipe) -> Recipe:
        OFFENCES[action] = make
        return make

    return known


def _alone(action: str) -> None:
    """What two persons must do, done by one."""
    OFFENCES[action] = lambda w: replace(RECIPES[action](w), second=None)


for _action in (
    "office.appoint",
    "office.depute",
    "office.destroy_personal_key",
    "office.recover",
    "office.reset_account",
    "office.same_human",
):
    _alone(_action)


def _unapproved(action: str) -> None:
    OFFENCES[action] = lambda w: FRESH[action](w)


for _action in FRESH:
    _unapproved(_action)


def _changed(action: str, **inputs: Any) -> None:
    OFFENCES[action] = lambda w: _with(RECIPES[action](w), **inputs)


def _with(wanted: Wanted, **inputs: Any) -> Wanted:
    return replace(wanted, inputs=wanted.inputs | inputs)


_changed("approvals.decide", verdict="refuse", reason="")
_changed("governance.draw_up_pledge", role="overseeing")


def _low_cabinet(w: World) -> Any:
    """For what is not secret at all."""
    rows = Cabinet.objects.filter(level__lte=0, closed_on=None).order_by("id")
    return w.one(list(rows.values_list("id", flat=True)))


def _into_a_low_cabinet(action: str, *states: str, **only: Any) -> None:
    def make(w: World) -> Wanted:
        copy = w.one(w.copies(*states, paper__level__gte=1, **only))
        wanted = RECIPES[action](w)
        return replace(
            _with(wanted, cabinet=_low_cabinet(w)),
            actor=w.office.registrar,
            targets=(copy["id"],),
        )

    OFFENCES[action] = make


_into_a_low_cabinet("custody.store_copies", "unstored", "stored")
_into_a_low_cabinet("custody.put_into_archive", "stored")
_into_a_low_cabinet("custody.report_found", "missing")
_into_a_low_cabinet("custody.take_back_copy", "held", purpose__in=("reading", "handling"))


@offence("approvals.ask")
def ask(w: World) -> Wanted:
    wanted = _with(carrying_out(w), measures="")
    return asking(w, "custody.carry_out", wanted)


@offence("approvals.withdraw")
def withdraw(w: World) -> Wanted:
    rows = ApprovalRequest.objects.order_by("-id").values_list("id", "asked_by_id")
    request, asker = w.one(list(rows[:30]))
    others = [row["id"] for row in w.people() if row["id"] != asker]
    return w.by(w.one(others), request)


@offence("custody.receive_envelope")
def receive_envelope(w: World) -> Wanted:
    paper = described(w) | {"issuer": "省委办公厅", "level": "未注密级"}
    said = {"sender": "市委机要局", "intact": True, "papers_stated": 1}
    return w.by(w.office.registrar, papers=[paper], **said)


@offence("custody.mark_paper")
def mark_paper(w: World) -> Wanted:
    paper = w.one(w.papers(origin="own", marked_by=None, mark_typed=""))
    return w.by(w.office.auditor, paper["id"], level="secret", term="5年")


@offence("custody.number_copies")
def number_copies(w: World) -> Wanted:
    paper = w.one(w.papers(origin="own", marked_by=None, mark_typed=""))
    return w.by(w.office.registrar, paper["id"], copies=1)


@offence("custody.hand_over_copy")
def hand_over_copy(w: World) -> Wanted:
    """To somebody outside the circle, or into a room without measures."""
    wanted = RECIPES["custody.hand_over_copy"](w)
    if w.by_chance(0.5):
        return _with(wanted, person=w.person())
    bare = Room.objects.filter(measures="").order_by("id").values_list("id", flat=True)
    return _with(wanted, place=w.one(list(bare)))


@offence("custody.set_circle")
def set_circle(w: World) -> Wanted:
    """Wider than it was, once it goes round."""
    held = w.one(w.copies("held", paper__circle_set_on__isnull=False))
    people = [row["id"] for row in w.people()[:30]]
    said = {"persons": people, "release_level_checked": True}
    return w.by(w.office.registrar, held["paper_id"], **said)


@offence("custody.convey_paper")
def convey_paper(w: World) -> Wanted:
    paper = w.one(w.papers(conveyance="按规定范围传达"))
    wanted = RECIPES["custody.convey_paper"](w)
    return replace(_with(wanted, demands_kept=False), targets=(paper["id"],))


@offence("custody.undo")
def undo(w: World) -> Wanted:
    """Of another day, or of another's."""
    rows = models.Movement.objects.filter(voided_by=None).order_by("-id")
    copy = w.one(list(rows.values_list("copy_id", flat=True)[:60]))
    return w.by(w.one((w.person(), w.office.registrar)), copy)


@offence("custody.bring_back")
def bring_back(w: World) -> Wanted:
    """By a keeper who carried it himself."""
    rows = w.copies("held", purpose="carrying")
    them = w.holders(Post.UNIT_KEEPER) + w.holders(Post.REGISTRAR)
    copy = w.one([row for row in rows if row["holder_id"] in them])
    return w.by(copy["holder_id"], copy["id"], findings="完好")


@offence("custody.end_consultation")
def end_consultation(w: World) -> Wanted:
    copy = w.one(w.copies("held", purpose="consulting"))
    return w.by(w.office.registrar, copy["id"], excerpted="第3页")


@offence("duties.waive")
def waive(w: World) -> Wanted:
    rows = Duty.objects.filter(state="open").exclude(name="by_hand").order_by("-id")
    who = w.one((w.office.group_leader, w.office.office_director, w.office.auditor))
    return w.by(who, w.one(list(rows.values_list("id", flat=True)[:40])), reason="不用办")


@offence("governance.adopt_rulebook_version")
def adopt_rulebook_version(w: World) -> Wanted:
    wanted = RECIPES["governance.adopt_rulebook_version"](w)
    return _with(wanted, system="DM", in_force_from=w.later(20, 1))


@offence("governance.assign_oversight")
def assign_oversight(w: World) -> Wanted:
    wanted = RECIPES["governance.assign_oversight"](w)
    return _with(wanted, leader=w.one(w.people(leaving=True))["id"])


@offence("governance.sign_pledge")
def sign_pledge(w: World) -> Wanted:
    """On days on which the two did not hold their posts."""
    rows = Pledge.objects.filter(leader_signed_on=None, cancelled_on=None).order_by("id")
    pledge = w.one(list(rows.values_list("id", flat=True)))
    day = w.day - timedelta(days=900)
    said = {"leader_signed_on": day, "head_signed_on": day, "place": "保密室"}
    return w.by(w.office.registrar, pledge, **said)


@offence("office.end_deputation")
def end_deputation(w: World) -> Wanted:
    """By the head of another unit."""
    rows = Deputation.objects.filter(until_on__gt=w.day).order_by("id")
    head = w.one(w.holdings(post=Post.UNIT_HEAD.value))["person_id"]
    return w.by(head, w.one(list(rows.values_list("id", flat=True))))


@offence("office.set_class")
def set_class(w: World) -> Wanted:
    """His own."""
    who = w.office.security_admin
    return w.by(who, who, personnel_class="core", ground="自定")
