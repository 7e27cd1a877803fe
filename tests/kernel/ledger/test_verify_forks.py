"""A ledger restored from a backup: the loss is told for ever, and nothing else is."""

import shutil

import pytest

from baomi.kernel.ledger import verify as v
from tests.kernel.ledger.builder import MAC_KEY, export, write
from tests.kernel.ledger.forks import Fork, fork, fork_of_a_fork
from tests.kernel.ledger.tampering import evidence

MADE = {"once": fork, "twice": fork_of_a_fork}


def lines(made: Fork, source, **outside) -> list[str]:
    return list(v.lines_of(evidence(made.story, source, **outside).verified()))


@pytest.mark.parametrize("alg", [1, 2])
@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_restored_office_is_clean_and_tells_its_loss(make, alg, tmp_path) -> None:
    made = make(alg, 1)
    ledger = made.written()
    told = [f"DECLARED LOSS {made.loss}", "CLEAN"]
    ledger.is_live = True
    assert lines(made, ledger, anchors=made.anchors(), mac_key=MAC_KEY) == told
    ledger.is_live = False
    full = v.ExportFolder(export(ledger, tmp_path / "full"))
    assert lines(made, full, anchors=made.anchors()) == told
    bare = v.ExportFolder(export(ledger, tmp_path / "bare", bare=True))
    assert lines(made, bare, anchors=made.anchors())[-2:] == told


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_first_key_of_any_of_its_ledgers_certifies(make) -> None:
    made = make(1, 1)
    ledger = made.written()
    for each in (*ledger.closed, ledger):
        assert evidence(made.story, ledger, first_vkey=each.first).verified().clean
        false = each.first[:-4] + ("AAA=" if not each.first.endswith("AAA=") else "BBB=")
        assert not evidence(made.story, ledger, first_vkey=false).verified().clean


def test_slips_of_every_time_are_borne_out_and_those_of_the_lost_are_remarked() -> None:
    made = fork(1, 1)
    ledger, whole = made.written(), made.full[0]
    kept = len(ledger.closed[0].log)
    good = [*(ledger.closed[0].receipt(n) for n in (0, 5, 9)), ledger.receipt(5)]
    assert evidence(made.story, ledger, receipts=good).verified().clean
    report = evidence(made.story, ledger, receipts=[whole.receipt(kept + 1)]).verified()
    assert report.clean
    assert [warning.code for warning in report.warnings] == ["RECEIPT_LOST"]


def test_old_ledger_left_out_is_remarked(tmp_path) -> None:
    made = fork(1, 1)
    folder = export(made.written(), tmp_path)
    shutil.rmtree(folder / "earlier")
    report = evidence(made.story, v.ExportFolder(folder)).verified()
    assert report.findings == []
    assert [warning.code for warning in report.warnings] == ["FORK"]
    assert list(v.lines_of(report))[-2:] == [f"DECLARED LOSS {made.loss}", "CLEAN"]


def test_old_ledger_that_no_genesis_names_is_found() -> None:
    made = fork(1, 1)
    stranger = write(made.closed[0])
    stranger.closed = [made.written()]
    assert "FORK" in evidence(made.story, stranger).verified().counts


def test_abandoned_ledger_can_be_declared() -> None:
    """The same backup restored a second time: the life between was lost as a whole."""
    between = fork(1, 1)
    anchors = [v.read_anchor(note.decode()) for note in write(between.story).kept.values()]
    assert set(_again(between, []).counts) == {"LOGID"}
    last = anchors[-1]
    declared = {"log_id": between.story.log_id.hex, "size": last.size, "root": last.root.hex()}
    report = _again(between, [declared])
    assert report.findings == []
    assert report.declared_loss == between.loss + last.size


def _again(between: Fork, more: list) -> v.Report:
    beyond = [{"size": each.size, "root": each.root.hex()} for each in between.lost]
    again = fork(1, 1, anchors=[*beyond, *more])
    again.story.seed += 500
    again.story.deeds[0].body |= {
        "origin": f"bm.local/{again.story.log_id.hex}",
        "vkey": again.story.public(1).text(),
    }
    notes = [v.read_anchor(note.decode()) for note in write(between.story).kept.values()]
    return evidence(again.story, again.written(), anchors=[*between.anchors(), *notes]).verified()


def test_finding_in_a_closed_ledger_says_so() -> None:
    made = fork(1, 1)
    ledger = made.written()
    ledger.closed[0].log[9].salt = bytes(16)
    report = evidence(made.story, ledger).verified()
    assert [(f.code, f.seq) for f in report.findings] == [("BODY", 9)]
    assert report.findings[0].text.startswith("旧账 ")


def test_later_ledger_may_order_the_destruction_of_a_body_in_a_closed_one() -> None:
    made = fork(1, 1)
    old = made.closed[0]
    covered = {at for at in range(len(old.deeds)) if old.deeds[at].kind == "copy.transfer"}
    seq = min(covered - set(old.imaged_at.values()) - old.redacted)
    old.redacted.add(seq)
    assert set(evidence(made.story, made.written()).verified().counts) == {"ERASED"}
    order = {"number": "1", "date": "2026-09-21", "persons": ["a", "b"]}
    body = {"log_id": old.log_id.hex, "seqs": [seq], "order": order}
    made.story.add("ledger.redact", body)
    assert evidence(made.story, made.written()).verified().findings == []
