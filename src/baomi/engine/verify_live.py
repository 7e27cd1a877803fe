"""Verify the live database: the ledger, every row it vouches for, and the schema that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.db import connection

from baomi.engine import refusals
from baomi.engine.head import octets, read_row
from baomi.engine.keys import mac_key, mac_key_exists
from baomi.engine.lineage import closed_before
from baomi.engine.live import LiveLedger
from baomi.engine.snapshot import snapshot
from baomi.engine.verify_schema import postgresql_faults, sqlite_faults
from baomi.kernel.clock import clock
from baomi.kernel.ledger import canonical
from baomi.kernel.ledger.verify import Anchor, Entry, Receipt, Report, verify

_TOLD_EVERY = 256  # entries


def verify_live(
    *,
    anchors: Sequence[Anchor] = (),
    receipts: Sequence[Receipt] = (),
    first_vkey: str | None = None,
    max_age_hours: float | None = None,
    fast: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Report:
    """Verify what stands in the database now. Raises ``NotFounded`` and ``Unreadable``.

    ``progress(done, of)`` is called as entries are read; what it raises breaks off.
    """
    if read_row() is None and mac_key_exists():
        report = Report()
        report.say("GENESIS", None, "密钥还在，账头却没有了：台账被清空或账头被删去。")
        return report
    with snapshot():
        source = _Watched(progress)
        report = verify(
            source,
            anchors=anchors,
            receipts=receipts,
            now_us=clock.now_us(),
            first_vkey=first_vkey,
            mac_key=mac_key(),
            max_age_hours=max_age_hours,
            fast=fast,
        )
        faults = [*_strays(source, report.size), *_refusal_faults(source)]
    schema = sqlite_faults() if connection.vendor == "sqlite" else postgresql_faults()
    for code, text in (*faults, *schema):
        report.say(code, None, text)
    return report


class _Watched(LiveLedger):
    """The live ledger, telling how far it has been read."""

    def __init__(self, progress: Callable[[int, int], None]) -> None:
        super().__init__()
        self._progress = progress

    def entries(self) -> Iterator[Entry]:
        for done, entry in enumerate(super().entries(), start=1):
            if done % _TOLD_EVERY == 0:
                self._progress(done, max(done, self.size))
            yield entry
        self._progress(self.size, self.size)


def _strays(source: LiveLedger, read: int) -> Iterator[tuple[str, str]]:
    """Rows of the ledger's own tables that no reader of the ledger would ever meet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT log_id, count(*) FROM ledger_entry GROUP BY log_id")
        counts = {octets(log_id): count for log_id, count in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM ledger_head")
        heads = cursor.fetchone()[0]
    expected = {source.log_id.bytes: read}
    expected |= {each.log_id.bytes: each.size for each in closed_before(source.log_id)}
    if counts.keys() - expected.keys():
        yield "LOGID", "台账表中有另一本台账的条目。"
    if any(counts.get(log_id, 0) > size for log_id, size in expected.items()):
        yield "GAP", "台账表中有序号远离其余各条的条目。"
    if heads != 1:
        yield "HEAD", "账头不止一行。"


def _refusal_faults(source: LiveLedger) -> Iterator[tuple[str, str]]:
    """The refusals kept apart: their own running hash, and what the checkpoints say of it."""
    hashes: dict[str, int] = {}
    for number, digest, is_sound in refusals.chain():
        hashes[digest.hex()] = number
        if not is_sound:
            yield "REFUSALS", f"第 {number} 条拒绝记录被改动，或在它之前缺了记录。"
    sealed = -1
    for seq, told in _sealed_refusals(source):
        number = hashes.get(told, -2)
        if number < sealed:
            yield "REFUSALS", f"第 {seq} 条检查点所记的拒绝记录已被改动或删去。"
        sealed = max(sealed, number)


def _sealed_refusals(source: LiveLedger) -> Iterator[tuple[int, str]]:
    rows: list[tuple[int, object]] = []
    ledgers = (*(each.log_id for each in closed_before(source.log_id)), source.log_id)
    with connection.cursor() as cursor:
        for log_id in ledgers:
            cursor.execute(
                "SELECT seq, body FROM ledger_entry WHERE log_id = %s AND kind = %s ORDER BY seq",
                [log_id.bytes, "ledger.checkpoint"],
            )
            rows.extend(cursor.fetchall())
    for seq, stored in rows:
        try:
            body = canonical.parse_canonical(octets(stored or b""))
        except canonical.NotCanonical:
            continue  # said by the verifier
        if isinstance(body, dict):
            yield seq, str(body.get("refusals"))
