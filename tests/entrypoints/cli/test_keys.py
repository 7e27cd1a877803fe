"""A new master key for the sealed columns: nothing is lost, wherever it is interrupted."""

from uuid import uuid4

import pytest

from baomi.engine import seal_rotation
from baomi.registers.office import seals

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

TEXT = "13900001234"


class PowerFailure(BaseException):
    """The process ends here."""


@pytest.fixture
def sealed(office):
    """A subject with a sealed text; the master key on the disk is put back afterwards."""
    path = seals.master_key_path()
    before = path.read_bytes()
    subject = uuid4()
    yield subject, seals.seal(subject, TEXT)
    path.write_bytes(before)
    path.with_suffix(".key.new").unlink(missing_ok=True)


def test_the_key_is_another_one_and_the_text_the_same(sealed, baomi):
    before = seals.master_key_path().read_bytes()
    ran = baomi("keys", "rotate-seal", "--as", "system_admin", "--json")
    assert ran.data == {"rewrapped": 1}
    assert seals.master_key_path().read_bytes() != before
    assert seals.master_key_path().stat().st_mode & 0o777 == 0o600
    assert seals.unseal(*sealed) == TEXT


def test_only_the_system_administrator_may(sealed, baomi):
    before = seals.master_key_path().read_bytes()
    ran = baomi("keys", "rotate-seal", "--as", "registrar")
    assert ran.code == 3
    assert "系统管理员" in ran.err
    assert seals.master_key_path().read_bytes() == before


def test_interrupted_before_the_rows_are_wrapped(sealed, monkeypatch):
    def fails(old, new):
        raise PowerFailure

    with monkeypatch.context() as patch, pytest.raises(PowerFailure):
        patch.setattr(seals, "rewrap", fails)
        seal_rotation.rotate()
    assert seals.master_key_path().with_suffix(".key.new").exists()
    seal_rotation.finish()
    assert not seals.master_key_path().with_suffix(".key.new").exists()
    assert seals.unseal(*sealed) == TEXT


def test_interrupted_before_the_files_are_swapped(sealed, monkeypatch):
    def fails(fresh, path):
        raise PowerFailure

    with monkeypatch.context() as patch, pytest.raises(PowerFailure):
        patch.setattr(seal_rotation, "_swap", fails)
        seal_rotation.rotate()
    with pytest.raises(seals.SealBroken):
        seals.unseal(*sealed)
    seal_rotation.finish()
    assert seals.unseal(*sealed) == TEXT


@pytest.mark.parametrize("half", [b"", b"half", bytes(32)], ids=["empty", "half", "other"])
def test_a_file_that_opens_nothing_is_removed(sealed, half):
    fresh = seals.master_key_path().with_suffix(".key.new")
    fresh.write_bytes(half)
    seal_rotation.finish()
    assert not fresh.exists()
    assert seals.unseal(*sealed) == TEXT
