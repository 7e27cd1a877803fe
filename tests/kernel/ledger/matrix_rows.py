"""Tamperings with live rows, files, the head and the files beside the log."""

from __future__ import annotations

from tests.kernel.ledger.builder import write
from tests.kernel.ledger.story import Story
from tests.kernel.ledger.tampering import (
    Evidence,
    case,
    evidence,
    rows_of,
)


@case("T26 head's root edited", "HEAD")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.told = ledger.told._replace(root=bytes(32))
    return evidence(story, ledger)


@case("T26b head's newest leaf edited", "HEAD", live=True)
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.told = ledger.told._replace(last_leaf=bytes(32))
    return evidence(story, ledger)


@case("T26c head says demonstration", "HEAD")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.told = ledger.told._replace(demo=True)
    return evidence(story, ledger)


@case("T28 row edited", "ROW")
def _(story: Story) -> Evidence:
    ledger = write(story)
    row = ledger.live[0]
    ledger.live[0] = row._replace(row={**row.row, "ver": 99})
    return evidence(story, ledger)


@case("T29 row deleted", "ROW")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.live.pop()
    return evidence(story, ledger)


@case("T30 row added", "ROW_EXTRA")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.live.append(ledger.live[0]._replace(id="c-more"))
    return evidence(story, ledger)


@case("T30b row doubled", "ROW_EXTRA")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.live.append(ledger.live[0])
    return evidence(story, ledger)


@case("T31 row rolled back to an earlier true state", "ROW")
def _(story: Story) -> Evidence:
    earlier = {(r.t, r.id): r for r in write(rows_of(story, 30)).live}
    ledger = write(story)
    at = next(n for n, r in enumerate(ledger.live) if r != earlier.get((r.t, r.id), r))
    ledger.live[at] = earlier[ledger.live[at][:2]]
    return evidence(story, ledger)


@case("T32 file replaced", "BLOB")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.files[0] = ledger.files[0]._replace(sha256="0" * 64)
    return evidence(story, ledger)


@case("T33 file deleted", "BLOB")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.files.pop()
    return evidence(story, ledger)


@case("T33b file added", "BLOB")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.files.append(ledger.files[0])
    return evidence(story, ledger)


@case("T65 file of a checkpoint missing", "CKPT_GAP")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.kept.popitem()
    return evidence(story, ledger)


@case("T66 file of a checkpoint that the log does not have", "CKPT_SIG")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.kept[1] = next(iter(ledger.kept.values()))
    return evidence(story, ledger)


@case("T67 file of a checkpoint altered", "CKPT_SIG")
def _(story: Story) -> Evidence:
    ledger = write(story)
    size = next(iter(ledger.kept))
    ledger.kept[size] = ledger.kept[size].replace(b"\n", b" \n", 1)
    return evidence(story, ledger)
