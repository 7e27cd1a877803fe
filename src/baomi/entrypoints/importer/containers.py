"""What must be known of an .xlsx before it is read: bombs, macros, entities, formula cells.

Runs in the reading child only. The directory of the zip is judged first, then each member is
unpacked under a byte count of its own, since a directory may lie.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 256
_SMALL = 1024 * 1024  # below this a member's ratio is no danger: blank XML packs very well
_ZEROS = re.compile(r'"?0{2,12}"?(;@)?')
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1


class RefusedError(ValueError):
    """The container is refused; ``str()`` is a Chinese sentence without any of its content."""


@dataclass(slots=True)
class SheetFindings:
    """Cells (row, column from 0) with formula or error; the used area's size.

    ``padded``: cells (row, column, width) whose format shows a number with leading zeros.
    """

    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    padded: list[tuple[int, int, int]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


def open_checked(data: bytes) -> zipfile.ZipFile:
    """The zip, when its directory claims nothing dangerous. Raises ``RefusedError``."""
    if data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000)) < 0:
        raise RefusedError("文件不完整或已损坏，请在表格软件里打开并另存为 .xlsx。")
    if data.count(b"PK\x01\x02") > 20 * MAX_ENTRIES:
        raise RefusedError("文件内含的部件太多，不像登记簿，请另存为新的 .xlsx。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise RefusedError("文件不完整或已损坏，请在表格软件里打开并另存为 .xlsx。") from error
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_ENTRIES or len(set(names)) != len(names):
        raise RefusedError("文件内含的部件太多或重名，不像登记簿，请另存为新的 .xlsx。")
    if any(n.startswith(("/", "\\")) or ".." in n.replace("\\", "/").split("/") for n in names):
        raise RefusedError("文件内含越出目录的部件，不予读取。")
    _refuse_bomb(members)
    _refuse_kind(names)
    return archive


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise RefusedError("文件设有密码，请去掉密码后再导入。")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise RefusedError("文件解开后超过 200 MB，不予读取，请把登记簿拆成几份。")
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > _SMALL and member.file_size / packed > MAX_RATIO:
            raise RefusedError("文件的压缩比异常（像压缩炸弹），不予读取，请另存为新的 .xlsx。")


def _refuse_kind(names: list[str]) -> None:
    lower = [name.lower() for name in names]
    if any(name.startswith("word/") for name in lower):
        raise RefusedError("这是文字文档，不是登记簿，请另存为 .xlsx 或 .csv。")
    if any("vbaproject" in name or "/macrosheets/" in name for name in lower):
        raise RefusedError("文件带有宏，不予读取，请另存为不含宏的 .xlsx。")
    if any(name.endswith(".bin") and "workbook" in name for name in lower):
        raise RefusedError("这是二进制工作簿（.xlsb），请另存为 .xlsx。")
    if "[content_types].xml" not in lower or not any(n.startswith("xl/") for n in lower):
        raise RefusedError("这不是 .xlsx 工作簿，请在表格软件里另存为 .xlsx。")


def scan(archive: zipfile.ZipFile) -> dict[str, SheetFindings]:
    """Findings for each sheet by name. Raises ``RefusedError``, also for entities and macros."""
    budget = _Budget(2 * MAX_UNPACKED)  # each member is looked through once and parsed once
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            _refuse_entities(archive, name, budget)
    if b"macroEnabled" in _read(archive, "[Content_Types].xml", budget):
        raise RefusedError("文件带有宏，不予读取，请另存为不含宏的 .xlsx。")
    widths = _padding_widths(archive, budget)
    return {
        name: _scan_sheet(archive, member, budget, widths)
        for name, member in _sheet_members(archive, budget)
    }


@dataclass(slots=True)
class _Budget:
    """Bytes that may still be unpacked, whatever the directory says."""

    left: int

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise RefusedError("文件解开后超过 200 MB，不予读取，请把登记簿拆成几份。")


def _chunks(archive: zipfile.ZipFile, name: str, budget: _Budget) -> Iterator[bytes]:
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                budget.spend(len(chunk))
                yield chunk
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, NotImplementedError) as error:
        raise RefusedError("文件不完整或已损坏，请在表格软件里打开并另存为 .xlsx。") from error


def _read(archive: zipfile.ZipFile, name: str, budget: _Budget) -> bytes:
    return b"".join(_chunks(archive, name, budget))


def _refuse_entities(archive: zipfile.ZipFile, name: str, budget: _Budget) -> None:
    """A document type may define entities that grow without end; no office program writes one."""
    tail = b""
    for chunk in _chunks(archive, name, budget):
        seen = (tail + chunk).replace(b"\x00", b"")
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
            raise RefusedError("文件里夹有实体定义，不予读取，请另存为新的 .xlsx。")
        tail = chunk[-32:]


def _parse(chunks: Iterator[bytes], on_start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        on_start(name.rpartition(" ")[2], attributes)

    parser.StartElementHandler = start
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003  expat takes the flag by position only
        parser.Parse(b"", True)  # noqa: FBT003  expat takes the flag by position only
    except expat.ExpatError as error:
        raise RefusedError("工作簿内部格式有误，请在表格软件里打开并另存为 .xlsx。") from error


def _sheet_members(archive: zipfile.ZipFile, budget: _Budget) -> list[tuple[str, str]]:
    workbook = next((n for n in archive.namelist() if n.lower() == "xl/workbook.xml"), None)
    if workbook is None:
        raise RefusedError("这不是 .xlsx 工作簿，请在表格软件里另存为 .xlsx。")
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def on_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            link = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            sheets.append((attributes.get("name", ""), link))

    def on_link(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(_chunks(archive, workbook, budget), on_sheet)
    _parse(_chunks(archive, "xl/_rels/workbook.xml.rels", budget), on_link)
    return [(name, _member(targets.get(link, ""))) for name, link in sheets]


def _member(target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join("xl", target))


def _padding_widths(archive: zipfile.ZipFile, budget: _Budget) -> dict[str, int]:
    """Style number → digits shown, for styles such as 000000: 751 was seen as 000751."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    formats: dict[str, int] = {}
    widths: dict[str, int] = {}
    inside, count = False, 0

    def on_element(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, count
        if tag == "numFmt" and _ZEROS.fullmatch(code := attributes.get("formatCode", "")):
            formats[attributes.get("numFmtId", "")] = code.count("0")
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            if width := formats.get(attributes.get("numFmtId", "")):
                widths[str(count)] = width
            count += 1

    _parse(_chunks(archive, "xl/styles.xml", budget), on_element)
    return widths


def _scan_sheet(
    archive: zipfile.ZipFile, member: str, budget: _Budget, widths: dict[str, int]
) -> SheetFindings:
    found = SheetFindings()
    here, is_error = (0, 0), False
    next_row = next_column = 0

    def on_element(tag: str, attributes: dict[str, str]) -> None:
        nonlocal here, is_error, next_row, next_column
        if tag == "row":
            next_row = int(attributes.get("r", next_row + 1)) - 1
            next_row, next_column = next_row + 1, 0
        elif tag == "c":
            reference = attributes.get("r", "")
            here = _position(reference) if reference else (next_row - 1, next_column)
            next_column = here[1] + 1
            is_error = attributes.get("t") == "e"
            if width := widths.get(attributes.get("s", "")):
                found.padded.append((*here, width))
        elif tag == "f":
            found.formulas.append(here)
            _grow(found, here)
        elif tag in ("v", "is"):
            _grow(found, here)
            if is_error:
                found.errors.append(here)

    try:
        _parse(_chunks(archive, member, budget), on_element)
    except ValueError as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError("工作簿内部格式有误，请在表格软件里打开并另存为 .xlsx。") from error
    return found


def _grow(found: SheetFindings, here: tuple[int, int]) -> None:
    found.rows, found.columns = max(found.rows, here[0] + 1), max(found.columns, here[1] + 1)
    if found.rows > MAX_ROWS or found.columns > MAX_COLUMNS:
        raise RefusedError(
            f"工作表超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，不像登记簿，请删去多余行列或拆成几份。"
        )


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1
