"""What the verifier must not accuse, what it says beside, and what it cannot see."""

import pytest

from baomi.kernel.ledger import verify as v
from tests.kernel.ledger.builder import MAC_KEY, export, write
from tests.kernel.ledger.story import DAY_US, lawful
from tests.kernel.ledger.tampering import (
    ALL_KEYS,
    CURRENT_KEY,
    anchors_of,
    dated_anchor,
    edit_current_epoch,
    evidence,
    extra_deed,
    hidden,
    restored,
    rewritten,
    rows_of,
)

HOUR_US = DAY_US // 24


@pytest.mark.parametrize("alg", [1, 2])
@pytest.mark.parametrize("seed", range(15))
def test_lawful_ledger_is_never_accused(alg, seed, tmp_path) -> None:
    story = lawful(alg, seed)
    ledger = write(story)
    outside = {
        "anchors": [dated_anchor(ledger, size) for size in ledger.kept],
        "receipts": [ledger.receipt(seq) for seq in range(0, len(ledger.log), 7)],
        "first_vkey": ledger.first,
    }
    ledger.is_live = True
    assert evidence(story, ledger, mac_key=MAC_KEY, **outside).verified().findings == []
    ledger.is_live = False
    full = v.ExportFolder(export(ledger, tmp_path / "full"))
    bare = v.ExportFolder(export(ledger, tmp_path / "bare", bare=True))
    for source, fast in ((full, False), (full, True), (bare, False), (bare, True)):
        report = evidence(story, source, **outside).verified(fast=fast)
        assert report.findings == []
        assert report.clean
        assert report.size == len(ledger.log)
        assert report.last_sealed_us == ledger.log[max(ledger.kept)].columns["time_us"]


def test_bare_export_carries_no_word_of_the_deeds_and_says_so(tmp_path) -> None:
    story = lawful(1)
    folder = export(write(story), tmp_path, bare=True)
    report = v.verify(v.ExportFolder(folder), now_us=story.now_us)
    assert [w.code for w in report.warnings] == ["BARE"]
    assert list(v.lines_of(report))[-1] == "CLEAN"


def test_bare_export_still_shows_a_rewritten_chain(tmp_path) -> None:
    story = lawful(1)
    folder = export(rewritten(story, CURRENT_KEY, hidden), tmp_path, bare=True)
    report = v.verify(v.ExportFolder(folder), now_us=story.now_us)
    assert "CKPT_ROOT" in report.counts


def test_bare_export_without_the_body_of_a_key_is_found(tmp_path) -> None:
    story = lawful(1)
    folder = export(write(story), tmp_path, bare=True)
    lines = (folder / "log.jsonl").read_text().splitlines(keepends=True)
    seq = [deed.kind for deed in story.deeds].index("ledger.key")
    shut = lines[seq].split(',"salt"')[0] + ',"salt":null,"body":null}\n'
    (folder / "log.jsonl").write_text("".join([*lines[:seq], shut, *lines[seq + 1 :]]))
    report = v.verify(v.ExportFolder(folder), now_us=story.now_us)
    assert [(f.code, f.seq) for f in report.findings if f.code == "ERASED"] == [("ERASED", seq)]


def test_newest_entry_cut_without_any_receipt_cannot_be_seen() -> None:
    story = lawful(1)
    report = evidence(story, write(rows_of(story, 1)), anchors=anchors_of(write(story))).verified()
    assert report.clean


def test_history_rewritten_with_every_key_cannot_be_seen_without_an_anchor() -> None:
    story = lawful(1)
    assert evidence(story, rewritten(story, ALL_KEYS, hidden)).verified().clean
    assert evidence(story, rewritten(story, CURRENT_KEY, edit_current_epoch)).verified().clean


def test_old_backup_cannot_be_seen_without_an_anchor() -> None:
    story = lawful(1)
    assert evidence(story, write(rows_of(story, 30))).verified().clean


def test_entry_appended_behind_the_program_is_seen_only_with_the_mac_key() -> None:
    story = lawful(1)
    story.deeds.append(extra_deed(story))
    ledger = write(story)
    ledger.is_live = True
    ledger.log[-1].mac = bytes(32)
    assert evidence(story, ledger).verified().clean
    report = evidence(story, ledger, mac_key=MAC_KEY).verified()
    assert [(f.code, f.seq) for f in report.findings] == [("MAC", len(story.deeds) - 1)]


def test_export_has_no_macs_and_says_so_when_a_key_is_given() -> None:
    story = lawful(1)
    report = evidence(story, write(story), mac_key=MAC_KEY).verified()
    assert report.clean
    assert [w.code for w in report.warnings] == ["MAC_NONE"]


