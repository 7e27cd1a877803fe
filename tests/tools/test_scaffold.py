"""What the scaffolds make is sound Python in the house's style, under the right names."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from baomi.rulebook.text import load_text
from tools import scaffold

ROOT = Path(__file__).resolve().parents[2]
RUFF = Path(sys.executable).with_name("ruff")
CLAUSES = sorted({re.sub(r"[a-z]\d*$", "", part.id) for part in load_text().clauses})


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout with one register and the house's rules, and nothing else."""
    register = tmp_path / "src" / "baomi" / "registers" / "custody"
    register.mkdir(parents=True)
    (register / "facts.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def ruff_says(tree: Path, files: list[Path]) -> str:
    checked = subprocess.run(
        [RUFF, "check", *files], cwd=tree, capture_output=True, text=True, check=False
    )
    formatted = subprocess.run(
        [RUFF, "format", "--check", *files], cwd=tree, capture_output=True, text=True, check=False
    )
    clean = checked.returncode == formatted.returncode == 0
    return "" if clean else checked.stdout + formatted.stdout


def test_an_action(tree: Path):
    made = scaffold.action(tree, "custody", "lend_copy", "借出")
    assert [path.relative_to(tree).as_posix() for path in made] == [
        "src/baomi/registers/custody/actions/lend_copy.py",
        "tests/registers/custody/actions/test_lend_copy.py",
    ]
    source = made[0].read_text(encoding="utf-8")
    assert [node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef)] == [
        "LendCopyInputs",
        "Read",
        "LendCopy",
    ]
    assert 'name = "custody.lend_copy"' in source
    assert 'title = "借出"' in source
    assert ruff_says(tree, made) == ""


def test_every_clause_of_the_text(tree: Path):
    made = [path for clause_id in CLAUSES for path in scaffold.clause(tree, clause_id)]
    assert len(made) >= 2 * len(CLAUSES) > 100
    assert ruff_says(tree, made) == ""


def test_a_clause_declares_its_checks(tree: Path):
    clause_id = "GZ2.1.5"
    source = scaffold.clause(tree, clause_id)[0].read_text(encoding="utf-8")
    checks = [
        control.what
        for part in load_text().parts_of(clause_id)
        for control in part.controls
        if control.kind == "check"
    ]
    assert checks
    assert source.count(".check(") == len(checks)
    assert all(what in source for what in checks)


def test_what_no_generator_can_write_is_named():
    wanted = scaffold.still_wanted("GZ2.3.1")
    assert any(line.startswith("GZ2.3.1b 拦阻：") for line in wanted)
    assert not any(" 检查：" in line for line in wanted)


@pytest.mark.parametrize(
    ("register", "name", "said"),
    [
        ("nowhere", "lend_copy", "没有名为"),
        ("../etc", "lend_copy", "没有名为"),
        ("custody", "lend", "动词加宾语"),
        ("custody", "LendCopy", "动词加宾语"),
        ("custody", "lend_copy.py", "动词加宾语"),
    ],
    ids=["register", "path", "one-word", "camel", "suffix"],
)
def test_an_action_that_cannot_be_made(tree: Path, register: str, name: str, said: str):
    with pytest.raises(scaffold.ScaffoldError, match=said):
        scaffold.action(tree, register, name)


@pytest.mark.parametrize(
    ("clause_id", "said"),
    [("GZ9.9.9", "没有 GZ9.9.9"), ("gz2.3.6", "应写成"), ("GZ2.3.1b", "应写成"), ("", "应写成")],
    ids=["unknown", "lower", "part", "empty"],
)
def test_a_clause_that_cannot_be_made(tree: Path, clause_id: str, said: str):
    with pytest.raises(scaffold.ScaffoldError, match=said):
        scaffold.clause(tree, clause_id)


def test_nothing_is_overwritten(tree: Path):
    scaffold.action(tree, "custody", "lend_copy")
    with pytest.raises(scaffold.ScaffoldError, match="不覆盖"):
        scaffold.action(tree, "custody", "lend_copy")
