"""What must be known of an old .xls before it is read: password, macros, formula cells.

Reads the compound file (MS-CFB) and walks the workbook's records (MS-XLS) without interpreting
them. Runs in the reading child only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and all above are marks, not sectors
_FREE_ENTRY, _ROOT_ENTRY = 0, 5
_MINI_SECTOR = 64
_BOUNDSHEET, _FILEPASS, _BOOL_OR_ERROR, _EOF = 0x85, 0x2F, 0x205, 0x0A
_BOF = frozenset({0x809, 0x409, 0x209, 0x009})
_FORMULA = frozenset({0x006, 0x206, 0x406})


class BrokenContainerError(ValueError):
    """The compound file or its records lead nowhere."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file; ``BrokenContainerError`` when its chains lead nowhere."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC) or len(data) < 512:
            raise BrokenContainerError
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise BrokenContainerError
        self._sector = 1 << shift
        (self._directory_start,) = struct.unpack_from("<I", data, 48)
        self._mini_cutoff, self._mini_start = struct.unpack_from("<II", data, 56)
        self._fat = self._read_fat()
        self._entries = list(self._read_entries())

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams and storages."""
        return frozenset(entry.name for entry in self._entries)

    def stream(self, *names: str) -> bytes:
        """The first stream that has one of the names."""
        entry = next((e for n in names for e in self._entries if e.name == n), None)
        if entry is None:
            raise BrokenContainerError
        if entry.size >= self._mini_cutoff:
            return self._chain(entry.start)[: entry.size]
        return self._mini_stream(entry)

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        if start >= len(self._data):
            raise BrokenContainerError
        return self._data[start : start + self._sector]

    def _read_fat(self) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, 4_096)):
            if following >= _END:
                break
            *more, following = _integers(self._at(following))
            sectors.extend(more)
        return [n for s in sectors if s < _END for n in _integers(self._at(s))]

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _END:
            if len(parts) > len(self._fat) or sector >= len(self._fat):
                raise BrokenContainerError
            parts.append(self._at(sector))
            sector = self._fat[sector]
        return b"".join(parts)

    def _read_entries(self) -> Iterator[_Entry]:
        directory = self._chain(self._directory_start)
        for start in range(0, len(directory) - 127, 128):
            raw = directory[start : start + 128]
            length, kind = struct.unpack_from("<HB", raw, 64)
            if kind != _FREE_ENTRY and 2 <= length <= 64:
                name = raw[: length - 2].decode("utf-16-le", "replace")
                first, size = struct.unpack_from("<II", raw, 116)
                yield _Entry(name, kind, first, size)

    def _mini_stream(self, entry: _Entry) -> bytes:
        root = next((e for e in self._entries if e.kind == _ROOT_ENTRY), None)
        if root is None:
            raise BrokenContainerError
        fat, container = _integers(self._chain(self._mini_start)), self._chain(root.start)
        parts: list[bytes] = []
        sector = entry.start
        while sector < _END:
            if len(parts) > len(fat) or sector >= len(fat):
                raise BrokenContainerError
            parts.append(container[sector * _MINI_SECTOR : (sector + 1) * _MINI_SECTOR])
            sector = fat[sector]
        return b"".join(parts)[: entry.size]


@dataclass(frozen=True, slots=True)
class RecordFindings:
    """Per sheet, in the order of the book: cells (row, column from 0) with formula or error."""

    has_password: bool
    formulas: tuple[tuple[tuple[int, int], ...], ...]
    errors: tuple[tuple[tuple[int, int], ...], ...]


def scan_records(stream: bytes) -> RecordFindings:
    """Walk a workbook stream for its password record and each sheet's formula and error cells."""
    starts: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            return RecordFindings(has_password=True, formulas=(), errors=())
        if kind == _BOUNDSHEET and len(body) >= 4:
            starts.append(struct.unpack_from("<I", body)[0])
    sheets = [_scan_sheet(stream, start) for start in starts]
    return RecordFindings(
        has_password=False,
        formulas=tuple(formulas for formulas, _ in sheets),
        errors=tuple(errors for _, errors in sheets),
    )


def _scan_sheet(
    stream: bytes, start: int
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    formulas, errors = [], []
    for kind, body in _records(stream, start):
        if kind in _FORMULA and len(body) >= 4:
            formulas.append(struct.unpack_from("<HH", body))
        elif kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
            errors.append(struct.unpack_from("<HH", body))
    return tuple(formulas), tuple(errors)


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Records from a BOF to its EOF; what a chart embeds in between is walked over."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + length]
        position += 4 + length
        depth += (kind in _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body
    raise BrokenContainerError


def _integers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])
