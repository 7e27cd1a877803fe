"""Old register books are recorded (补录), not judged."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest

from baomi.kernel.verdict import BadInput
from baomi.registers.custody import models
from tests.factories.deeds import do, entries, size
from tests.factories.office import TODAY
from tests.registers.custody.desk import duties

ROW = {
    "registered_number": "2021-011",
    "received_on": date(2021, 3, 5),
    "issuer": "省委办公厅",
    "number": "×办发〔2021〕114号",
    "title": "旧簿册上的一件",
    "level": "机密★10年",
    "copy_numbers": "000758",
}


def record(desk, **more):
    told = do("custody.record_past_receipt", desk.registrar, **(ROW | more)).told
    return UUID(told["paper"]), [UUID(each) for each in told["copies"]]


def test_a_past_receipt(desk):
    before = size()
    paper, copies = record(desk)
    assert size() == before + 1
    body = json.loads(entries(before)[0].body)
    assert body["past"] is True
    row = desk.paper(paper)
    assert (row["registered_number"], row["registered_on"]) == ("2021-011", date(2021, 3, 5))
    assert (row["level"], row["notes"]) == (2, [])
    assert (desk.copy(copies[0])["state"], desk.copy(copies[0])["since"]) == (
        "unstored",
        date(2021, 3, 5),
    )


def test_what_the_rules_would_have_said_stands_on_the_row(desk):
    paper, _ = record(desk, level="无")
    (note,) = desk.paper(paper)["notes"]
    assert note["clause"] == "GZ2.3.4a"
    assert "按内部文件管理" in note["reason"]
    assert "旧簿册" not in note["reason"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"registered_number": "十一号"}, "收文编号看不懂"),
        ({"received_on": date(2025, 3, 4)}, "不能晚于今天"),
        ({"copy_numbers": "1、1"}, "写了两次"),
    ],
    ids=["number", "future", "copies"],
)
def test_a_row_that_cannot_be_true(desk, more, sentence):
    with pytest.raises(BadInput, match=sentence):
        record(desk, **more)


def test_a_number_is_taken_once(desk):
    record(desk)
    with pytest.raises(BadInput, match="2021-011 已经登记过"):
        record(desk, registered_number="2021-0011", number="", copy_numbers="2")


def test_a_row_without_a_number_gets_one_of_a_series_of_its_own(desk):
    paper, _ = record(desk, registered_number="")
    assert desk.paper(paper)["registered_number"] == "补录2021-001"
    living, _ = desk.receive()
    assert desk.paper(living)["registered_number"] == "2025-001"


def went_out(desk, copy, **more):
    said = {"unit": desk.office.units["研究室"], "went_out_on": date(2021, 3, 8)} | more
    return do("custody.record_past_hand_over", desk.registrar, copy, **said)


def test_a_unit_in_the_book_means_its_keeper(desk):
    _, copies = record(desk)
    before = size()
    went_out(desk, copies[0])
    assert size() == before + 1
    row = desk.copy(copies[0])
    assert (row["holder_id"], row["kept_by_id"], row["since"]) == (
        desk.keeper,
        desk.keeper,
        date(2021, 3, 8),
    )
    movement = models.Movement.objects.get()
    assert (movement.kind, movement.happened_on) == ("past_out", date(2021, 3, 8))
    assert movement.notes == []


def test_what_is_still_out_is_owed_from_the_import_on(desk):
    _, copies = record(desk, received_on=date(2019, 2, 1), registered_number="2019-001")
    went_out(desk, copies[0], went_out_on=date(2019, 2, 3))
    (duty,) = duties(copies[0])
    assert (duty["clause"], duty["owner"]) == ("GZ2.3.2b", desk.keeper)
    assert (duty["opened_on"], duty["due_on"]) == (TODAY, TODAY + timedelta(days=30))
    desk.take_back(copies[0], cabinet=desk.cabinet)
    assert duties(copies[0]) == []


def test_what_came_back_is_owed_by_nobody(desk):
    _, copies = record(desk)
    went_out(desk, copies[0], back_on=date(2021, 3, 9))
    assert duties(copies[0]) == []
    before = size()
    do("custody.record_past_return", desk.registrar, copies[0], back_on=date(2021, 3, 9))
    assert size() == before + 1
    row = desk.copy(copies[0])
    assert (row["state"], row["holder_id"], row["since"]) == ("unstored", None, date(2021, 3, 9))


def test_a_past_return_may_name_a_cabinet(desk):
    _, copies = record(desk)
    went_out(desk, copies[0])
    said = {"back_on": date(2021, 3, 9), "cabinet": desk.cabinet}
    do("custody.record_past_return", desk.registrar, copies[0], **said)
    assert desk.copy(copies[0])["cabinet_id"] == desk.cabinet
    assert duties(copies[0]) == []
    assert len(duties(copies[0], "done")) == 1


def test_a_reader_below_the_level_is_noted(desk):
    _, copies = record(desk)
    went_out(desk, copies[0], unit=None, person=desk.general)
    notes = models.Movement.objects.get().notes
    assert {(note["clause"], note["guard"]) for note in notes} == {
        ("GZ2.3.1b", "reader_is_cleared_for_the_level"),
        ("GZ2.3.2a", "place_of_reading_is_registered_and_protected"),
    }


def test_past_hand_overs_follow_one_another(desk):
    _, copies = record(desk)
    went_out(desk, copies[0], back_on=date(2021, 3, 9))
    with pytest.raises(BadInput, match="在有关人员手中"):
        went_out(desk, copies[0], went_out_on=date(2021, 4, 1))
    do("custody.record_past_return", desk.registrar, copies[0], back_on=date(2021, 3, 9))
    went_out(desk, copies[0], went_out_on=date(2021, 4, 1), unit=desk.office.units["法制委"])
    assert desk.copy(copies[0])["holder_id"] == desk.office.keepers["法制委"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"back_on": date(2021, 3, 7)}, "退回日期早于送出日期"),
        ({"went_out_on": date(2025, 3, 4)}, "送出日期不能晚于今天"),
        ({"back_on": date(2025, 3, 4)}, "退回日期不能晚于今天"),
        ({"unit": None}, "请填写领取人或领取单位"),
        ({"unit": UUID(int=4)}, "没有专人"),
        ({"person": UUID(int=4)}, "查无此人"),
    ],
    ids=["back-first", "future", "future-back", "nobody", "no-keeper", "unknown"],
)
def test_a_hand_over_that_cannot_be_true(desk, more, sentence):
    _, copies = record(desk)
    with pytest.raises(BadInput, match=sentence):
        went_out(desk, copies[0], **more)


def test_a_return_that_cannot_be_true(desk):
    _, copies = record(desk)
    went_out(desk, copies[0])
    for back_on, sentence in (
        (date(2021, 3, 7), "退回日期早于送出日期"),
        (date(2025, 3, 4), "不能晚于今天"),
    ):
        with pytest.raises(BadInput, match=sentence):
            do("custody.record_past_return", desk.registrar, copies[0], back_on=back_on)


def test_living_copies_are_not_recorded_as_past(desk):
    _, copies = desk.ready()
    with pytest.raises(BadInput, match="已有日常办理的记录"):
        went_out(desk, copies[0])
    desk.give(copies[0])
    with pytest.raises(BadInput, match="请办理“收回”"):
        do("custody.record_past_return", desk.registrar, copies[0], back_on=TODAY)


def test_a_recorded_past_does_not_bind_the_living(desk):
    paper, copies = record(desk, copy_numbers="1-2")
    went_out(desk, copies[0], unit=None, person=desk.reader, back_on=date(2021, 3, 9))
    do("custody.record_past_return", desk.registrar, copies[0], back_on=date(2021, 3, 9))
    desk.store(*copies)
    assert {desk.copy(key)["state"] for key in copies} == {"stored"}
    assert desk.paper(paper)["circle_set_on"] is None
