"""The signing key: made once, read by its owner only."""

import errno
import os
from pathlib import Path

import pytest

from baomi.config.keys import KEY_FILE, KeyFileError, secret_key


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "keys").mkdir()
    return tmp_path


def test_it_is_made_once_and_kept(home: Path):
    assert secret_key(home) == secret_key(home)
    assert (home / "keys" / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (home / "keys").iterdir()] == [KEY_FILE]


def test_an_office_not_yet_set_up_gets_no_folder(tmp_path: Path):
    assert secret_key(tmp_path) != secret_key(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_key_open_to_others_is_refused(home: Path):
    secret_key(home)
    (home / "keys" / KEY_FILE).chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        secret_key(home)


def test_an_empty_key_is_refused(home: Path):
    (home / "keys" / KEY_FILE).touch(mode=0o600)
    with pytest.raises(KeyFileError, match="空的"):
        secret_key(home)


def test_with_a_full_disk_an_office_can_still_be_read(home: Path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert len(secret_key(home)) >= 48
        assert list((home / "keys").iterdir()) == []
    assert secret_key(home) == secret_key(home)


def test_another_fault_of_the_disk_is_not_passed_over(home: Path, monkeypatch):
    def broken(_handle):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        secret_key(home)
    assert list((home / "keys").iterdir()) == []
