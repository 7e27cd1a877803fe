"""The live ledger as a source for the verifier and for exports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from django.db import connection

from baomi.engine import ledger, registry
from baomi.engine.attachments.store import as_stored
from baomi.engine.head import read_row
from baomi.engine.lineage import Closed, closed_before, genesis_of
from baomi.engine.pen import NotFounded
from baomi.kernel.ledger.merkle import BadProof
from baomi.kernel.ledger.verify import Blob, Entry, Row, Unreadable
from baomi.kernel.ledger.verify import Head as ToldHead
from baomi.registers.attachments.models import Attachment
from baomi.registers.columns import ROWS_AT_ONCE, Image, LedgeredModel

ID_BYTES = 16
ALG_AT = 4  # where an entry tells its hash
ALGORITHMS = (1, 2)
_AS_WRITTEN = {
    (int, bytes, bytes, salt, salt, bytes, str, bytes, bytes, int) for salt in (bytes, type(None))
}
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
        """Every attached file, opened; one that cannot be opened, as it lies there."""
        for key, octets in live_files():
            yield Blob(str(key), sha256(octets).hexdigest(), len(octets))

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
    for row in ledger.read_rows(log_id):
        if tuple(map(type, row)) not in _AS_WRITTEN:
            row = ledger.as_octets(row)
        seq, raw, leaf, salt, body, mac, kind, actor, op_id, time_us = row
        columns = {"kind": kind, "actor": actor, "op_id": op_id, "time_us": time_us, "leaf": leaf}
        yield Entry(seq, raw, salt, body, mac, columns)


def _vkey(genesis: Mapping[str, object]) -> str | None:
    told = genesis.get("vkey")
    return told if isinstance(told, str) else None


def live_rows() -> Iterator[tuple[str, str, Image]]:
    """Table, id and image of every live row, in the order of tables and ids.

    A row that somebody made unreadable has an image of empty columns: it agrees with no entry.
    """
    for table, model in sorted(registry.ledgered().items()):
        rows = _one_by_one(table, model) if _has_odd_ids(table) else _in_pages(model)
        for key, image in rows:
            yield table, key, image


def live_files() -> Iterator[tuple[UUID, bytes]]:
    """Id and content of every attached file that is there, in the order of the ids."""
    keys, _ = _ids(Attachment._meta.db_table, Attachment)  # an odd id is told of with its row
    for key in keys:
        octets = as_stored(key)
        if octets is not None:
            yield key, octets


def _has_odd_ids(table: str) -> bool:
    """Whether somebody has put in ids that the program never writes."""
    if connection.vendor != "sqlite":
        return False  # a column of UUIDs holds nothing else
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM {table} WHERE typeof(id) IS NOT 'text'"  # noqa: S608 — ours
            " OR length(id) IS NOT 32"
            " OR length(CAST(id AS BLOB)) IS NOT 32 OR id GLOB '*[^0-9a-f]*')"
        )
        return bool(cursor.fetchone()[0])


def _in_pages(model: type[LedgeredModel]) -> Iterator[tuple[str, Image]]:
    last: UUID | None = None
    while True:
        try:
            page = model.images_after(last)
        except (ValueError, TypeError):
            page = _page_of_unreadable(model, last)
        yield from page
        if len(page) < ROWS_AT_ONCE:
            return
        last = UUID(page[-1][0])


def _page_of_unreadable(model: type[LedgeredModel], last: UUID | None) -> list[tuple[str, Image]]:
    rows = model._default_manager.order_by("pk")
    part = rows if last is None else rows.filter(pk__gt=last)
    ids = list(part.values_list("pk", flat=True)[:ROWS_AT_ONCE])
    return list(_each(model, ids))


def _each(model: type[LedgeredModel], ids: Sequence[UUID]) -> Iterator[tuple[str, Image]]:
    images, unreadable = _images(model, ids), dict.fromkeys(model.imaged_columns())
    for key in ids:
        yield str(key), images.get(key, unreadable)


def _one_by_one(table: str, model: type[LedgeredModel]) -> Iterator[tuple[str, Image]]:
    """By ids that are read beforehand, for a table in which not all of them are sound."""
    ids, not_ids = _ids(table, model)
    for start in range(0, len(ids), ROWS_AT_ONCE):
        yield from _each(model, ids[start : start + ROWS_AT_ONCE])
    for name in not_ids:
        yield name, dict.fromkeys(model.imaged_columns())


def _ids(table: str, model: type[LedgeredModel]) -> tuple[list[UUID], list[str]]:
    """The rows' ids, and what stands in the place of an id and is none."""
    try:
        return list(model._default_manager.order_by("pk").values_list("pk", flat=True)), []
    except (ValueError, TypeError):
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
