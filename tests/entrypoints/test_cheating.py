"""Every way of cheating an approval, through every door: refused; nothing is used or changed."""

from dataclasses import replace

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.ids import new_id
from baomi.kernel.words import Post
from baomi.registers.approvals.load import UNKNOWN_REQUEST
from baomi.registers.approvals.models import ApprovalNeed, ApprovalRequest, ApprovalStep
from baomi.registers.custody.models import CircleMember
from baomi.registers.office.load import holders_between
from baomi.registers.office.models import PostHolding
from tests.entrypoints.asking import DONE, FAULTY, REFUSED, Asked, label, name
from tests.entrypoints.cheating import (
    HEAD,
    NOT_HIS,
    OWN,
    TOMORROW,
    WHY,
    Trip,
    agreed,
    leader_deputes,
    one_human,
    reason_of,
    state_of,
)
from tests.entrypoints.scenarios.archive import EXCERPT, read
from tests.entrypoints.scenarios.keeping import KEEPER
from tests.entrypoints.scenarios.outings import APPROVED, carried, widened
from tests.entrypoints.scenarios.reading import circle
from tests.factories.deeds import do, size
from tests.factories.office import TODAY
from tests.registers.approvals.asking import decide
from tests.registers.custody.travelling import archived

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

OTHER_KEEPER = "unit_keeper@法制委"


@pytest.fixture
def trip(desk, door):
    """The keeper wants to travel."""
    return Trip(desk, door, desk.keeper)


def test_a_second_account_is_the_same_human(trip, desk, door):
    request = trip.asked_by(KEEPER)
    one_human(desk, desk.keeper, desk.leader)
    answered = agreed(door, request, "group_leader")
    assert (answered.outcome, answered.guards) == (REFUSED, {OWN})
    assert trip.done().guards == {APPROVED}
    assert agreed(door, request, "office_director").outcome == DONE
    assert trip.done().outcome == DONE


def test_what_one_gave_himself_under_two_accounts_carries_nothing(trip, desk):
    request = trip.approved()
    one_human(desk, desk.keeper, desk.leader)
    assert "本人不得批准自己的申请" in reason_of(trip.done())
    assert state_of(request) == "granted"


def test_nothing_of_the_approved_journey_may_differ(trip, desk):
    request, other = trip.approved(), name(desk.reader)
    changes = {
        "携带人": {"carrier": other},
        "保管人": {"keeper": other},
        "同行人员": {"companions": (other,)},
        "场合": {"occasions": ("因公外出", "社交活动")},
        "外出地点": {"destination": "某宾馆"},
        "用途": {"purpose": "探亲"},
        "保密措施": {"measures": "放在车里"},
        "外出日期": {"leaves_on": TOMORROW.isoformat()},
        "带回日期": {"back_until": "2025-03-07"},
    }
    stated = {each["title"] for each in ApprovalNeed.objects.get().stated}
    assert set(changes) == stated - {"密级"}  # which is the paper's, and nobody enters
    for title, other_terms in changes.items():
        answered = trip.done(**other_terms)
        assert answered.outcome == REFUSED
        assert f"{title}批准的是" in reason_of(answered)
    assert state_of(request) == "granted"
    assert trip.done().outcome == DONE
    assert state_of(request) == "used"


def test_nothing_of_the_approved_consultation_may_differ(desk, door):
    _, copy = archived(desk, desk.reader, desk.keeper)
    deed = read(desk, label(copy), **EXCERPT)
    assert door.act(replace(deed, post=KEEPER, why=WHY)).outcome == DONE
    request = ApprovalRequest.objects.get()
    decide(desk.office.office_director, request.id)
    changes = {
        "查档人": {"person": name(desk.keeper)},
        "查档事由": {"purpose": "写回忆录"},
        "查档单位": {"consulting_unit": "某研究所"},
        "摘录、引用的用途": {"excerpt_use": "个人文集"},
    }
    for title, other in changes.items():
        answered = door.act(deed.but(**other))
        assert answered.outcome == REFUSED
        assert any(f"{title}批准的是" in each["reason"] for each in answered.refused)
    assert door.act(deed).outcome == DONE


