"""Attached files for programs: uploaded, attached by their deed, taken out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baomi.kernel.ids import new_id
from tests.engine.attachments.samples import BAD, pdf
from tests.entrypoints.api_door import posted

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
SCAN = pdf()
UPLOADS = "/api/attachments/uploads"


@pytest.fixture(autouse=True)
def files_of_its_own(uploads):
    """No file of one test is met by another."""


def upload(program, content=SCAN):
    return program.post(UPLOADS, {"file": SimpleUploadedFile("某某.pdf", content)})


def attach(program, thing, key):
    inputs = {
        "kind": "custody.paper",
        "thing": str(thing),
        "role": "签字件",
        "level": "内部",
        "upload": key,
    }
    return posted(program, "/api/actions/attachments.attach", {"inputs": inputs})


def test_a_file_is_uploaded_attached_and_taken_out(at, desk):
    paper, _ = desk.receive(level="内部")
    program = at("registrar")
    told = upload(program)
    assert told.status_code == 200, told.content
    done = attach(program, paper, told.json()["upload"])
    assert done.status_code == 200, done.content
    key = done.json()["told"]["attachment"]
    given = program.get(f"/api/attachments/{key}/file")
    assert given.content == SCAN
    assert given.headers["Content-Security-Policy"].startswith("sandbox")
    assert given.headers["Content-Disposition"].startswith("attachment; ")
    seen = program.get(f"/api/objects/attachments.attachment/{key}").json()
    assert seen["row"]["role"] == "签字件"


def test_another_persons_upload_and_file_are_not_there(at, desk):
    paper, _ = desk.receive(level="内部")
    registrar, stranger = at("registrar"), at(desk.reader)
    key = upload(stranger).json()["upload"]
    refused = attach(registrar, paper, key)
    assert refused.status_code == 422
    assert "没有这份上传的文件" in refused.json()["faults"][0]["sentence"]
    mine = upload(registrar).json()["upload"]
    attach(registrar, paper, mine)
    answers = [stranger.get(f"/api/attachments/{each}/file") for each in (mine, new_id())]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1


@pytest.mark.parametrize("name", ["gif-and-script", "pdf-launch"])
def test_what_is_no_scan_is_told_in_words(at, name):
    content, said = BAD[name]
    answer = upload(at("registrar"), content)
    assert answer.status_code == 422
    assert said in answer.json()["faults"][0]["sentence"]


def test_an_upload_without_a_file_is_told_in_words(at):
    answer = at("registrar").post(UPLOADS, {})
    assert answer.status_code == 422
    assert "扫描件" in answer.json()["faults"][0]["sentence"]
