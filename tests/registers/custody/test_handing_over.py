"""Copies are given to readers, handlers and keepers, and what speaks against it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from baomi.engine.demo.office_plan import BARE_ROOM
from baomi.engine.explain import explain
from baomi.engine.perform import perform
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.custody import models
from tests.factories.deeds import do, request, size
from tests.factories.office import TODAY
from tests.registers.custody.desk import duties, refused


def test_a_reader_answers_for_what_he_gets(desk):
    _, copies = desk.ready()
    before = size()
    desk.give(copies[0], copies[0])
    assert size() == before + 1
    row = desk.copy(copies[0])
    assert (row["state"], row["holder_id"], row["cabinet_id"]) == ("held", desk.reader, None)
    assert (row["home_cabinet_id"], row["purpose"]) == (desk.cabinet, "reading")
    (duty,) = duties(copies[0])
    assert (duty["clause"], duty["name"], duty["owner"]) == (
        "GZ2.3.2b",
        "return_the_copy",
        desk.reader,
    )
    assert duty["due_on"] == TODAY


def test_handling_has_working_days(desk):
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    assert duties(copies[0])[0]["due_on"] == date(2025, 3, 10)


def test_a_new_copy_may_be_given_out_of_the_registrars_hands(desk):
    paper, copies = desk.receive()
    desk.circle(paper, desk.reader)
    desk.give(copies[0])
    assert desk.copy(copies[0])["holder_id"] == desk.reader


def test_whoever_is_not_in_the_circle_gets_nothing(desk):
    _, copies = desk.ready()
    other = desk.office.readers["法制委"][0]
    found = refused(
        "custody.hand_over_copy",
        desk.registrar,
        copies[0],
        person=other,
        place=desk.reading_room,
    )
    assert set(found) == {"GZ2.3.1b/reader_is_in_the_circle"}
    assert found.popitem()[1].remedy_action == "custody.set_circle"


def test_clearance_is_at_least_the_level(desk):
    _, copies = desk.ready(desk.general)
    said = {"person": desk.general, "place": desk.reading_room}
    found = refused("custody.hand_over_copy", desk.registrar, copies[0], **said)
    assert set(found) == {"GZ2.3.1b/reader_is_cleared_for_the_level"}


def test_whoever_left_gets_nothing(desk):
    _, copies = desk.ready()
    do("office.end_service", desk.office.security_admin, desk.reader, ground="调离")
    said = {"person": desk.reader, "place": desk.reading_room}
    with clock.standing_at(instant_on(date(2025, 3, 4), 9)):
        found = refused("custody.hand_over_copy", desk.registrar, copies[0], **said)
    assert "GZ2.3.1b/reader_is_in_service" in found


def test_an_unmarked_paper_is_read_in_its_circle_only(desk):
    _, copies = desk.ready(level="")
    other = desk.office.readers["法制委"][0]
    said = {"person": other, "place": desk.reading_room}
    found = refused("custody.hand_over_copy", desk.registrar, copies[0], **said)
    assert "GZ2.3.4a/reader_is_in_the_circle_of_the_unmarked_paper" in found
    desk.give(copies[0])


def test_a_place_of_reading_is_named_and_protected(desk):
    _, copies = desk.ready()
    for place in (None, desk.office.rooms[BARE_ROOM]):
        said = {"person": desk.reader, "place": place}
        found = refused("custody.hand_over_copy", desk.registrar, copies[0], **said)
        assert set(found) == {"GZ2.3.2a/place_of_reading_is_registered_and_protected"}


def test_who_owes_a_return_gets_nothing_more(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    desk.give(copies[1])
    with clock.standing_at(instant_on(date(2025, 3, 4), 9)):
        said = {"person": desk.reader, "place": desk.reading_room}
        found = refused("custody.hand_over_copy", desk.registrar, copies[2], **said)
        reason, _ = found["GZ2.3.2b/reader_has_nothing_overdue"].words(lambda _: True)
        assert "有 2 份文件逾期" in reason
        desk.take_back(copies[0], copies[1])
        desk.give(copies[2])


def test_only_who_has_it_gives_it(desk):
    _, copies = desk.ready(desk.reader, desk.keeper)
    said = {"person": desk.keeper, "place": desk.reading_room}
    found = refused("custody.hand_over_copy", desk.keeper, copies[0], **said)
    assert set(found) == {"GZ2.3.1a/giver_has_the_copy_by_the_register"}
    assert "access/actor_holds_the_post" in refused(
        "custody.hand_over_copy", desk.reader, copies[0], **said
    )


@pytest.mark.parametrize(
    ("action", "inputs"),
    [
        ("custody.hand_over_copy", {"person": "reader"}),
        ("custody.take_back_copy", {}),
        ("custody.store_copies", {"cabinet": "cabinet"}),
        ("custody.report_missing", {"circumstances": "不在"}),
        ("custody.undo", {}),
    ],
    ids=["hand-over", "take-back", "store", "missing", "undo"],
)
def test_nothing_scanned_and_unknown_labels(desk, action, inputs):
    said = {key: getattr(desk, value, value) for key, value in inputs.items()}
    with pytest.raises(BadInput, match="没有选中文件"):
        do(action, desk.registrar, **said)
    with pytest.raises(BadInput, match="没有这份文件"):
        do(action, desk.registrar, UUID(int=9), **said)


def test_unknown_people_rooms_and_cabinets(desk):
    _, copies = desk.ready()
    nobody = UUID(int=9)
    with pytest.raises(BadInput, match="查无此人"):
        desk.give(copies[0], person=nobody)
    with pytest.raises(BadInput, match="没有这个房间"):
        desk.give(copies[0], place=nobody)
    with pytest.raises(BadInput, match="没有这个文件柜"):
        desk.store(copies[0], cabinet=nobody)
    desk.give(copies[0])
    with pytest.raises(BadInput, match="没有这个文件柜"):
        desk.take_back(copies[0], cabinet=nobody)
    with pytest.raises(BadInput, match="已经在接收人手中"):
        desk.give(copies[0])


def test_a_button_knows_beforehand_what_it_may(desk):
    _, copies = desk.ready()
    asked = request("custody.hand_over_copy", desk.registrar, copies[0])
    assert explain(asked, filled_in=False).allowed
    asked = request("custody.hand_over_copy", desk.reader, copies[0])
    assert not explain(asked, filled_in=False).allowed


def test_every_move_is_written_once(desk):
    _, copies = desk.ready()
    desk.give(copies[0], remark="急件")
    desk.take_back(copies[0])
    rows = list(models.Movement.objects.filter(copy=copies[0]).order_by("turn").values())
    assert [(row["kind"], row["turn"]) for row in rows] == [
        ("store", 2),
        ("hand_over", 3),
        ("take_back", 4),
    ]
    given = rows[1]
    assert (given["from_cabinet_id"], given["to_holder_id"]) == (desk.cabinet, desk.reader)
    assert (given["place_id"], given["remark"]) == (desk.reading_room, "急件")
    assert rows[2]["from_holder_id"] == desk.reader
    assert desk.office.cabinets[Level.SECRET] == rows[2]["to_cabinet_id"]


def test_what_is_entered_later_keeps_its_order(desk):
    _, copies = desk.ready()
    late = request(
        "custody.hand_over_copy",
        desk.registrar,
        copies[0],
        person=desk.reader,
        place=desk.reading_room,
    )
    late = replace(late, happened_on=date(2025, 2, 28), late_reason="当天停电")
    with pytest.raises(BadInput, match="2025-03-03 已有办理记录"):
        perform(late)
    with clock.standing_at(instant_on(date(2025, 3, 5), 9)):
        perform(replace(late, happened_on=date(2025, 3, 4)))
    assert desk.copy(copies[0])["since"] == date(2025, 3, 4)
    assert duties(copies[0])[0]["due_on"] == date(2025, 3, 4)
