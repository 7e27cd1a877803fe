"""A book of loans moves copies that are recorded already."""

from datetime import date

import pytest

from baomi.kernel.words import Level
from baomi.registers.custody import models
from baomi.registers.office.models import Person
from tests.entrypoints.importer.importing import (
    book,
    custody,
    entry,
    findings,
    import_of,
    loans,
    says,
)
from tests.factories.deeds import do


@pytest.fixture
def reader(office):
    return office.readers["法制委"][0]


@pytest.fixture
def lent(office, tmp_path, reader):
    """Imports a received paper of two copies, then loans of it."""
    import_of(book(tmp_path / "收文.csv", entry(1, 份数=2, 份号="000001-000002")), office)

    def lent(*changes):
        row = {
            "文号": "×办发〔2021〕1号",
            "份号": "000001",
            "题名": "关于第1项工作的通知",
            "密级": "秘密",
            "借阅人": Person.objects.get(id=reader).name,
            "所在处室": "法制委",
            "借出日期": "2022-05-04",
            "归还日期": "2022-05-06",
            "批准人": "主任",
        }
        rows = [row | change for change in changes]
        return import_of(loans(tmp_path / "借阅.csv", *rows), office)

    return lent


def test_a_loan_goes_out_and_comes_back(lent, reader):
    told = lent({}, {"借出日期": "2022-06-01", "归还日期": None})
    assert (told.done, told.papers, told.copies, told.questions) == (2, 0, 0, 0)
    out, back, again = models.Movement.objects.filter(
        copy__copy_number="000001", happened_on__year=2022
    ).order_by("turn")
    assert (out.kind, out.happened_on, out.to_holder_id) == ("past_out", date(2022, 5, 4), reader)
    assert out.remark == "批准人 主任"
    assert (back.kind, back.happened_on) == ("past_back", date(2022, 5, 6))
    assert (again.kind, again.to_holder_id) == ("past_out", reader)
    assert custody() == {"held": 1, "unstored": 1}
    assert findings() == []


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"文号": "×办发〔2021〕2号"}, "paper_unknown", "文号"),
        ({"题名": "另一个标题"}, "same_number", "文号"),
        ({"份号": "000009"}, "copy_unknown", "份号"),
        ({"密级": "机密"}, "mark_differs", "密级"),
        ({"借出日期": "2021-03-05"}, "before_recorded", "借出日期"),
        ({"借阅人": "无此君"}, "person_unknown", "借阅人"),
    ],
    ids=["paper", "title", "copy", "level", "day", "person"],
)
def test_a_loan_that_does_not_fit_is_asked_about(lent, change, code, column):
    before = models.Movement.objects.count()
    told = lent(change)
    assert (told.questions, says(told)) == (1, [(3, column, code)])
    assert models.Movement.objects.count() == before


def test_a_copy_that_is_out_by_the_registers_cannot_be_lent(lent):
    assert lent({"归还日期": None}).done == 1
    told = lent({"份号": "000002"}, {"借出日期": "2022-07-01", "归还日期": None})
    assert (told.done, told.refused, says(told)) == (1, 1, [(4, "份号", "targets")])
    assert "在有关人员手中" in told.problems[0].text


def test_a_copy_with_a_living_record_is_left_alone(lent, office):
    key = models.Copy.objects.get(copy_number="000001").id
    do("custody.store_copies", office.registrar, key, cabinet=office.cabinets[Level.SECRET])
    told = lent({"借出日期": "2025-03-03", "归还日期": None})
    assert (told.done, told.refused, says(told)) == (0, 1, [(3, "份号", "targets")])
    assert custody() == {"stored": 1, "unstored": 1}
