"""Jobs at the pages: one's own, their progress without keeping a session awake, their files."""

from uuid import uuid4

import pytest

from baomi.engine.jobs import queue, sealed_files
from baomi.engine.jobs.kind import kinds_done_here
from baomi.engine.jobs.running import run_next
from baomi.engine.runtime.models import Job, Session
from baomi.kernel.clock import clock
from tests.entrypoints.web.page import masked, page
from tests.factories.office import NOW_US
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
EXPORT = {"book": "custody.copy", "reason": "年度核对", "format": ".csv"}


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """Files of the test's own."""
    monkeypatch.setattr(sealed_files, "folder", lambda: tmp_path / "jobs")


@pytest.fixture
def desk(office):
    return Desk(office)


def exported(person):
    key = queue.ask("export", person, EXPORT)
    assert run_next("w", kinds_done_here()) is True
    return key


def test_somebody_without_jobs_is_told_what_they_are(at, office):
    assert "没有后台作业" in at("registrar").get("/jobs").content.decode()


def test_a_job_of_somebody_else_is_like_none(at, desk):
    desk.receive()
    key = exported(desk.registrar)
    browser = at("auditor")
    for address in (f"/jobs/{key}", f"/jobs/{key}/file"):
        foreign = browser.get(address)
        missing = browser.get(address.replace(str(key), str(uuid4())))
        assert foreign.status_code == missing.status_code == 404
        assert masked(foreign) == masked(missing)
    assert browser.post(f"/jobs/{key}/stop").status_code == 404
    assert str(key) not in browser.get("/jobs").content.decode()


def test_the_file_is_given_out_under_a_neutral_name_and_not_kept(at, desk):
    desk.receive(title=CANARY)
    key = exported(desk.registrar)
    browser = at("registrar")
    told = page(browser.get(f"/jobs/{key}"))
    assert told.all("a", href=f"/jobs/{key}/file")
    assert "hx-trigger" not in told.one("div", id="job").attributes
    answer = browser.get(f"/jobs/{key}/file")
    assert CANARY in answer.content.decode("utf-8-sig")
    name = answer.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="custody-copy-') and name.isascii()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_job_without_a_file_has_none_to_fetch(at, office):
    key = queue.ask("verify", office.registrar, {})
    assert at("registrar").get(f"/jobs/{key}/file").status_code == 404


def test_progress_is_shown_while_it_runs(at, office):
    key = queue.ask("verify", office.registrar, {})
    browser = at("registrar")
    assert "就要开始" in page(browser.get(f"/jobs/{key}")).text
    Job.objects.filter(id=key).update(state="running", done=512, total=4096)
    bar = page(browser.get(f"/jobs/{key}")).one("progress")
    assert (bar.attributes["value"], bar.attributes["max"]) == ("512", "4096")
    Job.objects.filter(id=key).update(total=0)
    assert "value" not in page(browser.get(f"/jobs/{key}")).one("progress").attributes
    assert page(browser.get("/jobs")).one("div", id="jobs").attributes["hx-trigger"] == "every 2s"


def test_a_page_that_asks_by_itself_keeps_no_session_awake(at, office):
    key = queue.ask("verify", office.registrar, {})
    browser = at("registrar")
    with clock.standing_at(NOW_US + 60_000_000):
        browser.get(f"/jobs/{key}", headers={"X-Baomi-Poll": "1", "HX-Request": "true"})
        assert Session.objects.get().seen_us == NOW_US
        browser.get(f"/jobs/{key}")
        assert Session.objects.get().seen_us == NOW_US + 60_000_000


def test_a_job_is_stopped_by_its_asker(at, office):
    key = queue.ask("verify", office.registrar, {})
    browser = at("registrar")
    assert browser.get(f"/jobs/{key}/stop").status_code == 405
    assert browser.post(f"/jobs/{key}/stop").headers["Location"] == f"/jobs/{key}"
    assert "已停止" in page(browser.get(f"/jobs/{key}")).text
    assert browser.post(f"/jobs/{key}/stop").status_code == 302


def test_a_job_that_failed_says_why(at, office):
    key = queue.ask("export", office.registrar, EXPORT | {"format": ".doc"})
    assert run_next("w", kinds_done_here()) is True
    told = page(at("registrar").get(f"/jobs/{key}"))
    assert "没有办成" in told.text
    assert "只能导出为 .xlsx 或 .csv" in told.text
