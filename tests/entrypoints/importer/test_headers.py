from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from baomi.entrypoints.importer.book import read_register
from baomi.entrypoints.importer.fields import field_of
from baomi.entrypoints.importer.headers import year_in
from tests.entrypoints.importer.books import HEADINGS, entry, write_csv, write_xlsx


@pytest.mark.parametrize(
    ("heading", "kind", "field"),
    [
        ("来文单位", "received", "issuer"),
        ("发文机关", "received", "issuer"),
        ("收（发）文单位", "received", "issuer"),
        ("收(发)文单位", "issued", "unit"),
        ("收(发)文编号（按年顺序）", "received", "receiving_number"),
        ("文 号", "received", "number"),
        ("发文字號", "received", "number"),
        ("字号", "received", "number"),
        ("题　名", "received", "title"),
        ("文件名称", "received", "title"),
        ("秘密等级及期限", "received", "level"),
        ("保密\n期限", "received", "term"),
        ("份数（份）", "received", "count"),
        ("编号区间", "received", "copy_numbers"),
        ("办文编号", "received", "receiving_number"),
        ("发文编号", "issued", "receiving_number"),
        ("分送部门", "received", "unit"),
        ("主送机关", "issued", "unit"),
        ("主送机关", "received", "noted"),
        ("领取日期", "received", "out_on"),
        ("借阅日期", "loan", "out_on"),
        ("日期", "loan", "out_on"),
        ("日期", "received", "received_on"),
        ("交回日期", "received", "back_on"),
        ("应还日期", "loan", "due_on"),
        ("阅件人（签字）", "loan", "person"),
        ("公布层次", "received", "release_level"),
        ("传达要求", "received", "conveyance"),
        ("秘蜜等级", "received", "level"),
        ("签发人", "issued", "noted"),
        ("暗号", "received", None),
        ("×办发〔2021〕3号", "received", None),
    ],
    ids=range(32),
)
def test_names_of_columns(heading: str, kind: str, field: str | None) -> None:
    assert field_of(heading, kind) == field


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019年收文登记簿", 2019),
        ("二〇二〇年度", 2020),
        ("２０２１年", 2021),
        ("收文登记簿", None),
        ("2019-2020年", None),
        ("received-2021", 2021),
    ],
)
def test_year_of_a_title(text: str, year: int | None) -> None:
    assert year_in(text) == year


