"""The ledger without a database: writing an entry's octets, and proving that one is in the tree."""

import sys
from itertools import count
from typing import Final
from uuid import UUID

from baomi.kernel.ledger import merkle
from baomi.kernel.ledger.canonical import canonical, parse_canonical
from baomi.kernel.ledger.entry import (
    NO_PREDECESSOR,
    SALT_SIZE,
    EntryFields,
    commitment,
    decode,
    encode,
    leaf_hash,
)
from benchmarks.calibration import ENTRY_OCTETS, durable_transactions, hashes, per_second
from benchmarks.figures import Figures

ALGORITHMS: Final = {"SHA-256": 1, "SM3": 2}
TREE_SIZE: Final = 1000
SOMEBODY: Final = UUID(int=1)
BODY: Final = {
    "asked": ["GZ2.3.1b/reader_is_in_the_circle"],
    "changes": [{"t": "custody_copy", "id": str(SOMEBODY), "after": {"state": "held", "ver": 2}}],
    "door": "cli",
    "on": "2026-01-05",
}


class Writer:
    """Writes one lawful entry after another, as the engine does under the pen."""

    def __init__(self, algorithm: int) -> None:
        self._algorithm = algorithm
        self._numbers = count()
        self._last = NO_PREDECESSOR
        self._frontier = merkle.Frontier(algorithm)

    def write(self) -> bytes:
        """The next entry's octets."""
        seq = next(self._numbers)
        raw = encode(
            EntryFields(
                alg=self._algorithm,
                log_id=SOMEBODY,
                seq=seq,
                prev=self._last,
                time_us=seq + 1,
                wall_us=seq + 1,
                actor=SOMEBODY,
                second=None,
                op_id=UUID(int=seq + 1),
                kind="custody.hand_over_copy",
                commit=commitment(self._algorithm, bytes(SALT_SIZE), canonical(BODY)),
            )
        )
        self._last = leaf_hash(self._algorithm, raw)
        self._frontier.append(self._last)
        return raw


def entries_written(algorithm: int) -> float:
    """Entries a second: canonical body, commitment, header, leaf, tree."""
    return per_second(Writer(algorithm).write)


def entries_read(algorithm: int) -> float:
    """Entries a second: parse the header and the body strictly, and hash the leaf."""
    raw, body = Writer(algorithm).write(), canonical(BODY)
    return per_second(
        lambda: (decode(raw), parse_canonical(body), leaf_hash(algorithm, raw)),
    )


def proofs_verified(algorithm: int) -> float:
    """Inclusion proofs a second, in a tree of a thousand entries."""
    leaves = [leaf_hash(algorithm, str(n).encode()) for n in range(TREE_SIZE)]
    index = TREE_SIZE // 3
    root = merkle.root(algorithm, leaves)
    proof = merkle.inclusion_proof(algorithm, leaves, index)
    return per_second(
        lambda: merkle.verify_inclusion(
            algorithm, leaf=leaves[index], index=index, size=TREE_SIZE, proof=proof, root=root
        )
    )


def main() -> int:
    """Measure and print, as ratios to the calibration loop."""
    loop = hashes()
    figures = Figures("日志条目，每秒次数", ("每秒", "与 SHA-256 循环之比"))
    figures.add(f"校准：SHA-256（{ENTRY_OCTETS} 字节）", f"{loop:,.0f}", "1")
    figures.add("校准：SQLite 持久事务（四条语句）", f"{durable_transactions():,.0f}", "—")
    for name, algorithm in ALGORITHMS.items():
        for title, measure in (
            ("写入日志条目", entries_written),
            ("读取并核对日志条目", entries_read),
            ("核对包含证明", proofs_verified),
        ):
            rate = measure(algorithm)
            figures.add(f"{title}（{name}）", f"{rate:,.0f}", f"{rate / loop:.4f}")
    figures.show()
    return 0


if __name__ == "__main__":
    sys.exit(main())
