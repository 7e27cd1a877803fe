"""Checkpoints of the ledger as C2SP tlog-checkpoint texts inside C2SP signed notes.

The text is three lines: origin, size, root in base64.  A signed note is that text, an empty
line and one line a signature, `— <key name> <base64(key id || signature)>`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from baomi.kernel.ledger import ed25519
from baomi.kernel.ledger.entry import HASH_SIZE

ED25519: Final = 1
"""C2SP signature type of Ed25519."""

KEY_ID_SIZE: Final = 4
_DASH: Final = "— "
_MOST_SIGNATURES: Final = 100
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_VKEY: Final = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", re.ASCII)


class BadNote(ValueError):
    """A text that is no signed note, checkpoint or verification key; says why in Chinese."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name under which it signs."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not _is_name(self.name):
            raise BadNote("密钥名不能为空，也不能含空白或加号。")
        if len(self.public) != ed25519.PUBLIC_SIZE:
            raise BadNote(f"公钥应为 {ed25519.PUBLIC_SIZE} 字节，现为 {len(self.public)} 字节。")

    @property
    def key_id(self) -> bytes:
        """First four octets of SHA-256(name || 0x0A || type || public key)."""
        named = self.name.encode() + b"\n" + bytes([ED25519]) + self.public
        return sha256(named).digest()[:KEY_ID_SIZE]

    def text(self) -> str:
        """Write the key as a C2SP vkey: name+hex of key id+base64(type || public key)."""
        octets = b64encode(bytes([ED25519]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{octets}"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: who signed, which of his keys, and the signature's octets."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """Write the line as it stands in a note, with its line feed."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A signed note: the text that was signed, line feed included, and its signatures."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def signed_by(self, key: VerifierKey) -> bool:
        """Tell whether `key` signed the text; signatures of unknown keys are ignored."""
        own = [s for s in self.signatures if (s.name, s.key_id) == (key.name, key.key_id)]
        message = self.text.encode()
        return bool(own) and all(ed25519.verify(key.public, message, s.value) for s in own)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint states: the log's origin, its number of entries, its root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Write the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def origin(log_id: UUID) -> str:
    """Name of a log in its checkpoints."""
    return f"bm.local/{log_id.hex}"


def key_name(log_id: UUID, epoch: int) -> str:
    """Name under which the key of an epoch signs; epochs count from 1."""
    return f"{origin(log_id)}/k{epoch}"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the three lines of a checkpoint; raises `BadNote`."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not _is_name(lines[0]):
        raise BadNote("检查点应为三行：账名、条数、根散列值。")
    if not _SIZE.fullmatch(lines[1]):
        raise BadNote("检查点第二行应为条数，用不带前导零的十进制数。")
    root = _octets(lines[2])
    if len(root) != HASH_SIZE:
        raise BadNote(f"检查点第三行应为 {HASH_SIZE} 字节根散列值的 base64。")
    return Checkpoint(lines[0], int(lines[1]), root)


def signed_note(text: str, signatures: Iterable[NoteSignature]) -> str:
    """Put the signatures under a text that ends in a line feed; raises `BadNote`."""
    _check_text(text)
    lines = [signature.line() for signature in signatures]
    if not lines:
        raise BadNote("检查点至少要有一个签名。")
    return text + "\n" + "".join(lines)


def parse_note(note: str) -> Note:
    """Take a signed note apart without judging its signatures; raises `BadNote`."""
    head, gap, tail = note.rpartition("\n\n")
    text = head + "\n"
    if not gap or not head or not tail.endswith("\n"):
        raise BadNote("签名文本应为正文、一个空行和若干签名行，以换行结尾。")
    _check_text(text)
    lines = tail[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise BadNote(f"签名行超过 {_MOST_SIGNATURES} 行。")
    return Note(text, tuple(_signature(line) for line in lines))


def parse_vkey(text: str) -> VerifierKey:
    """Read an Ed25519 verification key in the C2SP form; raises `BadNote`."""
    parts = _VKEY.fullmatch(text)
    if not parts:
        raise BadNote("验证公钥应写作“名称+8 位十六进制+base64”。")
    octets = _octets(parts[3])
    if octets[:1] != bytes([ED25519]):
        raise BadNote("验证公钥的类型不是 Ed25519。")
    key = VerifierKey(parts[1], octets[1:])
    if key.key_id.hex() != parts[2]:
        raise BadNote("验证公钥与其编号不符：抄录有误，请逐字核对。")
    return key


def _signature(line: str) -> NoteSignature:
    name, _, octets = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not _is_name(name):
        raise BadNote("签名行应写作“— 名称 base64”。")
    value = _octets(octets)
    if len(value) <= KEY_ID_SIZE:
        raise BadNote("签名行的内容太短。")
    return NoteSignature(name, value[:KEY_ID_SIZE], value[KEY_ID_SIZE:])


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in text):
        raise BadNote("签名正文应以换行结尾，且不含控制字符。")


def _is_name(text: str) -> bool:
    return bool(text) and "+" not in text and not any(c.isspace() for c in text)


def _octets(text: str) -> bytes:
    try:
        octets = b64decode(text, validate=True)
    except ValueError:
        raise BadNote("base64 部分读不懂：抄录有误，请逐字核对。") from None
    if b64encode(octets).decode() != text:
        raise BadNote("base64 部分写法不规范：抄录有误，请逐字核对。")
    return octets
