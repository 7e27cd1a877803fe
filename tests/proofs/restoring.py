"""Restore one backup into the empty home, and give account of what is there.

Words: the folder that was taken away, the number of the backup.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from tests.proofs.child import PLAN, prepare, tell


def main(folder: Path, number: str) -> None:
    home = prepare()
    from baomi.engine import registry
    from baomi.engine.backup.key import read_key
    from baomi.engine.backup.losses import examine
    from baomi.engine.backup.payload import Payload
    from baomi.engine.backup.restore import Approvers, read_seal_key, restore
    from baomi.engine.export_ledger import export_ledger
    from baomi.engine.sealer import seal_now
    from baomi.engine.verify_live import verify_live
    from baomi.kernel.ledger.verify import read_anchor

    note = read_anchor((folder / "note").read_text("utf-8"))
    payload = Payload(folder / f"{number}.backup", read_key(folder / "key"))
    restored = restore(
        examine(payload, anchors=[note]),
        reason="演练",
        approve=lambda: Approvers("甲", "乙"),
        seal_key=read_seal_key(folder / "seal.key"),
    )
    seal_now()
    registry.load()
    report = verify_live(anchors=[note])
    export_ledger(home / "log" / "bare", bare=True)
    (home / PLAN).write_text(os.environ["OFFICE_PLAN"], encoding="utf-8")
    tell(
        {
            "findings": [found.line() for found in report.findings],
            "declared": report.declared_loss,
            "lost": [(each.first, each.last) for each in restored.losses],
            "size": restored.size,
            **borne_out(folder / f"{number}.acknowledged"),
            **worked_on(json.loads(os.environ["OFFICE_PLAN"])),
            "tampered": dict(tampered_with()) if number == "0" else {},
        }
    )


def borne_out(acknowledged: Path) -> dict:
    """Deeds acknowledged before the backup began of which the restored office knows nothing."""
    from baomi.engine import ledger
    from baomi.engine.head import read_head

    log_id = read_head().log_id
    lines = [line.split() for line in acknowledged.read_text("ascii").splitlines()]
    missing = [
        text
        for op, text in lines
        if (found := ledger.find(log_id, UUID(op))) is None or found.receipt != text
    ]
    return {"missing": missing, "acknowledged": len(lines)}


def worked_on(plan: dict) -> dict:
    """Work goes on, and what was done before is still known by its operation id."""
    from baomi.engine.perform import perform
    from baomi.engine.verify_live import verify_live
    from baomi.registers.custody import models
    from tests.proofs import account
    from tests.proofs.small_office import SmallOffice

    office = SmallOffice.of(plan)
    held = set(models.Copy.objects.exclude(holder=None).values_list("id", flat=True))
    copy = office.copies[0]
    if copy in held:
        perform(office.take_back(copy))
    request = office.give(copy, office.readers[0])
    again = [perform(request).text, perform(request).text]
    return {
        "same_receipt": len(set(again)) == 1,
        "broken_paths": account.broken_paths(),
        "findings_after": [found.line() for found in verify_live().findings],
    }


def tampered_with() -> Iterator[tuple[str, list[str]]]:
    """What is said when somebody lays hands on the closed ledger, each time taken back."""
    from django.db import transaction

    from baomi.engine.head import read_head
    from baomi.engine.lineage import closed_before
    from baomi.engine.verify_live import verify_live
    from baomi.kernel.ids import new_id
    from tests.proofs.forgery import ENTRY, sql, unguarded

    closed = closed_before(read_head().log_id)[0]
    old, stranger = closed.log_id.bytes, new_id().bytes
    columns = "%s, %s, raw, leaf, salt, body, mac, kind, actor, %s, time_us"
    copied = (
        f"INSERT INTO ledger_entry ({ENTRY}) SELECT {columns} "  # noqa: S608 — an attack
        "FROM ledger_entry WHERE log_id = %s AND seq = 3"
    )
    attacks = {
        "all gone": ("DELETE FROM ledger_entry WHERE log_id = %s", [old]),
        "newest gone": (
            "DELETE FROM ledger_entry WHERE log_id = %s AND seq = %s", [old, closed.size - 1]),
        "body edited": (
            "UPDATE ledger_entry SET body = salt WHERE log_id = %s AND seq = 3", [old]),
        "actor's column edited": (
            "UPDATE ledger_entry SET actor = op_id WHERE log_id = %s AND seq = 3", [old]),
        "another ledger's entry (T61)": (copied, [stranger, 3, stranger, old]),
        "one entry more": (copied, [old, closed.size, stranger, old]),
    }  # fmt: skip
    for name, (statement, values) in attacks.items():
        with transaction.atomic():
            with unguarded("ledger_entry"):
                sql(statement, *values)
            yield name, sorted(verify_live().counts)
            transaction.set_rollback(True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
