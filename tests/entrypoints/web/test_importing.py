"""A register book brought in at a page: handed in, looked at, answered, done, and done once."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import baomi.entrypoints.importer.jobs  # noqa: F401 - declares the jobs
from baomi.engine.jobs import queue, sealed_files
from baomi.engine.jobs.kind import kinds_done_here
from baomi.engine.jobs.running import run_next
from baomi.entrypoints.importer.fields import NOTED, TITLES
from baomi.entrypoints.importer.tally import FATES
from baomi.entrypoints.web import importing
from baomi.kernel.clock import clock
from tests.entrypoints.importer.books import HEADINGS, entry, write_csv
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.reading import notes
from tests.factories.deeds import size
from tests.factories.office import NOW_US

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

NAME = "收文登记簿2021.csv"
CANARY = "关于金丝雀的报告"
ROWS = [
    HEADINGS,
    entry(1, 文件标题=CANARY),
    entry(2),
    entry(3, 承办单位="查无此处"),  # a question
    entry(4, 退回时间="2021-02-31"),  # no such day
]


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """Files of the test's own."""
    monkeypatch.setattr(sealed_files, "folder", lambda: tmp_path / "jobs")


def content(tmp_path, rows=ROWS):
    return write_csv(tmp_path / "book.csv", rows).read_bytes()


def hand_in(browser, octets, name=NAME):
    return browser.post("/import", {"book": SimpleUploadedFile(name, octets)})


def worked(answer):
    """The job of an answer, done."""
    assert answer.status_code == 302, notes(answer)
    assert run_next("w", kinds_done_here()) is True
    return answer.headers["Location"].removeprefix("/jobs/")


def shown(browser, key):
    answer = browser.get(f"/jobs/{key}", follow=True)
    assert answer.status_code == 200
    return page(answer)


def counts(told):
    return {each.one("span").text: each.one("b").text for each in told.all("li") if each.all("b")}


def test_the_words_are_the_importers_own():
    assert importing.FATES == FATES
    assert tuple(TITLES.values()) == importing.FIELDS
    assert importing.FIELDS[-1] == TITLES[NOTED]


def test_only_the_registrar_imports(at, office, tmp_path):
    for who in ("auditor", "system_admin", office.readers["研究室"][0]):
        browser = at(who)
        missing = browser.get("/r/no.such")
        assert masked(browser.get("/import")) == masked(missing)
        assert hand_in(browser, content(tmp_path)).status_code == 404
        assert browser.get(f"/import/{uuid4()}").status_code == 404
        assert queue.how_many_open() == 0


def test_a_book_is_looked_at_answered_and_done_once(at, office, tmp_path):
    browser, before = at("registrar"), size()
    first = worked(hand_in(browser, content(tmp_path)))
    told = shown(browser, first)
    assert told.one("h1").text == "导入预览：尚未登记"
    figures = ["5", "2", "0", "1", "1", "1", "2", "2"]
    assert counts(told) == dict(zip(importing.COUNTS.values(), figures, strict=True))
    assert "2021-02-31" in told.text
    assert CANARY not in told.text
    assert told.one("title").text == "保密 · 导入预览"
    assert size() == before

    answered = worked(browser.post(f"/import/{first}/again", {"answer.0": "不登记"}))
    told = shown(browser, answered)
    assert counts(told)["疑问"] == "0"
    assert "已按 1 个回答预览" in told.text
    assert size() == before

    done = worked(browser.post(f"/import/{answered}/do"))
    told = shown(browser, done)
    assert "登记了 2 行" in told.one("p", class_="verdict-line").text
    assert told.all("a", href=f"/jobs/{done}/file")
    assert size() > before

    after = size()
    told = shown(browser, worked(hand_in(browser, content(tmp_path))))
    assert "2 行以前已经登记，不会重复登记" in told.text
    assert "disabled" in told.one("div", class_="page-tools").one("button").attributes
    assert size() == after


def test_an_answer_that_cannot_be_taken_is_mended_where_it_was_given(at, office, tmp_path):
    browser = at("registrar")
    first = worked(hand_in(browser, content(tmp_path)))
    failed = worked(browser.post(f"/import/{first}/again", {"answer.0": "查无此科"}))
    told = shown(browser, failed)
    assert "第 1 个回答" in told.text
    back = f"/import/{first}?again={failed}"
    assert told.all("a", href=back)
    answer = browser.get(back)
    assert page(answer).one("input", name="answer.0").attributes["value"] == "查无此科"
    assert "第 1 个回答" in notes(answer)
    again = worked(browser.post(f"/import/{first}/again", {"answer.0": "不登记"}))
    assert counts(shown(browser, again))["疑问"] == "0"


