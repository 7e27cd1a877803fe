#!/usr/bin/env python3
"""Verify a ledger: `python3 verify.py DIR` on an export, `verify(source, …)` on anything else.

This file stands alone: standard library only, nothing of the program that wrote the ledger, so
that an auditor can read it through and run it on his own computer.  It therefore repeats on
purpose what the other files of this folder also do.  Findings are short codes; their texts name
positions, tables, ids and columns, never a value.  Times are microseconds since 1970-01-01 UTC.
"""

from __future__ import annotations

import argparse
import binascii
import hashlib
import hmac
import json
import marshal
import re
import struct
import sys
import time
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn, Protocol, TextIO

STALE_HOURS: Final = 26
"""A sealer seals at least once a day; two hours more are left to it."""
LARGEST_GAP: Final = 4096
"""Entries that may stand between two valid checkpoints."""
UNSEALED_START: Final = 64
"""Entries that a log may have before its first valid checkpoint."""
CLOCK_STEP_US: Final = 5_000_000
"""A wall clock further behind its predecessor needs a `clock.step` entry first."""
AHEAD_US: Final = 300_000_000
"""How far the verifying computer's own clock may be slow before FUTURE is said."""
LARGEST_BODY: Final = 1 << 20
MOST_CHANGES: Final = 1000
LARGEST_LINE: Final = 4 << 20
SHOWN_PER_CODE: Final = 200
"""Findings of one code that are kept one by one; beyond that they are only counted."""
NEVER_BODILESS: Final = ("ledger.genesis", "ledger.checkpoint", "ledger.key", "ledger.schema")
"""Kinds whose bodies hold no title and stay for ever, in the barest export too."""

_HOUR_US: Final = 3_600_000_000
_CHINA: Final = timezone(timedelta(hours=8))
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*", re.ASCII)

RowId = str | int


class Unreadable(Exception):
    """What was to be verified cannot be read at all; says in Chinese where and why."""


# --- what is verified, and what is found ---------------------------------------------------------


class Head(NamedTuple):
    """What the ledger says of itself: 32 hex digits of its id, algorithm, size, root."""

    log_id: str
    alg: int
    size: int
    root: bytes
    demo: bool
    bare: bool
    last_leaf: bytes | None = None
    last_time_us: int | None = None


@dataclass(slots=True)
class Entry:
    """One stored entry; `columns` are the copies kept for searching, where the source has them."""

    seq: int
    raw: bytes
    salt: bytes | None
    body: bytes | None
    mac: bytes | None = None
    columns: Mapping[str, object] | None = None


class Row(NamedTuple):
    """One live row: table, id, every plain and sealed column in the form of an after-image."""

    t: str
    id: RowId
    row: Mapping[str, object]


class Blob(NamedTuple):
    """One stored file: id of its row or of its storage, SHA-256 in hex, size in octets."""

    id: str
    sha256: str
    size: int


class Source(Protocol):
    """A ledger to be verified, read once from its first entry to its last."""

    def head(self) -> Head: ...

    def entries(self) -> Iterator[Entry]: ...

    def rows(self) -> Iterator[Row]: ...

    def blobs(self) -> Iterator[Blob]: ...

    @property
    def notes(self) -> Mapping[int, bytes] | None:
        """Checkpoint notes kept beside the log by size, or None where there are none apart."""
        ...

    @property
    def vkey(self) -> str | None:
        """The first verification key as the source tells it, or None."""
        ...

    def earlier(self) -> Sequence[Source]:
        """The closed ledgers that this one continues after a restore, oldest first."""
        ...


class Finding(NamedTuple):
    """One fault: its code, the entry it was seen at, a Chinese sentence without any value."""

    code: str
    seq: int | None
    text: str

    def line(self) -> str:
        """Write the finding as one line."""
        return f"{self.code} {'-' if self.seq is None else self.seq} {self.text}"


@dataclass(slots=True)
class Report:
    """The outcome; `total` counts all findings, `findings` holds at most 200 of each code."""

    findings: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    demo: bool = False
    declared_loss: int | None = None
    size: int = 0
    last_sealed_us: int | None = None
    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    closed: str = ""
    """Words put before what is said of a closed ledger, whose entries have numbers of their own."""

    @property
    def clean(self) -> bool:
        """Whether nothing was found; warnings do not count."""
        return self.total == 0

    def say(self, code: str, seq: int | None, text: str) -> None:
        """Add one finding."""
        self.total += 1
        self.counts[code] += 1
        if self.counts[code] <= SHOWN_PER_CODE:
            self.findings.append(Finding(code, seq, self.closed + text))

    def warn(self, code: str, text: str) -> None:
        """Add one remark that is no finding."""
        self.warnings.append(Finding(code, None, text))


class Anchor(NamedTuple):
    """A checkpoint kept outside the machine; dated from `from_us` to `until_us` where known."""

    origin: str
    size: int
    root: bytes
    note: Note | None = None
    from_us: int | None = None
    until_us: int | None = None


class Receipt(NamedTuple):
    """What a printed slip says: position and the first hex digits of the leaf hash."""

    seq: int
    prefix: str


# --- hashes --------------------------------------------------------------------------------------

_MASK: Final = 0xFFFFFFFF
_SM3_START: Final = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip


@cache
def hasher(alg: int) -> Callable[[bytes], bytes]:
    """Return hash function 1 (SHA-256) or 2 (SM3); raises `Unreadable` for another number."""
    if alg == 1:
        return lambda data: hashlib.sha256(data).digest()
    if alg == 2:
        try:
            hashlib.new("sm3")
        except ValueError:
            return sm3
        return lambda data: hashlib.new("sm3", data).digest()
    raise Unreadable(f"散列算法编号 {alg} 不认识：1 为 SHA-256，2 为 SM3。")


