"""Copies are locked in; they go missing and are found."""

from uuid import UUID

import pytest

from baomi.engine.demo.office_plan import BARE_ROOM
from baomi.kernel.verdict import BadInput
from tests.factories.deeds import do, size
from tests.registers.custody.desk import duties, refused


def bare_cabinet(desk):
    """A cabinet in a room without protective measures."""
    room = desk.office.rooms[BARE_ROOM]
    said = {"name": "旧柜", "room": room, "level": "secret"}
    return UUID(do("office.add_cabinet", desk.registrar, **said).told["cabinet"])


def test_copies_are_locked_in(desk):
    _, copies = desk.receive()
    before = size()
    desk.store(*copies)
    assert size() == before + 1
    for key in copies:
        row = desk.copy(key)
        assert (row["state"], row["cabinet_id"]) == ("stored", desk.cabinet)
        assert (row["home_cabinet_id"], row["holder_id"], row["ver"]) == (desk.cabinet, None, 2)


def test_a_cabinet_below_the_level_is_refused(desk):
    _, copies = desk.receive(level="绝密")
    found = refused("custody.store_copies", desk.registrar, *copies, cabinet=desk.cabinet)
    assert set(found) == {"GZ2.2.1b/cabinet_is_fit_for_the_level"}
    desk.store(*copies, cabinet=desk.top_cabinet)
    assert desk.copy(copies[0])["cabinet_id"] == desk.top_cabinet


def test_an_unprotected_room_keeps_nothing(desk):
    _, copies = desk.receive()
    found = refused("custody.store_copies", desk.registrar, *copies, cabinet=bare_cabinet(desk))
    refusal = found["GZ2.2.1a/place_of_keeping_is_protected"]
    reason, _ = refusal.words(lambda _: True)
    assert reason.startswith(f"{BARE_ROOM}没有登记防护措施")
    assert refusal.remedy_action == "office.record_measures"


def test_a_closed_cabinet_is_refused(desk):
    _, copies = desk.receive()
    spare = desk.office.unit_cabinets["农业委"]
    do("office.close_cabinet", desk.registrar, spare)
    found = refused("custody.store_copies", desk.registrar, *copies, cabinet=spare)
    assert set(found) == {"GZ2.2.1b/cabinet_is_in_use"}


def test_nothing_is_stored_twice_or_out_of_somebodys_hands(desk):
    _, copies = desk.ready()
    with pytest.raises(BadInput, match="已经在这个柜里"):
        desk.store(copies[0])
    desk.give(copies[0])
    with pytest.raises(BadInput, match="第000758份在有关人员手中"):
        desk.store(copies[0])


def test_a_missing_copy_is_reported_and_found(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    before = size()
    do("custody.report_missing", desk.reader, copies[0], circumstances="下班前清点时发现不在")
    assert size() == before + 1
    row = desk.copy(copies[0])
    assert (row["state"], row["holder_id"], row["home_cabinet_id"]) == (
        "missing",
        None,
        desk.cabinet,
    )
    assert len(duties(copies[0])) == 1
    with pytest.raises(BadInput, match="下落不明"):
        desk.give(copies[0])
    said = {"cabinet": desk.cabinet, "circumstances": "夹在另一份文件里"}
    do("custody.report_found", desk.registrar, copies[0], **said)
    assert desk.copy(copies[0])["state"] == "stored"
    assert duties(copies[0]) == []


def test_a_found_copy_is_locked_in_properly(desk):
    _, copies = desk.ready(desk.leader, cabinet=desk.top_cabinet, level="绝密")
    do("custody.report_missing", desk.registrar, copies[0], circumstances="清点时不在柜内")
    said = {"cabinet": desk.cabinet, "circumstances": "在旁边的柜里"}
    found = refused("custody.report_found", desk.registrar, copies[0], **said)
    assert set(found) == {"GZ2.2.1b/cabinet_is_fit_for_the_level"}


def test_a_stranger_does_not_report_and_nothing_is_found_that_was_not_missing(desk):
    _, copies = desk.ready()
    with pytest.raises(BadInput, match="请告诉保密员"):
        do("custody.report_missing", desk.reader, copies[0], circumstances="听说丢了")
    said = {"cabinet": desk.cabinet, "circumstances": "找到了"}
    with pytest.raises(BadInput, match="在文件柜里"):
        do("custody.report_found", desk.registrar, copies[0], **said)
