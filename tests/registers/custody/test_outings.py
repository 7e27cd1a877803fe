"""Copies are carried out with approval, and come back."""

from datetime import date

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.registers.custody.models import OutingCompanion
from baomi.registers.custody.reads import BOOKS
from tests.factories.approving import approved
from tests.factories.deeds import do, size, unaccounted
from tests.factories.office import TODAY
from tests.registers.custody.desk import duties, refused
from tests.registers.custody.travelling import BACK, held, journey, line_of, out, outing_of
from tests.registers.walking import page, person

TRIP = "GZ2.2.5a/approved_by_group_leader"
PUBLIC = "GZ2.1.5d/approved_by_secrecy_leader"


def owed(copy, state="open"):
    return {(each["clause"], each["name"], each["due_on"]) for each in duties(copy, state)}


def cells(who, copy):
    shown = page(who, "custody.copy", columns=["state", "holder", "back_until"])
    return shown.rows[shown.ids.index(copy)]


def test_a_trip_needs_the_group_leader(desk):
    copy = held(desk)
    found = refused("custody.carry_out", desk.registrar, copy, **journey(desk))
    assert set(found) == {TRIP}
    assert found[TRIP].remedy_action == "approvals.ask"
    approved(desk.reader, "custody.carry_out", copy, **journey(desk))
    before = size()
    do("custody.carry_out", desk.registrar, copy, **journey(desk))
    assert size() == before + 1
    row = desk.copy(copy)
    assert (row["state"], row["holder_id"], row["purpose"]) == ("held", desk.reader, "carrying")
    assert owed(copy) == {("GZ2.2.5b", "bring_back", BACK)}
    outing = outing_of(copy)
    assert (outing["carrier_id"], outing["back_until"], outing["serial"]) == (desk.reader, BACK, 1)
    assert cells(desk.registrar, copy)[0] == f"外出（{BACK.isoformat()} 前带回）"
    assert unaccounted() == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"back_until": date(2025, 6, 2)}, "一次外出最多 90 天"),
        ({"leaves_on": date(2025, 6, 2), "back_until": date(2025, 6, 3)}, "最多提前 90 天"),
    ],
)
def test_an_outing_ends_within_its_days(desk, said, sentence):
    copy = held(desk)
    with pytest.raises(BadInput, match=sentence):
        do("custody.carry_out", desk.registrar, copy, **journey(desk, **said))
    last = {"leaves_on": date(2025, 6, 1), "back_until": date(2025, 8, 30)}
    out(desk, copy, **last)
    assert outing_of(copy)["back_until"] == last["back_until"]


@pytest.mark.parametrize("occasions", [["public_place"], ["social_occasion"]], ids=" ".join)
def test_a_public_place_needs_the_secrecy_leader(desk, occasions):
    copy = held(desk)
    said = journey(desk, occasions=occasions)
    assert set(refused("custody.carry_out", desk.registrar, copy, **said)) == {PUBLIC}
    out(desk, copy, occasions=occasions)
    assert owed(copy) == {("GZ2.1.5d", "bring_back", BACK)}


def test_where_both_fit_both_approve(desk):
    copy = held(desk)
    both = {"occasions": ["business_trip", "public_place"]}
    said = journey(desk, **both)
    assert set(refused("custody.carry_out", desk.registrar, copy, **said)) == {TRIP, PUBLIC}
    out(desk, copy, **both)
    assert {clause for clause, *_ in owed(copy)} == {"GZ2.2.5b", "GZ2.1.5d"}
    do("custody.bring_back", desk.registrar, copy, findings="完好")
    assert {clause for clause, *_ in owed(copy)} == {"GZ2.3.2b"}


def test_another_day_needs_another_approval(desk):
    copy = held(desk)
    approved(desk.reader, "custody.carry_out", copy, **journey(desk))
    later = journey(desk, back_until=date(2025, 3, 9))
    found = refused("custody.carry_out", desk.registrar, copy, **later)
    assert set(found) == {TRIP}
    assert "带回日期" in found[TRIP].reason


def test_an_internal_paper_is_registered_without_approval(desk):
    copy = held(desk, level="内部")
    do("custody.carry_out", desk.registrar, copy, **journey(desk, measures=""))
    assert owed(copy) == {("GZ2.2.5b", "bring_back", BACK)}


