"""An old book neither asks nor uses an approval, and brings nobody into a circle."""

import pytest

from baomi.registers.approvals.models import ApprovalNeed, ApprovalRequest
from baomi.registers.custody import models
from baomi.registers.office.models import Person
from tests.entrypoints.importer.importing import book, entry, import_of, loans, says
from tests.registers.approvals.asking import Outing, decide
from tests.registers.custody.desk import Desk


@pytest.fixture
def desk(office):
    return Desk(office)


def loan(desk, **changes):
    """A line of a book of loans: a carry-out that somebody is said to have approved."""
    return {
        "文号": "×办发〔2021〕1号",
        "份号": "000001",
        "题名": "关于第1项工作的通知",
        "密级": "秘密",
        "借阅人": Person.objects.get(id=desk.reader).name,
        "所在处室": "研究室",
        "借出日期": "2022-05-04",
        "归还日期": "2022-05-06",
        "批准人": "秘书长，携带外出，同意扩大传阅",
        **changes,
    }


def state() -> tuple:
    """Circles, outings and approvals, as they stand."""
    return (
        sorted(models.CircleMember.objects.values_list("paper", "person")),
        sorted(models.CircleGround.objects.values_list("paper", "ground")),
        models.Outing.objects.count(),
        sorted(ApprovalRequest.objects.values_list("id", "state")),
        sorted(ApprovalNeed.objects.values_list("id", "state", "used_by")),
    )


def test_a_carry_out_of_the_past_is_a_past_loan_with_notes(office, desk, tmp_path):
    row = entry(1, 备注="扩大传阅至研究室全体")
    assert import_of(book(tmp_path / "收文.csv", row), office).done == 1
    before = state()
    told = import_of(loans(tmp_path / "借阅.csv", loan(desk)), office)
    assert told.done == 1
    out = models.Movement.objects.get(kind="past_out", happened_on="2022-05-04")
    assert out.to_holder_id == desk.reader
    assert "携带外出" in out.remark
    assert out.notes
    assert state() == before


def test_what_lives_in_the_register_is_left_alone_with_its_approval(office, desk, tmp_path):
    outing = Outing(desk, level="秘密★5年")
    decide(desk.leader, outing.ask())
    before = state()
    what = {"文号": "×办发〔2025〕7号", "份号": "000758", "题名": "关于做好某项工作的通知"}
    told = import_of(
        loans(tmp_path / "借阅.csv", loan(desk, **what, 借出日期="2025-03-03")), office
    )
    assert (told.done, told.refused + told.questions) == (0, 1), says(told)
    assert state() == before
    assert outing.carry()