def sm3(data: bytes) -> bytes:
    """SM3 in plain Python, for computers whose OpenSSL has none."""
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (8 * len(data)).to_bytes(8, "big")
    state: tuple[int, ...] = _SM3_START
    for at in range(0, len(padded), 64):
        state = _sm3_block(state, padded[at : at + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _rotate(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & _MASK


def _sm3_block(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        mixed ^= _rotate(mixed, 15) ^ _rotate(mixed, 23)
        words.append(mixed ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _rotate((_rotate(a, 12) + e + _rotate(constant, j)) & _MASK, 7)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & _MASK & g)
        tt1 = (ff + d + (ss1 ^ _rotate(a, 12)) + (words[j] ^ words[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + words[j]) & _MASK
        a, b, c, d = tt1, a, _rotate(b, 9), c
        e, f, g, h = tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17), e, _rotate(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))


class _Tree:
    """Right edge of the RFC 6962 tree of the leaves seen so far."""

    def __init__(self, hash_: Callable[[bytes], bytes]) -> None:
        self._hash = hash_
        self._edge: list[bytes] = []
        self.size = 0

    def append(self, leaf: bytes) -> None:
        full = self.size
        while full & 1:
            leaf = self._hash(b"\x01" + self._edge.pop() + leaf)
            full >>= 1
        self._edge.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self._edge:
            return self._hash(b"")
        top = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            top = self._hash(b"\x01" + left + top)
        return top


# --- Ed25519, RFC 8032 section 5.1.7 -------------------------------------------------------------

_P: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _P) % _P
_SQRT_MINUS_1: Final = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]
_ZERO: Final[_Point] = (0, 1, 1, 0)
_BASE: Final = (4 * pow(5, -1, _P) % _P).to_bytes(32, "little")


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the signature is good; a scalar that is not reduced is refused."""
    if len(public) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    base, key = _multiples(_BASE), _multiples(public)
    if scalar >= _ORDER or base is None or key is None:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % _ORDER
    total = _ZERO
    for shift in range(252, -1, -4):
        for _ in range(4):
            total = _double(total)
        total = _add(total, base[scalar >> shift & 15])
        x, y, z, t = key[challenge >> shift & 15]
        total = _add(total, (_P - x, y, z, _P - t))
    x, y, z, _ = total
    inverse = pow(z, -1, _P)
    found = y * inverse % _P | (x * inverse % _P & 1) << 255
    return found.to_bytes(32, "little") == signature[:32]


@cache
def _multiples(octets: bytes) -> tuple[_Point, ...] | None:
    """0, 1 … 15 times the point written in these octets; None where they are no point."""
    number = int.from_bytes(octets, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if (v * x * x - u) % _P:
        x = x * _SQRT_MINUS_1 % _P
    if y >= _P or (v * x * x - u) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    found = [_ZERO]
    for _ in range(15):
        found.append(_add(found[-1], (x, y, 1, x * y % _P)))
    return tuple(found)


def _add(one: _Point, other: _Point) -> _Point:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a = (y1 - x1) * (y2 - x2) % _P
    b = (y1 + x1) * (y2 + x2) % _P
    c = 2 * t1 * t2 * _D % _P
    d = 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _double(point: _Point) -> _Point:
    x, y, z, _ = point
    a = x * x % _P
    b = y * y % _P
    h = a + b
    e = h - (x + y) * (x + y) % _P
    g = a - b
    f = 2 * z * z % _P + g
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


# --- signed notes and keys, C2SP -----------------------------------------------------------------

_VKEY: Final = re.compile(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", re.ASCII)
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class _FormError(ValueError):
    """A text that does not have its form; the message says in Chinese which form."""


class VerifierKey(NamedTuple):
    """A public Ed25519 key, its name, the four octets that stand for it in a note."""

    name: str
    key_id: bytes
    public: bytes


class Note(NamedTuple):
    """A signed note: the text that was signed and (name, key id, signature) of each line."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def of(self, key: VerifierKey) -> list[bytes]:
        """Signatures that claim to be by this key; all others are ignored."""
        return [s for name, key_id, s in self.signatures if (name, key_id) == key[:2]]

    def signed_by(self, key: VerifierKey) -> bool:
        """Whether the key signed, and no line in its name is false."""
        own, message = self.of(key), self.text.encode()
        return bool(own) and all(ed25519_verify(key.public, message, s) for s in own)


def read_vkey(text: str) -> VerifierKey:
    """Read name+key id+base64; raises a ValueError in Chinese."""
    parts = _VKEY.fullmatch(text)
    if not parts:
        raise _FormError("验证公钥应写作“名称+8 位十六进制+base64”。")
    octets = _base64(parts[3])
    named = parts[1].encode() + b"\n" + octets
    if octets[:1] != b"\x01" or len(octets) != 33:
        raise _FormError("验证公钥的类型不是 Ed25519。")
    if hashlib.sha256(named).hexdigest()[:8] != parts[2]:
        raise _FormError("验证公钥与其编号不符：抄录有误，请逐字核对。")
    return VerifierKey(parts[1], bytes.fromhex(parts[2]), octets[1:])


def read_note(note: str) -> Note:
    """Take a signed note apart; raises a ValueError in Chinese."""
    head, gap, tail = note.rpartition("\n\n")
    if not gap or not head or not tail.endswith("\n"):
        raise _FormError("签名文本应为正文、一个空行和若干签名行，以换行结尾。")
    if any(ord(c) < 32 and c != "\n" for c in head):
        raise _FormError("签名正文不得含控制字符。")
    signatures = []
    for line in tail[:-1].split("\n"):
        name, _, octets = line[2:].partition(" ")
        value = _base64(octets)
        if not line.startswith("— ") or not name or len(value) < 5:
            raise _FormError("签名行应写作“— 名称 base64”。")
        signatures.append((name, value[:4], value[4:]))
    return Note(head + "\n", tuple(signatures))


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """Read origin, size and root of a checkpoint's three lines; raises a ValueError in Chinese."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0] or not _NUMBER.fullmatch(lines[1]):
        raise _FormError("检查点应为三行：账名、条数、根散列值。")
    root = _base64(lines[2])
    if len(root) != 32:
        raise _FormError("检查点第三行应为 32 字节根散列值的 base64。")
    return lines[0], int(lines[1]), root


def read_anchor(text: str, dated: str | None = None) -> Anchor:
    """Read a note kept outside, or three lines copied from paper (root in base64 or in hex).

    `dated` is the checkpoint's time as printed, ISO 8601, of any precision; without a zone it is
    Beijing time.  Raises a ValueError in Chinese.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").rstrip("\n") + "\n"
    note = read_note(text) if "\n\n" in text else None
    lines = (note.text if note else text).split("\n")
    if len(lines) == 4 and re.fullmatch(r"[0-9a-fA-F]{64}", lines[2].replace(" ", "")):
        digits = bytes.fromhex(lines[2].replace(" ", ""))
        lines[2] = binascii.b2a_base64(digits, newline=False).decode()
    origin, size, root = read_checkpoint("\n".join(lines))
    first, last = _span(dated) if dated else (None, None)
    return Anchor(origin, size, root, note, first, last)


def read_receipt(text: str) -> Receipt:
    """Read SEQ:HEX as a slip prints it, at least 16 hex digits; raises a ValueError in Chinese."""
    parts = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{16,64})", text.replace(" ", "").lower())
    if not parts:
        raise _FormError("回执应写作“序号:散列值前 16 位”，如 812:3cdf5f1db91868d9。")
    return Receipt(int(parts[1]), parts[2])


def read_instant(text: str) -> int:
    """Read an ISO 8601 instant, Beijing time unless it names a zone; raises a ValueError."""
    return _span(text)[0]


def _span(text: str) -> tuple[int, int]:
    """First and last microsecond that a written time may mean, by its precision."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise _FormError("时间应写作 2026-09-21T08:30:00+08:00 的样子。") from None
    if when.tzinfo is None:
        when = when.replace(tzinfo=_CHINA)
    first = (when - _EPOCH) // timedelta(microseconds=1)
    clock = re.sub(r"(Z|[+-]\d\d:?\d\d)$", "", text[10:])
    if "." in clock or "," in clock:
        return first, first
    digits = sum(c.isdigit() for c in clock)
    width = {0: 86_400, 2: 3_600, 4: 60}.get(digits, 1)
    return first, first + width * 1_000_000 - 1


def _base64(text: str) -> bytes:
    try:
        octets = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
    except ValueError:
        raise _FormError("base64 部分读不懂：抄录有误，请逐字核对。") from None
    if binascii.b2a_base64(octets, newline=False).decode() != text:
        raise _FormError("base64 部分写法不规范：抄录有误，请逐字核对。")
    return octets


# --- entries and bodies --------------------------------------------------------------------------

_HEADER: Final = struct.Struct(">4sBB16sQ32sqq16s16s16sH")
_KIND: Final = re.compile(rb"[a-z0-9._-]{1,64}")


class Fields(NamedTuple):
    """The header of an entry, see the format's description."""

    alg: int
    log_id: bytes
    seq: int
    prev: bytes
    time_us: int
    wall_us: int
    actor: bytes
    second: bytes
    op_id: bytes
    kind: str
    commit: bytes


def read_entry(raw: bytes) -> Fields | None:
    """Read an entry's octets; None where they are not of the BML1 form."""
    size = _HEADER.size
    if len(raw) < size:
        return None
    magic, alg, flags, *middle, length = _HEADER.unpack_from(raw)
    kind = _kind(raw[size : size + length])
    if magic != b"BML1" or flags or len(raw) != size + length + 32 or kind is None:
        return None
    return Fields._make((alg, *middle, kind, raw[-32:]))


@lru_cache(maxsize=1024)
def _kind(octets: bytes) -> str | None:
    return octets.decode("ascii") if _KIND.fullmatch(octets) else None


def _refuse(_text: str) -> NoReturn:
    raise _FormError("数只能是整数。")


def _integer(text: str) -> int:
    number = int(text)
    if not -(2**53) <= number <= 2**53:
        raise _FormError("整数过大。")
    return number


_ENCODER: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
)
_DECODER: Final = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse, parse_int=_integer)