def test_who_has_it_not_does_not_carry_it(desk):
    _, copies = desk.ready()
    with pytest.raises(BadInput, match="在文件柜里"):
        do("custody.carry_out", desk.registrar, copies[0], **journey(desk))
    copy = held(desk, desk.reader, desk.keeper, number="")
    said = journey(desk, carrier=desk.keeper, keeper=desk.keeper)
    found = refused("custody.carry_out", desk.registrar, copy, **said)
    assert set(found) == {"GZ2.2.5a/copy_is_in_the_carriers_hands", TRIP}


def test_a_top_secret_copy_travels_with_two(desk):
    _, copies = desk.ready(desk.leader, cabinet=desk.top_cabinet, level="绝密")
    desk.give(copies[0], person=desk.leader, purpose="handling")
    alone = journey(desk, carrier=desk.leader, keeper=desk.leader)
    assert "GZ2.2.5b/top_secret_travels_with_two_persons" in refused(
        "custody.carry_out", desk.registrar, copies[0], **alone
    )
    two = alone | {"companions": [desk.office.office_director]}
    assert set(refused("custody.carry_out", desk.registrar, copies[0], **two)) == {TRIP}


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"leaves_on": date(2025, 3, 1)}, "早于办理的日期"),
        ({"leaves_on": date(2025, 3, 6)}, "早于外出日期"),
    ],
    ids=["past", "back-before-out"],
)
def test_days_that_cannot_be_meant(desk, how, sentence):
    copy = held(desk)
    with pytest.raises(BadInput, match=sentence):
        do("custody.carry_out", desk.registrar, copy, **journey(desk, **how))


def test_what_is_out_is_brought_back_before_anything_else(desk):
    copy = held(desk)
    out(desk, copy)
    with pytest.raises(BadInput, match="先办理“带回”"):
        desk.take_back(copy)
    with pytest.raises(BadInput, match="先办理“带回”"):
        do("custody.carry_out", desk.registrar, copy, **journey(desk))
    do("custody.bring_back", desk.registrar, copy, findings="页数齐全，封装完好")
    row = desk.copy(copy)
    assert (row["holder_id"], row["purpose"]) == (desk.reader, "handling")
    line = line_of(copy)
    assert (line["back_on"], line["checked_by_id"]) == (TODAY, desk.registrar)
    assert owed(copy) == {("GZ2.3.2b", "return_the_copy", date(2025, 3, 10))}
    desk.take_back(copy)
    assert desk.copy(copy)["state"] == "stored"
    assert owed(copy) == set()
    with pytest.raises(BadInput, match="在文件柜里"):
        do("custody.bring_back", desk.registrar, copy, findings="完好")


def test_what_was_not_carried_out_is_not_brought_back(desk):
    copy = held(desk)
    with pytest.raises(BadInput, match="没有携带外出"):
        do("custody.bring_back", desk.registrar, copy, findings="完好")


def test_both_deeds_can_be_undone(desk):
    copy = held(desk)
    before = owed(copy)
    out(desk, copy)
    do("custody.undo", desk.registrar, copy)
    assert outing_of(copy)["voided_by"] is not None
    assert desk.copy(copy)["purpose"] == "handling"
    assert owed(copy) == before
    do("custody.carry_out", desk.registrar, copy, **journey(desk))  # the approval is free again
    do("custody.bring_back", desk.registrar, copy, findings="完好")
    do("custody.undo", desk.registrar, copy)
    assert (line_of(copy)["back_on"], desk.copy(copy)["purpose"]) == (None, "carrying")
    assert owed(copy) == {("GZ2.2.5b", "bring_back", BACK)}
    do("custody.bring_back", desk.registrar, copy, findings="完好")
    assert outing_of(copy)["serial"] == 2
    assert unaccounted() == []


