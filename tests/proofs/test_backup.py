"""Backups made under load, each restored into an empty home: clean, and the loss told exactly."""

import subprocess
import sys

import pytest

from baomi.kernel.ledger import verify as verifier
from tests.proofs.child import PLAN
from tests.proofs.conftest import Home, drop_database, make_database

IN_CI = 3
# what is done to the closed ledger of a restored office, and what must be said
FOUND = {
    "all gone": "FORK",
    "newest gone": "FORK",
    "body edited": "BODY",
    "actor's column edited": "COLUMN",
    "another ledger's entry (T61)": "LOGID",
    "one entry more": "FORK",
}


@pytest.fixture
def empty_home(tmp_path):
    """Make empty homes; their databases do not stay."""
    made: list[Home] = []

    def make(name: str) -> Home:
        made.append(Home(tmp_path / name, make_database()))
        return made[-1]

    yield make
    for each in made:
        drop_database(each.database)


@pytest.fixture
def taken_away(tmp_path):
    """Where the backups are carried to."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def restored(home, empty_home, taken_away, monkeypatch, count, seed):
    told = home.run("backing_up", count, seed, taken_away)
    assert told["findings"] == []
    assert len(told["sizes"]) == count
    assert told["sizes"][-1] > told["sizes"][0], "nobody was at work"
    monkeypatch.setenv("OFFICE_PLAN", (home.folder / PLAN).read_text("utf-8"))
    for number, size in enumerate(told["sizes"]):
        place = empty_home(f"home-{number}")
        found = place.run("restoring", taken_away, number)
        assert found["findings"] == []
        assert found["size"] == size
        assert found["declared"] == told["end"] - size
        assert found["lost"] == ([[size, told["end"] - 1]] if told["end"] > size else [])
        assert found["missing"] == []
        assert found["same_receipt"]
        assert found["broken_paths"] == []
        assert found["findings_after"] == []
        for attack, code in FOUND.items() if number == 0 else ():
            assert code in found["tampered"][attack], (attack, found["tampered"])
        verified_alone(place, taken_away, told["end"] - size)
        yield found


def verified_alone(place, taken_away, loss) -> None:
    """The export, by the verifier that needs nothing of the program."""
    exported = place.folder / "log" / "bare"
    note = taken_away / "note"
    done = subprocess.run(
        [sys.executable, verifier.__file__, str(exported), "--anchor", str(note)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-2:] == [f"DECLARED LOSS {loss}", "CLEAN"]


def test_backups_under_load_are_restored(home, empty_home, taken_away, monkeypatch, keep_figures):
    found = list(restored(home, empty_home, taken_away, monkeypatch, IN_CI, 20250303))
    keep_figures({"acknowledged": found[-1]["acknowledged"]})
    assert found[-1]["acknowledged"] > 0


@pytest.mark.nightly
def test_twenty_backups_under_load_are_restored(home, empty_home, taken_away, monkeypatch):
    assert len(list(restored(home, empty_home, taken_away, monkeypatch, 20, 7))) == 20
