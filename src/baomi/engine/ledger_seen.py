"""The ledger as those see it who answer for it: its head, its sealings, the entry of a slip."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.engine import ledger
from baomi.engine.head import read_head
from baomi.engine.pen import NotFounded
from baomi.engine.sealer import CHECKPOINT, last_sealed_us
from baomi.kernel.verdict import BadInput

LONGEST_RECEIPT: Final = 16  # hex digits of the leaf on a slip
_SHORTEST_RECEIPT: Final = 8
_LONGEST_SEQ: Final = 15  # digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the ledger has come. Instants in µs since 1970 UTC; None: never sealed."""

    size: int
    root: str  # hex
    last_us: int
    sealed_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySeen:
    """An entry's head, never what it holds. ``note``: of a sealing; else empty."""

    seq: int
    kind: str
    time_us: int
    actor: UUID
    op: UUID
    leaf: str  # hex
    note: str

    @property
    def receipt(self) -> str:
        """As it is printed on a slip."""
        return f"{self.seq}:{self.leaf[:LONGEST_RECEIPT]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What came of comparing a slip. ``entry`` None: the ledger has no such number."""

    entry: EntrySeen | None
    is_genuine: bool
    seq: int


def standing() -> Standing:
    """Size, root, last entry and last sealing. Raises ``NotFounded``, ``BadProof``."""
    head = read_head()
    if head is None:
        raise NotFounded
    return Standing(
        size=head.size,
        root=head.frontier.root().hex(),
        last_us=head.last_time,
        sealed_us=last_sealed_us(),
    )


def entry(seq: int) -> EntrySeen | None:
    """One entry of the ledger by its number. Raises ``NotFounded``."""
    head = read_head()
    if head is None:
        raise NotFounded
    found = None
    if 0 <= seq < head.size:
        found = next(ledger.read(head.log_id, seq, seq + 1), None)
    if found is None:
        return None
    return EntrySeen(
        seq=found.seq,
        kind=found.kind,
        time_us=found.time_us,
        actor=UUID(bytes=found.actor),
        op=UUID(bytes=found.op_id),
        leaf=found.leaf.hex(),
        note=_note(found),
    )


def compared(text: str) -> Compared:
    """The entry of a receipt as it stands on a slip (``812:9f86d081884c7d65``).

    Raises ``BadInput`` for what is no receipt, ``NotFounded``.
    """
    typed = text.replace("：", ":").replace(" ", "").strip().lower()
    number, sign, digits = typed.partition(":")
    if not _is_number(number) or (sign and not _is_hex(digits)):
        raise BadInput(
            "回执的写法是“序号:16 位散列值”，例如 812:9f86d081884c7d65；请照单据上的原样填写。"
        )
    seq = int(number)
    found = entry(seq)
    genuine = bool(sign) and found is not None and found.leaf.startswith(digits)
    return Compared(entry=found, is_genuine=genuine, seq=seq)


def _note(found: ledger.Stored) -> str:
    if found.kind != CHECKPOINT or found.body is None:
        return ""
    try:
        return str(json.loads(found.body)["note"])
    except (ValueError, KeyError, TypeError):
        return ""  # altered: the verifier tells it


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_SEQ


def _is_hex(text: str) -> bool:
    known = set(text) <= set("0123456789abcdef")
    return known and _SHORTEST_RECEIPT <= len(text) <= 64