def _dumped(value: object) -> bytes:
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def read_body(body: bytes) -> object:
    """Read a body; raises ValueError for any but the canonical spelling of its content."""
    if len(body) > LARGEST_BODY:
        raise _FormError("超过 1 MiB。")
    text = body.decode("utf-8")
    # what follows the value makes it differ from its canonical spelling, as all else does
    value: object = _DECODER.raw_decode(text)[0]
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        _demand_nfc(value)
    if _ENCODER.encode(value) != text:
        raise _FormError("键序、空白、转义或重复的键。")
    return value


def _demand_nfc(value: object) -> None:
    if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
        raise _FormError("文字不是 NFC 形式。")
    if isinstance(value, dict):
        for key, item in value.items():
            _demand_nfc(key)
            _demand_nfc(item)
    elif isinstance(value, list):
        for item in value:
            _demand_nfc(item)


def restored_ledger(genesis: bytes) -> str | None:
    """The id of the ledger that a genesis, given by its body, continues; None for none."""
    try:
        body = read_body(genesis)
    except (ValueError, RecursionError):
        return None
    told = body.get("restores") if isinstance(body, dict) else None
    log_id = told.get("log_id") if isinstance(told, dict) else None
    return log_id if isinstance(log_id, str) and _is_hex(log_id, 16) else None


def _integral(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: object) -> str:
    """One short line for an id or a name, whatever it holds."""
    return json.dumps(value)[:80]


# --- replay of the after-images ------------------------------------------------------------------


_FLAT_TYPES: Final = frozenset({str, int, bool, type(None)})


class _Images:
    """The last after-image of every row, and the changes of columns that came after it."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._last: dict[tuple[str, RowId], tuple[int, bytes]] = {}
        self._schema: dict[str, list[Mapping[str, object]]] = {}
        self._files: dict[tuple[str, int], list[set[str]]] = {}

    def replay(self, changes: object, seq: int) -> None:
        """Take in the `changes` of one body."""
        if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
            self._report.say("FORMAT", seq, "正文的 changes 不是不超过 1000 项的列表。")
            return
        for change in changes:
            if not _is_change(change):
                self._report.say("FORMAT", seq, "正文的 changes 中有一项不是 t、id、after。")
                continue
            key = (change["t"], change["id"])
            if change["after"] is None:
                self._last.pop(key, None)
            else:
                generation = len(self._schema.get(key[0], ()))
                self._last[key] = (generation, _packed(change["after"]))

    def alter(self, operations: object, seq: int) -> None:
        """Take in the `schema` of one `ledger.schema` body: it holds for all earlier images."""
        if not isinstance(operations, list) or not all(map(_is_schema, operations)):
            self._report.say("SCHEMA", seq, "列变更的正文不是 t、add、rename、drop 的列表。")
            return
        for operation in operations:
            self._schema.setdefault(operation["t"], []).append(operation)

    def _take(self, key: tuple[str, RowId]) -> dict[str, object] | None:
        """Remove and return a row's image as it stands after all changes of columns."""
        found = self._last.pop(key, None)
        if found is None:
            return None
        generation, octets = found
        image: dict[str, object] = marshal.loads(octets)  # noqa: S302 - packed in this process
        for operation in self._schema.get(key[0], ())[generation:]:
            image = _altered(image, operation)
        names = {str(key[1]), *(v for v in image.values() if isinstance(v, str))}
        for value in image.values():
            if isinstance(value, dict) and value.keys() == {"sha256", "size"}:
                file = (str(value["sha256"]), _number(value["size"]))
                self._files.setdefault(file, []).append(names)
        return image

    def hand_over(self, change: Mapping[str, object]) -> bool:
        """Whether a new ledger takes a row over exactly as it stands here; it is then its own."""
        t, id_ = str(change["t"]), change["id"]
        if not isinstance(id_, str | int):
            return False
        image = self._take((t, id_))
        return image is not None and _dumped(image) == _dumped(change["after"])

    @property
    def left(self) -> int:
        """Rows that nobody has taken over or compared yet."""
        return len(self._last)

    def compare_rows(self, rows: Iterable[Row]) -> None:
        """Find live rows that differ from their image, have none, or are gone."""
        told: set[str] = set()
        for row in rows:
            if not self._is_plainly(row):
                self._compare_row(row, told)
        for t, id_ in list(self._last):
            self._report.say("ROW", None, f"表 {_shown(t)} 的 {_shown(id_)} 在台账中有而表中没有。")
            self._take((t, id_))

    def _is_plainly(self, row: Row) -> bool:
        """Whether a row is its image to the octet, and there is no more to it; it is then done."""
        key = (row.t, row.id)
        generation, octets = self._last.get(key, (-1, b""))
        if generation != len(self._schema.get(row.t, ())) or b"sha256" in octets:
            return False
        try:
            is_same = octets == _packed(_ordered(row.row))
        except (ValueError, TypeError):
            return False
        if is_same:
            del self._last[key]
        return is_same

    def _compare_row(self, row: Row, told: set[str]) -> None:
        """Compare a row column by column; `told` are the tables that were said to differ."""
        where = f"表 {_shown(row.t)} 的 {_shown(row.id)}"
        image = self._take((row.t, row.id))
        if image is None:
            self._report.say("ROW_EXTRA", None, f"{where} 在台账中没有来历。")
            return
        if image.keys() != row.row.keys() and row.t not in told:
            told.add(row.t)
            columns = "、".join(map(_shown, sorted(image.keys() ^ row.row.keys())))
            text = f"表 {_shown(row.t)} 的列与台账不符：{columns}。"
            self._report.say("SCHEMA", None, text)
        common = image.keys() & row.row.keys()
        wrong = sorted(c for c in common if _dumped(image[c]) != _dumped(row.row[c]))
        if wrong:
            columns = "、".join(map(_shown, wrong))
            self._report.say("ROW", None, f"{where} 与台账所记不符，列：{columns}。")

    def compare_blobs(self, blobs: Iterable[Blob]) -> None:
        """Find files that the images do not know, and files of the images that are gone."""
        for blob in blobs:
            owners = self._files.get((blob.sha256, blob.size), [])
            owner = next((names for names in owners if blob.id in names), None)
            if owner is None:
                text = f"附件 {_shown(blob.id)} 的内容与台账所记不符，或台账中没有来历。"
                self._report.say("BLOB", None, text)
            else:
                owners.remove(owner)
        for (sha256, _), owners in self._files.items():
            for _ in owners:
                text = f"台账所记的附件（SHA-256 {_shown(sha256)}）不存在或已被更换。"
                self._report.say("BLOB", None, text)


def _packed(image: Any) -> bytes:
    """An image to be kept: small, quick, and the same only for the same values of the same types.

    Raises ValueError for what no JSON text holds.
    """
    return marshal.dumps(image, 0)


def _ordered(fields: Mapping[str, object]) -> dict[str, object]:
    """A copy with its keys in the order that canonical bodies have, at every depth."""
    return {
        key: value if type(value := fields[key]) in _FLAT_TYPES else _ordered_within(value)
        for key in sorted(fields)
    }


def _ordered_within(value: object) -> object:
    if isinstance(value, dict):
        return _ordered(value)
    return list(map(_ordered_within, value)) if isinstance(value, list) else value


def _is_change(change: object) -> bool:
    return (
        isinstance(change, dict)
        and change.keys() == {"t", "id", "after"}
        and isinstance(change["t"], str)
        and (isinstance(change["id"], str) or _integral(change["id"]))
        and (change["after"] is None or isinstance(change["after"], dict))
    )


