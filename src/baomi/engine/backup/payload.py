"""What is inside a backup: lines of JSON that either database can be filled from.

A line that begins with ``{`` opens a section and describes it, a line that begins with ``[`` is a
row of it. Sections: ``office``; ``entries`` of each ledger, oldest first; ``refusals``;
``operations``; a ``table`` for each model; a ``file`` for each attachment, its rows pieces of the
content; ``end``. Octets are base64, ids and days as texts.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from baomi.engine.backup.container import SealedReader, SealedWriter, authenticate
from baomi.engine.backup.faults import BackupFault, Damaged, FromNewerProgram

FORMAT = 1
PACKED = 3  # gzip's level: salts and hashes do not shrink, and the office is at work meanwhile

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: what its opening line says, and its rows, to be read before the next one."""

    head: Mapping[str, Any]
    rows: Iterator[Row]

    @property
    def name(self) -> str:
        """Which kind of section it is."""
        return str(self.head["section"])


class Writer:
    """Writes sections and rows."""

    def __init__(self, lines: gzip.GzipFile) -> None:
        self._lines = lines

    def open(self, name: str, **described: Any) -> None:
        """Begin a section."""
        self._line({"section": name, **described})

    def row(self, row: Row) -> None:
        """Write a row of the section begun last."""
        self._line(row)

    def _line(self, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self._lines.write(text.encode() + b"\n")


@contextmanager
def written(file: BinaryIO, key: bytes) -> Iterator[Writer]:
    """Write a whole backup into an open file."""
    sealed = SealedWriter(file, key)
    with gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=PACKED, mtime=0) as lines:
        writer = Writer(lines)
        yield writer
        writer.open("end")
    sealed.finish()


class Payload:
    """A backup to be read, as often as need be; the first reading authenticates all of it.

    Raises ``BackupFault`` kinds.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self.key = path, key
        with self._opened() as file:
            authenticate(file, key)
        self.office = next(self.sections()).head
        if self.office.get("format") != FORMAT:
            raise FromNewerProgram

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        try:
            file = self._path.open("rb")
        except OSError:
            raise BackupFault(f"读不到备份文件 {self._path}：请核对路径。") from None
        with file:
            yield file

    def sections(self) -> Iterator[Section]:
        """Every section in order; rows that nobody reads are passed over."""
        with self._opened() as file, gzip.GzipFile(fileobj=SealedReader(file, self.key)) as lines:
            head = lines.readline()
            while head:
                rows = _Rows(lines)
                section = Section(json.loads(head), rows)
                if section.name == "end":
                    return
                yield section
                head = rows.pass_over()
            raise Damaged

    def rows(self, name: str, **described: Any) -> Iterator[Row]:
        """The rows of the first section of this name of which this is told."""
        for section in self.sections():
            if section.name == name and described.items() <= section.head.items():
                yield from section.rows
                return

    def heads(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """What is told of every section of this name."""
        return tuple(section.head for section in self.sections() if section.name == name)


class _Rows(Iterator[Row]):
    """The rows up to the next section's opening line."""

    def __init__(self, lines: gzip.GzipFile) -> None:
        self._lines = lines
        self._after: bytes | None = None

    def __next__(self) -> Row:
        line = self._next()
        if line is None:
            raise StopIteration
        row: Row = json.loads(line)
        return row

    def _next(self) -> bytes | None:
        if self._after is None:
            line = self._lines.readline()
            if line.startswith(b"["):
                return line
            self._after = line
        return None

    def pass_over(self) -> bytes:
        """Skip what is left; the next section's opening line, empty at the end of the file."""
        while self._next() is not None:
            pass
        return self._after or b""


def boxed(octets: bytes | memoryview | None) -> str | None:
    """Octets as a row holds them."""
    return None if octets is None else b64encode(octets).decode("ascii")


def unboxed(text: str | None) -> bytes | None:
    """Back from a row."""
    return None if text is None else b64decode(text)
