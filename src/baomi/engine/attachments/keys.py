"""The files' keys under another master key: inside the transaction that changes the others too."""

from __future__ import annotations

from baomi.registers.attachments.models import AttachmentKey
from baomi.registers.office import seals


def rewrap(old_master: bytes, new_master: bytes) -> int:
    """Wrap every file's key anew; the files stay as they are. Returns how many.

    Raises ``SealBroken``.
    """
    count = 0
    for attachment, wrapped in list(AttachmentKey.objects.values_list("attachment", "wrapped")):
        anew = seals.wrap_anew(wrapped, attachment, old_master=old_master, new_master=new_master)
        AttachmentKey.objects.filter(attachment=attachment).update(wrapped=anew)
        count += 1
    return count
