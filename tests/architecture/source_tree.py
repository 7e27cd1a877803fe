"""The project's own source files, parsed once."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "src" / "baomi"
CHINESE: Final = re.compile(r"[\u3400-\u9fff]")


@cache
def python_files(folder: Path = PACKAGE) -> tuple[Path, ...]:
    """Every Python file below a folder but the generated migrations."""
    found = (path for path in folder.rglob("*.py") if "migrations" not in path.parts)
    return tuple(sorted(path for path in found if "__pycache__" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """A file as it is spoken of: its path from the checkout's root."""
    return path.relative_to(ROOT).as_posix()


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of an attribute chain; an unnamed beginning is left out."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def imports(module: ast.Module) -> Iterator[str]:
    """Every module (and name in it) that a file imports, absolutely named."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def has_chinese(text: object) -> bool:
    """Whether a user would find Chinese words in it."""
    return isinstance(text, str) and CHINESE.search(text) is not None
