"""Open a register book safely: .xlsx, .xls or .csv, whatever its sender made of it.

A workbook is read in a child process with limits on memory, time and files; it gets the bytes on
its standard input, so that neither the path nor a temporary copy shows anywhere. Extension and
content must agree. Limits: 50 MB as a file, 200 MB and 2,000 parts unpacked, 100,000 rows.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from baomi.entrypoints.importer.cells import EMPTY, Cell, Sheet, UnreadableBook
from baomi.entrypoints.importer.delimited import read_delimited

__all__ = ["Cell", "Sheet", "UnreadableBook", "read_book"]

MAX_BYTES = 50 * 1024 * 1024
TIMEOUT_SECONDS = 90.0
_ROOT = str(Path(__file__).resolve().parents[3])
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from baomi.entrypoints.importer.child import main; main(sys.argv[2])"
)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_FOREIGN = {
    ".xlsm": "带宏的工作簿（.xlsm）不予读取，请另存为不含宏的 .xlsx。",
    ".xltm": "带宏的模板不予读取，请另存为不含宏的 .xlsx。",
    ".xlsb": "二进制工作簿（.xlsb）不能读取，请另存为 .xlsx。",
    ".et": "WPS 格式（.et）不能读取，请另存为 .xlsx。",
    ".ods": "开放文档格式（.ods）不能读取，请另存为 .xlsx。",
    ".txt": "文本文件（.txt）不能读取，请另存为 .csv 或 .xlsx。",
}
_FALLEN = "文件读不下去（已损坏或过大），请在表格软件里打开并另存为 .xlsx。"


def read_book(path: Path, *, name: str = "") -> tuple[Sheet, ...]:
    """All sheets of a book, in its order; a .csv is one sheet named "".

    ``name``: what its sender called it, where the path does not say.

    Raises ``UnreadableBook`` for whatever is not a sound register book, and nothing else.
    """
    kind = _kind_of(name or path.name)
    with _open(path) as file:
        head = os.pread(file.fileno(), 8, 0)  # leaves the place where the child will begin
        _refuse_other_content(kind, head)
        if kind == ".csv":
            return (Sheet(name="", rows=_trimmed(read_delimited(file.read(MAX_BYTES + 1)))),)
        answer = _ask_child(file, kind.removeprefix("."))
    return tuple(_sheet(described) for described in answer)


def _kind_of(name: str) -> str:
    kind = Path(name).suffix.lower()
    if kind in _FOREIGN:
        raise UnreadableBook(_FOREIGN[kind])
    if kind not in (".xlsx", ".xls", ".csv"):
        raise UnreadableBook("只能导入 .xlsx、.xls 或 .csv，请在表格软件里另存一份。")
    return kind


def _open(path: Path) -> BinaryIO:
    """The regular file, opened once: what is judged is what is read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (OSError, ValueError):
        raise UnreadableBook("文件打不开：不存在，或者没有读取权限。") from None
    about = os.fstat(descriptor)
    sentence = ""
    if not stat.S_ISREG(about.st_mode):
        sentence = "这不是文件，请选一个 .xlsx、.xls 或 .csv 文件。"
    elif about.st_size > MAX_BYTES:
        sentence = "文件超过 50 MB，不像登记簿，请按年拆成几份再导入。"
    elif about.st_size == 0:
        sentence = "文件是空的，请核对是否选错了文件。"
    if sentence:
        os.close(descriptor)
        raise UnreadableBook(sentence)
    return os.fdopen(descriptor, "rb")


def _refuse_other_content(kind: str, head: bytes) -> None:
    is_zip, is_ole = head.startswith(_ZIP), head.startswith(_OLE)
    if kind == ".csv" and (is_zip or is_ole):
        raise UnreadableBook("扩展名是 .csv，内容却是工作簿；请改用它本来的扩展名，或另存为 .csv。")
    if kind == ".xls" and not is_ole:
        raise UnreadableBook(
            "扩展名是 .xls，内容却不是（常见于网页导出）；请在表格软件里打开并另存为 .xlsx。"
        )
    if kind == ".xlsx" and not (is_zip or is_ole):
        raise UnreadableBook("扩展名是 .xlsx，内容却不是；请在表格软件里打开并另存为 .xlsx。")


def _ask_child(file: BinaryIO, kind: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-I", "-B", "-c", _CHILD, _ROOT, kind]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and code; no text of the user's
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
            check=False,
            env={"LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableBook("文件读取超时，请把登记簿拆成几份再导入。") from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise UnreadableBook(_FALLEN) from None
    if "refused" in answer:
        raise UnreadableBook(answer["refused"])
    return list(answer["sheets"])


def _sheet(described: dict[str, Any]) -> Sheet:
    flaws = {tuple(at): "formula" for at in described["formulas"]}
    flaws |= {tuple(at): "error" for at in described["errors"] if tuple(at) not in flaws}
    grid = [[_cell(value) for value in row] for row in described["rows"]]
    for (i, j), flaw in flaws.items():
        _reach(grid, i, j)
        grid[i][j] = replace(grid[i][j], flaw=flaw)
    for i, j, width in described["padded"]:
        _pad(grid, i, j, width)
    for top, left, bottom, right in described["merged"]:
        _merge(grid, top, left, bottom, right)
    return Sheet(name=described["name"], rows=_trimmed(tuple(tuple(row) for row in grid)))


def _reach(grid: list[list[Cell]], i: int, j: int) -> None:
    """A formula never calculated may stand beyond the last value: the grid grows to hold it."""
    while len(grid) <= i:
        grid.append([])
    grid[i].extend([EMPTY] * (j + 1 - len(grid[i])))


def _cell(value: object) -> Cell:
    if isinstance(value, dict):
        if "datetime" in value:
            return Cell(value=datetime.fromisoformat(value["datetime"]))
        return Cell(value=date.fromisoformat(value["date"]))
    if value is None or (isinstance(value, str) and not value.strip()):
        return EMPTY
    if isinstance(value, str | int | float):
        return Cell(value=value)
    raise UnreadableBook(_FALLEN)


def _pad(grid: list[list[Cell]], i: int, j: int, width: int) -> None:
    """A number whose format shows leading zeros becomes the text that the clerk saw."""
    if i >= len(grid) or j >= len(grid[i]):
        return
    value = grid[i][j].value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    if value >= 0 and value == int(value):
        grid[i][j] = replace(grid[i][j], value=f"{int(value):0{width}d}")


def _merge(grid: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged range the value that the reader of the page sees in it."""
    if top >= len(grid) or left >= len(grid[top]):
        return
    origin = grid[top][left]
    for i in range(top, min(bottom + 1, len(grid))):
        for j in range(left, min(right + 1, len(grid[i]))):
            place = "origin" if (i, j) == (top, left) else "above" if j == left else "left"
            grid[i][j] = Cell(value=origin.value, merged=place, flaw=origin.flaw)


def _trimmed(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Without the rows beyond the used area: the last row is the last that holds anything."""
    used = max((i for i, row in enumerate(rows, 1) if any(map(_holds, row))), default=0)
    return rows[:used]


def _holds(cell: Cell) -> bool:
    return cell.is_own or bool(cell.flaw)
