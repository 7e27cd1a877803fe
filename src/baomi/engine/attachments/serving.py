"""An attached file, for somebody who may see it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.engine.attachments.store import content_of
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.attachments.files import FileDamaged
from baomi.registers.attachments.reads import name_of, visible_to

TYPES: Final = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
# nothing in it may run, whatever a browser makes of it
SHUT_IN: Final = "sandbox; default-src 'none'"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is handed out: a neutral name, its type, its content."""

    name: str
    type: str
    content: bytes

    @property
    def headers(self) -> dict[str, str]:
        """What an answer that carries it says: to be saved, never shown in the page."""
        return {
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "Content-Security-Policy": SHUT_IN,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }


def fetched(actor: Person, attachment: UUID) -> Fetched | None:
    """The file; None where there is none that he may see. Raises ``BadInput``: it is damaged."""
    told = visible_to(actor).filter(id=attachment).values_list("media", "file").first()
    if told is None:
        return None
    media, file = told
    try:
        content = content_of(attachment)
    except FileDamaged as damaged:
        raise BadInput(damaged.sentence) from None
    if hashlib.sha256(content).hexdigest() != file["sha256"]:
        raise BadInput(FileDamaged.sentence)
    return Fetched(name_of(media, attachment), TYPES[media], content)