def _is_schema(operation: object) -> bool:
    if not isinstance(operation, dict) or not isinstance(operation.get("t"), str):
        return False
    add, rename = operation.get("add", {}), operation.get("rename", {})
    drop = operation.get("drop", [])
    return (
        operation.keys() <= {"t", "add", "rename", "drop"}
        and isinstance(add, dict)
        and isinstance(rename, dict)
        and all(isinstance(name, str) for name in rename.values())
        and isinstance(drop, list)
        and all(isinstance(name, str) for name in drop)
    )


def _altered(image: Mapping[str, object], operation: Mapping[str, object]) -> dict[str, object]:
    """One image after columns were dropped, renamed and added, in this order."""
    drop, rename, add = operation.get("drop"), operation.get("rename"), operation.get("add")
    gone = set(drop) if isinstance(drop, list) else set()
    names = rename if isinstance(rename, dict) else {}
    new = {names.get(c, c): value for c, value in image.items() if c not in gone}
    return {**(add if isinstance(add, dict) else {}), **new}


# --- signing keys and what lies outside ----------------------------------------------------------


class _Keys:
    """Key epochs: key k+1 is in force once a checkpoint of key k covers its introduction."""

    def __init__(self, *, fast: bool) -> None:
        self._fast = fast
        self._current: VerifierKey | None = None
        self._waiting: deque[tuple[VerifierKey, int]] = deque()
        self._unproved: tuple[Note, VerifierKey, int] | None = None
        self.known: list[VerifierKey] = []

    def start(self, key: VerifierKey) -> None:
        self._current = key
        self.known.append(key)

    def introduce(self, key: VerifierKey, seq: int) -> None:
        self._waiting.append((key, seq))
        self.known.append(key)

    def accept(self, note: Note, size: int) -> bool:
        """Whether a note of this size is signed by the key in force."""
        key = self._current
        if key is None or not note.of(key):
            return False
        covers = bool(self._waiting) and self._waiting[0][1] < size
        if self._fast and not covers:
            self._unproved = (note, key, size)
            return True
        if not note.signed_by(key):
            return False
        self._unproved = None
        if covers:
            self._current = self._waiting.popleft()[0]
        return True

    def false_at(self) -> int | None:
        """Size of the newest checkpoint, where it was taken on trust and proves false."""
        if self._unproved is None:
            return None
        note, key, size = self._unproved
        return None if note.signed_by(key) else size


class _Forks:
    """What the geneses of restored ledgers declare of the ledgers before them."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[int, str]] = {}
        self._declared: dict[str, set[tuple[int, str]]] = {}

    def take(self, told: Mapping[str, object]) -> None:
        """Take in one whole `restores`."""
        log_id, anchors = str(told["log_id"]), told["anchors"]
        self.kept[log_id] = (_number(told["size"]), str(told["root"]))
        for anchor in anchors if isinstance(anchors, list) else ():
            beyond = (_number(anchor["size"]), str(anchor["root"]))
            self._declared.setdefault(str(anchor.get("log_id", log_id)), set()).add(beyond)

    def is_declared(self, anchor: Anchor) -> bool:
        """Whether this very checkpoint was declared as lost."""
        declared = self._declared.get(_log_of(anchor), ())
        return (anchor.size, anchor.root.hex()) in declared

    def is_abandoned(self, anchor: Anchor) -> bool:
        """Whether the checkpoint lies inside a ledger of which nothing was restored."""
        log_id = _log_of(anchor)
        return log_id not in self.kept and anchor.size < self._end(log_id)

    def covers(self, seq: int) -> bool:
        """Whether an entry of this number was lost, in one ledger or another, and declared."""
        return any(self._start(log_id) <= seq < self._end(log_id) for log_id in self._declared)

    def loss(self) -> int | None:
        """Entries declared as lost, None where nothing was ever restored."""
        if not self.kept:
            return None
        return sum(max(0, self._end(log) - self._start(log)) for log in self._declared)

    def _start(self, log_id: str) -> int:
        return self.kept.get(log_id, (0, ""))[0]

    def _end(self, log_id: str) -> int:
        return max((size for size, _ in self._declared.get(log_id, ())), default=0)


def _log_of(anchor: Anchor) -> str:
    return anchor.origin.removeprefix("bm.local/")


class _Outside:
    """Anchors and receipts: what left the machine and cannot be rewritten on it."""

    def __init__(
        self, report: Report, anchors: Sequence[Anchor], receipts: Sequence[Receipt]
    ) -> None:
        self._report = report
        self._anchors = anchors
        self._receipts: dict[int, set[str]] = {}
        for receipt in receipts:
            self._receipts.setdefault(receipt.seq, set()).add(receipt.prefix)
        self._entered: set[int] = set()
        self._origins: set[str] = set()
        self._beyond: list[Anchor] = []
        self._keys: list[VerifierKey] = []
        self._ahead: deque[Anchor] = deque()
        self._dated: deque[Anchor] = deque()
        self._not_before: int | None = None
        self._find_split()

    def enter(self, origin: str) -> None:
        """Turn to another ledger: the anchors of its name are met as it is read."""
        own = sorted((a for a in self._anchors if a.origin == origin), key=lambda a: a.size)
        self._origins.add(origin)
        self._ahead = deque(own)
        self._dated = deque(a for a in own if a.from_us is not None)
        self._not_before = None

    def leave(self, keys: Sequence[VerifierKey]) -> None:
        """The ledger has been read: keep what it is too short for, and its keys."""
        self._beyond = list(self._ahead)
        self._keys.extend(keys)

    def _find_split(self) -> None:
        roots: dict[tuple[str, int], set[bytes]] = {}
        for anchor in self._anchors:
            roots.setdefault((anchor.origin, anchor.size), set()).add(anchor.root)
        for (_, size), found in roots.items():
            if len(found) > 1:
                self._report.say("SPLIT", size, "同一条数有根散列值不同的检查点：台账曾分叉示人。")

    def meet(self, tree: _Tree) -> None:
        """Compare every anchor of the size that the tree has now."""
        while self._ahead and self._ahead[0].size == tree.size:
            anchor = self._ahead.popleft()
            if anchor.root != tree.root():
                text = "此前各条与外存检查点的根散列值不符：台账被改写过。"
                self._report.say("ANCHOR_ROOT", anchor.size, text)

    def meet_time(self, position: int, seq: int, time_us: int) -> None:
        """Compare an entry's time with the dated anchors before and after it."""
        while self._dated and self._dated[0].size <= position:
            from_us = self._dated.popleft().from_us or 0
            self._not_before = max(from_us, self._not_before or from_us)
        if self._not_before is not None and time_us < self._not_before:
            self._report.say("ANCHOR_TIME", seq, "本条晚于外存检查点入账，所记时间却早于它。")
        if self._dated and time_us > min(a.until_us or time_us for a in self._dated):
            self._report.say("ANCHOR_TIME", seq, "本条早于外存检查点入账，所记时间却晚于它。")

    def meet_leaf(self, seq: int, leaf: bytes) -> None:
        """Strike out the receipts that an entry bears out, in whichever ledger it stands."""
        if seq in self._receipts:
            self._entered.add(seq)
            borne_out = {p for p in self._receipts[seq] if leaf.hex().startswith(p)}
            self._receipts[seq] -= borne_out

    def finish(self, forks: _Forks) -> None:
        """Say what the ledgers are too short for, and judge anchors and receipts of the lost."""
        for anchor in self._beyond:
            text = f"外存检查点有 {anchor.size} 条，台账没有这么长：末尾被截去或换成了旧备份。"
            self._report.say("ANCHOR_SIZE", anchor.size, text)
        current = {id(anchor) for anchor in self._beyond}
        for anchor in self._anchors:
            if id(anchor) not in current:
                self._meet_foreign(anchor, forks)
            known = [k for k in self._keys if anchor.note and anchor.note.of(k)]
            if anchor.note and not all(map(anchor.note.signed_by, known)):
                text = "外存检查点上的签名不对：这份外存副本本身被改过或已损坏。"
                self._report.say("ANCHOR_SIG", anchor.size, text)
        for seq, prefixes in self._receipts.items():
            for _ in prefixes:
                self._meet_slip(seq, forks)

    def _meet_slip(self, seq: int, forks: _Forks) -> None:
        """A receipt that no entry bears out."""
        if forks.covers(seq):
            text = f"回执 {seq} 所指的条目在已声明的损失之内，没有核对：请按回执补录。"
            self._report.warn("RECEIPT_LOST", text)
            return
        text = "本条与纸质回执不符。" if seq in self._entered else "有纸质回执，台账中却没有此条。"
        self._report.say("RECEIPT", seq, text)

    def _meet_foreign(self, anchor: Anchor, forks: _Forks) -> None:
        """An anchor of a ledger that was closed, abandoned, or is none of this office."""
        kept = forks.kept.get(_log_of(anchor))
        if kept is None:
            known = anchor.origin in self._origins or forks.is_abandoned(anchor)
            if not known and not forks.is_declared(anchor):
                self._report.say("LOGID", None, "外存检查点是另一本台账的。")
        elif anchor.size == kept[0]:
            if anchor.root.hex() != kept[1]:
                text = "旧账的外存检查点与建账时声明的恢复点不符。"
                self._report.say("ANCHOR_ROOT", None, text)
        elif anchor.size > kept[0] and not forks.is_declared(anchor):
            text = f"旧账曾有 {anchor.size} 条，这一损失在新账建账时没有声明。"
            self._report.say("ANCHOR_SIZE", None, text)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


