"""The live ledger as a source for the verifier and for exports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from uuid import UUID

from django.db import connection

from baomi.engine import ledger, registry
from baomi.engine.head import read_row
from baomi.engine.lineage import Closed, closed_before, genesis_of
from baomi.engine.pen import NotFounded
from baomi.kernel.ledger.merkle import BadProof
from baomi.kernel.ledger.verify import Blob, Entry, Row, Unreadable
from baomi.kernel.ledger.verify import Head as ToldHead
from baomi.registers.columns import Image, LedgeredModel

ROWS_AT_ONCE = 500
ID_BYTES = 16
ALG_AT = 4  # where an entry tells its hash
ALGORITHMS = (1, 2)
_ID = re.compile(r"[0-9a-fA-F]{32}")


class ClosedLedger:
    """A ledger that was closed when the office was restored; its entries stay as evidence."""

    def __init__(self, closed: Closed) -> None:
        self._closed = closed
        self._genesis = genesis_of(closed.log_id)

    def head(self) -> ToldHead:
        """What the next ledger's genesis says of it."""
        first = next(ledger.read(self._closed.log_id, 0, 1), None)
        alg = first.raw[ALG_AT] if first is not None and len(first.raw) > ALG_AT else 1
        return ToldHead(
            log_id=self._closed.log_id.hex,
            alg=alg if alg in ALGORITHMS else 1,
            size=self._closed.size,
            root=self._closed.root,
            demo=self._genesis.get("demo") is True,
            bare=False,
        )

    def entries(self) -> Iterator[Entry]:
        """Every entry with its search columns."""
        return _entries(self._closed.log_id)

    def rows(self) -> Iterator[Row]:
        """The rows were handed over to the ledger that follows."""
        return iter(())

    def blobs(self) -> Iterator[Blob]:
        """The files too."""
        return iter(())

    @property
    def notes(self) -> Mapping[int, bytes] | None:
        """Notes stand in the log itself."""
        return None

    @property
    def vkey(self) -> str | None:
        """The first verification key, as the genesis tells it."""
        return _vkey(self._genesis)

    def earlier(self) -> Sequence[ClosedLedger]:
        """The ledger in force tells them all."""
        return ()


class LiveLedger:
    """The database's own ledger and registers. Raises ``NotFounded`` on an empty one."""

    def __init__(self) -> None:
        row = read_row()
        if row is None:
            raise NotFounded
        if len(row.log_id) != ID_BYTES:
            raise Unreadable("账头的台账编号不是 16 个字节，无法核对。")
        self._head = row

    @property
    def size(self) -> int:
        """Entries in the ledger."""
        return self._head.size

    @property
    def log_id(self) -> UUID:
        """The ledger's id."""
        return UUID(bytes=self._head.log_id)

    @cached_property
    def _genesis(self) -> Mapping[str, object]:
        return genesis_of(self.log_id)

    def head(self) -> ToldHead:
        """What the head row says."""
        head = self._head
        return ToldHead(
            log_id=head.log_id.hex(),
            alg=head.alg,
            size=head.size,
            root=self._root(),
            demo=self._genesis.get("demo") is True,
            bare=False,
            last_leaf=head.last_leaf,
            last_time_us=head.last_time,
        )

    def _root(self) -> bytes:
        try:
            return self._head.head().frontier.root()
        except BadProof:
            return b""  # equal to no root: the verifier says HEAD

    def entries(self) -> Iterator[Entry]:
        """Every entry with its search columns."""
        return _entries(self.log_id)

    def rows(self) -> Iterator[Row]:
        """Every live row of every ledgered table."""
        for table, key, image in live_rows():
            yield Row(table, key, image)

    def blobs(self) -> Iterator[Blob]:
        """Stored files: none are kept yet."""
        return iter(())

    @property
    def notes(self) -> Mapping[int, bytes] | None:
        """Notes stand in the log itself."""
        return None

    @property
    def vkey(self) -> str | None:
        """The first verification key, as the genesis tells it."""
        return _vkey(self._genesis)

    def earlier(self) -> Sequence[ClosedLedger]:
        """The closed ledgers before it, oldest first; one that is gone is missed by its genesis."""
        return [ClosedLedger(each) for each in closed_before(self.log_id)]


def _entries(log_id: UUID) -> Iterator[Entry]:
    for row in ledger.read(log_id):
        columns = {
            "kind": row.kind,
            "actor": row.actor,
            "op_id": row.op_id,
            "time_us": row.time_us,
            "leaf": row.leaf,
        }
        yield Entry(row.seq, row.raw, row.salt, row.body, row.mac, columns)


def _vkey(genesis: Mapping[str, object]) -> str | None:
    told = genesis.get("vkey")
    return told if isinstance(told, str) else None


def live_rows() -> Iterator[tuple[str, str, Image]]:
    """Table, id and image of every live row, in the order of tables and ids.

    A row that somebody made unreadable has an image of empty columns: it agrees with no entry.
    """
    for table, model in sorted(registry.ledgered().items()):
        unreadable = dict.fromkeys(model.imaged_columns())
        ids, not_ids = _ids(table, model)
        for start in range(0, len(ids), ROWS_AT_ONCE):
            part = ids[start : start + ROWS_AT_ONCE]
            images = _images(model, part)
            for key in part:
                yield table, str(key), images.get(key, unreadable)
        for name in not_ids:
            yield table, name, unreadable


def _ids(table: str, model: type[LedgeredModel]) -> tuple[list[UUID], list[str]]:
    """The rows' ids, and what stands in the place of an id and is none."""
    try:
        return list(model._default_manager.order_by("pk").values_list("pk", flat=True)), []
    except ValueError:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table}")  # noqa: S608 — a name of our own tables
            raw = [str(row[0]) for row in cursor.fetchall()]
    good = {key: UUID(key) for key in raw if _ID.fullmatch(key)}
    return sorted(good.values()), [key for key in raw if key not in good]


def _images(model: type[LedgeredModel], ids: Sequence[UUID]) -> Mapping[UUID, Image]:
    try:
        return model.images(ids)
    except (ValueError, TypeError):
        if len(ids) == 1:
            return {}
        half = len(ids) // 2
        return {**_images(model, ids[:half]), **_images(model, ids[half:])}
