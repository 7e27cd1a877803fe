"""Write a list into a new file that leaves the system."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from baomi.engine.exporting.sheet import KINDS, Sheet, cell, octets
from baomi.entrypoints.cli.answer import Stop

__all__ = ["Sheet", "cell", "new_file", "write"]


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file, readable by its owner only; gone again when it could not be written whole.

    Raises ``Stop``: of another kind than .xlsx or .csv, or there already.
    """
    if path.suffix.lower() not in KINDS:
        raise Stop("导出文件的名称应以 .xlsx 或 .csv 结尾。")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Stop(f"{path} 已经存在，不会覆盖：请换一个文件名。") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write(file: BinaryIO, path: Path, sheet: Sheet) -> None:
    """Write the sheet as the file's name says."""
    file.write(octets(sheet, path.suffix.lower()))