# --- the verification ----------------------------------------------------------------------------


class _Run:
    """One pass over a source."""

    def __init__(
        self, source: Source, outside: _Outside, forks: _Forks, report: Report, before: _Run | None
    ) -> None:
        head = source.head()
        if not _is_hex(head.log_id, 16):
            raise Unreadable("账头的台账编号不是 32 位十六进制。")
        self.source, self.head, self.outside, self.report = source, head, outside, report
        self.forks, self.before = forks, before
        self.hash = hasher(head.alg)
        self.log_id = bytes.fromhex(head.log_id)
        self.origin = f"bm.local/{head.log_id}"
        self.tree = _Tree(self.hash)
        self.images = _Images(report)
        self.keys = _Keys(fast=False)
        self.now_us = 0
        self.trusted: str | None = None
        self.mac_key: bytes | None = None
        self.is_fork = False
        self._notes = dict(source.notes) if source.notes is not None else None
        self._op_ids: set[bytes] = before._op_ids if before else set()
        self._absent: set[int] = set()
        # a later ledger may order the destruction of a body in a closed one
        self._redacted: set[tuple[object, int]] = before._redacted if before else set()
        self._leaf = bytes(32)
        self._before: Fields | None = None
        self._next_seq = 0
        self._sealed_size = 0
        self._gap_told = False
        self._macs: Counter[bool] = Counter()

    # an entry's place and header

    def take(self, entry: Entry) -> None:
        """Check one entry and make it the newest leaf."""
        fields = read_entry(entry.raw)
        leaf = self.hash(b"\x00" + entry.raw)
        seq, position = entry.seq, self.tree.size
        if seq != self._next_seq:
            self.report.say("GAP", seq, f"序号不连续：应为 {self._next_seq}。")
        self.outside.meet(self.tree)
        self.outside.meet_leaf(seq, leaf)
        self._check_copies(entry, fields, leaf)
        self._check_mac(entry)
        if fields is None:
            self.report.say("FORMAT", seq, "本条不是 BML1 格式。")
        else:
            self._check_place(entry, fields)
            self._check_times(seq, position, fields)
            body = self._read_body(entry, fields)
            self._check_meaning(seq, fields, body)
            self._before = fields
        self._check_seals(seq)
        self.tree.append(leaf)
        self._leaf, self._next_seq = leaf, seq + 1

    def _check_place(self, entry: Entry, fields: Fields) -> None:
        seq, say = entry.seq, self.report.say
        if fields.alg != self.head.alg:
            say("ALG", seq, "本条的散列算法与台账的不同。")
        if fields.log_id != self.log_id:
            say("LOGID", seq, "本条属于另一本台账。")
        if fields.seq != seq or seq != self._next_seq:
            say("SEQ", seq, "条内所记序号与其位置不符。")
        if fields.prev != self._leaf:
            say("PREV", seq, "本条所指的前条散列值与前一条不符。")
        if fields.op_id in self._op_ids:
            say("OPID", seq, "同一操作编号已入账一次。")
        self._op_ids.add(fields.op_id)

    def _check_times(self, seq: int, position: int, fields: Fields) -> None:
        before, say = self._before, self.report.say
        if before is not None and fields.time_us <= before.time_us:
            say("TIME", seq, "时间不晚于前一条。")
        elif fields.time_us != max(fields.wall_us, before.time_us + 1 if before else -(2**63)):
            say("WALL", seq, "入账时间不是由时钟读数和前一条推得的。")
        stepped = before is not None and fields.wall_us < before.wall_us - CLOCK_STEP_US
        if stepped and fields.kind != "clock.step":
            say("WALL", seq, "时钟比前一条倒退 5 秒以上，而没有时钟调整记录。")
        closed = self.before._before if self.before and position == 0 else None
        if closed is not None and fields.time_us <= closed.time_us:
            say("TIME", seq, "新账开头的时间不晚于旧账的末条。")
        self.outside.meet_time(position, seq, fields.time_us)

    def _check_copies(self, entry: Entry, fields: Fields | None, leaf: bytes) -> None:
        """Compare the copies kept for searching with what the entry itself says."""
        if entry.columns is None:
            return
        for column, value in entry.columns.items():
            if column == "leaf":
                if not _is_copy(value, leaf):
                    self.report.say("HASH", entry.seq, "所存叶散列值与条目不符。")
            elif fields is not None and not _is_copy(value, getattr(fields, column, None)):
                self.report.say("COLUMN", entry.seq, f"检索列 {_shown(column)} 与条目不符。")

    def _check_mac(self, entry: Entry) -> None:
        if self.mac_key is None:
            return
        self._macs[entry.mac is not None] += 1
        if entry.mac is None:
            if entry.columns is not None:
                self.report.say("MAC", entry.seq, "本条没有认证码：不是由本系统写入的。")
        elif not hmac.compare_digest(hmac.digest(self.mac_key, entry.raw, "sha256"), entry.mac):
            self.report.say("MAC", entry.seq, "认证码不符：本条不是由本系统写入的。")

    # an entry's body

    def _read_body(self, entry: Entry, fields: Fields) -> dict[str, object] | None:
        seq, say = entry.seq, self.report.say
        if entry.body is None:
            if fields.kind in NEVER_BODILESS:
                say("ERASED", seq, "本条的正文不得去除。")
            elif not self.head.bare:
                self._absent.add(seq)
            return None
        salt = entry.salt
        committed = None if salt is None else self.hash(b"\x03" + salt + entry.body)
        if salt is None or len(salt) != 16 or committed != fields.commit:
            say("BODY", seq, "正文或盐值与条目的承诺不符：正文被改过。")
        try:
            body = read_body(entry.body)
        except (ValueError, RecursionError):
            say("CANON", seq, "正文不是规范 JSON。")
            return None
        if not isinstance(body, dict):
            say("FORMAT", seq, "正文不是键值形式。")
            return None
        return body

    def _check_meaning(self, seq: int, fields: Fields, body: dict[str, object] | None) -> None:
        kind, demo = fields.kind, self.report.demo
        if (kind == "ledger.genesis") != (self.tree.size == 0):
            self.report.say("GENESIS", seq, "台账应以建账条目开头，且只有一条建账条目。")
        elif kind == "ledger.genesis" and body is not None:
            self._take_genesis(body)
            demo = self.report.demo
        if fields.time_us > self.now_us + AHEAD_US and not demo:
            self.report.say("FUTURE", seq, "所记时间晚于现在。")
        if body is None:
            return
        if kind == "ledger.checkpoint":
            self._take_checkpoint(seq, fields, body)
        elif kind == "ledger.key":
            self._take_key(seq, body)
        elif kind == "ledger.redact":
            self._take_redaction(seq, body)
        elif kind == "ledger.schema":
            self.images.alter(body.get("schema"), seq)
        elif kind == "ledger.restored":
            self._take_rows_over(seq, body)
        if "changes" in body and not self.head.bare:
            self.images.replay(body["changes"], seq)

    def _take_genesis(self, body: Mapping[str, object]) -> None:
        say = self.report.say
        self.report.demo = body.get("demo") is True
        if self.report.demo != self.head.demo:
            say("HEAD", None, "账头所记的演示标志与建账条目不符。")
        if body.get("alg") != self.head.alg:
            say("ALG", 0, "建账条目所记的散列算法与账头不符。")
        if body.get("origin") != self.origin:
            say("LOGID", 0, "建账条目所记的账名与账头不符。")
        if self.trusted is not None and body.get("vkey") != self.trusted:
            say("GENESIS", 0, "建账条目的首个公钥与所给的首个公钥不符。")
        try:
            key = read_vkey(str(body.get("vkey") if self.trusted is None else self.trusted))
            if not re.fullmatch(re.escape(self.origin) + r"/k[0-9]+", key.name):
                say("LOGID", 0, "首个公钥是另一本台账的。")
            self.keys.start(key)
        except ValueError:
            say("GENESIS", 0, "首个公钥读不懂。")
        if "restores" in body:
            self._take_restore(body["restores"])

    def _take_restore(self, told: object) -> None:
        """Read the declaration of a log that continues another one from a backup."""
        if not _is_restore(told) or not isinstance(told, dict):
            self.report.say("GENESIS", 0, "建账条目中的恢复声明不完整。")
            return
        self.is_fork = True
        self.forks.take(told)
        before = self.before
        if before is None:
            self.report.warn("FORK", "本账由备份恢复而来，所承接的旧账没有随附，没有核对。")
            return
        reached = (before.head.log_id, before.tree.size, before.tree.root().hex())
        if reached != (told["log_id"], told["size"], told["root"]):
            text = "随附的旧账与建账条目所声明的台账编号、条数或根散列值不符。"
            self.report.say("FORK", 0, text)
        if before.head.demo != self.head.demo:
            self.report.say("FORK", 0, "旧账与新账一本是演示机关的，一本不是。")

    def _take_rows_over(self, seq: int, body: Mapping[str, object]) -> None:
        """Rows that a restored ledger begins with: exactly those that the closed one ended with."""
        changes = body.get("changes")
        if self.before is None or self.head.bare or not isinstance(changes, list):
            return
        wrong = sum(not (_is_change(c) and self.before.images.hand_over(c)) for c in changes)
        if wrong:
            self.report.say("FORK", seq, f"所承接的登记行有 {wrong} 行与旧账所记不符。")

    def _take_checkpoint(self, seq: int, fields: Fields, body: Mapping[str, object]) -> None:
        text, say = body.get("note"), self.report.say
        kept = self._notes.pop(seq, None) if self._notes is not None else None
        if self._notes is not None and kept is None:
            say("CKPT_GAP", seq, "检查点文件缺失。")
        elif kept is not None and kept != str(text).encode("utf-8", "surrogatepass"):
            say("CKPT_SIG", seq, "检查点文件与台账所记的不同。")
        try:
            note = read_note(str(text))
            origin, size, root = read_checkpoint(note.text)
        except ValueError:
            say("CKPT_SIG", seq, "检查点读不懂。")
            return
        right = (origin, size, root) == (self.origin, self.tree.size, self.tree.root())
        if not right or size != fields.seq:
            say("CKPT_ROOT", seq, "检查点所记的账名、条数或根散列值与此前各条不符。")
        elif not self.keys.accept(note, size):
            say("CKPT_SIG", seq, "检查点不是由当时有效的密钥签署的。")
        else:
            self.report.last_sealed_us = fields.time_us
            self._sealed_size, self._gap_told = size, False

    def _take_key(self, seq: int, body: Mapping[str, object]) -> None:
        try:
            self.keys.introduce(read_vkey(str(body.get("vkey"))), seq)
        except ValueError:
            self.report.say("KEY", seq, "所引入的公钥读不懂。")

    def _take_redaction(self, seq: int, body: Mapping[str, object]) -> None:
        seqs = body.get("seqs")
        limit = seq if "log_id" not in body else 2**63
        if not isinstance(seqs, list) or not all(_integral(s) and 0 <= s < limit for s in seqs):
            self.report.say("FORMAT", seq, "销毁正文的条目没有列出此前的序号。")
        elif not isinstance(body.get("order"), dict) or not body["order"]:
            self.report.say("ERASED", seq, "销毁正文没有所依据的批件。")
        else:
            log_id = body.get("log_id", self.head.log_id)
            self._redacted.update((log_id, s) for s in seqs)

    def _check_seals(self, seq: int) -> None:
        if self.tree.size - self._sealed_size > LARGEST_GAP and not self._gap_told:
            self._gap_told = True
            self.report.say("CKPT_GAP", seq, f"连续 {LARGEST_GAP} 条以上没有有效检查点。")

    # the whole

    def read(self) -> None:
        """Read every entry, and check what can be said once all are read."""
        report, head, tree = self.report, self.head, self.tree
        self.outside.enter(self.origin)
        for entry in self.source.entries():
            self.take(entry)
        self.outside.meet(tree)
        self.outside.leave(self.keys.known)
        if not tree.size:
            report.say("GENESIS", None, "台账是空的。")
        if head.size != tree.size or head.root != tree.root():
            report.say("HEAD", None, "账头所记的条数或根散列值与各条不符。")
        newest = (self._leaf, self._before.time_us if self._before else None)
        if any(h is not None and h != n for h, n in zip(head[6:], newest, strict=True)):
            report.say("HEAD", None, "账头所记的末条与末条不符。")
        false_at = self.keys.false_at()
        if false_at is not None:
            report.say("CKPT_SIG", false_at, "检查点不是由当时有效的密钥签署的。")
        if tree.size > UNSEALED_START and not self._sealed_size:
            report.say("CKPT_GAP", None, "台账没有一个有效的检查点。")
        for size in sorted(self._notes or ()):
            report.say("CKPT_SIG", size, "有检查点文件，台账中却没有此检查点。")
        self._check_fork()

    def _check_fork(self) -> None:
        """Check that this ledger goes on where the closed one before it ended."""
        if self.before is None:
            return
        if not self.is_fork:
            self.report.say("FORK", None, "随附的旧账在建账条目中没有指明。")
        elif not self.head.bare and self.before.images.left:
            left = self.before.images.left
            self.report.say("FORK", None, f"旧账所记的登记行有 {left} 行没有承接下来。")

    def check_bodies(self) -> None:
        """Find bodies that are gone, once the orders of this and of all later ledgers are known."""
        for seq in sorted(self._absent):
            if (self.head.log_id, seq) not in self._redacted:
                self.report.say("ERASED", seq, "正文不在，也没有销毁它的批件。")

    def finish(self, max_age_hours: float | None) -> None:
        """Check what can only be said of the ledger in force."""
        self.report.size = self.tree.size
        self.report.declared_loss = self.forks.loss()
        self.outside.finish(self.forks)
        if self._macs[False] and not self._macs[True]:
            self.report.warn("MAC_NONE", "所给数据不带认证码，没有核对。")
        self._check_live()
        self._check_age(max_age_hours)

    def _check_live(self) -> None:
        if self.head.bare:
            told = "简式导出：只核对链、树、检查点和密钥，没有核对正文、登记行与附件。"
            self.report.warn("BARE", told)
            return
        self.images.compare_rows(self.source.rows())
        self.images.compare_blobs(self.source.blobs())

    def _check_age(self, max_age_hours: float | None) -> None:
        if self.report.demo or not self.tree.size:
            return
        sealed = self.report.last_sealed_us
        limit = STALE_HOURS if max_age_hours is None else max_age_hours
        if sealed is not None and self.now_us - sealed <= limit * _HOUR_US:
            return
        text = f"最近 {limit:g} 小时没有有效检查点，上一次：{shown_time(sealed)}。"
        if max_age_hours is None:
            self.report.warn("STALE", text)
        else:
            self.report.say("STALE", None, text)


