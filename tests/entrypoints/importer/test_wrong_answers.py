"""Answers that cannot be taken, or that come too late: told with their lines, nothing recorded."""

import pytest

from baomi.entrypoints.importer import run
from baomi.registers.custody import models
from tests.entrypoints.importer.answering import answers, changed, import_with
from tests.entrypoints.importer.importing import BOOKS, SAMPLES, book, entry, figures, state

OTHER_TITLE = {"文件字号": "×办发〔2021〕1号", "文件标题": "关于另一件事的通知"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"answer": "大概是吧"}, "不在可选之内"),
        ({"row": 99}, "没有这样一条登记"),
        ({"check": "aaaaaaaaaa"}, "改动过"),
        ({"code": "year_turns"}, "没有问"),
    ],
    ids=["choice", "row", "content", "code"],
)
def test_a_wrong_answer_is_told_and_nothing_is_imported(office, tmp_path, change, sentence):
    path = book(tmp_path / "a.csv", entry(1), entry(2, **OTHER_TITLE), entry(3))
    given = [changed(each, **change) for each in answers(path, office, "同一份文件")]
    before = state()
    for import_or_look in (run.preview, run.do):
        with pytest.raises(run.UnsoundAnswers) as unsound:
            import_or_look(path, actor=office.registrar, answers=given)
        assert [fault.line for fault in unsound.value.faults] == [3]
        assert sentence in unsound.value.faults[0].sentence
    assert state() == before


def test_an_answer_for_another_version_of_the_book_is_not_taken(office, tmp_path):
    path = tmp_path / "a.csv"
    given = answers(book(path, entry(1), entry(2, **OTHER_TITLE)), office, "同一份文件")
    book(path, entry(1), entry(2, **OTHER_TITLE, 备注="改过"))
    with pytest.raises(run.UnsoundAnswers) as unsound:
        run.do(path, actor=office.registrar, answers=given)
    assert "改动过" in unsound.value.faults[0].sentence
    assert models.Paper.objects.count() == 0


def test_another_answer_later_adds_nothing(office, tmp_path):
    path = book(tmp_path / "a.csv", entry(1), entry(2, **OTHER_TITLE))
    import_with(path, office, answers(path, office, {"same_number": "同一份文件"}))
    other = [
        changed(each, answer="两份不同的文件")
        for each in answers(path, office, {"same_number": "同一份文件"})
    ]
    before = state()
    assert figures(import_with(path, office, other)) == (3, 0, 0, 0, 0, 3, 0, 0)
    assert state() == before


def test_two_answers_to_one_question_are_told(office, tmp_path):
    path = book(tmp_path / "a.csv", entry(1), entry(2, **OTHER_TITLE))
    given = answers(path, office, "同一份文件")
    given.append(changed(given[0], line=4, answer="两份不同的文件"))
    with pytest.raises(run.UnsoundAnswers) as unsound:
        run.preview(path, actor=office.registrar, answers=given)
    assert "只留一行" in unsound.value.faults[0].sentence


def test_no_question_holds_a_title(office):
    for name in (*SAMPLES, "issued-2022.xlsx", "received-2018.xls", "loans-2023.csv"):
        told = run.preview(BOOKS / name, actor=office.registrar)
        assert told.asked
        assert not any("关于" in f"{each.text}{each.allowed}" for each in told.asked)
