"""The sealer signs what the service wrote and nothing else; each month has a key of its own."""

import json
from datetime import date

import pytest
from django.db import connection

from baomi.engine import sealer, tables
from baomi.engine.head import read_head
from baomi.engine.live import LiveLedger
from baomi.engine.verify_live import verify_live
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.ledger.checkpoint import parse_checkpoint, parse_note, parse_vkey
from tests.factories.deeds import do, entries, size
from tests.factories.office import NOW_US, TODAY

MINUTE_US = 60_000_000
DAY_US = 24 * 60 * MINUTE_US


def note_of(seq: int):
    return parse_note(json.loads(entries(seq)[0].body)["note"])


def rename(desk) -> None:
    do("office.add_unit", desk.office.security_admin, name=f"第{size()}处")


def test_the_note_tells_size_and_root_and_is_signed_by_the_key_in_force(desk, signing):
    sealer.seal_now()  # the office was founded in January: a new month's key comes first
    before = read_head()
    written = sealer.seal_now()
    assert written.seq == before.size
    assert entries(written.seq)[0].kind == "ledger.checkpoint"
    note = note_of(written.seq)
    checkpoint = parse_checkpoint(note.text)
    assert (checkpoint.size, checkpoint.root) == (before.size, before.frontier.root())
    assert [note.signed_by(parse_vkey(key)) for key in introduced()] == [False, True]


def introduced() -> list[str]:
    keys_told = [json.loads(e.body)["vkey"] for e in entries() if e.kind == "ledger.key"]
    return [LiveLedger().vkey, *keys_told]


def test_a_new_month_has_a_new_key_and_the_old_one_is_destroyed(desk, signing):
    sealer.seal_now()
    before = sorted(path.name for path in signing.glob("*.key"))
    assert len(before) == 1
    old = (signing / before[0]).read_bytes()
    with clock.standing_at(instant_on(TODAY.replace(month=4), 9)):
        written = sealer.seal_now()
    key, checkpoint = entries(written.seq - 1)
    assert (key.kind, checkpoint.kind) == ("ledger.key", "ledger.checkpoint")
    # the old key still signs what introduces the new one
    assert note_of(written.seq).signed_by(parse_vkey(introduced()[-2]))
    assert not note_of(written.seq).signed_by(parse_vkey(introduced()[-1]))
    after = sorted(path.name for path in signing.glob("*.key"))
    assert len(after) == 1
    assert after != before
    assert old not in [path.read_bytes() for path in signing.glob("*")]
    with clock.standing_at(instant_on(TODAY.replace(month=4), 10)):
        following = sealer.seal_now()
        assert note_of(following.seq).signed_by(parse_vkey(introduced()[-1]))
        assert verify_live().findings == []


def test_a_clock_that_was_set_back_is_entered_before_the_head_is_signed(desk, signing):
    with clock.standing_at(instant_on(date(2026, 3, 2), 9)):
        rename(desk)
    with clock.standing_at(instant_on(date(2025, 3, 3), 9)):
        sealer.seal_now()
        assert [entry.kind for entry in entries()][-2:] == ["clock.step", "ledger.checkpoint"]
        assert not [each.line() for each in verify_live().findings if "CKPT" in each.line()]


def test_nothing_is_signed_over_an_entry_with_a_wrong_mac(desk, signing):
    rename(desk)
    seq = size() - 1
    with connection.cursor() as cursor:
        on = " ON ledger_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(
            f"DROP TRIGGER {tables.trigger_names('ledger_entry', connection.vendor)[0]}{on}"
        )
        cursor.execute("UPDATE ledger_entry SET mac = %s WHERE seq = %s", [bytes(32), seq])
    with pytest.raises(sealer.SealRefused) as refused:
        sealer.seal_now()
    assert refused.value.seq == seq
    assert f"第 {seq} 条" in str(refused.value)
    assert size() == seq + 1


def test_without_the_key_nothing_is_signed(desk, signing):
    sealer.seal_now()
    for path in signing.glob("*.key"):
        path.unlink()
    before = size()
    assert not sealer.can_seal()
    with pytest.raises(sealer.NoSigningKey):
        sealer.seal_now()
    assert size() == before


class TestWhenDue:
    """After 64 entries, ten minutes or a quiet day, whichever comes first."""

    @pytest.fixture(autouse=True)
    def sealed(self, desk, signing):
        assert sealer.seal_when_due() is not None

    def test_not_again_at_once(self):
        assert sealer.seal_when_due() is None

    def test_not_for_one_deed_within_ten_minutes(self, desk):
        rename(desk)
        assert sealer.seal_when_due() is None
        with clock.standing_at(NOW_US + 11 * MINUTE_US):
            assert sealer.seal_when_due() is not None

    def test_not_for_no_deed_before_a_day(self):
        with clock.standing_at(NOW_US + 11 * MINUTE_US):
            assert sealer.seal_when_due() is None
        with clock.standing_at(NOW_US + DAY_US + MINUTE_US):
            assert sealer.seal_when_due() is not None

    def test_at_once_for_sixty_four(self, desk):
        for _ in range(sealer.MOST_UNSEALED - 1):
            rename(desk)
        assert sealer.seal_when_due() is None
        rename(desk)
        assert sealer.seal_when_due() is not None
