"""Attach and void: what is recorded, who may, and what is never recorded."""

import json
from hashlib import sha256
from uuid import UUID

import pytest

from baomi.engine.attachments import store
from baomi.engine.attachments.attaching import Wanted, attach
from baomi.engine.perform import perform
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door
from baomi.registers.attachments.models import Attachment
from baomi.registers.custody import models as custody
from tests.engine.attachments.samples import pdf
from tests.factories.deeds import do, entries, kinds, request, size
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
SCAN = pdf()


@pytest.fixture(autouse=True)
def files_of_its_own(uploads):
    """No file of one test is met by another."""


@pytest.fixture
def up_to_secret(settings):
    """An installation that is approved for scans up to 机密."""
    settings.ATTACHMENTS_UP_TO = "secret"


def slip_of(desk: Desk, **paper) -> UUID:
    """A slip that waits for a signature."""
    _, (copy, *_) = desk.ready(**paper)
    desk.give(copy)
    do("custody.draw_up_slip", desk.registrar, copy)
    return custody.Slip.objects.values_list("id", flat=True).get()


def internal_paper(desk: Desk) -> UUID:
    return desk.receive(level="内部", number="×办发〔2025〕9号")[0]


def inputs(thing: UUID, upload: UUID, **more) -> dict:
    told = {"kind": "custody.paper", "thing": thing, "role": "other", "level": "internal"}
    return told | {"upload": upload} | more


def attached(desk: Desk, thing: UUID, content: bytes = SCAN, **more) -> UUID:
    upload = store.put(content, desk.registrar)
    do("attachments.attach", desk.registrar, **inputs(thing, upload, **more))
    return upload


def test_a_scan_is_attached_and_its_hash_stands_in_the_ledger(desk) -> None:
    paper, before = internal_paper(desk), size()
    key = attached(desk, paper, note="第一页")
    row = Attachment.objects.values().get(id=key)
    assert row["file"] == {"sha256": sha256(SCAN).hexdigest(), "size": len(SCAN)}
    assert (row["kind"], row["thing"], row["media"]) == ("custody.paper", paper, "pdf")
    assert kinds(before) == ["attachments.attach"]
    (change,) = [
        each
        for each in json.loads(entries(before)[0].body)["changes"]
        if each["t"] == "attachments_attachment"
    ]
    assert change["after"]["file"]["sha256"] == sha256(SCAN).hexdigest()
    assert store.content_of(key) == SCAN


def test_the_file_lies_encrypted_under_a_random_name(desk, uploads) -> None:
    key = attached(desk, internal_paper(desk))
    (path,) = uploads.iterdir()
    assert path.name == key.hex
    assert path.stat().st_mode & 0o077 == 0
    assert b"%PDF" not in path.read_bytes()
    assert SCAN[20:60] not in path.read_bytes()


def test_who_does_not_see_the_thing_is_told_that_there_is_none(desk) -> None:
    paper = internal_paper(desk)
    upload = store.put(SCAN, desk.reader)
    with pytest.raises(BadInput, match="没有附件所属的这一项"):
        perform(request("attachments.attach", desk.reader, **inputs(paper, upload)))
    with pytest.raises(BadInput, match="没有附件所属的这一项"):
        perform(request("attachments.attach", desk.reader, **inputs(new_id(), upload)))


def test_anothers_upload_is_no_upload(desk) -> None:
    paper, upload = internal_paper(desk), store.put(SCAN, desk.reader)
    with pytest.raises(BadInput, match="没有这份上传的文件"):
        perform(request("attachments.attach", desk.registrar, **inputs(paper, upload)))


def test_an_upload_is_taken_once(desk) -> None:
    paper = internal_paper(desk)
    key = attached(desk, paper)
    with pytest.raises(BadInput, match="已经附上"):
        perform(request("attachments.attach", desk.registrar, **inputs(paper, key)))


