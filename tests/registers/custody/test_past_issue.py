"""What an old register of papers issued tells, recorded as the past."""

from datetime import date
from uuid import UUID

import pytest

from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from tests.factories.deeds import do, kinds, size
from tests.registers.custody.desk import refused

ISSUED = {
    "issued_on": date(2022, 1, 5),
    "registered_number": "2022-001",
    "number": "×人办〔2022〕1号",
    "title": "关于某项工作的通知",
    "level": "秘密★5年",
    "copy_numbers": "000001-000003",
    "remarks": "发往市委办公室",
}


def test_a_past_issue_is_a_paper_of_our_own_with_its_copies(desk):
    before = size()
    told = do("custody.record_past_issue", desk.registrar, **ISSUED).told
    assert kinds(before) == ["custody.record_past_issue"]
    paper = desk.paper(UUID(told["paper"]))
    assert (paper["origin"], paper["level"]) == ("own", Level.CONFIDENTIAL)
    assert paper["registered_on"] == date(2022, 1, 5)
    assert paper["remarks"] == "发往市委办公室"
    assert len(told["copies"]) == 3


def test_a_book_without_numbers_gets_numbers_of_the_recorded_past(desk):
    told = do("custody.record_past_issue", desk.registrar, **ISSUED | {"registered_number": ""})
    assert told.told["registered_number"].startswith("补录2022-")


def test_the_same_number_is_not_recorded_twice(desk):
    do("custody.record_past_issue", desk.registrar, **ISSUED)
    before = size()
    with pytest.raises(BadInput):
        do("custody.record_past_issue", desk.registrar, **ISSUED)
    assert size() == before


def test_a_day_to_come_cannot_be_past(desk):
    before = size()
    with pytest.raises(BadInput, match="不能晚于今天"):
        do("custody.record_past_issue", desk.registrar, **ISSUED | {"issued_on": date(2025, 3, 4)})
    assert size() == before


def test_only_the_registrar_records_the_past(desk):
    assert "access" in {
        each.clause for each in refused("custody.record_past_issue", desk.reader, **ISSUED).values()
    }
