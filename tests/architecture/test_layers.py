"""The import contracts hold, and registers meet only in facts and load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import PACKAGE, ROOT, imports, name_of, python_files, tree

MAY_BE_CROSSED = {"facts", "load"}
REGISTER_FILES = python_files(PACKAGE / "registers")
REGISTERS = frozenset(
    path.parent.name for path in (PACKAGE / "registers").glob("*/facts*") if path.stem == "facts"
)


def trespasses(module: ast.Module, own: str) -> list[str]:
    """Imports of another register's inner rooms."""
    found = []
    for name in imports(module):
        match name.split("."):
            case ["baomi", "registers", other, *room] if other in REGISTERS - {own}:
                if not room or room[0] not in MAY_BE_CROSSED:
                    found.append(name)
    return found


def test_import_contracts():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize("path", REGISTER_FILES, ids=name_of)
def test_registers_meet_only_in_facts_and_load(path: Path):
    own = path.relative_to(PACKAGE / "registers").parts[0]
    assert trespasses(tree(path), own) == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("from baomi.registers.office import load", 0),
        ("from baomi.registers.office.facts import Person", 0),
        ("from baomi.registers.custody.models import Copy", 0),
        ("from baomi.registers.office.models import Person", 1),
        ("from baomi.registers.office import reads", 1),
        ("import baomi.registers.office", 1),
    ],
    ids=["load", "facts", "own", "models", "reads", "whole"],
)
def test_good_and_bad_examples(code: str, count: int):
    assert len(trespasses(ast.parse(code), own="custody")) == count
