"""Give account of a home after violence: what the ledger, the registers and the receipts say."""

from collections import defaultdict
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection

from baomi.engine import ledger
from baomi.engine.checks import check_start
from baomi.engine.head import read_head
from baomi.engine.verify_live import verify_live
from baomi.registers.custody import models

DEEDS = ("custody.hand_over_copy", "custody.take_back_copy")


def entered(kinds: tuple[str, ...] = DEEDS) -> dict[UUID, tuple[int, str]]:
    """Operation, position and leaf of every entry of these kinds."""
    head = read_head()
    return {
        UUID(bytes=entry.op_id): (entry.seq, entry.leaf.hex())
        for entry in ledger.read(head.log_id, 0, head.size)
        if entry.kind in kinds
    }


def findings() -> list[str]:
    """What start-up and the verifier have to say; empty: nothing."""
    check_start()
    return [found.line() for found in verify_live().findings]


def operations() -> set[UUID]:
    """Operations remembered for a repeated request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT op_id FROM ledger_operation")
        return {UUID(bytes=bytes(row[0])) for row in cursor.fetchall()}


def half_written() -> list[str]:
    """Deeds of which one trace is there and another is not."""
    deeds = set(entered())
    moved = set(models.Movement.objects.filter(kind__in=("hand_over", "take_back")).values_list(
        "op", flat=True))  # fmt: skip
    remembered = operations()
    return sorted(str(op) for op in (deeds ^ moved) | (deeds - remembered))


def broken_paths() -> list[str]:
    """Copies whose movements do not join end to end, or do not end where the copy is."""
    paths: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for step in models.Movement.objects.order_by("copy_id", "turn").values():
        paths[step["copy_id"]].append(step)
    return [
        str(copy["id"])
        for copy in models.Copy.objects.values()
        if not _joins(paths[copy["id"]], copy)
    ]


def _joins(steps: list[dict[str, Any]], copy: dict[str, Any]) -> bool:
    joined = all(
        (before["to_holder_id"], before["to_cabinet_id"], before["turn"] + 1)
        == (after["from_holder_id"], after["from_cabinet_id"], after["turn"])
        for before, after in pairwise(steps)
    )
    last = steps[-1]
    ends = (last["to_holder_id"], last["to_cabinet_id"], last["turn"])
    return joined and ends == (copy["holder_id"], copy["cabinet_id"], copy["ver"])