def two_line_book(path: Path, *, merged: bool) -> Path:
    """A book with group headings, a sheet a month, and the year in its title only."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    top = ["序号", "收文日期", None, "来文单位", "文号", "题名", "密级", "份数", "编号区间", "收文"]
    top += ["送出", None, None, "退回", None, "备注"]
    low = [None, "月", "日", *[None] * 6, "编号", "日期", "承办部门", "签收人", "日期", "签收人"]
    for month in (11, 12):
        sheet = workbook.create_sheet(f"{month}月")
        sheet.append(["二〇二〇年度机要文件收文登记簿"])
        sheet.append(["单位：办公室", *[None] * 12, "负责人："])
        sheet.append(top)
        sheet.append(low)
        row = [1, month, 28, "×省委办公厅", f"×办发〔2020〕{month}号", f"关于第{month}项的通知"]
        row += ["机密★10年", 2, "000101-000102", f"2020-{month}", f"{month}.29", "秘书科"]
        sheet.append([*row, "张三", f"{month}月30日", "李四", None])
        sheet.append([2])
        sheet.append([*[None] * 5, "本月合计", None, 2])
        sheet.append(["制表人：王五", *[None] * 4, "审核："])
        if merged:
            for cells in ("A1:P1", "B3:C3", "K3:M3", "N3:O3", "A3:A4", "D3:D4", "P3:P4"):
                sheet.merge_cells(cells)
    workbook.save(path)
    return path


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "empty"])
def test_two_line_headings_with_month_and_day_columns(tmp_path: Path, merged: bool) -> None:
    book = read_register(two_line_book(tmp_path / "a.xlsx", merged=merged))
    assert book.problems == ()
    assert book.skipped_by_reason() == {"title": 4, "header": 4, "blank": 2, "total": 2, "note": 2}
    assert book.summary()["usable"] == 2
    row = book.rows[0]
    assert (row.received_on, row.out_on, row.back_on) == (
        date(2020, 11, 28),
        date(2020, 11, 29),
        date(2020, 11, 30),
    )
    assert (row.unit, row.person) == ("秘书科", "张三")
    assert row.receiving_number is not None
    assert row.receiving_number.key == ("", 2020, 11)


def test_headings_titles_and_page_ends_between_entries(tmp_path: Path) -> None:
    rows = [
        ["2021年收文登记簿"],
        ["单位：办公室"],
        [],
        HEADINGS,
        [str(i) for i in range(1, 15)],
        entry(1),
        [None] * 4 + ["本页小计", None, None, 1],
        ["第2页"],
        ["2021年收文登记簿（续）"],
        HEADINGS,
        entry(2),
        [3],
        [None] * 4 + ["合　计", None, None, "2份"],
        ["填表说明：按年装订。"],
    ]
    book = read_register(write_csv(tmp_path / "a.csv", rows))
    by_reason: dict[str, list[int]] = {}
    for line in book.skipped:
        by_reason.setdefault(line.reason, []).append(line.row)
    assert by_reason == {
        "title": [1, 2, 8, 9],
        "blank": [3, 12],
        "header": [4, 5, 10],
        "total": [7, 13],
        "note": [14],
    }
    assert [row.row for row in book.rows] == [6, 11]


def test_month_dividers_and_days_without_month(tmp_path: Path) -> None:
    rows = [
        ["2021年收文登记簿"],
        HEADINGS,
        ["三月"],
        entry(1, 收文日期="5日", 送出时间="3.6", 退回时间="3月9日"),
    ]
    (row,) = read_register(write_csv(tmp_path / "a.csv", rows)).rows
    assert (row.received_on, row.out_on, row.back_on, row.questions) == (
        date(2021, 3, 5),
        date(2021, 3, 6),
        date(2021, 3, 9),
        (),
    )


def test_return_in_the_new_year_is_asked_about_and_not_refused(tmp_path: Path) -> None:
    changed = entry(1, 收文日期="12月28日", 送出时间="12.29", 退回时间="1.5")
    rows = [["2021年收文登记簿"], HEADINGS, changed]
    (row,) = read_register(write_csv(tmp_path / "a.csv", rows)).rows
    assert row.refusal is None
    assert [(q.code, q.choices) for q in row.questions] == [("year_turns", ("2022-01-05",))]


def test_two_columns_of_one_name_keep_both_texts_and_are_reported(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [[*HEADINGS, "分送单位"], [*entry(1), "财经委"]])
    book = read_register(path)
    assert [p.column for p in book.problems] == ["分送单位"]
    assert book.rows[0].unit == "法制委"
    assert book.rows[0].typed["分送单位"] == "财经委"


def test_bare_number_column_beside_a_running_number_is_the_copies(tmp_path: Path) -> None:
    headings = ["编号" if name == "份号" else name for name in HEADINGS]
    path = write_csv(tmp_path / "a.csv", [headings, entry(1)])
    assert read_register(path).rows[0].copies.numbers == ("000001",)


def test_sheet_of_remarks_beside_the_register(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADINGS, entry(1)])
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("说明").append(["一、本簿按年装订。"])
    workbook.save(path)
    book = read_register(path)
    assert [(s.sheet, s.reason) for s in book.skipped] == [("收文", "header"), ("说明", "note")]
    assert book.problems == ()


def test_entry_above_the_headings_is_refused_and_never_lost(tmp_path: Path) -> None:
    book = read_register(write_csv(tmp_path / "a.csv", [entry(1), HEADINGS, entry(2)]))
    assert [(p.row, p.code) for p in book.problems] == [(1, "no_header")]
    assert [row.row for row in book.rows] == [3]
