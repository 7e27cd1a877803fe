"""Attached files are vouched for: live, in an export, in a backup (T32, T33)."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from baomi.engine.attachments import store
from baomi.engine.backup.faults import BackupFault
from baomi.engine.backup.make import make_backup
from baomi.engine.backup.payload import Payload
from baomi.engine.backup.source import verified
from baomi.engine.export_ledger import export_ledger
from baomi.engine.sealer import seal_now
from baomi.engine.verify_live import verify_live
from baomi.kernel.ledger import verify as verifier
from baomi.registers.attachments import files
from baomi.registers.attachments.models import AttachmentKey
from tests.engine.attachments.samples import pdf, picture
from tests.engine.attachments.test_store import attach

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
KEY = bytes(range(32))
SCAN = pdf(2)


@pytest.fixture
def attached(desk, uploads, signing):
    """An attached file, and an upload that waits: the ledger knows nothing of that."""
    key = attach(desk, SCAN)
    store.put(picture(), desk.registrar)
    seal_now()
    return key


def codes(report: verifier.Report) -> set[str]:
    return {found.code for found in report.findings}


def replaced(path: Path) -> None:
    path.write_bytes(b"BAOMIAT1 something else")


def bit_flipped(path: Path) -> None:
    octets = bytearray(path.read_bytes())
    octets[-20] ^= 1
    path.write_bytes(octets)


def deleted(path: Path) -> None:
    path.unlink()


TAMPERINGS = [replaced, bit_flipped, deleted]


def test_what_nobody_touched_is_clean(attached) -> None:
    assert verify_live().findings == []


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_file_that_was_touched_is_found_live(attached, tamper) -> None:
    tamper(files.path_of(attached))
    assert codes(verify_live()) == {"BLOB"}


def test_a_key_that_is_gone_is_found_live(attached) -> None:
    AttachmentKey.objects.all().delete()
    assert codes(verify_live()) == {"BLOB"}


def test_another_file_put_in_with_its_key_is_found_live(attached, desk) -> None:
    """Whoever holds the master key can make a file that opens; the ledger knows another one."""
    from baomi.registers.office import seals

    forged = files.described(attached, b"%PDF forged", by=desk.registrar, media="pdf")
    files.path_of(attached).unlink()
    files.write(forged, b"%PDF forged")
    AttachmentKey.objects.update(wrapped=seals.wrap(forged.key, attached))
    assert store.content_of(attached) == b"%PDF forged"
    assert codes(verify_live()) == {"BLOB"}


def exported(folder: Path, *, bare: bool = False) -> Path:
    export_ledger(folder, bare=bare)
    return folder


def checked(folder: Path) -> verifier.Report:
    source = verifier.ExportFolder(folder)
    return verifier.verify(source, now_us=2_000_000_000_000_000)


def test_an_export_holds_the_file_and_verifies_alone(attached, tmp_path) -> None:
    folder = exported(tmp_path / "out")
    assert (folder / "blobs" / str(attached)).read_bytes() == SCAN
    assert sha256(SCAN).hexdigest() in (folder / "blobs.jsonl").read_text()
    assert checked(folder).findings == []


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_file_that_was_touched_is_found_in_the_export(attached, tmp_path, tamper) -> None:
    folder = exported(tmp_path / "out")
    tamper(folder / "blobs" / str(attached))
    assert codes(checked(folder)) == {"BLOB"}


def test_the_folder_of_files_taken_away_is_found(attached, tmp_path) -> None:
    folder = exported(tmp_path / "out")
    shutil.rmtree(folder / "blobs")
    assert codes(checked(folder)) == {"BLOB"}


def test_a_bare_export_holds_no_file_and_says_so(attached, tmp_path) -> None:
    folder = exported(tmp_path / "out", bare=True)
    assert not (folder / "blobs").exists()
    report = checked(folder)
    assert report.findings == []
    assert any("附件" in each.text for each in report.warnings if each.code == "BARE")


def test_a_backup_holds_the_file_and_not_its_key(attached, tmp_path) -> None:
    target = tmp_path / "office.backup"
    assert make_backup(target, KEY).report.findings == []
    payload = Payload(target, KEY)
    assert verified(payload).findings == []
    (told,) = payload.heads("file")
    assert told == {"section": "file", "id": str(attached), "size": len(SCAN)}
    assert not [each for each in payload.heads("table") if each["t"] == "attachments_key"]
    assert SCAN[:40] not in target.read_bytes()


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_backup_of_a_touched_file_is_not_called_good(attached, tmp_path, tamper) -> None:
    tamper(files.path_of(attached))
    with pytest.raises(BackupFault, match="BLOB"):
        make_backup(tmp_path / "office.backup", KEY)
    assert not (tmp_path / "office.backup").exists()
    made = make_backup(tmp_path / "evidence.backup", KEY, despite_findings=True)
    assert codes(made.report) == {"BLOB"}
