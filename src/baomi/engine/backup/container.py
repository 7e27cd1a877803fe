"""A file that is encrypted and authenticated piece by piece, and read only as it was written.

``BAOMIBK1``, 8 octets of key id, 32 octets of salt; then pieces of 64 KiB (the last one shorter),
each sealed with AES-256-GCM under a key of the file's own (HKDF-SHA256 of backup key and salt).
The nonce is the piece's number, 11 octets, and 1 for the last piece, else 0; the associated data
is the head. So no piece can be changed, moved, left out, cut off or added (STREAM construction,
Hoang, Reyhanitabar, Rogaway and Vizár 2015).
"""

from __future__ import annotations

import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from baomi.engine.backup.faults import Damaged, NoBackup, WrongKey
from baomi.engine.backup.key import ID_BYTES, key_id

MAGIC = b"BAOMIBK1"
SALT_BYTES = 32
HEAD_BYTES = len(MAGIC) + ID_BYTES + SALT_BYTES
PIECE = 64 * 1024
TAG_BYTES = 16


def _cipher(key: bytes, head: bytes) -> AESGCM:
    salt = head[-SALT_BYTES:]
    return AESGCM(HKDF(SHA256(), 32, salt, b"baomi backup, one file").derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class SealedWriter(io.RawIOBase):
    """Writes the container into a file, which ``finish`` completes and leaves open."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._head = MAGIC + key_id(key) + secrets.token_bytes(SALT_BYTES)
        self._cipher = _cipher(key, self._head)
        self._waiting = bytearray()
        self._number = 0
        file.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, octets: bytes) -> int:  # type: ignore[override]  # any buffer is welcome
        self._waiting += octets
        # a full piece is held back: it may turn out to be the last
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(octets)

    def finish(self) -> None:
        """Write the last piece. Without it the file is no backup."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, piece, self._head))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads a container; what it gives was authenticated. Raises ``BackupFault`` kinds."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._head = file.read(HEAD_BYTES)
        if len(self._head) != HEAD_BYTES or not self._head.startswith(MAGIC):
            raise NoBackup
        if self._head[len(MAGIC) : len(MAGIC) + ID_BYTES] != key_id(key):
            raise WrongKey
        self._cipher = _cipher(key, self._head)
        self._next = file.read(PIECE + TAG_BYTES)
        self._number = 0
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # as above
        while not self._ready and not self._ended:
            self._ready = memoryview(self._open())
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _open(self) -> bytes:
        sealed, self._next = self._next, self._file.read(PIECE + TAG_BYTES)
        self._ended = not self._next
        nonce = _nonce(self._number, is_last=self._ended)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, self._head)
        except InvalidTag:
            raise Damaged from None


def authenticate(file: BinaryIO, key: bytes) -> None:
    """Read a container to its end. Raises what ``SealedReader`` raises."""
    reader, buffer = SealedReader(file, key), bytearray(PIECE)
    while reader.readinto(buffer):
        pass
