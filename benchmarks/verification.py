"""How fast a ledger is verified: live with every row replayed, chain and tree alone, and exported.

Everything goes through ``verify`` of ``kernel/ledger/verify.py``. Signatures are told apart: they
are pure Python there, so that the file stands alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from baomi.kernel.ledger import verify as verifier
from benchmarks import throwaway
from benchmarks.calibration import hashes
from benchmarks.figures import Figures

if TYPE_CHECKING:
    from baomi.engine.demo.office_plan import Office
    from baomi.engine.live import LiveLedger

DEEDS: Final = 6_000
SEALED_EVERY: Final = 64  # entries, as the sealer does
TIMES: Final = 3


def main() -> int:
    """Fill a ledger, verify it in every way, print."""
    rate = hashes()
    with throwaway.office() as of:
        _fill(of)
        live, bare, read = _measured_live()
        figures = Figures("校验日志，每秒条数", ("条数", "每秒", "与 SHA-256 循环之比"))
        for way in (*live, bare, read, *_exported()):
            figures.add(
                way.title,
                f"{way.size:,}",
                f"{way.size / way.seconds:,.0f}",
                f"{way.size / way.seconds / rate:.4f}",
            )
        figures.add("其中一次验签（纯 Python，毫秒）", "", f"{_signature_ms(live):.1f}", "")
        figures.show()
    return 0


@dataclass(frozen=True, slots=True)
class Way:
    """One way of verifying: how many entries, in how many seconds at best, what it checked."""

    title: str
    size: int
    seconds: float
    notes: int = 0


def _measured_live() -> tuple[tuple[Way, Way], Way, Way]:
    from baomi.engine.live import LiveLedger
    from baomi.engine.snapshot import snapshot

    with snapshot():
        source = LiveLedger()
        of_tree = ChainOnly(source)
        notes = sum(1 for each in of_tree.entries() if each.body is not None)
        in_memory = ChainOnly(source, tuple(of_tree.entries()))
        return (
            (
                _way("在线，连同重放和逐行比对，验全部签名", source, fast=False, notes=notes),
                _way("同上，只验最新签名（目标 30,000）", source, fast=True),
            ),
            _way("在线，只校链、树、检查点（目标 300,000）", of_tree, fast=True),
            _way("同上，不计读数据库", in_memory, fast=True),
        )


def _way(title: str, source: verifier.Source, *, fast: bool, notes: int = 0) -> Way:
    from baomi.engine.keys import mac_key
    from baomi.kernel.clock import clock

    key = None if isinstance(source, ChainOnly) else mac_key()

    def once() -> int:
        report = verifier.verify(source, now_us=clock.now_us(), fast=fast, mac_key=key)
        if not report.clean:
            raise RuntimeError(f"the ledger is not sound: {report.findings[:3]}")
        return report.size

    size, seconds = _best(once)
    return Way(title, size, seconds, notes)


def _best(once: Callable[[], int]) -> tuple[int, float]:
    size, spent = 0, []
    for _ in range(TIMES):
        began = time.perf_counter()
        size = once()
        spent.append(time.perf_counter() - began)
    return size, min(spent)


class ChainOnly:
    """The live ledger as a bare export shows it: no bodies but those that hold no title."""

    notes: Mapping[int, bytes] | None = None

    def __init__(self, live: LiveLedger, entries: Sequence[verifier.Entry] | None = None) -> None:
        self._live, self._entries = live, entries

    def head(self) -> verifier.Head:
        """The live head, said to be of a bare export."""
        return self._live.head()._replace(bare=True)

    def entries(self) -> Iterator[verifier.Entry]:
        """The entries' octets; the bodies of checkpoints and keys."""
        if self._entries is not None:
            yield from self._entries
            return
        from django.db import connection

        kept = ", ".join(f"'{kind}'" for kind in verifier.NEVER_BODILESS)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT seq, raw, CASE WHEN kind IN ({kept}) THEN salt END,"  # noqa: S608 — fixed
                f" CASE WHEN kind IN ({kept}) THEN body END"
                " FROM ledger_entry WHERE log_id = %s ORDER BY seq",
                [self._live.log_id.bytes],
            )
            for seq, raw, salt, body in cursor:
                yield verifier.Entry(seq, bytes(raw), salt and bytes(salt), body and bytes(body))

    def rows(self) -> Iterator[verifier.Row]:
        """None are looked at."""
        return iter(())

    def blobs(self) -> Iterator[verifier.Blob]:
        """None are looked at."""
        return iter(())

    @property
    def vkey(self) -> str | None:
        """The live ledger's own word."""
        return self._live.vkey

    def earlier(self) -> Sequence[verifier.Source]:
        """No office that is measured was ever restored."""
        return ()


def _exported() -> Iterator[Way]:
    """The export, verified by the file alone in an interpreter of its own."""
    from baomi.engine.export_ledger import export_ledger

    with tempfile.TemporaryDirectory(prefix="baomi-bench-") as folder:
        for title, bare in (("完整导出", False), ("简式导出", True)):
            place = Path(folder) / str(bare)
            size = export_ledger(place, bare=bare)
            command = [sys.executable, "-I", str(verifier.__file__), str(place), "--fast"]

            def once(command: list[str] = command, size: int = size) -> int:
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
                return size

            yield Way(f"{title}，单独的 verify.py，只验最新签名", *_best(once))


def _signature_ms(live: tuple[Way, Way]) -> float:
    every, newest = live
    return max(0.0, every.seconds - newest.seconds) / max(1, every.notes) * 1e3


def _fill(of: Office) -> None:
    from baomi.engine.perform import perform_many
    from baomi.engine.sealer import seal_now

    copies = throwaway.receive(of, 500)
    give = throwaway.hand_over(of)
    deeds = [("custody.hand_over_copy", key, give) for key in copies]
    deeds += [("custody.take_back_copy", key, {}) for key in copies]
    asked = (
        throwaway.request(name, of.registrar, (key,), said)
        for name, key, said in islice(cycle(deeds), DEEDS)
    )
    while part := list(islice(asked, SEALED_EVERY)):
        for _ in perform_many(part):
            pass
        seal_now()


if __name__ == "__main__":
    sys.exit(main())
