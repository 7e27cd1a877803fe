"""A backup of the living office: one file that verifies, or none."""

import errno
import json
import stat

import pytest

from baomi.engine.backup import dump, make
from baomi.engine.backup.dump import backed_up
from baomi.engine.backup.faults import BackupFault
from baomi.engine.backup.key import key_path, make_key, read_key
from baomi.engine.backup.make import DamagedLedger, make_backup
from baomi.engine.backup.payload import Payload
from baomi.engine.backup.source import verified
from baomi.engine.head import read_head
from baomi.engine.live import live_rows
from baomi.engine.sealer import seal_now
from baomi.kernel.ledger.verify import read_anchor
from tests.factories.deeds import entries
from tests.registers.custody.desk import PAPER

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
KEY = bytes(range(32))


@pytest.fixture
def lived_in(desk, signing):
    """Some deeds, and a checkpoint."""
    _, (copy, *_) = desk.ready()
    desk.give(copy)
    seal_now()
    return desk


@pytest.fixture
def target(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "office.backup"


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def lines(payload: Payload) -> dict:
    return {
        section.head.get("t", section.name): list(section.rows) for section in payload.sections()
    }


def test_it_holds_every_row_and_entry_and_no_secret_beside_the_mac_key(lived_in, target):
    made = make_backup(target, KEY)
    assert made.report.findings == []
    payload = Payload(target, KEY)
    told = lines(payload)
    assert len(told["entries"]) == read_head().size == made.point.size
    for model in backed_up():
        assert len(told[model._meta.db_table]) == model._base_manager.count()
    assert len(list(live_rows())) == sum(
        len(told[head["t"]]) for head in payload.heads("table") if head["imaged"] is not None
    )
    assert told["custody_paper"]
    assert not {"office_session", "runtime_session"} & set(told)
    assert "vkey" not in payload.office


def test_the_file_tells_nothing_to_whoever_has_no_key(lived_in, target):
    made = make_backup(target, KEY)
    octets = target.read_bytes()
    assert len(octets) == made.octets
    assert PAPER["title"].encode() not in octets
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(target.parent) == [target.name]


def test_it_verifies_against_a_note_that_was_carried_away(lived_in, target):
    written = seal_now()
    note = json.loads(entries(written.seq)[0].body)["note"]
    make_backup(target, KEY)
    anchor = read_anchor(note)
    assert verified(Payload(target, KEY), anchors=[anchor]).clean
    other = anchor._replace(root=bytes(32), note=None)
    assert "ANCHOR_ROOT" in verified(Payload(target, KEY), anchors=[other]).counts


def test_nothing_is_overwritten(lived_in, target):
    target.write_text("something else")
    with pytest.raises(BackupFault, match="不会覆盖"):
        make_backup(target, KEY)
    assert target.read_text() == "something else"
    assert names(target.parent) == [target.name]


def test_nothing_is_overwritten_that_came_while_it_was_made(lived_in, target, monkeypatch):
    plain = make.verified

    def come_between(payload):
        target.write_text("something else")
        return plain(payload)

    monkeypatch.setattr(make, "verified", come_between)
    with pytest.raises(BackupFault, match="不会覆盖"):
        make_backup(target, KEY)
    assert target.read_text() == "something else"
    assert names(target.parent) == [target.name]


FAULTS = {
    "full disk": OSError(errno.ENOSPC, "No space left on device"),
    "interrupted": KeyboardInterrupt(),
    "not written through": OSError(errno.EIO, "Input/output error"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("place", ["dump", "verified", "_publish"])
def test_nothing_remains_of_one_that_failed(lived_in, target, monkeypatch, fault, place):
    def fail(*_args, **_named):
        raise fault

    monkeypatch.setattr(make, place, fail)
    with pytest.raises(type(fault)):
        make_backup(target, KEY)
    assert names(target.parent) == []


def test_too_little_room_is_told_before_anything_is_written(lived_in, target, monkeypatch):
    monkeypatch.setattr(make, "_size_of_registers", lambda: 1 << 60)
    with pytest.raises(BackupFault, match="空间不足"):
        make_backup(target, KEY)
    assert names(target.parent) == []


def test_a_stick_that_knows_no_links_takes_it_too(lived_in, target, monkeypatch):
    def refuse(*_args):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(make.os, "link", refuse)
    make_backup(target, KEY)
    assert verified(Payload(target, KEY)).clean
    assert names(target.parent) == [target.name]


def test_an_altered_register_is_not_called_good(lived_in, target, monkeypatch):
    plain = dump._plain
    altered = {PAPER["title"]: "别的标题"}
    monkeypatch.setattr(dump, "_plain", lambda value: altered.get(str(value), plain(value)))
    with pytest.raises(DamagedLedger) as caught:
        make_backup(target, KEY)
    assert "custody_paper" in caught.value.sentence
    assert "别的标题" not in caught.value.sentence
    assert names(target.parent) == []
    made = make_backup(target, KEY, despite_findings=True)
    assert set(made.report.counts) == {"ROW"}
    assert target.exists()


def test_the_key_is_made_once_and_only_its_owner_reads_it(office, settings, tmp_path):
    settings.BAOMI_HOME = tmp_path
    assert make_key()
    key = read_key(key_path())
    assert not make_key()
    assert read_key(key_path()) == key
    assert len(key) == 32
    assert stat.S_IMODE(key_path().stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"abc", b"00" * 31, b"zz" * 32, b"0" * 5000, b"\xff\xfe"])
def test_what_is_no_key_is_refused(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(BackupFault, match="不是备份密钥"):
        read_key(path)
    with pytest.raises(BackupFault, match="读不到"):
        read_key(tmp_path / "none")
