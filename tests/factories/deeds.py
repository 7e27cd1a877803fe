"""Deeds as tests ask for them, and the ledger as they look into it."""

import json
from typing import Any
from uuid import UUID

from django.db import connection

from baomi.engine import ledger, registry
from baomi.engine.head import read_head
from baomi.engine.perform import perform
from baomi.engine.request import Receipt, Request
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door
from baomi.registers.office import models


def request(
    action: str,
    actor: UUID,
    *targets: UUID,
    second: UUID | None = None,
    door: Door = Door.WORKER,
    op_id: UUID | None = None,
    **inputs: Any,
) -> Request:
    """A request past every entrypoint: it shows nothing of what a door lets through."""
    return Request(
        action=action,
        actor=actor,
        targets=targets,
        inputs=inputs,
        op_id=op_id or new_id(),
        door=door,
        second=second,
    )


def do(action: str, actor: UUID, *targets: UUID, **how: Any) -> Receipt:
    """Do one deed; ``how`` holds inputs, ``second``, ``door``, ``op_id``."""
    return perform(request(action, actor, *targets, **how))


def size() -> int:
    """How many entries the ledger has."""
    head = read_head()
    return head.size if head else 0


def entries(start: int = 0) -> list[ledger.Stored]:
    """The ledger's entries from a place on."""
    head = read_head()
    return list(ledger.read(head.log_id, start, head.size)) if head else []


def kinds(start: int) -> list[str]:
    """Kinds of the entries from a place on."""
    return [entry.kind for entry in entries(start)]


def imaged(start: int) -> dict[str, int]:
    """How many rows of each table the entries from a place on hold images of."""
    found: dict[str, int] = {}
    for entry in entries(start):
        for change in json.loads(entry.body or b"{}").get("changes", ()):
            found[change["t"]] = found.get(change["t"], 0) + 1
    return found


def stored_text():
    """Everything that the database keeps of what was asked, told and done, as one text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM ledger_operation")
        told = [row[0] for row in cursor.fetchall()]
    bodies = [entry.body.decode() for entry in entries()]
    credentials = models.Credential.objects.values_list("secret", "earlier")
    return "\n".join([*told, *bodies, *(f"{each}" for each in credentials)])


def unaccounted() -> list[tuple[str, str]]:
    """Rows of the registers that differ from what replaying the ledger gives: table and id."""
    replayed: dict[tuple[str, str], Any] = {}
    for entry in entries():
        for change in json.loads(entry.body or b"{}").get("changes", ()):
            replayed[change["t"], change["id"]] = change["after"]
    live: dict[tuple[str, str], Any] = {}
    for table, model in registry.ledgered().items():
        ids = list(model._default_manager.values_list("pk", flat=True))
        live |= {(table, str(key)): image for key, image in model.images(ids).items()}
    standing = {key: image for key, image in replayed.items() if image is not None}
    return sorted(
        key for key in standing.keys() | live.keys() if standing.get(key) != live.get(key)
    )
