from __future__ import annotations

import datetime as dt
from datetime import date
from pathlib import Path

import pytest

from baomi.entrypoints.importer.book import read_register
from baomi.entrypoints.importer.entries import BookRow
from tests.entrypoints.importer.books import HEADINGS, entry, write_csv, write_xlsx


def one_row(tmp_path: Path, **changes: object) -> BookRow:
    (row,) = read_register(write_xlsx(tmp_path / "a.xlsx", [HEADINGS, entry(1, **changes)])).rows
    return row


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"收文日期": "21.3.1"}, ["day_unclear"]),
        ({"收文日期": None}, ["day_missing"]),
        ({"收文日期": 44205}, ["day_unclear"]),
        ({"送出时间": "2021.3.2上午"}, ["day_unclear"]),
        ({"退回时间": "已退"}, ["day_unclear"]),
        ({"退回时间": "未退"}, []),
        ({"退回时间": "/"}, []),
        ({"收文日期": 3.1}, ["day_unclear"]),
        ({"来文机关": None}, ["issuer_missing"]),
        ({"文件标题": None}, ["title_missing"]),
        ({"文件字号": None}, ["number_missing"]),
        ({"文件字号": "×办发2021-1"}, ["number_unclear"]),
        ({"文件字号": "工作简报第3期"}, []),
        ({"文件字号": None, "文件标题": None}, ["unclear_row"]),
        ({"文件标题": "作废", "文件字号": None, "份数": None}, ["voided"]),
        ({"密级": "甲级"}, ["level_unknown"]),
        ({"密级": "秘密★20年"}, ["term_too_long"]),
        ({"保密期限": "10年"}, ["term_contradiction"]),
        ({"份数": 2}, ["copies_unclear"]),
        ({"份数": "若干"}, ["count_unclear"]),
        ({"份数": None, "份号": None}, ["count_missing"]),
        ({"份数": None}, []),
        ({"份号": dt.date(2021, 1, 3)}, ["turned_into_day"]),
        ({"收文编号": "甲乙"}, ["running_number_unclear"]),
        ({"收文编号": "2020-001"}, ["running_number_year"]),
        ({"文件字号": "×办发〔2022〕1号"}, ["number_year"]),
        ({"承办单位": None}, ["holder_missing"]),
        ({"送出时间": None}, ["out_missing"]),
        ({"承办单位": "法制委、财经委"}, ["several_units"]),
        ({"承办单位": "法制委 财经委"}, ["several_units"]),
        ({"承办单位": "各委、室"}, []),
        ({"承办单位": "法 制 委"}, []),
        ({"文件标题": "关于\u202e甲的通知"}, ["hidden_sign"]),
    ],
    ids=range(34),
)
def test_questions_of_one_row(tmp_path: Path, change: dict[str, object], codes: list[str]) -> None:
    row = one_row(tmp_path, **change)
    assert [q.code for q in row.questions] == codes
    assert all(q.text.endswith(("。", "？", "）")) for q in row.questions)
    assert row.is_usable is (not codes)


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"收文日期": "2021-02-30"}, "收文日期", "impossible_day"),
        ({"退回时间": "2021.13.45"}, "退回时间", "impossible_day"),
        ({"送出时间": "2021-02-28"}, "送出时间", "out_of_order"),
        ({"退回时间": "2021-03-01"}, "退回时间", "out_of_order"),
    ],
    ids=range(4),
)
def test_what_cannot_be_true_is_refused(
    tmp_path: Path, change: dict[str, object], column: str, code: str
) -> None:
    row = one_row(tmp_path, **change)
    assert row.refusal is not None
    assert (row.refusal.row, row.refusal.column, row.refusal.code) == (2, column, code)
    assert not row.is_usable


def test_titles_keep_rare_signs_and_lose_only_line_breaks(tmp_path: Path) -> None:
    row = one_row(tmp_path, 文件标题="关于𬭎、㈠\n与々的通知", 备注="阿·乙")
    assert (row.title, row.remarks) == ("关于𬭎、㈠与々的通知", "阿·乙")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("2021-001", ("", 2021, 1)),
        ("收〔2021〕1号", ("收", 2021, 1)),
        ("收2021-7", ("收", 2021, 7)),
        ("密收007", ("密收", 2021, 7)),
        ("2021001", ("", 2021, 1)),
        ("12", ("", 2021, 12)),
        (12, ("", 2021, 12)),
        ("第12号", ("", 2021, 12)),
    ],
    ids=range(8),
)
def test_running_number_as_typed(tmp_path: Path, typed: object, key: tuple[str, int, int]) -> None:
    running = one_row(tmp_path, 收文编号=typed).receiving_number
    assert running is not None
    assert (running.key, running.typed) == (key, str(typed))


