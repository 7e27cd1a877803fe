"""台账校验: the head, sealings to take away, slips compared, verification as a job."""

import pytest
from django.db import connection

from baomi.engine import ledger_seen, sealer
from baomi.engine.jobs import queue
from baomi.engine.jobs.kind import kinds_done_here
from baomi.engine.jobs.running import run_next
from baomi.engine.verify_schema import expected_objects
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.reading import notes, panel
from tests.factories.deeds import size
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
MAY_SEE = ("registrar", "auditor")
ADDRESSES = ("/ledger", "/ledger/1", "/ledger/qr/1", "/ledger/note/1", "/ledger/sheet")


@pytest.fixture(scope="session")
def schema_known(founded_once, django_db_blocker):
    """What the verifier compares the schema with: made in a database that tests may not open."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            expected_objects()


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def sealed(office):
    """A sealing, just made."""
    return sealer.seal_now()


@pytest.mark.parametrize("address", ADDRESSES)
def test_places_in_the_ledger_are_for_registrar_and_auditor(address, at, desk, sealed):
    for who in ("system_admin", "security_admin", desk.reader):
        answer, missing = at(who).get(address), at(who).get("/r/no.such")
        assert answer.status_code == 404
        assert masked(answer) == masked(missing)


@pytest.mark.parametrize("what", ["verify", "seal", "compare"])
def test_nobody_else_asks_for_anything_there(what, at, desk):
    before = size()
    assert at(desk.reader).post(f"/ledger/{what}", {"receipt": "1"}).status_code == 404
    assert size() == before
    assert queue.mine(desk.reader) == ()


@pytest.mark.parametrize("post", MAY_SEE)
def test_the_head_and_the_newest_entries_are_shown(post, at, desk):
    desk.ready(title=CANARY)
    answer = at(post).get("/ledger")
    told = page(answer).text
    standing = ledger_seen.standing()
    assert str(standing.size) in told
    assert standing.root[:16] in told
    assert "确定传阅范围" in panel(answer, "最近的日志").text
    assert CANARY not in answer.content.decode()


def test_a_sealing_is_taken_away_as_text_as_qr_and_on_paper(at, sealed):
    browser = at("auditor")
    link = page(browser.get("/ledger")).all("a", href=f"/ledger/{sealed.seq}")
    assert link
    told = page(browser.get(f"/ledger/{sealed.seq}"))
    note = browser.get(f"/ledger/note/{sealed.seq}")
    assert note.headers["Content-Disposition"] == (
        f'attachment; filename="checkpoint-{sealed.seq}.txt"'
    )
    assert note.content.startswith(b"bm.local/")
    assert note.content.endswith(b"\n")
    assert told.one("pre").text == " ".join(note.content.decode().split())
    assert told.one("img").attributes["src"] == f"/ledger/qr/{sealed.seq}"
    drawing = browser.get(f"/ledger/qr/{sealed.seq}")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<svg")
    paper = browser.get("/ledger/sheet")
    assert paper.content.startswith(b"%PDF")
    assert paper.headers["Cache-Control"] == "no-store"


def test_a_deed_has_no_note_and_an_entry_beyond_the_end_is_not_there(at, desk):
    browser = at("auditor")
    assert page(browser.get("/ledger/1")).all("img") == []
    for address in ("/ledger/qr/1", "/ledger/note/1", "/ledger/999999", f"/ledger/{10**30}"):
        assert browser.get(address).status_code == 404


def test_a_slip_is_compared_with_the_ledger(at, desk):
    receipt = desk.store(*desk.receive()[1])
    browser = at("auditor")
    genuine = browser.post("/ledger/compare", {"receipt": f" {receipt.text.upper()} "})
    assert "单据属实" in page(genuine).text
    assert "入柜" in panel(genuine, "核对单据上的回执").text
    forged = browser.post("/ledger/compare", {"receipt": f"{receipt.seq}:{'0' * 16}"})
    assert "散列值不符" in page(forged).text
    beyond = browser.post("/ledger/compare", {"receipt": f"{10**9}:{'0' * 16}"})
    assert "台账没有第 1000000000 条" in page(beyond).text
    number = browser.post("/ledger/compare", {"receipt": str(receipt.seq)})
    assert "没有核对散列值" in page(number).text
    assert "单据属实" not in page(number).text


@pytest.mark.parametrize(
    "typed", ["", "甲", "-1", "1:", "1:xyz", "1:00", f"{'9' * 60}:{'0' * 16}", "²"]
)
def test_what_is_no_receipt_is_told(typed, at, office):
    answer = at("registrar").post("/ledger/compare", {"receipt": typed})
    assert answer.status_code == 422
    assert "回执的写法是" in notes(answer)


def test_verification_is_a_job_that_tells_what_it_found(schema_known, at, office, sealed):
    browser = at("registrar")
    answer = browser.post("/ledger/verify")
    where = answer.headers["Location"]
    told = page(browser.get(where))
    job = told.one("div", id="job")
    assert job.attributes["hx-trigger"] == "every 1s"
    assert "data-poll" in job.attributes
    assert run_next("w", kinds_done_here()) is True
    told = page(browser.get(where, headers={"HX-Request": "true"}))
    assert "hx-trigger" not in told.one("div", id="job").attributes
    (seen,) = queue.mine(office.registrar)
    assert seen.told["last"] in told.one("pre").text
    assert f"{seen.told['entries']} 条日志" in told.text
    verdict = told.one("p", class_="verdict-line")
    assert ("CLEAN" in verdict.text) is seen.told["clean"]
    assert "上次校验" in page(browser.get("/ledger")).text


def test_sealing_at_the_page_where_this_process_may_sign(at, office):
    browser = at("registrar")
    before = size()
    answer = browser.post("/ledger/seal")
    assert size() > before
    assert page(browser.get(answer.headers["Location"])).one("img")


def test_who_seals_is_told_where_this_process_may_not(at, office, monkeypatch):
    monkeypatch.setattr(sealer, "can_seal", lambda: False)
    browser = at("registrar")
    before = size()
    answer = browser.post("/ledger/seal")
    assert answer.status_code == 409
    assert "后台签封程序" in notes(answer)
    assert size() == before
    assert "action" not in {
        key
        for form in page(browser.get("/ledger")).all("form", action="/ledger/seal")
        for key in form.attributes
    }


def test_an_entry_whose_check_code_is_wrong_is_not_sealed(at, office, monkeypatch):
    def refuse():
        raise sealer.SealRefused(7)

    monkeypatch.setattr(sealer, "seal_now", refuse)
    answer = at("auditor").post("/ledger/seal")
    assert answer.status_code == 409
    assert "第 7 条的校验码不符" in notes(answer)
