"""Whatever another file may use says what it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_tree import PACKAGE, dotted, name_of, python_files, tree


def silent(module: ast.Module) -> Iterator[str]:
    """Public modules, classes and functions without a docstring."""
    if module.body and ast.get_docstring(module) is None:
        yield "module"
    for node in module.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not is_overload(node):
            yield node.name


def is_overload(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """The signatures of one function share the docstring of its body."""
    return any(dotted(decorator) == "overload" for decorator in node.decorator_list)


def is_rule(path: Path) -> bool:
    """A guard's name is its sentence, and Django names what a model's file holds."""
    return path.is_relative_to(PACKAGE / "rulebook")


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_every_public_thing_is_described(path: Path):
    missing = list(silent(tree(path)))
    assert [name for name in missing if name == "module" or not is_rule(path)] == []


def test_silence_is_heard():
    code = "def f(): ...\nclass A:\n    'said'\ndef _g(): ...\n@overload\ndef h(): ...\n"
    assert list(silent(ast.parse(code))) == ["module", "f"]
