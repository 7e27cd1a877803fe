"""A preview says what the import would do, and does nothing."""

import pytest

from baomi.entrypoints.importer import run
from baomi.kernel.verdict import Refused
from tests.entrypoints.importer.importing import (
    BOOKS,
    SAMPLES,
    book,
    entry,
    figures,
    import_of,
    says,
    state,
)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_previewed_to_the_row(office, name):
    before = state()
    told = run.preview(BOOKS / name, actor=office.registrar)
    assert figures(told) == SAMPLES[name]
    assert state() == before
    assert {code for _, _, code in says(told)} == {"same_number"}
    assert all(each.column == "文件字号" and each.text for each in told.problems)


TROUBLED = [
    entry(1),
    entry(2, 文件字号="×办发〔2021〕1号", 文件标题="关于第1项工作的通知", 份号="000902"),
    entry(3, 承办单位="某某局"),
    entry(4, 退回时间="2021-02-30"),
    entry(5, 收文编号="2021-001"),
    entry(6, 来文机关="×" * 121),
    entry(7, 退回时间=None),
    entry(8, 密级="绝密", 承办单位="研究室"),
    entry(8, 密级="绝密", 承办单位="研究室"),
]


def test_a_preview_gives_the_classes_that_doing_gives(office, tmp_path):
    path = book(tmp_path / "收文登记簿.csv", *TROUBLED)
    before = state()
    seen = run.preview(path, actor=office.registrar)
    assert state() == before
    done = import_of(path, office)
    assert figures(seen) == figures(done) == (10, 4, 1, 1, 3, 2, 3, 4)
    assert seen.problems == done.problems
    assert says(done) == [
        (4, "承办单位", "unit_unknown"),
        (5, "退回时间", "impossible_day"),
        (6, "", "running_number_taken"),
        (7, "来文机关", "issuer"),
    ]
    assert done.skipped_because == {"header": 1, "repeat": 1}


def test_a_row_that_leans_on_a_failed_one_is_previewed_as_it_will_be_done(office, tmp_path):
    long = "长" * 401
    path = book(
        tmp_path / "收文登记簿.csv",
        entry(1, 备注="备" * 2001),
        entry(2, 文件字号="×办发〔2021〕1号", 文件标题="关于第1项工作的通知", 份号="000902"),
        entry(3, 文件标题=long),
    )
    seen = run.preview(path, actor=office.registrar)
    assert (seen.done, seen.refused, seen.papers, seen.copies) == (1, 2, 1, 1)
    assert figures(import_of(path, office)) == figures(seen)
    assert not any(long in each.text for each in seen.problems)


def test_only_who_may_record_the_past_may_look(office, tmp_path):
    path = book(tmp_path / "收文登记簿.csv", entry(1))
    before = state()
    with pytest.raises(Refused) as refused:
        run.preview(path, actor=office.auditor)
    assert refused.value.verdict.clauses == ("access",)
    assert state() == before
