"""The files themselves: encrypted, below ``BAOMI_HOME/attachments``, written once, never altered.

``BAOMIAT1``; two octets: the length of what follows; a description (who uploaded it, SHA-256, size,
kind, data key) sealed with the office's master key; a nonce of 12 octets; the content, AES-256-GCM
under the data key. A file is named by its id, which it is bound to as well. The description serves
while the upload waits for its deed; afterwards the register knows, and keeps the key. The
protection is software, not an approved device.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from baomi.registers.office.load import wrapping

MAGIC: Final = b"BAOMIAT1"
NONCE_BYTES: Final = 12
_LENGTH_BYTES: Final = 2
_HALF_WRITTEN: Final = ".draft"


class FileDamaged(Exception):
    """An attached file is gone, was altered, or its key does not open it."""

    sentence = "附件已不能读取（文件缺失或被改动）：请运行 baomi ledger verify --live 查明。"

    def __init__(self) -> None:
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What is known of a file by itself: whose upload it was, what is in it, its key."""

    id: UUID
    by: UUID
    sha256: str
    size: int  # octets
    media: str
    key: bytes


def folder() -> Path:
    """Where they lie."""
    return Path(settings.BAOMI_HOME) / "attachments"


def path_of(key: UUID) -> Path:
    """Where a file lies."""
    return folder() / key.hex


def stored() -> Iterator[Path]:
    """Every file that there is, half-written ones included."""
    with suppress(FileNotFoundError):
        yield from folder().iterdir()


def described(key: UUID, content: bytes, *, by: UUID, media: str) -> Upload:
    """The description of a new file, with a key of its own."""
    return Upload(
        id=key,
        by=by,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media=media,
        key=secrets.token_bytes(32),
    )


def write(upload: Upload, content: bytes) -> None:
    """Encrypt and keep a file: whole and flushed under its name, or not there at all.

    Raises ``OSError``, ``FileExistsError`` where the id is in use: nothing is overwritten.
    """
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder() / f"{secrets.token_hex(16)}{_HALF_WRITTEN}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_enclosed(upload, content))
            file.flush()
            os.fsync(file.fileno())
        # a hard link, unlike a rename, never takes the place of another file
        os.link(draft, path_of(upload.id))
    finally:
        draft.unlink(missing_ok=True)
    _flush_names()


def _enclosed(upload: Upload, content: bytes) -> bytes:
    told = {
        "by": str(upload.by),
        "sha256": upload.sha256,
        "size": upload.size,
        "media": upload.media,
        "key": b64encode(upload.key).decode("ascii"),
    }
    head = wrapping.wrap(json.dumps(told).encode(), upload.id).encode("ascii")
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(upload.key).encrypt(nonce, content, upload.id.bytes)
    return MAGIC + len(head).to_bytes(_LENGTH_BYTES, "big") + head + nonce + sealed


def _flush_names() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def upload(key: UUID) -> Upload | None:
    """The description of a file that waits; None where there is none, or it cannot be opened."""
    try:
        with path_of(key).open("rb") as file:
            head = _head(file.read(len(MAGIC) + _LENGTH_BYTES))
            told = json.loads(wrapping.unwrap(file.read(head).decode("ascii"), key))
    except (OSError, ValueError, wrapping.SealBroken):
        return None
    return Upload(
        id=key,
        by=UUID(told["by"]),
        sha256=told["sha256"],
        size=told["size"],
        media=told["media"],
        key=b64decode(told["key"]),
    )


def _head(start: bytes) -> int:
    if not start.startswith(MAGIC) or len(start) != len(MAGIC) + _LENGTH_BYTES:
        raise ValueError("no attached file")
    return int.from_bytes(start[len(MAGIC) :], "big")


def content(key: UUID, wrapped: str) -> bytes:
    """The content in clear. Raises ``FileDamaged``."""
    try:
        octets = path_of(key).read_bytes()
        begin = len(MAGIC) + _LENGTH_BYTES
        sealed = octets[begin + _head(octets[:begin]) :]
        cipher = AESGCM(wrapping.unwrap(wrapped, key))
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], key.bytes)
    except (OSError, ValueError, InvalidTag, wrapping.SealBroken):
        raise FileDamaged from None


def remove(path: Path) -> None:
    """Remove a file that no deed has taken. Callers: the sweep, and whoever uploaded it."""
    with suppress(FileNotFoundError):
        path.unlink()
