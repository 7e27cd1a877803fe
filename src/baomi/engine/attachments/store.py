"""Uploads that wait for their deed, and the files of those that were attached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import UUID

from baomi.engine.attachments.checking import checked
from baomi.engine.pen import NotFounded, take_pen
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.registers.attachments import files
from baomi.registers.attachments.models import Attachment, AttachmentKey
from baomi.rulebook.terms import Terms

_HOUR_US: Final = 3600 * 1_000_000


def put(content: bytes, actor: UUID) -> UUID:
    """Check an upload and keep it, encrypted, until a deed of the same person takes it.

    Returns the upload's id, which will be the attachment's. Raises ``BadInput``, ``OSError``;
    then nothing is left of it. What no deed takes is swept after some hours (terms).
    """
    return keep(content, checked(content), actor)


def keep(content: bytes, media: str, actor: UUID) -> UUID:
    """Keep what was checked already: a page of a scan. Raises ``OSError``."""
    upload = files.described(new_id(), content, by=actor, media=media)
    files.write(upload, content)
    return upload.id


def forget(upload: UUID, actor: UUID) -> None:
    """Remove one's own upload that no deed has taken; one that was taken stays."""
    told = files.upload(upload)
    if told is not None and told.by == actor:
        _remove([files.path_of(upload)])


def content_of(attachment: UUID) -> bytes:
    """An attached file in clear. Whether somebody may see it is asked before.

    Raises ``FileDamaged``.
    """
    keys = AttachmentKey.objects.filter(attachment=attachment)
    wrapped = keys.values_list("wrapped", flat=True).first()
    if wrapped is None:
        raise files.FileDamaged
    return files.content(attachment, wrapped)


def as_stored(attachment: UUID) -> bytes | None:
    """The content for whoever verifies: in clear, or else as it lies there; None: it is gone."""
    try:
        return content_of(attachment)
    except files.FileDamaged:
        with suppress(OSError):
            return files.path_of(attachment).read_bytes()
        return None


def sweep_uploads() -> None:
    """Remove what was uploaded hours ago and no deed has taken, half-written files included."""
    waits_us = Terms.on(clock.today()).number("attachment_waits_hours") * _HOUR_US
    before_us = clock.wall_us() - waits_us
    old = [path for path in files.stored() if _age_us(path) <= before_us]
    orphans = [path for path in old if not _is_attached(path)]
    if orphans:
        with suppress(NotFounded):
            _remove(orphans)


def _age_us(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns // 1000
    except FileNotFoundError:
        return clock.wall_us()


def _remove(paths: Iterable[Path]) -> None:
    """Under the pen, so that no deed takes a file at the very moment."""
    with take_pen():
        for path in paths:
            if not _is_attached(path):
                files.remove(path)


def _is_attached(path: Path) -> bool:
    try:
        key = UUID(hex=path.name)
    except ValueError:
        return False
    return Attachment.objects.filter(id=key).exists()


def attached_ids() -> Iterator[UUID]:
    """Every attachment that there is, voided ones included, in the order of the ids."""
    yield from Attachment.objects.order_by("id").values_list("id", flat=True).iterator()
