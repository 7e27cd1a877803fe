"""The start-up check in this process; broken configurations stand in tests/proofs/test_start."""

from pathlib import Path

import pytest
from django.db import connection

from baomi.engine import checks, tables
from baomi.kernel.clock import clock
from baomi.kernel.sqlite_versions import wal_is_safe
from tests.factories.office import NOW_US

DAY_US = 24 * 3600 * 1_000_000


def test_a_sound_office_says_what_is_in_force(office):
    sentence = checks.check_start().sentence()
    assert sentence.startswith("数据库：")
    assert "日志方式：" in sentence
    assert "落盘：" in sentence


def test_everything_wrong_is_said_at_once(office, settings):
    settings.DEBUG = True
    with connection.cursor() as cursor:
        for table in tables.APPEND_ONLY:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {table}_no_update{on}")
    with pytest.raises(checks.UnsafeStart) as unsafe, clock.standing_at(NOW_US):
        checks.check_start()
    assert len(unsafe.value.sentences) == 1 + len(tables.APPEND_ONLY)
    assert str(unsafe.value) == " ".join(unsafe.value.sentences)


def test_a_clock_a_little_behind_is_entered_and_not_refused(desk):
    desk.ready()
    with clock.standing_at(NOW_US - DAY_US // 2):
        checks.check_start()
    with pytest.raises(checks.UnsafeStart, match="时钟"), clock.standing_at(NOW_US - 2 * DAY_US):
        checks.check_start()


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_which_sqlite_may_use_wal(version, is_safe):
    assert wal_is_safe(version) is is_safe


@pytest.mark.parametrize(
    ("mounts", "path", "kind"),
    [
        ("/dev/a / ext4 rw 0 0\n", "/srv/office.db", "ext4"),
        ("/dev/a / ext4 rw 0 0\nx:/s /srv nfs rw 0 0\n", "/srv/office.db", "nfs"),
        ("/dev/a / ext4 rw 0 0\nx:/s /srv nfs rw 0 0\n", "/srv2/office.db", "ext4"),
        ("x:/s /srv nfs rw 0 0\n/dev/b /srv/local xfs rw 0 0\n", "/srv/local/o.db", "xfs"),
    ],
    ids=["root", "share", "name_begins_alike", "disc_in_a_share"],
)
def test_the_innermost_mount_counts(monkeypatch, tmp_path, mounts, path, kind):
    told = tmp_path / "mounts"
    told.write_text(mounts, encoding="utf-8")
    monkeypatch.setattr(checks, "MOUNTS", told)
    assert checks._file_system(Path(path)) == kind


def test_without_a_list_of_mounts_nothing_is_claimed(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "MOUNTS", tmp_path / "none")
    assert checks._file_system(tmp_path) == ""
