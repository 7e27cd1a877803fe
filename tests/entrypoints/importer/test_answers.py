"""What a registrar answers to the importer's questions: taken, recorded, and never twice."""

from datetime import date

import pytest

from baomi.entrypoints.importer import run
from baomi.registers.custody import models
from baomi.registers.office.models import Person
from tests.entrypoints.importer.answering import answers, asked, import_with
from tests.entrypoints.importer.books import HEADINGS
from tests.entrypoints.importer.importing import (
    BOOKS,
    SAMPLES,
    book,
    entry,
    findings,
    import_of,
    loans,
    state,
)

OTHER_TITLE = {"文件字号": "×办发〔2021〕1号", "文件标题": "关于另一件事的通知"}
SAME_TITLE = {"文件字号": "×办发〔2021〕1号", "文件标题": "关于第1项工作的通知"}
NAMED = [*HEADINGS, "领取人"]


@pytest.mark.parametrize(("name", "done"), [(name, sum(s[1:4:2])) for name, s in SAMPLES.items()])
def test_the_samples_are_recorded_whole_when_all_is_answered(office, name, done):
    path = BOOKS / name
    given = answers(path, office, "两份不同的文件")
    told = import_with(path, office, given)
    assert (told.done, told.questions, told.asked) == (done, 0, ())
    assert done == {"received-2019-2020.xlsx": 160, "received-2021.csv": 90}[name]
    assert models.Paper.objects.count() == told.papers == done
    assert findings() == []

    before = state()
    again = import_with(path, office, given)
    assert (again.done, again.questions, again.papers) == (0, 0, 0)
    assert import_of(path, office).skipped_because["known"] == done
    assert state() == before


def test_two_papers_bear_one_number_and_the_history_says_who_said_so(office, tmp_path):
    path = book(tmp_path / "a.csv", entry(1), entry(2, **OTHER_TITLE))
    told = import_with(path, office, answers(path, office, {"same_number": "两份不同的文件"}))
    assert (told.done, told.papers, told.copies) == (2, 2, 2)
    paper = models.Paper.objects.get(registered_number="2021-002")
    assert paper.remarks.startswith("导入时答：文号与第 2 行相同")
    assert paper.remarks.endswith("——两份不同的文件")


def test_copies_are_added_to_the_paper_that_was_meant(office, tmp_path):
    path = book(tmp_path / "a.csv", entry(1), entry(2, **OTHER_TITLE))
    told = import_with(path, office, answers(path, office, {"same_number": "同一份文件"}))
    assert (told.done, told.papers, told.copies) == (2, 1, 2)
    assert "导入时答：" in models.Paper.objects.get().remarks
    assert findings() == []


@pytest.mark.parametrize(
    ("answer", "papers"), [("同一份文件", 1), ("两份不同的文件", 2)], ids=["same", "two"]
)
@pytest.mark.parametrize("in_one_book", [True, False], ids=["one-book", "recorded-before"])
def test_numbers_that_nearly_agree(office, tmp_path, answer, papers, in_one_book):
    near = entry(2, **SAME_TITLE | {"文件字号": "×办字〔2021〕1号"})
    first = [entry(1)] if in_one_book else []
    if not in_one_book:
        import_of(book(tmp_path / "a.csv", entry(1)), office)
    path = book(tmp_path / "b.csv", *first, near)
    told = import_with(path, office, answers(path, office, {"near_number": answer}))
    assert (told.done, told.questions) == (len(first) + 1, 0)
    assert models.Paper.objects.count() == papers
    assert models.Copy.objects.count() == 2


@pytest.mark.parametrize(
    ("answer", "papers", "copies", "declined"),
    [
        ("另外几份", 1, 2, 0),
        ("同一份文件", 1, 2, 0),
        ("两份不同的文件", 2, 2, 0),
        ("重复登记", 1, 1, 1),
        ("不登记", 1, 1, 1),
    ],
    ids=["more", "same", "two", "repeat", "declined"],
)
@pytest.mark.parametrize("in_one_book", [True, False], ids=["one-book", "recorded-before"])
def test_a_paper_that_comes_again(office, tmp_path, answer, papers, copies, declined, in_one_book):
    again = entry(2, **SAME_TITLE, 份号=None, 承办单位="研究室")
    first = [entry(1)] if in_one_book else []
    if not in_one_book:
        import_of(book(tmp_path / "a.csv", entry(1)), office)
    path = book(tmp_path / "b.csv", *first, again)
    told = import_with(path, office, answers(path, office, {"paper_again": answer}))
    assert told.questions == told.refused == 0
    assert told.skipped_because.get("declined", 0) == declined
    assert (models.Paper.objects.count(), models.Copy.objects.count()) == (papers, copies)
    assert findings() == []