def test_a_copy_lost_on_the_way_and_found(desk):
    copy = held(desk)
    out(desk, copy)
    do("custody.report_missing", desk.reader, copy, circumstances="车上找不到")
    said = {"cabinet": desk.cabinet, "circumstances": "在会场找到"}
    do("custody.report_found", desk.registrar, copy, **said)
    assert (line_of(copy)["findings"], owed(copy)) == ("在会场找到", set())
    assert page(desk.registrar, "custody.outing", filters={"out": "yes"}).ids == ()
    do("custody.undo", desk.registrar, copy)
    assert line_of(copy)["back_on"] is None
    assert unaccounted() == []


def test_a_keeper_registers_what_he_gave(desk):
    _, copies = desk.ready(desk.reader, desk.keeper)
    desk.lend_to_keeper(copies[0])
    desk.give(copies[0], by=desk.keeper, purpose="handling")
    approved(desk.reader, "custody.carry_out", copies[0], **journey(desk))
    other = desk.office.keepers["法制委"]
    with pytest.raises(BadInput, match="不由您经管"):
        do("custody.carry_out", other, copies[0], **journey(desk))
    do("custody.carry_out", desk.keeper, copies[0], **journey(desk))
    assert desk.copy(copies[0])["kept_by_id"] == desk.keeper
    do("custody.bring_back", desk.keeper, copies[0], findings="完好")
    desk.take_back(copies[0], by=desk.keeper)


def test_who_carried_it_does_not_check_it_himself(desk):
    _, copies = desk.ready(desk.reader, desk.keeper)
    desk.lend_to_keeper(copies[0])
    out(desk, copies[0], carrier=desk.keeper, keeper=desk.keeper)
    found = refused("custody.bring_back", desk.keeper, copies[0], findings="完好")
    assert set(found) == {"GZ2.2.5b/returned_copy_is_checked_by_another"}
    do("custody.bring_back", desk.registrar, copies[0], findings="完好")
    row = desk.copy(copies[0])
    assert (row["holder_id"], row["purpose"]) == (desk.keeper, "keeping")
    assert owed(copies[0]) == set()


def test_the_book_of_outings(desk):
    copy = held(desk)
    head = desk.office.heads["研究室"]
    out(desk, copy, companions=[head])
    outing = outing_of(copy)["id"]
    assert OutingCompanion.objects.filter(outing=outing).count() == 1
    for who in (desk.registrar, desk.reader, head):
        shown = page(who, "custody.outing")
        assert shown.ids == (outing,)
        told = dict(zip((key for key, _ in shown.columns), shown.rows[0], strict=True))
        assert (told["number"], told["state"]) == ("2025-外出-1", "外出")
        assert told["copies"] == "2025-001 第000758份"
        assert told["companions"] == person(head).name
        assert page(who, "custody.outing", filters={"overdue": "yes"}).ids == ()
    assert page(desk.general, "custody.outing").ids == ()
    with clock.standing_at(instant_on(date(2025, 3, 6), 9)):
        for flag in ("out", "overdue", "business_trip"):
            assert page(desk.registrar, "custody.outing", filters={flag: "yes"}).ids == (outing,)
        assert page(desk.registrar, "custody.copy", filters={"out": "yes"}).ids == (copy,)
    assert page(desk.registrar, "custody.outing", filters={"public_place": "yes"}).ids == ()


def test_an_outing_is_found_by_its_number(desk):
    from baomi.registers.custody.reads import PICKERS

    copy = held(desk)
    out(desk, copy)
    find = PICKERS["custody.outing"]
    assert find(person(desk.reader), "2025-外出-1") == outing_of(copy)["id"]
    for text in ("2025-外出-2", "外出", "２０２５-外出-²", str(copy)):
        with pytest.raises(BadInput, match="没有这次外出登记"):
            find(person(desk.registrar), text)
    with pytest.raises(BadInput, match="没有这次外出登记"):
        find(person(desk.general), "2025-外出-1")
    assert "custody.outing" in BOOKS


def test_who_left_while_he_was_away_hands_it_back_on_the_day_it_comes(desk):
    copy = held(desk)
    out(desk, copy)
    do("office.end_service", desk.office.security_admin, desk.reader, ground="调离")
    with clock.standing_at(instant_on(BACK, 9)):
        do("custody.bring_back", desk.registrar, copy, findings="完好")
        assert owed(copy) == {("GZ2.3.2b", "return_the_copy", BACK)}
        assert desk.copy(copy)["holder_id"] == desk.reader
