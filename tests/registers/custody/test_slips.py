"""Slips: one person, one day, one way; confirmed on the spot, by signature, or by log-in."""

from datetime import date
from uuid import UUID

import pytest

from baomi.engine import registry
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.labels import LabelError
from baomi.kernel.verdict import BadInput
from baomi.registers.custody import models, reads
from baomi.registers.custody.load import references
from baomi.registers.office import load as office_load
from baomi.registers.office.facts import NeedsTwoPersons
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, kinds, size
from tests.factories.office import TODAY
from tests.registers.custody.desk import duties, refused


def person(key):
    return office_load.person(key, TODAY, Terms.on(TODAY))


def drawn_up(desk, *copies, by=None, **how):
    """The slip's row."""
    told = do("custody.draw_up_slip", by or desk.registrar, *copies, **how).told
    return models.Slip.objects.filter(id=UUID(told["slip"])).values().get()


def test_a_slip_lists_what_one_person_was_given(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    desk.give(copies[1])
    before = size()
    slip = drawn_up(desk, *copies[:2])
    assert kinds(before) == ["custody.draw_up_slip"]
    assert (slip["kind"], slip["person_id"], slip["drawn_up_by_id"]) == (
        "out",
        desk.reader,
        desk.registrar,
    )
    assert (slip["confirmed_on"], slip["confirmed_how"], slip["drawn_up_on"]) == (None, "", TODAY)
    lines = models.SlipLine.objects.filter(slip=slip["id"])
    assert set(lines.values_list("copy_id", flat=True)) == set(copies[:2])
    (duty,) = duties(slip["id"])
    assert (duty["clause"], duty["owner"], duty["due_on"]) == ("GZ2.3.1a", desk.reader, TODAY)


def test_the_duty_names_the_slip_and_no_title(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    slip = drawn_up(desk, copies[0])
    label = office_load.label("S", slip["label_serial"])
    assert office_load.label_in(label).serial == slip["label_serial"]
    assert references([slip["id"]]) == {slip["id"]: f"交接清单 {label}"}


def test_who_confirms_on_the_spot_owes_no_signature(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    slip = drawn_up(desk, copies[0], second=desk.reader, by_pin=True)
    assert (slip["confirmed_on"], slip["confirmed_how"]) == (TODAY, "pin")
    assert duties(slip["id"]) == []
    desk.give(copies[1])
    slip = drawn_up(desk, copies[1], second=desk.reader)
    assert slip["confirmed_how"] == "login"


def test_only_the_person_himself_confirms_on_the_spot(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    with pytest.raises(BadInput, match="接交人本人"):
        drawn_up(desk, copies[0], second=desk.leader)
    with pytest.raises(BadInput, match="没有当场确认"):
        drawn_up(desk, copies[0], by_pin=True)
    assert not models.Slip.objects.exists()


def test_a_reader_who_confirms_is_no_second_person_of_a_two_person_deed():
    """Guards of two-person deeds look at ``deed.second``: no deed at the desk may bring them."""
    at_the_desk = ("hand_over_copy", "take_back_copy", "draw_up_slip")
    brought = {
        kind for name in at_the_desk for kind in registry.actions()[f"custody.{name}"].brings
    }
    assert len(brought) > 4
    assert not any(issubclass(kind, NeedsTwoPersons) for kind in brought)


def test_a_movement_stands_on_one_slip_only(desk):
    _, copies = desk.ready()
    desk.give(*copies[:2])
    drawn_up(desk, copies[0])
    with pytest.raises(BadInput, match=r"已列在交接清单 BMS"):
        drawn_up(desk, *copies[:2])
    assert drawn_up(desk, copies[1])["label_serial"] == 2
    desk.take_back(copies[0])
    assert drawn_up(desk, copies[0])["kind"] == "back"  # the return is another movement


def test_a_slip_is_for_one_person_and_one_way(desk):
    _, copies = desk.ready(desk.reader, desk.leader)
    desk.give(copies[0])
    desk.give(copies[1], person=desk.leader)
    with pytest.raises(BadInput, match="分别出具"):
        drawn_up(desk, *copies[:2])
    desk.give(copies[2])
    desk.take_back(copies[2])
    with pytest.raises(BadInput, match="分别出具"):
        drawn_up(desk, copies[0], copies[2])


def test_only_ones_own_deeds_of_today_are_listed(desk):
    _, copies = desk.ready(desk.reader)
    with pytest.raises(BadInput, match="不是您今天交出或收回"):
        drawn_up(desk, copies[0])  # stored, not given
    with pytest.raises(BadInput, match="没有选中文件"):
        drawn_up(desk)
    desk.give(copies[0])
    with pytest.raises(BadInput, match="不是您今天交出或收回"):
        drawn_up(desk, copies[0], by=desk.keeper)
    with (
        clock.standing_at(instant_on(TODAY.replace(day=4), 9)),
        pytest.raises(BadInput, match="不是您今天交出或收回"),
    ):
        drawn_up(desk, copies[0])


def test_nobody_makes_a_slip_with_himself(desk):
    _, copies = desk.ready(desk.registrar)
    desk.give(copies[0], person=desk.registrar)
    with pytest.raises(BadInput, match="本人与本人"):
        drawn_up(desk, copies[0])


def test_a_reader_draws_up_nothing(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    assert set(refused("custody.draw_up_slip", desk.reader, copies[0])) == {
        "access/actor_holds_the_post"
    }


def test_the_signed_paper_comes_back(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    slip = drawn_up(desk, copies[0])["id"]
    do("custody.confirm_slip", desk.registrar, slip)
    row = models.Slip.objects.get(id=slip)
    assert (row.confirmed_on, row.confirmed_how) == (TODAY, "signature")
    assert duties(slip) == []
    assert len(duties(slip, "done")) == 1
    with pytest.raises(BadInput, match="已经确认"):
        do("custody.confirm_slip", desk.registrar, slip)


def test_the_person_confirms_in_his_own_session(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    slip = drawn_up(desk, copies[0])["id"]
    with pytest.raises(BadInput, match="没有这张交接清单"):
        do("custody.acknowledge_slip", desk.leader, slip)
    with pytest.raises(BadInput, match="不能代为确认"):
        do("custody.acknowledge_slip", desk.registrar, slip)
    do("custody.acknowledge_slip", desk.reader, slip)
    assert models.Slip.objects.get(id=slip).confirmed_how == "login"
    assert duties(slip) == []


def test_a_keeper_records_his_own_slips_only(desk):
    _, copies = desk.ready(desk.reader)
    desk.lend_to_keeper(copies[0])
    his = drawn_up(desk, copies[0])["id"]
    with pytest.raises(BadInput, match="您本人"):
        do("custody.confirm_slip", desk.keeper, his)
    desk.give(copies[0], by=desk.keeper)
    own = drawn_up(desk, copies[0], by=desk.keeper)["id"]
    do("custody.confirm_slip", desk.keeper, own)
    desk.give(copies[1])
    other = drawn_up(desk, copies[1])["id"]
    with pytest.raises(BadInput, match="没有这张交接清单"):
        do("custody.confirm_slip", desk.keeper, other)
    with pytest.raises(BadInput, match="没有这张交接清单"):
        do("custody.confirm_slip", desk.registrar, UUID(int=7))


def test_an_undone_hand_over_voids_its_slip(desk):
    _, copies = desk.ready()
    desk.give(*copies[:2])
    slip = drawn_up(desk, *copies[:2])["id"]
    undone = do("custody.undo", desk.registrar, copies[0])
    assert models.Slip.objects.get(id=slip).voided_by == undone.op_id
    assert duties(slip) == []
    with pytest.raises(BadInput, match="清单作废"):
        do("custody.confirm_slip", desk.registrar, slip)
    desk.give(*copies[:2])
    assert drawn_up(desk, *copies[:2])["id"] != slip


def test_who_may_see_a_slip(desk):
    _, copies = desk.ready(desk.reader, desk.leader)
    desk.give(copies[0])
    slip = drawn_up(desk, copies[0])
    label = office_load.label("S", slip["label_serial"])
    find = reads.PICKERS["custody.slip"]
    for key in (desk.registrar, desk.reader):
        assert find(person(key), label) == slip["id"]
        assert find(person(key), str(slip["id"])) == slip["id"]
    for stranger in (desk.leader, desk.keeper, desk.office.auditor):
        with pytest.raises(BadInput, match="没有这张交接清单"):
            find(person(stranger), label)
    with pytest.raises(BadInput, match="不是交接清单的标签"):
        find(person(desk.registrar), office_load.label("C", 1))
    with pytest.raises(LabelError, match="只读到一部分"):
        office_load.label_in(label[:9])
    with pytest.raises(BadInput, match="只读到一部分"):
        find(person(desk.registrar), label[:9])


def test_copies_go_home_without_a_cabinet_named(desk):
    _, copies = desk.ready()
    with pytest.raises(BadInput, match="已经在这个柜里"):
        do("custody.store_copies", desk.registrar, copies[0])
    _, new = desk.receive(number="×办发〔2025〕8号")
    with pytest.raises(BadInput, match="请填写文件柜"):
        do("custody.store_copies", desk.registrar, new[0])


def test_a_copy_that_came_back_to_no_cabinet_goes_home(desk):
    row = {
        "issuer": "某局",
        "title": "旧件",
        "registered_number": "2021-3",
        "received_on": date(2021, 3, 5),
    }
    old = UUID(do("custody.record_past_receipt", desk.registrar, **row).told["copies"][0])
    for went_out, back, where in ((6, 7, {"cabinet": desk.cabinet}), (8, 9, {})):
        said = {"person": desk.reader, "went_out_on": date(2021, 3, went_out)}
        do("custody.record_past_hand_over", desk.registrar, old, **said)
        do(
            "custody.record_past_return",
            desk.registrar,
            old,
            back_on=date(2021, 3, back),
            **where,
        )
    assert desk.copy(old)["state"] == "unstored"
    do("custody.store_copies", desk.registrar, old)
    row = desk.copy(old)
    assert (row["state"], row["cabinet_id"]) == ("stored", desk.cabinet)