def _is_restore(told: object) -> bool:
    if not isinstance(told, dict) or not isinstance(told.get("anchors"), list):
        return False
    points = [told, *told["anchors"]]
    return (
        {"log_id", "reason"} <= told.keys()
        and _is_hex(told["log_id"], 16)
        and isinstance(told.get("approvers"), list)
        and len(set(map(str, told["approvers"]))) >= 2
        and all(isinstance(p, dict) for p in points)
        and all(_integral(p.get("size")) and p["size"] >= 0 for p in points)
        and all(_is_hex(p.get("root"), 32) for p in points)
        and all(_is_hex(p.get("log_id", told["log_id"]), 16) for p in points)
    )


def _is_hex(value: object, octets: int) -> bool:
    return isinstance(value, str) and len(value) == 2 * octets and bool(_HEX.fullmatch(value))


def _is_copy(value: object, own: object) -> bool:
    return (type(value) is type(own) and value == own) or _flat(value) == _flat(own)


def _flat(value: object) -> str:
    """One spelling for octets, UUIDs and their texts, so that copies of any type compare."""
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    text = str(value)
    undashed = text.replace("-", "").lower()
    return undashed if _is_hex(undashed, 16) or _is_hex(undashed, 32) else text


def verify(
    source: Source,
    *,
    anchors: Sequence[Anchor] = (),
    receipts: Sequence[Receipt] = (),
    now_us: int,
    first_vkey: str | None = None,
    mac_key: bytes | None = None,
    max_age_hours: float | None = None,
    fast: bool = False,
) -> Report:
    """Verify a whole ledger and its live rows.

    `first_vkey` is the key of the founding certificate; without it the source's own word is
    taken.  `max_age_hours` turns a stale seal from a warning into a finding.  `fast` checks only
    the newest signature of each key epoch, which is as strong for what the log says.  Raises
    `Unreadable` where the source cannot be read.
    """
    report = Report()
    outside, forks = _Outside(report, anchors, receipts), _Forks()
    runs: list[_Run] = []
    ledgers = [*source.earlier(), source]
    for ledger in ledgers:
        run = _Run(ledger, outside, forks, report, runs[-1] if runs else None)
        report.closed = "" if ledger is source else f"旧账 {run.head.log_id[:8]}："
        run.keys = _Keys(fast=fast)
        run.now_us, run.mac_key = now_us, mac_key
        own = first_vkey if ledger is _certified(ledgers, first_vkey) else None
        run.trusted = ledger.vkey if own is None else own
        if own is not None and ledger.vkey not in (None, own):
            report.say("GENESIS", None, "数据所附的首个公钥与所给的首个公钥不符。")
        report.demo, report.last_sealed_us = False, None
        run.read()
        runs.append(run)
    for run in runs:
        report.closed = "" if run is runs[-1] else f"旧账 {run.head.log_id[:8]}："
        run.check_bodies()
    runs[-1].finish(max_age_hours)
    return report


