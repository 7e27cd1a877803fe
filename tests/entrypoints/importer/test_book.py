from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baomi.entrypoints.importer.book import Book, read_register
from baomi.entrypoints.importer.workbook import UnreadableBook
from tests.entrypoints.importer.books import BOOKS, HEADINGS, entry, write_csv, write_xlsx

RECEIVED = BOOKS / "received-2019-2020.xlsx"
RECEIVED_CSV = BOOKS / "received-2021.csv"


def places(book: Book) -> list[tuple[str, int]]:
    """Every place where a row of the file was accounted for."""
    rows = [(row.sheet, row.row) for row in book.rows]
    refused = [(p.sheet, p.row) for p in book.problems if p.row is not None]
    return sorted([*rows, *refused, *((s.sheet, s.row) for s in book.skipped)])


def asked(book: Book) -> list[tuple[int, list[str]]]:
    return [(r.row, [q.code for q in r.questions]) for r in book.rows if r.questions]


def test_sample_workbook_counts() -> None:
    book = read_register(RECEIVED)
    assert book.summary() == {
        "rows": 175,
        "usable": 157,
        "questions": 3,
        "refused": 0,
        "skipped": 15,
    }
    assert book.skipped_by_reason() == {
        "title": 2,
        "header": 6,
        "total": 2,
        "note": 2,
        "repeat": 3,
    }
    assert [(s.sheet, s.row) for s in book.skipped if s.reason == "repeat"] == [
        ("2020年", 5),
        ("2020年", 23),
        ("2020年", 81),
    ]
    assert book.problems == ()


def test_sample_workbook_against_an_independent_count() -> None:
    """Counted with another library and without any of the importer's rules."""
    rows = [row for sheet in openpyxl.load_workbook(RECEIVED) for row in sheet.values]
    numbered = [row for row in rows if isinstance(row[0], int)]
    distinct = {row[9] for row in numbered}
    book = read_register(RECEIVED)
    assert book.physical_rows == len(rows)
    assert len(book.rows) == len(distinct) == 160
    assert book.skipped_by_reason()["repeat"] == len(numbered) - len(distinct)
    headings = sum(1 for row in rows if row[0] == "序号")
    assert book.skipped_by_reason()["header"] == headings
    blank_levels = {row[9] for row in numbered if row[5] is None}
    unmarked = {
        r.receiving_number.typed
        for r in book.rows
        if r.mark.level_code == "none" and r.receiving_number
    }
    assert unmarked == blank_levels
    copies = {row[9]: int(str(row[7])) for row in numbered}
    assert {r.receiving_number.typed: r.count for r in book.rows if r.receiving_number} == copies


def test_sample_workbook_rows_are_typed() -> None:
    row = next(r for r in read_register(RECEIVED).rows if (r.sheet, r.row) == ("2019年", 6))
    assert (row.kind, row.received_on, row.issuer) == ("received", date(2019, 1, 8), "×市纪委监委")
    assert row.number is not None
    assert row.number.key == "×纪发|2019|10"
    assert row.number_typed == row.typed["文件字号"] == "×纪发〔2019〕第10号"
    assert (row.mark.level_code, row.mark.term and row.mark.term.value) == ("confidential", "5")
    assert (row.count, row.copies.numbers) == (1, ("000463",))
    assert row.receiving_number is not None
    assert row.receiving_number.key == ("", 2019, 4)
    assert (row.unit, row.out_on, row.back_on) == (
        "教科文卫委",
        date(2019, 1, 8),
        date(2019, 1, 12),
    )
    assert row.remarks == "原件存档"


def test_sample_csv_counts() -> None:
    book = read_register(RECEIVED_CSV)
    assert book.summary() == {"rows": 91, "usable": 85, "questions": 5, "refused": 0, "skipped": 1}
    assert book.skipped_by_reason() == {"header": 1}
    assert asked(book) == [(row, ["same_number"]) for row in (23, 56, 67, 71, 81)]


def test_sample_csv_against_an_independent_count() -> None:
    """Counted with the plain reader; a paper's number is folded by hand."""
    lines = list(csv.reader(RECEIVED_CSV.read_text("gb18030").splitlines()))
    wide = str.maketrans("０１２３４５６７８９（）[]【】", "0123456789〔〕〔〕〔〕")
    papers = Counter(
        line[3].translate(wide).translate(str.maketrans("()", "〔〕")).replace("第", "")
        for line in lines[1:]
    )
    again = sum(count - 1 for count in papers.values())
    book = read_register(RECEIVED_CSV)
    assert len(book.rows) == len(lines) - 1 == 90
    assert len({row.number.key for row in book.rows if row.number}) == len(papers)
    assert len(asked(book)) == again
    still_out = sum(1 for line in lines[1:] if not line[12])
    assert sum(1 for row in book.rows if row.back_on is None) == still_out