def test_nobody_else_comes_into_the_circle_with_those_approved(desk, door):
    paper, deed = widened(desk)
    assert door.act(replace(deed, why=WHY)).outcome == DONE
    decide(desk.leader, ApprovalRequest.objects.get().id)
    before = set(CircleMember.objects.filter(paper=paper).values_list("person", flat=True))
    more = {
        "增加的人员": {"persons": (name(desk.keeper), name(desk.office.keepers["法制委"]))},
        "增加的单位、岗位、职级": {"units": ("法制委",)},
        "理由": {"reason": "传阅方便"},
    }
    for title, other in more.items():
        answered = door.act(deed.but(**other))
        assert f"{title}批准的是" in reason_of(answered, "GZ2.3.1b/approved_by_group_leader")
    by_fixing = circle(deed.targets[0], name(desk.reader), name(desk.keeper))
    assert door.act(by_fixing).guards == {"GZ2.3.1b/circle_is_not_widened_on_ones_own"}
    assert set(CircleMember.objects.filter(paper=paper).values_list("person", flat=True)) == before
    assert door.act(deed).outcome == DONE


def test_an_approval_serves_once(trip):
    request = trip.approved()
    assert trip.done().outcome == DONE
    assert trip.brought_back().outcome == DONE
    assert "批准已经用过" in reason_of(trip.done())
    assert agreed(trip.door, request, "group_leader").guards == {"X3e/request_waits_for_a_decision"}


def test_an_approval_that_ran_out_carries_nothing(trip, desk, door):
    trip.deed = trip.deed.but(leaves_on=TOMORROW.isoformat())
    request = trip.asked_by(KEEPER)
    until = {"valid_until": TODAY.isoformat()}
    assert agreed(door, request, "group_leader", **until).outcome == DONE
    with clock.standing_at(instant_on(TOMORROW, 9)):
        assert "批准已经过期" in reason_of(trip.done())


def test_whose_post_ended_yesterday_decides_nothing(trip, desk, door):
    office = desk.office
    unit = do("office.add_unit", office.security_admin, name="信访办").told["unit"]
    head = {"post": "unit_head", "unit": unit, "letter": "云人发〔2025〕9号"}
    do("office.appoint", office.security_admin, desk.leader, second=office.auditor, **head)
    request = trip.asked_by(KEEPER)
    main = PostHolding.objects.get(person=desk.leader, ex_officio=False, unit=None)
    do("office.end_appointment", office.security_admin, main.id)
    with clock.standing_at(instant_on(TOMORROW, 9)):
        assert agreed(door, request, "unit_head@信访办").outcome == FAULTY  # he sees it no more
        answered = agreed(door, request, "office_director")  # nobody stands in for a vacant post
        assert "组长（秘书长）决定，该职务现在空缺" in reason_of(answered, NOT_HIS)
    assert state_of(request) == "waiting"


def test_the_askers_deputy_decides_nothing_for_him(desk, door):
    trip = Trip(desk, door, desk.leader)
    request = trip.asked_by("group_leader")
    leader_deputes(desk, desk.office.heads["研究室"], TOMORROW)
    assert agreed(door, request, HEAD).outcome != DONE
    assert agreed(door, request, "group_leader").guards == {OWN}
    assert state_of(request) == "waiting"
    assert agreed(door, request, "office_director").outcome == DONE
    assert trip.done().outcome == DONE


def test_a_deputy_decides_until_his_last_day_and_never_for_himself(trip, desk, door):
    head = desk.office.heads["研究室"]
    leader_deputes(desk, head, TODAY)
    own = Trip(desk, door, head)
    request = own.asked_by(HEAD)
    assert agreed(door, request, HEAD).guards == {OWN}
    first, second = trip.asked_by(KEEPER), Trip(desk, door, desk.keeper).asked_by(KEEPER)
    assert agreed(door, first, HEAD).outcome == DONE
    step = ApprovalStep.objects.get()
    assert (step.decided_by_id, step.instead_of_id) == (head, desk.leader)
    with clock.standing_at(instant_on(TOMORROW, 9)):
        assert agreed(door, second, HEAD).outcome != DONE
    assert state_of(second) == "waiting"


