"""Write a list into a new file that leaves the system."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from baomi.engine.exporting.sheet import KINDS, Sheet, cell, octets
from baomi.entrypoints.cli.answer import Stop

__all__ = ["Sheet", "cell", "new_file", "write"]


@contextmanager
def new_file(path: Path, kinds: Sequence[str] = KINDS) -> Iterator[BinaryIO]:
    """A new file, readable by its owner only; gone again when it could not be written whole.

    Raises ``Stop``: of none of the kinds (``.xlsx``), there already, or not to be written.
    """
    if path.suffix.lower() not in kinds:
        raise Stop(f"导出文件的名称应以 {' 或 '.join(kinds)} 结尾。")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Stop(f"{path} 已经存在，不会覆盖：请换一个文件名。") from None
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        raise Stop(f"写不了 {path}：请核对目录是否存在、是否可以写入。") from None
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
