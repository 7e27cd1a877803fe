"""What was done wrong: taken back the same day, or put right with a reason."""

from datetime import date

import pytest

from baomi.engine.ledger import find
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.registers.custody import models
from tests.factories.deeds import do, size
from tests.registers.custody.desk import duties, refused


def custody_of(desk, key):
    row = desk.copy(key)
    names = ("state", "holder_id", "cabinet_id", "home_cabinet_id", "kept_by_id", "purpose")
    return {name: row[name] for name in (*names, "since")}


def test_an_undone_hand_over_leaves_no_duty(desk):
    _, copies = desk.ready()
    before = custody_of(desk, copies[0])
    given = desk.give(copies[0])
    entries = size()
    undone = do("custody.undo", desk.registrar, copies[0], reason="扫错了")
    assert size() == entries + 1
    assert custody_of(desk, copies[0]) == before
    assert duties(copies[0]) == []
    assert len(duties(copies[0], "void")) == 1
    movement = models.Movement.objects.get(op=given.op_id)
    assert movement.voided_by == undone.op_id
    assert models.Movement.objects.get(kind="undo").remark == "扫错了"
    assert find(desk.office.log_id, undone.op_id).seq == undone.seq


def test_an_undone_return_reopens_the_duty(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    desk.take_back(copies[0])
    assert duties(copies[0]) == []
    do("custody.undo", desk.registrar, copies[0])
    (duty,) = duties(copies[0])
    assert (duty["closed_by"], duty["closed_on"]) == (None, None)
    assert desk.copy(copies[0])["holder_id"] == desk.reader


def test_a_deed_on_several_copies_is_undone_whole(desk):
    _, copies = desk.ready()
    desk.give(*copies)
    do("custody.undo", desk.registrar, copies[1])
    assert {desk.copy(key)["state"] for key in copies} == {"stored"}
    assert [duties(key) for key in copies] == [[], [], []]


def test_one_step_after_the_other_can_be_undone(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    desk.take_back(copies[0])
    do("custody.undo", desk.registrar, copies[0])
    do("custody.undo", desk.registrar, copies[0])
    assert desk.copy(copies[0])["state"] == "stored"
    assert duties(copies[0]) == []


def test_nobody_undoes_anothers_deed(desk):
    _, copies = desk.ready()
    desk.lend_to_keeper(copies[0])
    found = refused("custody.undo", desk.keeper, copies[0])
    assert set(found) == {"GZ2.3.1a/undone_deed_is_ones_own_of_today"}


def test_nothing_is_undone_the_next_day(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    with clock.standing_at(instant_on(date(2025, 3, 4), 9)):
        found = refused("custody.undo", desk.registrar, copies[0])
    reason, _ = found["GZ2.3.1a/undone_deed_is_ones_own_of_today"].words(lambda _: True)
    assert "不在今天" in reason


def test_what_one_copy_did_since_stands_in_the_way_of_the_others(desk):
    _, copies = desk.ready()
    desk.give(*copies)
    desk.take_back(copies[0])
    found = refused("custody.undo", desk.registrar, copies[1])
    reason, _ = found["GZ2.3.1a/undone_deed_is_ones_own_of_today"].words(lambda _: True)
    assert "又办理过" in reason
    do("custody.undo", desk.registrar, copies[0])
    do("custody.undo", desk.registrar, copies[1])
    assert {desk.copy(key)["state"] for key in copies} == {"stored"}


def test_there_is_nothing_to_undo(desk):
    _, copies = desk.receive()
    with pytest.raises(BadInput, match="没有可以撤销的"):
        do("custody.undo", desk.registrar, copies[0])
    desk.store(copies[0])
    desk.store(copies[1])
    with pytest.raises(BadInput, match="不是同一次办理"):
        do("custody.undo", desk.registrar, copies[0], copies[1])


def test_a_description_is_corrected_with_its_reason(desk):
    paper, _ = desk.receive()
    before = size()
    do(
        "custody.correct_paper",
        desk.registrar,
        paper,
        number="×办发〔2025〕17号",
        pages=12,
        reason="录入时漏了一位",
    )
    assert size() == before + 1
    row = desk.paper(paper)
    assert (row["number_key"], row["pages"], row["level"]) == ("×办发|2025|17", 12, 2)
    correction = models.Correction.objects.get()
    assert correction.fields == ["number", "number_key", "pages"]
    assert correction.reason == "录入时漏了一位"
    with pytest.raises(BadInput, match="没有填写要更正的内容"):
        do("custody.correct_paper", desk.registrar, paper, reason="看看")


def test_level_and_circle_are_no_matter_of_correction():
    from baomi.registers.custody.actions.correct_paper import CorrectionInputs

    assert set(CorrectionInputs.model_fields) == {
        *("title", "issuer", "number", "dated_on", "pages", "remarks", "reason")
    }


def test_a_copy_number_is_corrected(desk):
    _, copies = desk.receive()
    said = {"reason": "看错"}
    with pytest.raises(BadInput, match="000759 已经登记过"):
        do("custody.correct_copy_number", desk.registrar, copies[0], copy_number="000759", **said)
    do("custody.correct_copy_number", desk.registrar, copies[0], copy_number="000757", **said)
    assert desk.copy(copies[0])["copy_number"] == "000757"
    with pytest.raises(BadInput, match="一次只更正一份"):
        do("custody.correct_copy_number", desk.registrar, *copies, copy_number="1", **said)
