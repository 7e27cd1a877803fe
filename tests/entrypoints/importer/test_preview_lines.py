"""The preview says of every physical row what becomes of it, and never names a title."""

from collections import Counter
from dataclasses import asdict

import pytest

from baomi.entrypoints.importer import run
from baomi.entrypoints.importer.book import read_register
from baomi.entrypoints.importer.cells import UnreadableBook
from baomi.entrypoints.importer.preview_lines import cells_of
from tests.entrypoints.importer.books import HEADINGS
from tests.entrypoints.importer.importing import (
    BOOKS,
    SAMPLES,
    book,
    entry,
    import_of,
    loans,
    state,
)


def seen(path, office):
    return run.preview(path, actor=office.registrar).lines


def fates(lines):
    return Counter(line.fate for line in lines)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_physical_row_once_and_as_many_of_each_fate_as_in_the_sums(office, name):
    told = run.preview(BOOKS / name, actor=office.registrar)
    places = [(line.sheet, line.row) for line in told.lines]
    sheets = dict.fromkeys(sheet for sheet, _ in places)
    assert len(set(places)) == len(places) == told.rows
    assert places == [(s, row) for s in sheets for row in sorted(r for t, r in places if t == s)]
    found = fates(told.lines)
    assert (found["done"], found["question"], found["refused"], found["skipped"]) == (
        told.done,
        told.questions,
        told.refused,
        told.skipped,
    )
    titles = {row.title for row in read_register(BOOKS / name).rows if row.title}
    shown = str([asdict(line) for line in told.lines])
    assert titles
    assert not [title for title in titles if title in shown]


def test_a_line_says_what_is_recorded_and_how_it_was_read(office, tmp_path):
    row = entry(
        1,
        收文日期="２０２１.3.1",
        文件字号="×办发（2021）第52号",
        密级="秘　密",
        保密期限="5年",
        份数=2,
        份号="№000758-000759",
        送出时间="2021/03/02",
    )
    before = state()
    head, line = seen(book(tmp_path / "收文.csv", row), office)
    assert state() == before
    assert cells_of(head) == ("", 1, "略过", "", "表头", "")
    keeper = line.text.partition("（专人 ")[2].partition("）")[0]
    assert keeper
    assert line.text == (
        f"收文 2021-001，×办发〔2021〕52号，秘密★5年，2 份 000758-000759，"
        f"送 法制委（专人 {keeper}） 2021-03-02，2021-03-09 退回"
    )
    assert [(each.column, each.read, each.typed) for each in line.readings] == [
        ("收文日期", "2021-03-01", "２０２１.3.1"),
        ("文件字号", "×办发〔2021〕52号", "×办发（2021）第52号"),
        ("密级", "秘密★5年", "秘　密★5年"),
        ("份号", "000758-000759", "№000758-000759"),
    ]
    assert "收文日期 2021-03-01 ← ２０２１.3.1；" in cells_of(line)[-1]


def test_what_is_not_recorded_says_why(office, tmp_path):
    path = book(tmp_path / "收文.csv", entry(1), entry(2))
    import_of(path, office)
    path = book(
        tmp_path / "收文.csv",
        entry(1),
        entry(3, 承办单位="某某局"),
        entry(4, 退回时间="2021-02-30"),
        entry(5, 承办单位=None, 送出时间=None, 退回时间=None, 收文编号=None),
        entry(5, 承办单位=None, 送出时间=None, 退回时间=None, 收文编号=None),
        entry(6, 文件字号="×办发〔2021〕1号", 文件标题="关于第1项工作的通知", 收文编号=None),
    )
    lines = seen(path, office)[1:]
    assert [line.fate for line in lines] == [
        *("known", "question", "refused", "done", "skipped", "done"),
    ]
    known, asked, refused, bare, again, more = lines
    assert known.reason == "以前已经登记，不重复登记"
    assert "某某局" in asked.reason
    assert asked.text == "×办发〔2021〕3号，1 份 000003"
    assert "退回时间" in refused.reason
    assert bare.text == "收文 （编号在登记时给出），×办发〔2021〕5号，秘密★5年，1 份 000005"
    assert again.reason == "与本簿前面某一行完全相同"
    assert more.text.startswith("同一文件另登若干份，×办发〔2021〕1号，")


def test_a_unit_without_a_day_of_going_out_is_only_the_handling_unit(office, tmp_path):
    headings = HEADINGS[: HEADINGS.index("送出时间")]
    row = entry(1)[: len(headings)]
    line = seen(book(tmp_path / "收文.csv", row, headings=headings), office)[1]
    assert line.fate == "done"
    assert line.text.endswith("，承办 法制委，没有送出记录")


def test_a_reason_that_would_name_the_title_leaves_it_out(office, tmp_path):
    title = "某某局"
    path = book(tmp_path / "收文.csv", entry(1, 文件标题=title, 承办单位=title))
    line = seen(path, office)[1]
    assert line.fate == "question"
    assert title not in line.reason
    assert "（标题）" in line.reason


def test_a_loan_names_who_borrowed(office, tmp_path):
    import_of(book(tmp_path / "收文.csv", entry(1)), office)
    days = {"借出日期": "2022-05-04", "归还日期": None}
    row = {"文号": "×办发〔2021〕1号", "份号": "000001", "题名": "关于第1项工作的通知"}
    path = loans(tmp_path / "借阅.csv", row | days | {"密级": "秘密", "所在处室": "法制委"})
    line = seen(path, office)[-1]
    assert line.fate == "done"
    assert line.text.startswith("补记借阅，×办发〔2021〕1号，1 份 000001，借给 法制委（专人 ")
    assert line.text.endswith("2022-05-04，未归还")


def test_a_result_carries_no_lines(office, tmp_path):
    assert import_of(book(tmp_path / "收文.csv", entry(1)), office).lines == ()


@pytest.mark.parametrize("look", [run.preview, run.do], ids=["preview", "do"])
def test_a_book_without_headings_is_told(office, tmp_path, look):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙,丙\n关于某项工作的通知,×办发〔2021〕3号,000001\n", encoding="utf-8")
    before = state()
    with pytest.raises(UnreadableBook) as told:
        look(path, actor=office.registrar)
    assert state() == before
    assert "没有找到表头行" in told.value.message
    assert "“甲”、“乙”、“丙”" in told.value.message
    assert "--map 甲=文件标题 --map 乙=文件字号 --map 丙=份号" in told.value.message
    assert "某项工作" not in told.value.message


def test_an_entry_in_the_first_row_is_not_repeated(office, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("2021-01-05,×办发〔2021〕3号,000001\n", encoding="utf-8")
    with pytest.raises(UnreadableBook, match="第一行像是登记的内容") as told:
        run.preview(path, actor=office.registrar)
    assert "×办发" not in told.value.message


def test_headings_that_are_all_mapped_need_no_others(office, tmp_path):
    path = tmp_path / "收文.csv"
    path.write_text("甲,乙\n关于某项工作的通知,×办发〔2021〕3号\n", encoding="utf-8")
    told = run.preview(path, actor=office.registrar, mapping={"甲": "事由", "乙": "文号"})
    assert told.rows == 2
    assert told.lines[0].reason == "表头"
