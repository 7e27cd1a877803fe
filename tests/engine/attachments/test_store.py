"""Uploads wait, are swept, survive a new master key, and are never half there."""

import errno
import os
from datetime import timedelta
from hashlib import sha256

import pytest

from baomi.engine import seal_rotation
from baomi.engine.attachments import store
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.registers.attachments import files
from baomi.registers.attachments.files import FileDamaged
from baomi.registers.office import seals
from tests.engine.attachments.samples import pdf
from tests.factories.deeds import do

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
SCAN = pdf()
HOURS = 24


def attach(desk, content: bytes = SCAN):
    paper, _ = desk.receive(level="内部")
    upload = store.put(content, desk.registrar)
    do(
        "attachments.attach",
        desk.registrar,
        kind="文件",
        thing=paper,
        role="other",
        level="internal",
        upload=upload,
    )
    return upload


def grow_old(folder, *, hours: float) -> None:
    then = (clock.wall_us() - timedelta(hours=hours) // timedelta(microseconds=1)) * 1000
    for path in folder.iterdir():
        os.utime(path, ns=(then, then))


def test_an_upload_waits_and_is_swept_after_its_time(desk, uploads) -> None:
    upload = store.put(SCAN, desk.registrar)
    told = files.upload(upload)
    assert (told.by, told.sha256, told.size) == (
        desk.registrar,
        sha256(SCAN).hexdigest(),
        len(SCAN),
    )
    grow_old(uploads, hours=HOURS - 1)
    store.sweep_uploads()
    assert files.upload(upload) is not None
    grow_old(uploads, hours=HOURS + 1)
    store.sweep_uploads()
    assert list(uploads.iterdir()) == []


def test_the_sweep_leaves_what_was_attached_and_takes_halves(desk, uploads) -> None:
    key = attach(desk)
    (uploads / "0a.draft").write_bytes(b"half")
    grow_old(uploads, hours=1000)
    store.sweep_uploads()
    assert [path.name for path in uploads.iterdir()] == [key.hex]


def test_nothing_is_forgotten_that_is_anothers_or_attached(desk, uploads) -> None:
    key, waiting = attach(desk), store.put(SCAN, desk.reader)
    store.forget(key, desk.registrar)
    store.forget(waiting, desk.registrar)
    assert len(list(uploads.iterdir())) == 2
    store.forget(waiting, desk.reader)
    assert len(list(uploads.iterdir())) == 1


def test_nothing_is_ever_overwritten(desk, uploads) -> None:
    upload = files.described(new_id(), SCAN, by=desk.registrar, media="pdf")
    files.write(upload, SCAN)
    before = files.path_of(upload.id).read_bytes()
    with pytest.raises(FileExistsError):
        files.write(upload, b"another")
    assert files.path_of(upload.id).read_bytes() == before
    assert len(list(uploads.iterdir())) == 1


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_full_disk_leaves_nothing_half_written(desk, uploads, monkeypatch, step) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="full"):
        store.put(SCAN, desk.registrar)
    monkeypatch.undo()
    assert not list(uploads.parent.glob("attachments/*"))


def test_a_new_master_key_opens_what_was_attached_before(desk, uploads) -> None:
    path = seals.master_key_path()
    key, old = attach(desk), path.read_bytes()
    try:
        seal_rotation.rotate()
        assert path.read_bytes() != old
        assert store.content_of(key) == SCAN
    finally:
        path.write_bytes(old)  # the rows are rolled back, the key is not


def test_an_altered_file_is_never_handed_out(desk, uploads) -> None:
    key = attach(desk)
    path = files.path_of(key)
    octets = bytearray(path.read_bytes())
    octets[-1] ^= 1
    path.write_bytes(octets)
    with pytest.raises(FileDamaged):
        store.content_of(key)


def test_one_file_does_not_open_in_the_place_of_another(desk, uploads) -> None:
    key, other = attach(desk), store.put(SCAN, desk.registrar)
    files.path_of(key).write_bytes(files.path_of(other).read_bytes())
    with pytest.raises(FileDamaged):
        store.content_of(key)


def test_what_is_no_scan_is_not_kept(desk, uploads) -> None:
    with pytest.raises(BadInput):
        store.put(b"<html>", desk.registrar)
    assert list(uploads.iterdir()) == []
