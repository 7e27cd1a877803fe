"""Scans at the pages: attached, taken out, kept from others, and signed papers that come back."""

import io
import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter

from baomi.engine.papers.printing import slip_for
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.registers.attachments.models import Attachment
from baomi.registers.custody import models as custody
from baomi.registers.office import load as office_load
from baomi.rulebook.terms import Terms
from tests.engine.attachments.samples import BAD, pdf, picture
from tests.entrypoints.web.approving import ask, label_of
from tests.entrypoints.web.page import page
from tests.factories.deeds import do, size, stored_text

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
SCAN = pdf()
NAME = '关于某某的通知"\r\nX-Evil: 1.pdf'


@pytest.fixture(autouse=True)
def files_of_its_own(uploads):
    """No file of one test is met by another."""


@pytest.fixture
def approved(settings):
    """An installation that is approved for scans up to 机密."""
    settings.ATTACHMENTS_UP_TO = "secret"


@pytest.fixture
def paper(desk):
    """A paper that the reader may see as well."""
    return desk.ready(desk.reader, level="内部")[0]


@pytest.fixture
def slips(desk, approved):
    """Two slips that wait for a signature."""
    _, copies = desk.ready()
    for copy in copies[:2]:
        desk.give(copy)
        do("custody.draw_up_slip", desk.registrar, copy)
    return list(custody.Slip.objects.order_by("label_serial").values_list("id", flat=True))


def send(browser, kind, thing, content=SCAN, **typed):
    told = {"role": "other", "level": "internal", "note": "", "op_id": str(new_id())} | typed
    told["file"] = SimpleUploadedFile(NAME, content)
    return browser.post(f"/attach/{kind}/{thing}", told)


def test_a_scan_is_attached_on_the_page_of_a_thing_and_taken_out_again(at, paper):
    browser = at("registrar")
    address = f"/o/custody.paper/{paper}"
    form = page(browser.get(address)).one("form", enctype="multipart/form-data")
    assert form.attributes["action"] == f"/attach/custody.paper/{paper}"
    answer = send(browser, "custody.paper", paper)
    assert answer.headers["Location"] == address
    key = Attachment.objects.values_list("id", flat=True).get()
    shown = page(browser.get(address))
    assert "附件" in shown.text
    assert any(f"{key}" in link.attributes.get("href", "") for link in shown.all("a"))
    own = page(browser.get(f"/o/attachments.attachment/{key}"))
    assert f"/attachments/{key}/file" in [a.attributes.get("href") for a in own.all("a")]
    given = browser.get(f"/attachments/{key}/file")
    assert given.content == SCAN
    assert given.headers["Content-Type"] == "application/pdf"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"].startswith("sandbox")
    assert given.headers["Cache-Control"] == "no-store"
    name = re.fullmatch(
        r'attachment; filename="(attachment-[0-9a-f]{8}\.pdf)"',
        given.headers["Content-Disposition"],
    )
    assert name


def test_the_name_that_somebody_gave_the_file_is_kept_nowhere(at, paper, capfd):
    browser = at("registrar")
    send(browser, "custody.paper", paper)
    key = Attachment.objects.values_list("id", flat=True).get()
    given = browser.get(f"/attachments/{key}/file")
    assert "某某" not in str(given.headers)
    assert "X-Evil" not in given.headers
    assert "某某" not in stored_text()
    assert "某某" not in "".join(capfd.readouterr())


def test_who_sees_the_thing_sees_its_file_and_nobody_else(at, desk, paper):
    send(at("registrar"), "custody.paper", paper)
    key = Attachment.objects.values_list("id", flat=True).get()
    address = f"/attachments/{key}/file"
    assert at(desk.reader).get(address).content == SCAN
    for stranger in (desk.general, desk.office.auditor, "system_admin", "security_admin"):
        answer = at(stranger).get(address)
        assert answer.status_code == 404
        missing = at(stranger).get(f"/attachments/{new_id()}/file")
        assert page(missing).text == page(answer).text
        assert at(stranger).get(f"/attach/custody.paper/{paper}").status_code == 404
        assert send(at(stranger), "custody.paper", paper).status_code == 404


def test_a_file_above_the_readers_clearance_is_not_there_for_him(at, desk, approved):
    paper, _ = desk.ready(desk.reader, desk.general, level="秘密★5年")
    send(at("registrar"), "custody.paper", paper, level="secret")
    key = Attachment.objects.values_list("id", flat=True).get()
    assert at(desk.reader).get(f"/attachments/{key}/file").status_code == 200
    assert at(desk.general).get(f"/attachments/{key}/file").status_code == 404


@pytest.mark.parametrize("name", ["svg", "eicar", "pdf-script", "jpeg-and-zip"])
def test_what_is_no_scan_is_told_and_nothing_is_left(at, paper, uploads, name):
    content, said = BAD[name]
    before = size()
    answer = send(at("registrar"), "custody.paper", paper, content, note="留着")
    assert answer.status_code == 422
    shown = page(answer)
    assert said in shown.text
    assert shown.one(id="attach-note").attributes["value"] == "留着"
    assert size() == before
    assert list(uploads.iterdir()) == []


