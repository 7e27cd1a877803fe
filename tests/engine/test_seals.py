"""Changing the master key: whatever moment a crash chooses, everything opens afterwards."""

import pytest

from baomi.engine import seal_rotation
from baomi.registers.office import models, seals
from tests.factories.deeds import do

PHONE = "010-66001234"


@pytest.fixture
def sealed(office, settings, tmp_path):
    """Somebody with a sealed number, under a master key that the test may change."""
    key = seals.master_key_path().read_bytes()
    mac = (seals.master_key_path().parent / "mac.key").read_bytes()
    settings.BAOMI_HOME = tmp_path
    (tmp_path / "keys").mkdir()
    seals.master_key_path().write_bytes(key)
    (tmp_path / "keys" / "mac.key").write_bytes(mac)
    person = office.readers["研究室"][0]
    do("office.seal_personal_data", office.security_admin, person, phone=PHONE)
    return person


def phone(person) -> str | None:
    return seals.unseal(person, models.Person.objects.get(id=person).phone)


def fresh():
    return seals.master_key_path().with_suffix(".key.new")


def test_after_a_change_the_key_is_another_and_everything_opens(sealed):
    before = seals.master_key_path().read_bytes()
    ciphertext = models.Person.objects.get(id=sealed).phone
    assert seal_rotation.rotate() == models.SubjectKey.objects.count()
    assert seals.master_key_path().read_bytes() != before
    assert models.Person.objects.get(id=sealed).phone == ciphertext
    assert phone(sealed) == PHONE
    assert not fresh().exists()
    assert seals.master_key_path().stat().st_mode & 0o077 == 0


def test_a_crash_before_the_commit_leaves_the_old_key(sealed, monkeypatch):
    before = seals.master_key_path().read_bytes()

    def crash(old, new):
        raise OSError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(seals, "rewrap", crash)
        with pytest.raises(OSError, match="power cut"):
            seal_rotation.rotate()
    assert fresh().exists()
    seal_rotation.finish()
    assert not fresh().exists()
    assert seals.master_key_path().read_bytes() == before
    assert phone(sealed) == PHONE


def test_a_crash_after_the_commit_leaves_the_new_key(sealed, monkeypatch):
    def crash(new, old):
        raise OSError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(seal_rotation, "_swap", crash)
        with pytest.raises(OSError, match="power cut"):
            seal_rotation.rotate()
    new = fresh().read_bytes()
    seal_rotation.finish()
    assert seals.master_key_path().read_bytes() == new
    assert phone(sealed) == PHONE


def test_an_altered_key_is_said_and_changes_nothing(sealed):
    before = seals.master_key_path().read_bytes()
    wrapped = models.SubjectKey.objects.get(subject=sealed).wrapped
    altered = ("B" if wrapped[0] == "A" else "A") + wrapped[1:]
    models.SubjectKey.objects.filter(subject=sealed).update(wrapped=altered)
    with pytest.raises(seals.SealBroken):
        seal_rotation.rotate()
    seal_rotation.finish()
    assert seals.master_key_path().read_bytes() == before


def test_another_persons_ciphertext_does_not_open(sealed, office):
    other = office.readers["研究室"][1]
    do("office.seal_personal_data", office.security_admin, other, phone="010-66005678")
    moved = models.Person.objects.get(id=sealed).phone
    with pytest.raises(seals.SealBroken):
        seals.unseal(other, moved)