def test_stale_seal_is_a_remark_until_an_age_is_demanded() -> None:
    story = lawful(1)
    found = evidence(story, write(story))
    found.now_us = story.now_us + 27 * HOUR_US
    report = found.verified()
    assert report.clean
    assert list(v.lines_of(report))[-1].startswith("CLEAN, last sealed 2026-")
    found.max_age_hours = 28
    assert found.verified().warnings == []
    found.max_age_hours = 27
    assert list(v.lines_of(found.verified()))[-1] == "1 FINDINGS"


def test_unsealed_young_log_is_clean_and_last_sealed_never() -> None:
    story = lawful(1)
    story.deeds = story.deeds[:1]
    story.live, story.blobs, story.redacted = {}, {}, set()
    report = evidence(story, write(story)).verified()
    assert list(v.lines_of(report))[-1] == "CLEAN, last sealed never"


def test_demonstration_office_says_so_first_and_may_run_ahead_of_time() -> None:
    story = lawful(1, demo=True)
    found = evidence(story, write(story))
    for now_us in (story.now_us - 300 * DAY_US, story.now_us + 300 * DAY_US):
        found.now_us = now_us
        lines = list(v.lines_of(found.verified()))
        assert (lines[0], lines[-1]) == ("DEMO", "CLEAN")


@pytest.mark.parametrize(("slow_by", "clean"), [(200_000_000, True), (400_000_000, False)])
def test_verifying_computer_may_be_five_minutes_slow(slow_by, clean) -> None:
    story = lawful(1)
    ledger = write(story)
    found = evidence(story, ledger)
    found.now_us = ledger.told.last_time_us - slow_by
    assert found.verified().clean is clean


def test_declared_restore_is_told_for_ever_and_is_no_finding() -> None:
    found = restored(lawful(1))
    _, back, lost = found.anchors
    report = found.verified()
    assert report.findings == []
    assert list(v.lines_of(report))[-2:] == [f"DECLARED LOSS {lost.size - back.size}", "CLEAN"]


def test_anchor_dated_to_the_minute_spans_that_minute() -> None:
    story = lawful(1)
    ledger = write(story)
    size = max(ledger.kept)
    note = ledger.kept[size].decode()
    time_us = ledger.log[size].columns["time_us"]
    minute = v.shown_time(time_us)[:16].replace(" ", "T")
    assert evidence(story, ledger, anchors=[v.read_anchor(note, minute)]).verified().clean
    day_before = v.shown_time(time_us - DAY_US)[:10]
    late = evidence(story, ledger, anchors=[v.read_anchor(note, day_before)]).verified()
    assert set(late.counts) == {"ANCHOR_TIME"}


def test_paper_anchor_is_read_from_groups_of_hex_digits() -> None:
    story = lawful(2)
    ledger = write(story)
    root = ledger.told.root.hex()
    groups = " ".join(root[at : at + 4] for at in range(0, 64, 4))
    paper = f"bm.local/{ledger.told.log_id}\n{ledger.told.size}\n{groups}\n"
    assert v.read_anchor(paper).root == ledger.told.root
    wrong = paper.replace(groups, groups[:-1] + ("0" if groups[-1] != "0" else "1"))
    found = evidence(story, ledger, anchors=[v.read_anchor(paper), v.read_anchor(wrong)])
    assert set(found.verified().counts) == {"SPLIT", "ANCHOR_ROOT"}


def test_many_findings_are_counted_but_not_all_kept() -> None:
    story = lawful(1)
    ledger = write(story)
    ledger.live.extend(v.Row("copy", f"x{n}", {}) for n in range(1000))
    report = evidence(story, ledger).verified()
    assert report.total == 1000
    assert len(report.findings) == v.SHOWN_PER_CODE
    assert list(v.lines_of(report))[-2:] == [
        "ROW_EXTRA - 另有 800 处没有逐一列出。",
        "1000 FINDINGS",
    ]


def test_gap_of_more_than_4096_entries_without_a_seal_is_found_once() -> None:
    story = lawful(1)
    for _ in range(v.LARGEST_GAP):
        story.add("ledger.tick", {})
    report = evidence(story, write(story)).verified()
    assert report.counts == {"CKPT_GAP": 1}


def test_findings_quote_no_value_of_any_row() -> None:
    story = lawful(1)
    ledger = write(story)
    ledger.live = [row._replace(row={**row.row, "name": "某绝密标题"}) for row in ledger.live]
    text = "\n".join(v.lines_of(evidence(story, ledger).verified()))
    assert "ROW" in text
    assert "标题" not in text