def test_a_form_that_is_sent_twice_is_done_once(at, paper):
    browser, op_id = at("registrar"), str(new_id())
    assert send(browser, "custody.paper", paper, op_id=op_id).status_code == 302
    assert send(browser, "custody.paper", paper, op_id=op_id).status_code == 422
    assert Attachment.objects.count() == 1


def test_without_a_file_and_with_one_too_large_it_is_said(at, paper):
    browser = at("registrar")
    address = f"/attach/custody.paper/{paper}"
    nothing = browser.post(address, {"role": "other", "level": "internal"})
    assert "请先选择扫描件" in page(nothing).text
    large = send(browser, "custody.paper", paper, SCAN + bytes(33 * 1024 * 1024))
    assert "文件超过 20 MB" in page(large).text


def test_where_scans_of_the_level_are_not_kept_there_is_no_form(at, desk):
    paper, _ = desk.ready()
    shown = page(at("registrar").get(f"/o/custody.paper/{paper}"))
    assert "本机只核准存放“内部”及以下" in shown.text
    assert not shown.all("form", enctype="multipart/form-data")


def test_signed_slips_come_back_in_one_scan(at, desk, slips):
    browser = at("registrar")
    answer = browser.post("/returned", {"file": SimpleUploadedFile(NAME, _scan(desk, slips))})
    shown = page(answer)
    labels = [shown.one(name=f"label.{n}").attributes["value"] for n in (1, 2, 3)]
    assert labels == [*(_label(each) for each in slips), ""]
    assert "没有读到本机关的编号" in shown.text
    uploads = [each.attributes["value"] for each in shown.all(name="upload")]
    typed = {"upload": uploads, "take.1": "yes", "take.2": "yes"}
    typed |= {f"label.{n}": labels[n - 1] for n in (1, 2, 3)}
    typed |= {f"level.{n}": "secret" for n in (1, 2, 3)}
    done = page(browser.post("/returned/take", typed))
    assert f"第 1 页已附到 {labels[0]}" in done.text
    rows = custody.Slip.objects.order_by("label_serial").values()
    assert [row["confirmed_how"] for row in rows] == ["signature", "signature"]
    assert [str(row["confirmed_by_scan"]) for row in rows] == uploads[:2]
    page_of_it = browser.get(f"/attachments/{uploads[0]}/file")
    assert page_of_it.content.startswith(b"%PDF")
    again = page(browser.post("/returned/take", typed))
    assert "已附到" in again.text
    assert Attachment.objects.count() == 2


def test_the_second_page_of_a_form_comes_back_alone(at, desk, approved):
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    key = ask(at(desk.reader), desk, copies[0], measures="随身保管" * 100, why="评审" * 200)
    browser = at("registrar")
    pages = PdfReader(io.BytesIO(browser.get(f"/form/approvals.request/{key}.pdf").content)).pages
    assert len(pages) > 1
    for number in range(1, len(pages)):
        alone, out = PdfWriter(), io.BytesIO()
        alone.add_page(pages[number])
        alone.write(out)
        sent = {"file": SimpleUploadedFile(NAME, out.getvalue())}
        shown = page(browser.post("/returned", sent))
        assert shown.one(name="label.1").attributes["value"] == label_of(key)


def test_what_comes_back_without_a_code_is_told_by_hand(at, desk, slips):
    browser = at("registrar")
    answer = browser.post("/returned", {"file": SimpleUploadedFile("x.png", picture("PNG"))})
    (upload,) = [each.attributes["value"] for each in page(answer).all(name="upload")]
    typed = {"upload": [upload], "take.1": "yes", "label.1": "BMS0000099ZZZZ"}
    wrong = page(browser.post("/returned/take", typed | {"level.1": "secret"}))
    assert "没有附上" in wrong.text
    typed["label.1"] = _label(slips[0])
    right = page(browser.post("/returned/take", typed | {"level.1": "secret"}))
    assert "第 1 页已附到" in right.text


def test_returned_papers_are_the_custodians_business(at, desk):
    assert at(desk.reader).get("/returned").status_code == 404
    assert at(desk.reader).post("/returned/take", {"upload": str(new_id())}).status_code == 404
    assert at("unit_keeper@研究室").get("/returned").status_code == 200


def _label(slip: UUID) -> str:
    serial = custody.Slip.objects.values_list("label_serial", flat=True).get(id=slip)
    return office_load.label("S", serial)


def _scan(desk, slips) -> bytes:
    """The slips as they are printed, and an empty page, in one file."""
    person = office_load.person(desk.registrar, clock.today(), Terms.on(clock.today()))
    writer, out = PdfWriter(), io.BytesIO()
    for each in slips:
        for leaf in PdfReader(io.BytesIO(slip_for(person, each).content)).pages:
            writer.add_page(leaf)
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()
