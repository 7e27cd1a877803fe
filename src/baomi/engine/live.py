"""The live ledger as a source for the verifier and for exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from baomi.engine import ledger, registry
from baomi.engine.head import Head, read_head
from baomi.engine.pen import NotFounded
from baomi.kernel.ledger import canonical
from baomi.kernel.ledger.verify import Blob, Entry, Row
from baomi.kernel.ledger.verify import Head as ToldHead
from baomi.registers.columns import Image

ROWS_AT_ONCE = 500
LEDGER_KINDS = "ledger."


class LiveLedger:
    """The database's own ledger and registers. Raises ``NotFounded`` on an empty one."""

    def __init__(self) -> None:
        head = read_head()
        if head is None:
            raise NotFounded
        self._head: Head = head

    @property
    def size(self) -> int:
        """Entries in the ledger."""
        return self._head.size

    @property
    def log_id_hex(self) -> str:
        """The ledger's id, 32 hex digits."""
        return self._head.log_id.hex

    @cached_property
    def _genesis(self) -> Mapping[str, object]:
        first = next(ledger.read(self._head.log_id, 0, 1), None)
        if first is None or first.body is None:
            return {}
        try:
            body = canonical.parse_canonical(first.body)
        except canonical.NotCanonical:
            return {}
        return body if isinstance(body, dict) else {}

    def head(self) -> ToldHead:
        """What the head row says."""
        head = self._head
        return ToldHead(
            log_id=head.log_id.hex,
            alg=head.alg,
            size=head.size,
            root=head.frontier.root(),
            demo=self._genesis.get("demo") is True,
            bare=False,
            last_leaf=head.last_leaf,
            last_time_us=head.last_time,
        )

    def entries(self) -> Iterator[Entry]:
        """Every entry with its search columns."""
        for row in ledger.read(self._head.log_id):
            columns = {
                "kind": row.kind,
                "actor": row.actor,
                "op_id": row.op_id,
                "time_us": row.time_us,
                "leaf": row.leaf,
            }
            yield Entry(row.seq, row.raw, row.salt, row.body, row.mac, columns)

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
        told = self._genesis.get("vkey")
        return told if isinstance(told, str) else None


def live_rows() -> Iterator[tuple[str, str, Image]]:
    """Table, id and image of every live row, in the order of tables and ids."""
    for table, model in sorted(registry.ledgered().items()):
        ids = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), ROWS_AT_ONCE):
            part = ids[start : start + ROWS_AT_ONCE]
            images = model.images(part)
            for key in part:
                yield table, str(key), images[key]