@pytest.mark.parametrize("path", [RECEIVED, RECEIVED_CSV], ids=["xlsx", "csv"])
def test_every_physical_row_is_accounted_for_once(path: Path) -> None:
    book = read_register(path)
    assert len(places(book)) == len(set(places(book))) == book.physical_rows
    counts = book.summary()
    parts = ("usable", "questions", "refused", "skipped")
    assert counts["rows"] == sum(counts[part] for part in parts)


def test_formula_refuses_its_row_and_no_other(tmp_path: Path) -> None:
    rows = [HEADINGS, entry(1), entry(2, 退回时间="=TODAY()"), entry(3, 序号="=ROW()-1")]
    total = [None, None, None, None, "合计", None, None, "=SUM(H2:H4)"]
    book = read_register(write_xlsx(tmp_path / "a.xlsx", [*rows, total]))
    assert [(p.row, p.column, p.code) for p in book.problems] == [(3, "退回时间", "formula")]
    assert book.summary() == {"rows": 5, "usable": 2, "questions": 0, "refused": 1, "skipped": 2}


def test_number_that_lost_its_last_digits_refuses_its_row(tmp_path: Path) -> None:
    rows = [HEADINGS, entry(1, 份号=110101199003070012)]
    (problem,) = read_register(write_xlsx(tmp_path / "a.xlsx", rows)).problems
    assert (problem.row, problem.column, problem.code) == (2, "份号", "digits_lost")


def test_book_without_headings_is_refused_row_by_row(tmp_path: Path) -> None:
    book = read_register(write_csv(tmp_path / "a.csv", [["某年簿册"], entry(1), entry(2)]))
    assert [(p.row, p.code) for p in book.problems] == [(2, "no_header"), (3, "no_header")]
    assert book.summary()["refused"] == 2


def test_unknown_column_is_named_unless_empty_mapped_or_ignored(tmp_path: Path) -> None:
    headings = [*HEADINGS[:-1], "密码机别", "暗号"]
    path = write_csv(tmp_path / "a.csv", [headings, [*entry(1)[:-1], "甲型", None]])
    assert [(p.row, p.column, p.code) for p in read_register(path).problems] == [
        (None, "密码机别", "unknown_column")
    ]
    assert read_register(path).rows[0].typed["密码机别"] == "甲型"
    assert read_register(path, mapping={"密码机别": ""}).problems == ()
    mapped = read_register(path, mapping={"密码机别": "remarks"})
    assert (mapped.problems, mapped.rows[0].remarks) == ((), "甲型")
    with pytest.raises(UnreadableBook, match="不是可用的栏目"):
        read_register(path, mapping={"密码机别": "nonsense"})


def test_day_to_come_is_refused_when_today_is_known(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADINGS, entry(1)])
    assert read_register(path).rows[0].refusal is None
    refusal = read_register(path, today=date(2021, 3, 5)).rows[0].refusal
    assert refusal is not None
    assert (refusal.code, refusal.column) == ("day_to_come", "退回时间")


def test_what_is_shown_of_a_row_holds_no_title(tmp_path: Path) -> None:
    row = read_register(write_csv(tmp_path / "a.csv", [HEADINGS, entry(1)])).rows[0]
    assert row.title
    assert row.title not in repr(row)


def test_large_book_is_read_in_reasonable_time(tmp_path: Path) -> None:
    rows = [entry(i, 收文编号=f"2021-{i:05d}") for i in range(1, 2_001)]
    path = write_csv(tmp_path / "a.csv", [HEADINGS, *rows])
    began = time.perf_counter()
    assert read_register(path).summary()["usable"] == 2_000
    assert time.perf_counter() - began < 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated")


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=4)), max_size=12),
    cut=st.integers(0, 3),
)
def test_mutated_csv_is_a_book_or_unreadable(
    folder: Path, encoding: str, changes: list[tuple[int, bytes]], cut: int
) -> None:
    text = RECEIVED_CSV.read_text("gb18030")
    data = bytearray("\n".join(text.splitlines()[:25]).encode(encoding))
    for at, replacement in changes:
        place = at % len(data)
        data[place : place + cut] = replacement
    (folder / "a.csv").write_bytes(data)
    try:
        book = read_register(folder / "a.csv")
    except UnreadableBook as error:
        assert error.message.endswith("。")
    else:
        assert len(places(book)) == len(set(places(book))) == book.physical_rows
