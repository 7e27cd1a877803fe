"""A book that was handed in at a page: previewed and imported by the worker."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

import baomi.entrypoints.importer.jobs  # noqa: F401 - declares the jobs
from baomi.engine.jobs import queue, sealed_files
from baomi.engine.jobs.kind import Work, kinds_done_here
from baomi.engine.jobs.running import run_next
from tests.entrypoints.importer.books import HEADINGS, entry, write_csv, write_xlsx
from tests.entrypoints.importer.importing import FIELDS
from tests.factories.deeds import size

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

NAME = "收文登记簿2021.csv"
ROWS = [
    HEADINGS,
    entry(1, 文件标题="关于金丝雀的报告"),
    entry(2),
    entry(3, 承办单位="查无此处"),  # a question
    entry(4, 退回时间="2021-02-31"),  # no such day
]
SEEN = (5, 2, 0, 1, 1, 1, 2, 2)
OPEN_FILES = Path("/proc/self/fd")


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """Files of the test's own."""
    monkeypatch.setattr(sealed_files, "folder", lambda: tmp_path / "jobs")
    return tmp_path / "jobs"


@pytest.fixture
def content(tmp_path):
    """The book as it is handed in."""
    return write_csv(tmp_path / "book.csv", ROWS).read_bytes()


def done(kind, person, asked=None, **how):
    key = queue.ask(kind, person, {"name": NAME} | (asked or {}), **how)
    assert run_next("w", kinds_done_here()) is True
    return queue.seen(key, person)


def figures(seen):
    assert seen.state == queue.DONE, seen.faults
    return tuple(seen.told[name] for name in FIELDS)


def sheet_of(seen, person):
    name, octets = queue.result_file(seen.id, person)
    rows = openpyxl.load_workbook(io.BytesIO(octets)).active.iter_rows(values_only=True)
    return name, list(rows)


def test_a_book_is_previewed_and_then_done(office, content, folder):
    opened = set(OPEN_FILES.iterdir())
    before = size()
    seen = done("import_preview", office.registrar, file=content)
    assert figures(seen) == SEEN
    assert size() == before
    name, (mark, head, *lines) = sheet_of(seen, office.registrar)
    assert (name, len(lines), len(seen.told["lines"])) == ("import-preview.xlsx", 5, 5)
    assert "尚未登记" in mark[0] and head[2] == "怎样登记"
    assert [each["row"] for each in seen.told["asked"]] == [4]

    told = done("import", office.registrar, file_of=seen.id)
    assert figures(told) == SEEN
    assert told.told["closing"].startswith("登记了 2 行")
    assert told.done == told.total > 0
    name, (_, head, *problems) = sheet_of(told, office.registrar)
    assert (name, head[3]) == ("import-problems.xlsx", "问题和改法")
    assert {row[1] for row in problems} == {4, 5}

    again = done("import", office.registrar, file_of=seen.id)
    assert (again.told["done"], again.told["skipped"]) == (0, 3)
    assert set(OPEN_FILES.iterdir()) == opened
    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    assert kept and "金丝雀".encode() not in kept


def test_the_questions_come_as_a_list(office, content):
    seen = done("import_preview", office.registrar, {"wanted": "questions"}, file=content)
    name, octets = queue.result_file(seen.id, office.registrar)
    lines = list(csv.reader(io.StringIO(octets.decode("utf-8-sig"), newline="")))
    assert name == "import-questions.csv"
    assert len(lines) == 3


def test_an_answer_is_taken(office, content):
    seen = done("import_preview", office.registrar, file=content)
    question = seen.told["asked"][0]
    answer = {key: question[key] for key in ("sheet", "row", "code", "check")}
    answered = {"answers": [answer | {"answer": "不登记"}]}
    told = done("import_preview", office.registrar, answered, file_of=seen.id)
    assert figures(told)[3] == 0
    answered["answers"][0]["check"] = "xxxx"
    wrong = done("import", office.registrar, answered, file_of=seen.id)
    assert wrong.state == queue.FAILED
    assert "第 1 个回答" in wrong.faults[0] and "没有登记任何内容" in wrong.faults[0]


def test_a_workbook_is_read_by_the_child_from_memory(office, tmp_path):
    octets = write_xlsx(tmp_path / "book.xlsx", ROWS).read_bytes()
    seen = done("import_preview", office.registrar, {"name": "簿.xlsx"}, file=octets)
    assert figures(seen) == SEEN


@pytest.mark.parametrize(
    ("name", "octets", "sentence"),
    [
        ("a.csv", b"", "文件是空的"),
        ("a.exe", b"x", "只能导入"),
        ("a.xlsx", b"x", "内容却不是"),
    ],
)
def test_what_is_no_book_is_said(office, name, octets, sentence):
    seen = done("import_preview", office.registrar, {"name": name}, file=octets)
    assert seen.state == queue.FAILED
    assert sentence in seen.faults[0]


def test_who_may_not_import_is_told_so(office, content):
    before = size()
    seen = done("import", office.readers["研究室"][0], file=content)
    assert seen.state == queue.FAILED
    assert seen.faults[0] == "不准办理。"
    assert size() == before


def test_an_import_that_is_stopped_is_gone_on_with(office, tmp_path, monkeypatch):
    five = write_csv(tmp_path / "five.csv", [HEADINGS, *map(entry, range(1, 6))]).read_bytes()
    monkeypatch.setattr("baomi.engine.jobs.running.WRITE_EVERY_SECONDS", 0.0)
    key = queue.ask("import", office.registrar, {"name": NAME}, file=five)
    monkeypatch.setattr(Work, "breathe", lambda work: queue.stop(key, office.registrar))
    assert run_next("w", kinds_done_here()) is True
    seen = queue.seen(key, office.registrar)
    assert seen.state == queue.ENDED
    assert "续完" in seen.faults[0]
    monkeypatch.setattr(Work, "breathe", lambda work: None)
    told = done("import", office.registrar, file_of=key)
    assert (told.told["done"], told.told["skipped"]) == (3, 3)
