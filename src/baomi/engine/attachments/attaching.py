"""Upload and deed in one: what every door does when somebody hands a scan in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.engine.attachments import store
from baomi.engine.explain import explain
from baomi.engine.perform import perform_all
from baomi.engine.request import Receipt, Request
from baomi.kernel.ids import derived_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door

ATTACH: Final = "attachments.attach"
CONFIRM_SLIP: Final = "custody.confirm_slip"
SLIP: Final = "custody.slip"
SIGNED: Final = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """To what a file is to be attached, and what it is."""

    kind: str
    thing: UUID
    role: str  # a code: signed, letter, other
    level: str  # a code: internal
    note: str = ""


def attach(wanted: Wanted, content: bytes, *, actor: UUID, door: Door, op_id: UUID) -> Receipt:
    """Keep a file and attach it. Raises what ``put`` and ``perform`` raise; then nothing is left.

    The signed paper of a slip that waits for a signature confirms it, in the same commit.
    """
    upload = store.put(content, actor)
    try:
        return attach_upload(wanted, upload, actor=actor, door=door, op_id=op_id)
    except BaseException:
        store.forget(upload, actor)
        raise


def attach_upload(wanted: Wanted, upload: UUID, *, actor: UUID, door: Door, op_id: UUID) -> Receipt:
    """Attach what was uploaded before. Raises what ``perform`` raises."""
    inputs = {
        "kind": wanted.kind,
        "thing": str(wanted.thing),
        "role": wanted.role,
        "level": wanted.level,
        "note": wanted.note,
        "upload": str(upload),
    }
    deed = Request(action=ATTACH, actor=actor, targets=(), inputs=inputs, op_id=op_id, door=door)
    confirming = Request(
        action=CONFIRM_SLIP,
        actor=actor,
        targets=(wanted.thing,),
        inputs={"scan": str(upload)},
        op_id=derived_id(op_id, CONFIRM_SLIP),
        door=door,
    )
    is_confirming = wanted.kind == SLIP and wanted.role == SIGNED and _may(confirming)
    return perform_all([deed, confirming] if is_confirming else [deed])[0]


def _may(confirming: Request) -> bool:
    """Whether the slip waits for a signature, and this person records it."""
    try:
        return explain(confirming, filled_in=False).allowed
    except BadInput:
        return False