def _certified(ledgers: Sequence[Source], vkey: str | None) -> Source:
    """The ledger whose founding a key certifies, told by the key's own name."""
    for ledger in ledgers[:-1]:
        if vkey is not None and vkey.startswith(f"bm.local/{ledger.head().log_id}/"):
            return ledger
    return ledgers[-1]


def _hashed(path: Path) -> Blob:
    """A file as it lies there. Raises Unreadable."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
                size += len(piece)
    except OSError:
        raise Unreadable(f"读不到 blobs 中的 {_shown(path.name)}：请重新导出。") from None
    return Blob(path.name, digest.hexdigest(), size)


# --- the export folder ---------------------------------------------------------------------------


class ExportFolder:
    """An exported ledger: log, head, rows and blobs (jsonl), blobs/, notes/, vkey.txt."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise Unreadable(f"找不到文件夹 {folder}：请核对路径。")
        self._folder = folder

    def head(self) -> Head:
        record = _record(self._text("head.json").removesuffix("\n"), "head.json")
        log_id, alg, size, root = (record.get(k) for k in ("log_id", "alg", "size", "root"))
        demo, bare = record.get("demo"), record.get("bare")
        if (
            not (isinstance(log_id, str) and _is_hex(log_id, 16))
            or not (isinstance(alg, int) and alg in (1, 2))
            or not (isinstance(size, int) and _integral(size))
            or not (isinstance(root, str) and _is_hex(root, 32))
            or not (isinstance(demo, bool) and isinstance(bare, bool))
        ):
            raise Unreadable("head.json 的内容不全或写法不对。")
        return Head(log_id, alg, size, bytes.fromhex(root), demo, bare)

    def entries(self) -> Iterator[Entry]:
        for record, where in self._records("log.jsonl", {"seq", "raw", "salt", "body"}, {"mac"}):
            seq, raw = record["seq"], _octets(record["raw"], where)
            if not isinstance(seq, int) or not _integral(seq) or raw is None:
                raise Unreadable(f"{where}缺少序号或条目。")
            salt, body = _octets(record["salt"], where), _octets(record["body"], where)
            yield Entry(seq, raw, salt, body, _octets(record.get("mac"), where))

    def rows(self) -> Iterator[Row]:
        for record, where in self._records("rows.jsonl", {"t", "id", "row"}):
            t, id_, row = record["t"], record["id"], record["row"]
            if (
                not isinstance(t, str)
                or not isinstance(row, dict)
                or not isinstance(id_, str | int)
                or isinstance(id_, bool)
            ):
                raise Unreadable(f"{where}的内容不是表名、编号和各列。")
            yield Row(t, id_, row)

    def blobs(self) -> Iterator[Blob]:
        """The files themselves; where a line and its file differ, both: one of them is false.

        A line without a file, and a file without a line, are as files that no entry knows.
        """
        unnamed = {path.name: path for path in self._folder.glob("blobs/*")}
        for told in self._told_blobs():
            path = unnamed.pop(told.id, None)
            found = told._replace(sha256="", size=-1) if path is None else _hashed(path)
            if found != told:
                yield found
            if path is not None:
                yield told
        for name in sorted(unnamed):
            yield Blob(name, "", -1)

    def _told_blobs(self) -> Iterator[Blob]:
        for record, where in self._records("blobs.jsonl", {"id", "sha256", "size"}):
            id_, sha256, size = record["id"], record["sha256"], record["size"]
            if (
                not isinstance(id_, str | int)
                or not (isinstance(sha256, str) and _is_hex(sha256, 32))
                or not (isinstance(size, int) and _integral(size))
            ):
                raise Unreadable(f"{where}的内容不是编号、散列值和大小。")
            yield Blob(str(id_), sha256, size)

    @property
    def notes(self) -> Mapping[int, bytes]:
        """Every checkpoint note by the size that its file's name tells."""
        folder = self._folder / "notes"
        found = {}
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
            if re.fullmatch(r"[0-9]{8,18}", path.stem, re.ASCII):
                found[int(path.stem)] = self._octets(f"notes/{path.name}")
        return found

    @property
    def vkey(self) -> str:
        """The first verification key as the folder tells it."""
        return self._text("vkey.txt").removesuffix("\n")

    def earlier(self) -> Sequence[ExportFolder]:
        """Closed ledgers in `earlier/`, named by the genesis after each; first what none names."""
        found: list[ExportFolder] = []
        ledger, seen = self, {self.head().log_id}
        while (log_id := ledger._restored()) is not None and log_id not in seen:
            folder = self._folder / "earlier" / log_id
            if not folder.is_dir():
                break
            ledger = ExportFolder(folder)
            seen.add(log_id)
            found.append(ledger)
        enclosed = sorted(each.name for each in self._folder.glob("earlier/*"))
        strays = [self._folder / "earlier" / name for name in enclosed if name not in seen]
        return [*map(ExportFolder, strays), *found[::-1]]

    def _restored(self) -> str | None:
        """The ledger that the genesis continues."""
        first = next(self.entries(), None)
        return None if first is None or first.body is None else restored_ledger(first.body)

    def _path(self, name: str) -> Path:
        path = self._folder / name
        if not path.is_file():
            raise Unreadable(f"缺少文件 {name}：请重新导出。")
        return path

    def _octets(self, name: str) -> bytes:
        path = self._path(name)
        if path.stat().st_size > LARGEST_LINE:
            raise Unreadable(f"{name} 过大。")
        return path.read_bytes()

    def _text(self, name: str) -> str:
        try:
            return self._octets(name).decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable(f"{name} 不是 UTF-8 编码。") from None

    def _records(
        self, name: str, names: Set[str], optional: Set[str] = frozenset()
    ) -> Iterator[tuple[dict[str, object], str]]:
        with self._path(name).open("rb") as lines:
            for number in range(1, sys.maxsize):
                line = lines.readline(LARGEST_LINE)
                if not line:
                    return
                where = f"{name} 第 {number} 行"
                if not line.endswith(b"\n"):
                    raise Unreadable(f"{where}没有写完。")
                record = _record(line[:-1].decode("utf-8", "replace"), where)
                if not names <= record.keys() <= names | optional:
                    raise Unreadable(f"{where}的键不对。")
                yield record, where


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _FormError("重复的键。")
    return fields