def test_a_column_that_is_not_known_is_given_its_meaning(at, office, tmp_path):
    headings = ["怪栏" if each == "文件标题" else each for each in HEADINGS]
    browser = at("registrar")
    first = worked(hand_in(browser, content(tmp_path, [headings, entry(1)])))
    told = shown(browser, first)
    assert "“怪栏”一栏不认识" in told.text
    assert "在“各栏的含义”中指明" in told.text
    assert "--map" not in told.text
    assert "怪栏" in [each.attributes["value"] for each in told.all("input", name="heading")]
    mapped = {"heading": ["怪栏", ""], "field": ["文件标题", ""]}
    told = shown(browser, worked(browser.post(f"/import/{first}/again", mapped)))
    assert "一栏不认识" not in told.text
    assert counts(told)["登记"] == "1"
    fields = [each for each in told.all("option", selected="") if "selected" in each.attributes]
    assert "文件标题" in [each.text for each in fields]


@pytest.mark.parametrize(
    ("mapped", "sentence"),
    [
        ({"heading": ["怪栏"], "field": ["无此栏目"]}, "请从列出的栏目中选取"),
        ({"heading": [" "], "field": ["文件标题"]}, "请填写列名"),
    ],
)
def test_a_meaning_that_there_is_not_is_told(mapped, sentence, at, office, tmp_path):
    browser = at("registrar")
    first = worked(hand_in(browser, content(tmp_path)))
    answer = browser.post(f"/import/{first}/again", mapped)
    assert answer.status_code == 422
    assert sentence in notes(answer)


@pytest.mark.parametrize(
    ("name", "octets", "sentence"),
    [
        ("book.exe", b"x", "只能导入"),
        ("book", b"x", "只能导入"),
        ("book.csv", b"", "文件是空的"),
    ],
)
def test_what_cannot_be_a_book_is_told_at_once(name, octets, sentence, at, office):
    answer = hand_in(at("registrar"), octets, name)
    assert answer.status_code == 422
    assert sentence in notes(answer)
    assert queue.how_many_open() == 0


def test_a_file_must_be_chosen_and_small_enough(at, office, monkeypatch):
    browser = at("registrar")
    assert "请先选择登记簿文件" in notes(browser.post("/import"))
    monkeypatch.setattr(importing, "LARGEST", 100)
    assert "超过 32 MB" in notes(hand_in(browser, b"x" * 101))


def test_a_file_that_is_too_large_is_dropped_as_it_comes_in(at, office, monkeypatch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    monkeypatch.setattr(importing, "LARGEST", 1000)
    answer = hand_in(at("registrar"), b"x" * 2000)
    assert answer.status_code == 422
    assert "超过 32 MB" in notes(answer)


def test_a_book_that_cannot_be_read_says_why(at, office):
    browser = at("registrar")
    failed = worked(hand_in(browser, b"not a workbook", "book.xlsx"))
    told = shown(browser, failed)
    assert "内容却不是" in told.text
    assert told.all("form", action=f"/import/{failed}/again")


def test_answers_typed_while_the_session_ended_are_there_again(at, office, tmp_path):
    browser = at("registrar")
    first = worked(hand_in(browser, content(tmp_path)))
    with clock.standing_at(NOW_US + 30 * 60_000_000):
        lost = browser.post(f"/import/{first}/again", {"answer.0": "不登记"})
        kept = lost.headers["Location"].partition("?draft=")[2]
        answer = at("registrar").get(f"/draft/{kept}", follow=True)
        assert page(answer).one("input", name="answer.0").attributes["value"] == "不登记"
        assert "已恢复" in notes(answer)
        address = f"/import/{first}/again?draft={kept}"
        assert at("auditor").get(address).status_code == 404
        assert at("registrar").get(f"/import/{first}/again").status_code == 404


def test_a_preview_of_somebody_else_or_not_yet_done_is_not_there(at, office, tmp_path):
    browser = at("registrar")
    where = hand_in(browser, content(tmp_path)).headers["Location"].removeprefix("/jobs/")
    for what in (where, uuid4()):
        assert browser.get(f"/import/{what}").status_code == 404
        assert browser.post(f"/import/{what}/do").status_code == 404
        assert browser.post(f"/import/{what}/again").status_code == 404
    assert run_next("w", kinds_done_here()) is True
    assert browser.get(f"/import/{where}?again=x").status_code == 404
    assert browser.get(f"/import/{where}?page=9999999999").status_code == 200


def test_the_page_that_waits_for_a_preview_goes_on_to_it(at, office, tmp_path):
    browser = at("registrar")
    key = worked(hand_in(browser, content(tmp_path)))
    answer = browser.get(f"/jobs/{key}", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    assert browser.get(f"/jobs/{key}").headers["Location"] == f"/import/{key}"
