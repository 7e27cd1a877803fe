"""A proof that was shown once is not lost unseen."""

import json

import pytest

from baomi.engine import proof
from baomi.kernel.clock import clock
from tools import coverage

GUARD = "GZ2.3.1b/reader_is_in_the_circle"


def line(outcome: str, door: str) -> str:
    seen = {"kind": "guard", "control": GUARD, "outcome": outcome, "door": door}
    return json.dumps({**seen, "action": "custody.hand_over_copy", "test": "t"})


@pytest.fixture
def reference(tmp_path, monkeypatch):
    """A coverage file of the test's own."""
    path = tmp_path / "coverage.json"
    monkeypatch.setattr(proof, "coverage_file", lambda: path)
    monkeypatch.setattr(coverage, "coverage_file", lambda: path)
    proof.last_run.cache_clear()
    yield path
    proof.last_run.cache_clear()


def observed(tmp_path, *outcomes: str) -> str:
    path = tmp_path / f"{'-'.join(outcomes)}.jsonl"
    lines = [line(each, door) for each in outcomes for door in proof.DOORS]
    path.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
    return str(path)


def test_a_lost_proof_is_told_and_nothing_is_written(reference, tmp_path, capsys):
    assert coverage.main([observed(tmp_path, "passed", "refused")]) == 0
    before = reference.read_text()
    proof.last_run.cache_clear()
    assert coverage.main([observed(tmp_path, "passed")]) == 1
    assert "不再得到证明：GZ2.3.1b guard reader_is_in_the_circle" in capsys.readouterr().out
    assert reference.read_text() == before
    assert coverage.main([observed(tmp_path, "passed"), "--accept"]) == 0
    assert reference.read_text() != before


def test_without_observations_nothing_is_written(reference, tmp_path):
    assert coverage.main([]) == 1
    assert not reference.exists()


def test_the_day_of_the_run_is_kept_and_can_be_given(reference, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225599")  # 2025-12-31 in London, New Year here
    assert coverage.main([observed(tmp_path, "passed")]) == 0
    proof.last_run.cache_clear()
    assert proof.last_run().day == "2026-01-01"
    before = reference.read_text()
    assert coverage.main([observed(tmp_path, "passed")]) == 0
    assert reference.read_text() == before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    with clock.standing_at(0):
        assert coverage.run_day() > "2026-01-01"