_RECORDS: Final = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_refuse, parse_constant=_refuse
)


def _record(text: str, where: str) -> dict[str, object]:
    try:
        record = _RECORDS.decode(text)
    except (ValueError, RecursionError):
        raise Unreadable(f"{where}不是有效的 JSON，或有重复的键、小数。") from None
    if not isinstance(record, dict) or text != text.strip():
        raise Unreadable(f"{where}不是键值形式。")
    return record


def _octets(value: object, where: str) -> bytes | None:
    if value is None:
        return None
    try:
        return _base64(value if isinstance(value, str) else "?")
    except ValueError:
        raise Unreadable(f"{where}的 base64 读不懂。") from None


# --- the command line ----------------------------------------------------------------------------


def shown_time(time_us: int | None) -> str:
    """A time in Beijing time for people to read."""
    if time_us is None:
        return "never"
    try:
        when = (_EPOCH + timedelta(microseconds=time_us)).astimezone(_CHINA)
        return f"{when:%Y-%m-%d %H:%M:%S %z}"
    except (OverflowError, ValueError):
        return f"{time_us} us"


def lines_of(report: Report) -> Iterator[str]:
    """What is printed of a report, ending in CLEAN or N FINDINGS."""
    if report.demo:
        yield "DEMO"
    yield from (finding.line() for finding in report.findings)
    for code, count in report.counts.items():
        if count > SHOWN_PER_CODE:
            yield f"{code} - 另有 {count - SHOWN_PER_CODE} 处没有逐一列出。"
    yield from (f"NOTICE {warning.line()}" for warning in report.warnings)
    if report.declared_loss is not None:
        yield f"DECLARED LOSS {report.declared_loss}"
    if not report.clean:
        yield f"{report.total} FINDINGS"
    elif any(warning.code == "STALE" for warning in report.warnings):
        yield f"CLEAN, last sealed {shown_time(report.last_sealed_us)}"
    else:
        yield "CLEAN"


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Unreadable(f"命令行参数有误（{message}）：用 --help 查看写法。")

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = _Arguments(
        prog="verify.py", description="校验导出的台账，无需数据库。", add_help=False
    )
    add = parser.add_argument_group("参数").add_argument
    add("-h", "--help", action="help", help="显示本说明")
    add("folder", metavar="DIR", help="导出的文件夹")
    add("--anchor", action="append", default=[], metavar="FILE[@时间]",
        help="外存的检查点文件，可注明纸上所印的检查点时间")  # fmt: skip
    add("--receipt", action="append", default=[], metavar="SEQ:HEX", help="纸质回执")
    add("--vkey", metavar="FILE|TEXT", help="建账证书上的首个公钥")
    add("--mac-key", metavar="FILE", help="认证码密钥文件（64 位十六进制或原始字节）")
    add("--max-age", type=float, metavar="小时", help="最近检查点超过此时限即算问题")
    add("--fast", action="store_true", help="每个密钥期只核对最新的签名")
    add("--now", metavar="时间", help="以此时间为现在")
    return parser.parse_args(argv)


def _file(name: str) -> bytes:
    path = Path(name)
    if not path.is_file() or path.stat().st_size > LARGEST_LINE:
        raise Unreadable(f"读不到文件 {name}：请核对路径。")
    return path.read_bytes()


def _anchor(argument: str) -> Anchor:
    name, dated = argument, None
    if not Path(argument).is_file() and "@" in argument:
        name, _, dated = argument.rpartition("@")
    try:
        return read_anchor(_file(name).decode("utf-8"), dated)
    except ValueError as error:
        raise Unreadable(f"外存检查点 {name} 读不懂：{_reason(error)}") from None


def _reason(error: ValueError) -> str:
    return str(error) if isinstance(error, _FormError) else "不是 UTF-8 文本。"


def _key_octets(octets: bytes) -> bytes:
    text = octets.strip().decode("latin-1")
    return bytes.fromhex(text) if _is_hex(text.lower(), 32) else octets


def _verify_folder(argv: Sequence[str]) -> Report:
    arguments = _arguments(argv)
    vkey = arguments.vkey
    if vkey is not None and Path(vkey).is_file():
        vkey = _file(vkey).decode("utf-8", "replace").strip()
    try:
        receipts = [read_receipt(text) for text in arguments.receipt]
        now_us = read_instant(arguments.now) if arguments.now else time.time_ns() // 1000
        if vkey is not None:
            read_vkey(vkey)
    except ValueError as error:
        raise Unreadable(_reason(error)) from None
    return verify(
        ExportFolder(Path(arguments.folder)),
        anchors=[_anchor(argument) for argument in arguments.anchor],
        receipts=receipts,
        now_us=now_us,
        first_vkey=vkey,
        mac_key=_key_octets(_file(arguments.mac_key)) if arguments.mac_key else None,
        max_age_hours=arguments.max_age,
        fast=arguments.fast,
    )


def main(argv: Sequence[str], out: TextIO) -> int:
    """Run the command line; 0 clean, 1 findings, 2 unreadable."""
    try:
        report = _verify_folder(argv)
    except Unreadable as error:
        out.write(f"UNREADABLE - {error}\n")
        return 2
    except Exception as error:
        # whatever went wrong, a ledger that was not verified to its end is never called clean,
        # and the message of an unforeseen error might quote a body
        out.write(f"UNREADABLE - 校验中断（{type(error).__name__}）：数据已损坏或校验程序有误。\n")
        return 2
    for line in lines_of(report):
        out.write(line + "\n")
    return 0 if report.clean else 1


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:], sys.stdout))
