"""Killed while files are attached and while they are backed up; restored, they are the same."""

import pytest

from tests.proofs.conftest import Home, drop_database, make_database


@pytest.fixture
def empty_home(tmp_path):
    home = Home(tmp_path / "restored", make_database())
    yield home
    drop_database(home.database)


def prove(home, empty_home, folder, kills: int, seed: int) -> dict:
    folder.mkdir()
    told = home.run("attaching", kills, seed, folder)
    assert (told["lost"], told["untrue"], told["bad_backups"]) == (0, 0, 0)
    assert told["swept_all_and_only_orphans"]
    assert (told["findings"], told["backup_findings"]) == ([], 0)
    # the proof must have met what it speaks of
    assert told["attached"] > 0
    assert told["orphans"] > 0
    found = empty_home.run("restoring_files", folder)
    assert found["findings"] == []
    assert found["restored"] == told["attached"]
    assert found["same_octets"]
    assert found["files"]
    return told


def test_killed_while_attaching_and_restored(home, empty_home, tmp_path, keep_figures):
    keep_figures(prove(home, empty_home, tmp_path / "stick", 12, 20250303))


@pytest.mark.nightly
def test_killed_while_attaching_a_hundred_times(home, empty_home, tmp_path):
    prove(home, empty_home, tmp_path / "stick", 100, 7)