def test_ditto_signs_take_what_stands_above(tmp_path: Path) -> None:
    below = entry(2, 来文机关="〃", 收文日期="同上", 承办单位="″", 密级='"')
    path = write_xlsx(tmp_path / "a.xlsx", [HEADINGS, entry(1), below])
    row = read_register(path).rows[1]
    assert row.questions == ()
    assert (row.issuer, row.received_on, row.unit) == ("×省委办公厅", date(2021, 3, 1), "法制委")
    assert row.mark.level_code == "confidential"
    assert row.typed["来文机关"] == "〃"


def test_merged_entry_over_several_units(tmp_path: Path) -> None:
    merged = {"收文日期", "来文机关", "文件字号", "文件标题", "密级", "份数", "收文编号"}
    none = dict.fromkeys(merged)
    rows = [HEADINGS, entry(1, 份数=2), entry(1, 份号="000002", 承办单位="财经委", 序号=2, **none)]
    letters = ["ABCDEFGHIJKLMN"[HEADINGS.index(name)] for name in sorted(merged)]
    ranges = [f"{letter}2:{letter}3" for letter in letters]
    book = read_register(write_xlsx(tmp_path / "a.xlsx", rows, *ranges))
    assert [(r.title, r.count, r.copies.numbers, r.unit, r.questions) for r in book.rows] == [
        ("关于第1项工作的通知", 1, ("000001",), "法制委", ()),
        ("关于第1项工作的通知", 1, ("000002",), "财经委", ()),
    ]


def test_merged_copy_numbers_are_asked_about(tmp_path: Path) -> None:
    rows = [HEADINGS, entry(1, 份数=2, 份号="1-2"), entry(1, 份号=None, 承办单位="财经委")]
    book = read_register(write_xlsx(tmp_path / "a.xlsx", rows, "I2:I3"))
    assert "copies_merged" in [q.code for q in book.rows[1].questions]


LOANS = ["序号", "文号", "份号", "题名", "密级", "借阅人", "借出日期", "应还日期", "归还日期"]


def loan(**changes: str) -> list[str]:
    values = dict(zip(LOANS, ["1", "×办发〔2021〕3号", "12", "关于甲的通知", "机密"], strict=False))
    values |= {"借阅人": "钱七", "借出日期": "2021.3.1", "应还日期": "2021.3.8"}
    values |= {"归还日期": "2021.3.4"} | changes
    return [values.get(name, "") for name in LOANS]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"借出日期": "2021.3.5", "归还日期": ""}, []),
        ({"借出日期": "2021.3.2"}, ["still_out"]),
        ({"借出日期": "2021.3.5", "归还日期": "2021.3.6", "密级": "秘密"}, ["mark_differs"]),
        ({"借出日期": "2021.3.5", "归还日期": "", "份号": ""}, ["copy_missing"]),
        ({"借出日期": "2021.3.9", "归还日期": "2021.3.9"}, ["due_before_out"]),
        ({"借出日期": "2021.3.5", "归还日期": "", "应还日期": ""}, ["due_missing"]),
        ({"借出日期": "2021.3.5", "归还日期": "", "应还日期": "2021.6.31"}, ["day_unclear"]),
        ({"借出日期": "2021.3.5", "归还日期": "", "借阅人": "钱七、孙八"}, ["several_people"]),
    ],
    ids=range(8),
)
def test_questions_of_a_loan(tmp_path: Path, change: dict[str, str], codes: list[str]) -> None:
    rows = [["文件借阅登记簿"], LOANS, loan(), loan(序号="2", **change)]
    first, second = read_register(write_csv(tmp_path / "a.csv", rows)).rows
    assert (first.kind, first.questions) == ("loan", ())
    assert [q.code for q in second.questions] == codes


def test_return_of_fewer_copies_is_asked_about(tmp_path: Path) -> None:
    headings = [*HEADINGS, "清退份数"]
    rows = [[*entry(1), "1份"], [*entry(2, 份数=2, 份号="5-6"), "一"]]
    book = read_register(write_csv(tmp_path / "a.csv", [headings, *rows]))
    assert [[q.code for q in row.questions] for row in book.rows] == [[], ["back_partly"]]


def test_book_of_classified_papers_misses_a_level(tmp_path: Path) -> None:
    rows = [["2021年涉密文件收文登记簿"], HEADINGS, entry(1), entry(2, 密级=None)]
    book = read_register(write_csv(tmp_path / "a.csv", rows))
    assert [[q.code for q in row.questions] for row in book.rows] == [[], ["level_missing"]]


def test_day_of_another_year_than_the_books_is_asked_about(tmp_path: Path) -> None:
    rows = [["2021年收文登记簿"], HEADINGS, entry(1, 收文日期="2020-03-01", 收文编号="5")]
    (row,) = read_register(write_csv(tmp_path / "a.csv", rows)).rows
    assert [q.code for q in row.questions] == ["number_year", "book_year"]