def test_when_the_leader_travels_his_deputy_in_office_decides(desk, door):
    trip = Trip(desk, door, desk.leader)
    request = trip.asked_by("registrar")
    assert UNKNOWN_REQUEST in agreed(door, request, "group_leader").words  # not put to him
    assert agreed(door, request, "office_director").outcome == DONE
    assert trip.done().outcome == DONE


def test_the_director_does_not_decide_for_his_own_office(desk, door):
    _, copy = archived(desk, desk.registrar)
    deed = read(desk, label(copy)).but(person=name(desk.registrar))
    assert door.act(replace(deed, why=WHY)).outcome == DONE
    request = label_of_newest()
    assert agreed(door, request, "office_director").guards == {NOT_HIS}
    assert agreed(door, request, "group_leader").outcome == DONE
    assert door.act(deed).outcome == DONE


def label_of_newest() -> str:
    """The one request's id, as a door takes it as well."""
    return str(ApprovalRequest.objects.values_list("id", flat=True).get())


def test_where_nobody_is_left_to_decide_the_vacant_post_is_named(desk, door):
    trip = Trip(desk, door, desk.leader)
    holding = holders_between(Post.OFFICE_DIRECTOR, None, TODAY, TODAY)[0]
    do("office.end_appointment", desk.office.security_admin, holding.id)
    with clock.standing_at(instant_on(TOMORROW, 9)):
        deed = trip.deed.but(leaves_on=TOMORROW.isoformat())
        answered = door.act(replace(deed, post="registrar", why=WHY))
        assert answered.guards == {"GZ1.0a/nobody_is_asked_whose_post_is_vacant"}
        assert "副组长空缺" in answered.refused[0]["reason"]


def test_what_one_may_not_see_is_not_asked_for(trip, desk, door):
    before = size()
    unseen = replace(trip.deed, post=OTHER_KEEPER, targets=[str(trip.copy)], why=WHY)
    unknown = replace(unseen, targets=[str(new_id())])
    answered = door.act(unseen)
    assert (answered.outcome, answered.words) == (FAULTY, door.act(unknown).words)
    assert size() == before


@pytest.mark.parametrize("door", ["command_line", "api"], indirect=True)
def test_nor_is_it_by_the_bare_deed_of_asking(trip, desk, door):
    """The pages offer no form for it; a program could make up whatever it likes."""
    before = size()

    def asking(deed: str, thing) -> Asked:
        inputs = {"deed": deed, "things": (str(thing),), "entered": {}, "reason": WHY}
        return Asked(action="approvals.ask", post=OTHER_KEEPER, inputs=inputs)

    unseen = door.act(asking("custody.carry_out", trip.copy))
    unknown = door.act(asking("custody.carry_out", new_id()))
    assert (unseen.outcome, unseen.words) == (FAULTY, unknown.words)
    assert door.act(asking("approvals.ask", trip.copy)).outcome == FAULTY
    assert door.act(asking("no.such_deed", trip.copy)).outcome == FAULTY
    assert size() == before


def test_a_request_is_not_decided_by_who_guesses_its_id(trip, desk, door):
    trip.asked_by(KEEPER)
    key = label_of_newest()
    for post in (OTHER_KEEPER, HEAD, "auditor"):
        for guessed in (key, str(new_id())):
            answered = agreed(door, guessed, post)
            assert answered.outcome == FAULTY
            assert UNKNOWN_REQUEST in answered.words
    assert agreed(door, key, "secrecy_leader").outcome == FAULTY
    assert agreed(door, key, "office_director").guards == {NOT_HIS}
    assert ApprovalStep.objects.count() == 0


def test_another_copy_than_the_approved_one_is_not_carried(trip, desk, door):
    trip.approved()
    other = Trip(desk, door, desk.keeper)
    assert "须先经组长（秘书长）批准" in reason_of(other.done())
    both = carried(desk, label(trip.copy)).but(**trip.deed.inputs)
    assert door.act(replace(both, targets=[*both.targets, label(other.copy)])).guards == {APPROVED}
    assert trip.done().outcome == DONE
