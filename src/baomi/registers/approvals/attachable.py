"""What of approvals may have files attached: requests, with the letters of bodies outside."""

from __future__ import annotations

from typing import Final

from baomi.registers.approvals import load
from baomi.registers.approvals.reads import visible_to
from baomi.registers.attachments.load import Attachable

ATTACHABLE: Final = (
    Attachable(
        kind="approvals.request",
        title="报批单",
        rows=visible_to,
        level=load.level_of,
        names=load.labels_of,
    ),
)