def test_a_level_above_what_is_kept_here_is_refused(desk) -> None:
    paper, upload = internal_paper(desk), store.put(SCAN, desk.registrar)
    with pytest.raises(BadInput, match="本机只核准存放“内部”及以下"):
        perform(
            request("attachments.attach", desk.registrar, **inputs(paper, upload, level="secret"))
        )


def test_a_level_below_that_of_the_thing_is_refused(desk, up_to_secret) -> None:
    paper, _ = desk.receive(level="机密★10年")
    upload = store.put(SCAN, desk.registrar)
    with pytest.raises(BadInput, match="不能低于所属一项的密级（机密）"):
        perform(request("attachments.attach", desk.registrar, **inputs(paper, upload)))
    do("attachments.attach", desk.registrar, **inputs(paper, upload, level="secret"))


def test_an_unknown_kind_names_those_that_there_are(desk) -> None:
    upload = store.put(SCAN, desk.registrar)
    with pytest.raises(BadInput, match="这一类不能附文件，请从"):
        perform(
            request(
                "attachments.attach",
                desk.registrar,
                **inputs(new_id(), upload, kind="office.person"),
            )
        )


def test_the_signed_scan_of_a_slip_confirms_it(desk, up_to_secret) -> None:
    slip, before = slip_of(desk), size()
    wanted = Wanted(kind="custody.slip", thing=slip, role="signed", level="secret")
    receipt = attach(wanted, SCAN, actor=desk.registrar, door=Door.WORKER, op_id=new_id())
    assert kinds(before) == ["attachments.attach", "custody.confirm_slip"]
    row = custody.Slip.objects.values().get(id=slip)
    assert row["confirmed_how"] == "signature"
    assert str(row["confirmed_by_scan"]) == receipt.told["attachment"]
    again = attach(wanted, SCAN, actor=desk.registrar, door=Door.WORKER, op_id=new_id())
    assert again.told["attachment"] != receipt.told["attachment"]  # confirmed: only attached


def test_a_slip_is_not_confirmed_by_what_does_not_belong_to_it(desk, up_to_secret) -> None:
    slip = slip_of(desk)
    key = attached(desk, internal_paper(desk), role="signed")
    with pytest.raises(BadInput, match="不是这张清单的签字件"):
        perform(request("custody.confirm_slip", desk.registrar, slip, scan=key))
    letter = attached(desk, slip, kind="custody.slip", role="letter", level="secret")
    with pytest.raises(BadInput, match="不是这张清单的签字件"):
        perform(request("custody.confirm_slip", desk.registrar, slip, scan=letter))


def test_what_is_refused_leaves_no_file(desk, uploads) -> None:
    wanted = Wanted(kind="custody.paper", thing=new_id(), role="other", level="internal")
    with pytest.raises(BadInput):
        attach(wanted, SCAN, actor=desk.registrar, door=Door.WORKER, op_id=new_id())
    assert list(uploads.iterdir()) == []


def test_a_void_attachment_keeps_its_bytes(desk) -> None:
    key = attached(desk, internal_paper(desk))
    do("attachments.void", desk.registrar, key, reason="附错了")
    row = Attachment.objects.values().get(id=key)
    assert (row["void_reason"], row["voided_by_id"]) == ("附错了", desk.registrar)
    assert store.content_of(key) == SCAN
    with pytest.raises(BadInput, match="已经作废"):
        perform(request("attachments.void", desk.registrar, key, reason="再来"))


def test_only_who_attached_it_or_the_registrar_voids_it(desk) -> None:
    paper, _ = desk.ready(desk.reader, desk.general, level="内部")
    key = attached(desk, paper)
    with pytest.raises(BadInput, match="附上的人或保密员"):
        perform(request("attachments.void", desk.reader, key, reason="不对"))
    with pytest.raises(BadInput, match="没有这份附件"):
        perform(request("attachments.void", desk.office.auditor, key, reason="不对"))
