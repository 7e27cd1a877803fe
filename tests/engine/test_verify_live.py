"""Live verification: against notes and receipts kept outside, and what it says of the schema."""

import json

import pytest
from django.db import connection

from baomi.engine import verify_schema
from baomi.engine.head import read_head
from baomi.engine.live import LiveLedger
from baomi.engine.pen import NotFounded
from baomi.engine.sealer import seal_now
from baomi.engine.verify_live import verify_live
from baomi.kernel.ledger.verify import read_anchor, read_receipt
from tests.factories.deeds import do, entries, size


@pytest.fixture
def sealed(desk, signing):
    """The newest note, as it was carried away."""
    written = seal_now()
    return json.loads(entries(written.seq)[0].body)["note"]


def test_clean_with_its_own_note_receipt_and_first_key(desk, sealed):
    receipt = do("office.add_unit", desk.office.security_admin, name="新设处")
    report = verify_live(
        anchors=[read_anchor(sealed)],
        receipts=[read_receipt(receipt.text)],
        first_vkey=LiveLedger().vkey,
    )
    assert report.findings == []
    assert report.demo
    assert report.size == size()


def test_a_receipt_of_another_history_is_found(desk, sealed):
    receipt = do("office.add_unit", desk.office.security_admin, name="新设处")
    false = read_receipt(f"{receipt.seq}:{'0' * 16}")
    beyond = read_receipt(f"{receipt.seq + 5}:{'0' * 16}")
    assert set(verify_live(receipts=[false]).counts) == {"RECEIPT"}
    assert set(verify_live(receipts=[beyond]).counts) == {"RECEIPT"}


def test_a_note_of_a_longer_history_is_found(desk, sealed):
    anchor = read_anchor(sealed)
    longer = anchor._replace(size=size() + 10, note=None)
    other = anchor._replace(root=bytes(32), note=None)
    assert "ANCHOR_SIZE" in verify_live(anchors=[longer]).counts
    assert "ANCHOR_ROOT" in verify_live(anchors=[other]).counts


def test_another_first_key_is_found(desk, sealed):
    false = LiveLedger().vkey[:-4] + "AAA="
    assert "GENESIS" in verify_live(first_vkey=false).counts


def test_verifying_writes_nothing(desk, sealed):
    before = read_head()
    verify_live()
    after = read_head()
    assert (after.size, after.last_leaf) == (before.size, before.last_leaf)


def test_an_empty_folder_is_not_founded(db, settings, tmp_path, monkeypatch):
    settings.BAOMI_HOME = tmp_path
    monkeypatch.setattr("baomi.engine.verify_live.read_row", lambda: None)
    monkeypatch.setattr("baomi.engine.live.read_row", lambda: None)
    with pytest.raises(NotFounded):
        verify_live()
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "mac.key").touch()
    assert set(verify_live().counts) == {"GENESIS"}


if connection.vendor == "sqlite":

    def test_what_the_schema_is_compared_with_is_made_once(schema_known, desk):
        assert verify_schema.EXPECTED not in connection.settings_dict
        expected = verify_schema.expected_objects()
        assert expected is verify_schema.expected_objects()
        assert ("table", "ledger_entry") in expected
        assert ("trigger", "ledger_head_no_delete") in expected
