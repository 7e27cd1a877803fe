"""A keeper who is ill is stood in for: his papers are given and taken back without a hand-over."""

from datetime import timedelta
from uuid import UUID

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.custody.keeper_list import KEEPER_LIST
from baomi.registers.custody.reads.visible import visible_to
from baomi.registers.office import load
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.registers.custody.desk import PAPER, duties, refused

TERMS = Terms.on(TODAY)
LAST = TODAY + timedelta(days=4)


def depute(desk, deputy, **more):
    (holding,) = load.holdings_of(desk.keeper, TODAY, None)
    said = {"second": desk.office.auditor, "deputy": deputy, "until_on": LAST, "ground": "病假"}
    told = do("office.depute", desk.office.security_admin, holding.id, **said, **more).told
    return UUID(told["deputation"])


def person(key):
    return load.person(key, clock.today(), TERMS)


def seen(key):
    return set(visible_to(person(key)).copies.values_list("id", flat=True))


@pytest.fixture
def deputy(desk):
    """Of the keeper's unit, in no circle, cleared for 机密 as the keeper is."""
    key = desk.office.readers["研究室"][2]
    said = {"personnel_class": "important", "ground": "涉密人员审查表"}
    do("office.set_class", desk.office.security_admin, key, **said)
    return key


def test_what_the_keeper_has_is_given_and_taken_back(desk, deputy):
    _, copies = desk.ready()
    desk.lend_to_keeper(*copies[:2])
    desk.give(copies[1], by=desk.keeper)
    said = {"person": desk.reader, "purpose": "reading", "place": desk.reading_room}
    assert "access" in {
        each.split("/")[0] for each in refused("custody.hand_over_copy", deputy, copies[0], **said)
    }
    assert seen(deputy) == set()
    depute(desk, deputy)
    assert seen(deputy) == set(copies[:2])
    desk.take_back(copies[1], by=deputy)
    desk.give(copies[0], by=deputy)
    rows = [desk.copy(key) for key in copies[:2]]
    assert [(row["holder_id"], row["kept_by_id"]) for row in rows] == [
        (desk.reader, desk.keeper),
        (desk.keeper, desk.keeper),
    ]
    desk.take_back(copies[0], by=deputy)
    # back at work: everything is where it was
    desk.give(copies[0], by=desk.keeper)
    with pytest.raises(BadInput, match="在您代理的专人手中"):
        desk.take_back(copies[1], by=deputy)


def test_only_in_his_days(desk, deputy):
    _, copies = desk.ready()
    desk.lend_to_keeper(copies[0])
    desk.give(copies[0], by=desk.keeper)
    depute(desk, deputy)
    with clock.standing_at(instant_on(LAST + timedelta(days=1), 9)):
        assert "access" in {
            each.split("/")[0] for each in refused("custody.take_back_copy", deputy, copies[0])
        }
        assert seen(deputy) == set()


def test_not_beyond_his_clearance(desk):
    _, copies = desk.ready()
    desk.lend_to_keeper(*copies[:2])
    desk.give(copies[1], by=desk.keeper)
    depute(desk, desk.general)
    said = {"person": desk.reader, "purpose": "reading", "place": desk.reading_room}
    found = refused("custody.hand_over_copy", desk.general, copies[0], **said)
    assert set(found) == {"GZ2.3.1a/giver_has_the_copy_by_the_register"}
    found = refused("custody.take_back_copy", desk.general, copies[1])
    assert "GZ2.3.1a/copy_returns_to_who_gave_it" in found
    assert seen(desk.general) == set()


def test_not_what_another_keeper_has(desk, deputy):
    _, copies = desk.ready(desk.reader, desk.office.heads["法制委"])
    other = desk.office.keepers["法制委"]
    desk.give(copies[0], person=other, purpose="keeping", place=None)
    depute(desk, deputy)
    said = {"person": desk.reader, "purpose": "reading", "place": desk.reading_room}
    found = refused("custody.hand_over_copy", deputy, copies[0], **said)
    assert set(found) == {"GZ2.3.1a/giver_has_the_copy_by_the_register"}


def test_a_top_secret_copy_that_he_takes_back_stays_the_keepers_duty(desk):
    head, keeper = desk.office.heads["财经委"], desk.office.keepers["财经委"]
    deputy = desk.office.readers["财经委"][0]
    for each in (keeper, deputy):
        said = {"personnel_class": "core", "ground": "涉密人员审查表"}
        do("office.set_class", desk.office.security_admin, each, **said)
    (holding,) = load.holdings_of(keeper, TODAY, None)
    _, copies = desk.ready(head, desk.leader, cabinet=desk.top_cabinet, level="绝密")
    desk.give(copies[0], person=keeper, purpose="keeping", place=None)
    desk.give(copies[0], by=keeper, person=head)
    said = {"second": desk.office.auditor, "deputy": deputy, "until_on": LAST, "ground": "病假"}
    do("office.depute", desk.office.security_admin, holding.id, **said)
    desk.take_back(copies[0], by=deputy)
    (duty,) = duties(copies[0])
    assert (duty["owner"], duty["due_on"]) == (keeper, TODAY)
    assert keeper in load.people_stood_in_for(person(deputy))


def test_the_list_tells_numbers_and_holders_and_no_title(desk, deputy):
    _, copies = desk.ready()
    desk.lend_to_keeper(*copies[:2])
    desk.give(copies[1], by=desk.keeper)
    key = depute(desk, deputy)
    for reads in (deputy, desk.keeper, desk.registrar, desk.office.heads["研究室"]):
        filled = KEEPER_LIST.load(person(reads), key, TERMS)
        assert (filled.values["count"], filled.values["in_hand"], filled.values["out"]) == (2, 1, 1)
        assert filled.level is Level.SECRET
        assert [row[1:4] for row in filled.values["copies"]] == [
            ("000758", Level.SECRET, person(desk.keeper).name),
            ("000759", Level.SECRET, person(desk.reader).name),
        ]
        assert PAPER["title"] not in str(filled)
        assert PAPER["number"] not in str(filled)
    for stranger in (desk.reader, desk.office.security_admin, desk.office.keepers["法制委"]):
        assert KEEPER_LIST.load(person(stranger), key, TERMS) is None


def test_a_registrars_list_tells_what_is_out(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    (holding,) = [
        each for each in load.holdings_of(desk.registrar, TODAY, None) if each.post == "registrar"
    ]
    said = {"second": desk.office.auditor, "until_on": LAST, "ground": "年休假"}
    told = do(
        "office.depute",
        desk.office.security_admin,
        holding.id,
        deputy=desk.office.readers["研究室"][2],
        **said,
    ).told
    filled = KEEPER_LIST.load(person(desk.registrar), UUID(told["deputation"]), TERMS)
    assert [row[1] for row in filled.values["copies"]] == ["000758"]


def test_other_posts_have_no_list(desk, deputy):
    director = desk.office.office_director
    holding = next(
        each for each in load.holdings_of(director, TODAY, None) if each.post == "office_director"
    )
    said = {"second": desk.office.auditor, "deputy": deputy, "until_on": LAST, "ground": "出差"}
    told = do("office.depute", desk.office.security_admin, holding.id, **said).told
    assert KEEPER_LIST.load(person(deputy), UUID(told["deputation"]), TERMS) is None
