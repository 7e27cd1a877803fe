"""Small files, short functions: a reader holds one of them in his head."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, name_of, python_files, tree

FILE_LINES = 300
FUNCTION_LINES = 40
# each exemption with its reason; one that is no longer needed fails
LONG_FILES = {
    "src/baomi/kernel/ledger/verify.py": "one file that runs alone on the auditor's computer",
}
LONG_FUNCTIONS: dict[str, str] = {}

FILES = tuple(path for folder in ("src", "tools", "tests") for path in python_files(ROOT / folder))


def functions(module: ast.Module, before: str = "") -> Iterator[tuple[str, int]]:
    """Qualified names and lengths in lines, decorators left out."""
    for node in ast.iter_child_nodes(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{before}{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1
        elif isinstance(node, ast.ClassDef):
            body = ast.Module(body=node.body, type_ignores=[])
            yield from functions(body, f"{before}{node.name}.")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_file(path: Path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    is_exempt = name_of(path) in LONG_FILES
    assert (lines > FILE_LINES) is is_exempt, f"{lines} lines"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions(path: Path):
    long = {
        f"{name_of(path)}::{name}": lines
        for name, lines in functions(tree(path))
        if lines > FUNCTION_LINES
    }
    exempt = {name for name in LONG_FUNCTIONS if name.startswith(f"{name_of(path)}::")}
    assert set(long) == exempt, long


def test_lengths_are_measured():
    module = ast.parse("class A:\n    def f(self):\n        x = 1\n        return x\n")
    assert dict(functions(module)) == {"A.f": 3}
