"""What is known to lie beyond a backup: the checkpoints that were carried away later.

What a restored office lost is declared in its new genesis, for ever; what is not declared stays a
finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baomi.engine.backup.faults import BackupFault
from baomi.engine.backup.fill import is_older
from baomi.engine.backup.payload import Payload
from baomi.engine.backup.source import verified
from baomi.kernel.ledger.verify import Anchor, Report

_ORIGIN = "bm.local/"


@dataclass(frozen=True, slots=True)
class Lost:
    """Entries of one ledger that are gone: numbers ``first`` to ``last``, both included."""

    log_id: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Examined:
    """A backup that was authenticated and verified, and what will have to be declared."""

    payload: Payload
    report: Report
    beyond: tuple[Anchor, ...]

    @property
    def is_of_older_structure(self) -> bool:
        """Whether this program's tables differ from those of the backup."""
        return is_older(self.payload)

    def declared(self) -> list[dict[str, Any]]:
        """The checkpoints beyond, as the genesis holds them."""
        current = self.payload.office["log_id"]
        found = []
        for anchor in self.beyond:
            told: dict[str, Any] = {"root": anchor.root.hex(), "size": anchor.size}
            if (log_id := log_of(anchor)) != current:
                told["log_id"] = log_id
            if told not in found:
                found.append(told)
        return found

    def losses(self) -> tuple[Lost, ...]:
        """What is lost by this restore, by ledger."""
        kept = {told["log_id"]: told["size"] for told in self.payload.heads("entries")}
        ends: dict[str, int] = {}
        for anchor in self.beyond:
            log_id = log_of(anchor)
            ends[log_id] = max(anchor.size, ends.get(log_id, 0))
        return tuple(Lost(log, kept.get(log, 0), end - 1) for log, end in sorted(ends.items()))


def examine(
    payload: Payload,
    *,
    anchors: Sequence[Anchor] = (),
    abandoned: Sequence[Anchor] = (),
    despite_findings: bool = False,
) -> Examined:
    """Verify a backup against the checkpoints that lie outside, and sort out those beyond it.

    ``anchors`` are of ledgers that the backup holds, ``abandoned`` of one that was begun by an
    earlier restore and of which nothing is kept. Raises ``BackupFault``.
    """
    beyond = tuple(_beyond(payload, anchors)) + tuple(_abandoned(payload, abandoned))
    within = [each for each in anchors if each not in beyond]
    report = verified(payload, anchors=within)
    if not report.clean and not despite_findings:
        told = "；".join(each.line() for each in report.findings[:3])
        raise BackupFault(
            f"备份的内容未通过校验（{report.total} 处问题：{told}），没有恢复。"
            "请换一份备份；确需按现状恢复的，加 --despite-findings。"
        )
    return Examined(payload, report, beyond)


def log_of(anchor: Anchor) -> str:
    """The ledger of a checkpoint: 32 hex digits."""
    return anchor.origin.removeprefix(_ORIGIN)


def _sizes(payload: Payload) -> Mapping[str, int]:
    return {told["log_id"]: told["size"] for told in payload.heads("entries")}


def _beyond(payload: Payload, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    sizes = _sizes(payload)
    for anchor in anchors:
        if log_of(anchor) not in sizes:
            raise BackupFault(
                f"封存 {anchor.origin} 不属于备份中的台账：请核对是否拿错；"
                "如属上次恢复后另起、现已中断的台账，请改用 --abandoned。"
            )
        if anchor.size > sizes[log_of(anchor)]:
            yield anchor


def _abandoned(payload: Payload, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    for anchor in anchors:
        if log_of(anchor) in _sizes(payload):
            raise BackupFault(f"封存 {anchor.origin} 属于备份中的台账：请改用 --anchor。")
        if anchor.size:
            yield anchor