@pytest.mark.parametrize(
    ("answer", "papers", "done"),
    [("又收了一次", 2, 2), ("两份不同的文件", 2, 2), ("重复登记", 1, 1), ("不登记", 1, 1)],
    ids=["again", "two", "repeat", "declined"],
)
def test_a_line_that_stands_twice(office, tmp_path, answer, papers, done):
    bare = {"收文编号": None, "份号": None, "文件字号": "无"}
    path = book(tmp_path / "a.csv", entry(1, **bare), entry(1, **bare | {"序号": 2}))
    given = answers(path, office, {"number_missing": "没有文号"})
    given = answers(path, office, {"same_again": answer}, given)
    told = import_with(path, office, given)
    assert (told.done, told.questions, told.papers) == (done, 0, papers)
    assert import_with(path, office, given).done == 0


@pytest.mark.parametrize(
    ("change", "code", "answer", "field", "value"),
    [
        ({"收文日期": "21.3.1"}, "day_unclear", "2021-03-01", "registered_on", date(2021, 3, 1)),
        ({"收文日期": "21.3.1"}, "day_unclear", "2021/3/1", "registered_on", date(2021, 3, 1)),
        ({"密级": "绝秘★5年"}, "level_unknown", "机密", "mark_typed", "机密★5年"),
        ({"密级": "秘密★5"}, "term_unclear", "5年", "mark_typed", "秘密★5年"),
        ({"密级": "秘密★20年"}, "term_too_long", "10年", "mark_typed", "秘密★10年"),
        ({"密级": "内部★5年"}, "term_without_level", "秘密", "mark_typed", "秘密★5年"),
        ({"来文机关": None}, "issuer_missing", "×市财政局", "issuer", "×市财政局"),
        ({"文件字号": "×办发〔21〕1号"}, "number_unclear", "×办发〔2021〕1号", "number_key", None),
        ({"承办单位": "某局"}, "unit_unknown", "研究室", "handling_unit_id", "研究室"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else None,
)
def test_a_value_stands_for_what_the_book_says(
    office, tmp_path, change, code, answer, field, value
):
    path = book(tmp_path / "a.csv", entry(1, **change))
    assert code in [question.code for question in asked(path, office)]
    given = answers(path, office, {code: answer})
    told = import_with(path, office, given)
    assert (told.done, told.questions, told.refused) == (1, 0, 0), told.problems
    paper = models.Paper.objects.get()
    wanted = {"handling_unit_id": office.units.get(str(value)), "number_key": "×办发|2021|1"}
    if field == "mark_typed":
        level, _, term = value.partition("★")
        assert (paper.mark_typed.startswith(level), paper.term_value) == (True, term.rstrip("年"))
    else:
        assert getattr(paper, field) == wanted.get(field, value)
    assert f"——{answer}" in paper.remarks
    assert findings() == []
    assert import_with(path, office, given).done == 0
    assert import_of(path, office).skipped_because["known"] == 1


@pytest.mark.parametrize(
    ("change", "code", "answer", "numbers"),
    [
        ({"份数": "若干", "份号": None}, "count_unclear", "2", {"本001", "本002"}),
        ({"份数": None, "份号": None}, "count_missing", "1", {"本001"}),
        ({"份数": 3, "份号": "000001-000002"}, "copies_unclear", "2份", {"000001", "000002"}),
        ({"份数": 2, "份号": "000001起"}, "copies_unclear", "000001、000004", {"000001", "000004"}),
        ({"份数": 2, "份号": "000001起"}, "copies_unclear", "2份", {"本001", "本002"}),
    ],
    ids=range(5),
)
def test_copies_are_counted_or_numbered(office, tmp_path, change, code, answer, numbers):
    path = book(tmp_path / "a.csv", entry(1, **change))
    told = import_with(path, office, answers(path, office, {code: answer}))
    assert (told.done, told.questions) == (1, 0), told.problems
    assert set(models.Copy.objects.values_list("copy_number", flat=True)) == numbers


def test_a_day_in_the_next_year_is_said_by_its_date(office, tmp_path):
    turned = entry(1, 收文日期="2021-12-20", 送出时间="2021-12-21", 退回时间="1月9日")
    path = book(tmp_path / "a.csv", ["2021年收文登记簿"], HEADINGS, turned)
    told = import_with(path, office, answers(path, office, {"year_turns": "2022-01-09"}))
    assert told.done == 1, told.problems
    back = models.Movement.objects.get(kind="past_back")
    assert back.happened_on == date(2022, 1, 9)


def test_a_level_that_is_missing_in_a_book_of_secrets(office, tmp_path):
    path = book(tmp_path / "a.csv", ["涉密文件收文登记簿"], HEADINGS, entry(1, 密级=None))
    told = import_with(path, office, answers(path, office, {"level_missing": "机密★10年"}))
    assert told.done == 1, told.problems
    paper = models.Paper.objects.get()
    assert (paper.mark_typed[:2], paper.term_value) == ("机密", "10")


@pytest.mark.parametrize("code", ["person_unknown", "holder_missing"])
def test_a_person_of_the_office_is_named(office, tmp_path, code):
    reader = office.readers["法制委"][1]
    name = Person.objects.get(id=reader).name
    row = entry(1, 承办单位=None) if code == "holder_missing" else entry(1)
    typed = None if code == "holder_missing" else "无此人"
    path = book(tmp_path / "a.csv", [*row, typed], headings=NAMED)
    told = import_with(path, office, answers(path, office, {code: name}))
    assert (told.done, told.questions) == (1, 0), told.problems
    assert models.Movement.objects.get(kind="past_out").to_holder_id == reader


def test_a_person_who_has_moved_is_the_same_person(office, tmp_path):
    reader = office.readers["法制委"][1]
    name = Person.objects.get(id=reader).name
    path = book(tmp_path / "a.csv", [*entry(1, 承办单位="研究室"), name], headings=NAMED)
    told = import_with(path, office, answers(path, office, {"person_elsewhere": "是同一个人"}))
    assert told.done == 1, told.problems
    assert models.Movement.objects.get(kind="past_out").to_holder_id == reader


def test_the_copy_that_was_lent_is_named(office, tmp_path):
    row = entry(1, 份数=2, 份号="000001-000002", 送出时间=None, 退回时间=None, 承办单位=None)
    import_of(book(tmp_path / "a.csv", row), office)
    name = Person.objects.get(id=office.readers["法制委"][1]).name
    lent = {"文号": "×办发〔2021〕1号", "份号": "000009", "题名": "关于第1项工作的通知"}
    lent |= {"密级": "秘密★5年", "借阅人": name, "借出日期": "2021-04-01", "归还日期": "2021-04-02"}
    path = loans(tmp_path / "b.csv", lent)
    told = import_with(path, office, answers(path, office, {"copy_unknown": "2"}))
    assert told.done == 1, told.problems
    moves = models.Movement.objects.filter(kind="past_out")
    assert [move.copy.copy_number for move in moves] == ["000002"]
    assert "导入时答：" in moves[0].remark


def test_copies_that_went_out_once_more(office, tmp_path):
    later = {"收文日期": "2021-04-01", "送出时间": "2021-04-02", "退回时间": "2021-04-03"}
    second = entry(1, **later, 承办单位="研究室", 收文编号="2021-002")
    path = book(tmp_path / "a.csv", entry(1), second)
    told = import_with(path, office, answers(path, office, {"copies_again": "又送出一次"}))
    assert (told.done, told.papers, told.copies) == (2, 1, 1), told.problems
    assert models.Movement.objects.filter(kind="past_out").count() == 2
    assert findings() == []


def test_the_mark_that_stands_there_holds(office, tmp_path):
    other = entry(2, **SAME_TITLE, 密级="机密★5年")
    path = book(tmp_path / "a.csv", entry(1), other)
    told = import_with(path, office, answers(path, office, {"mark_differs": "前一行"}))
    assert (told.done, told.papers, told.copies) == (2, 1, 2), told.problems


def test_a_row_is_left_out_even_when_its_question_falls_away(office, tmp_path):
    first = entry(1, 收文日期="21.3.1")
    path = book(tmp_path / "a.csv", first, entry(2, **OTHER_TITLE))
    told = import_with(path, office, answers(path, office, "不登记"))
    assert (told.done, told.skipped_because["declined"]) == (0, 2)


def test_every_question_may_be_answered_by_leaving_the_row_out(office):
    for name in ("issued-2022.xlsx", "received-2018.xls", "loans-2023.csv"):
        path = BOOKS / name
        given = answers(path, office, "不登记")
        left = answers(path, office, "不登记", given)
        told = run.preview(path, actor=office.registrar, answers=left)
        assert told.questions == 0
        rows = {(each.sheet, each.row) for each in left}
        assert told.skipped_because["declined"] == len(rows)
        assert told.rows == told.done + told.refused + told.skipped


def test_rows_without_an_answer_stay_questions(office, tmp_path):
    path = book(tmp_path / "a.csv", entry(1, 承办单位="某局"), entry(2, 收文日期="21.3.1"))
    told = import_with(path, office, answers(path, office, {"unit_unknown": "研究室"}))
    assert (told.done, told.questions) == (1, 1)
    assert [question.code for question in told.asked] == ["day_unclear"]


def test_a_question_that_follows_from_an_answer_is_asked_in_turn(office, tmp_path):
    row = entry(1, 承办单位="某局", 收文日期="21.3.1")
    path = book(tmp_path / "a.csv", row)
    first = answers(path, office, {"day_unclear": "2021-03-01"})
    assert [question.code for question in asked(path, office, first)] == ["unit_unknown"]
    given = answers(path, office, {"unit_unknown": "研究室"}, first)
    assert import_with(path, office, given).done == 1


def test_an_answer_that_another_one_made_needless_is_no_fault(office, tmp_path):
    path = book(tmp_path / "a.csv", entry(1, 收文日期="21.3.1", 承办单位="某局"), entry(2))
    given = answers(path, office, {"day_unclear": "不登记"})
    rest = answers(
        path,
        office,
        {"unit_unknown": "研究室"},
        answers(path, office, {"day_unclear": "2021-03-01"}),
    )[1:]
    told = import_with(path, office, [*given, *rest])
    assert (told.done, told.skipped_because["declined"]) == (1, 1)
