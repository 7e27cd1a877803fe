"""A thing's name says where it stands: file, class and id agree."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source_tree import PACKAGE, ROOT, dotted, name_of, python_files, tree

FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "service"}
CLAUSE_FILES = sorted(
    path
    for path in PACKAGE.glob("rulebook/*/*.py")
    if re.match(r"(gz|cw|jz|dm|lg)(plus)?\d", path.stem)
)
# what makes a guard's name a sentence that is true when lawful
VERB = re.compile(
    r"_("
    r"agree|agrees|allow|allows|are|bear|bears|begin|begins|belong|belongs|can|carries|carry|"
    r"come|comes|count|counts|cover|covers|cross|crosses|did|do|does|end|ends|exist|exists|"
    r"fall|falls|follow|follows|give|gives|go|goes|had|has|have|hold|holds|is|keep|keeps|know|"
    r"knows|leave|leaves|lie|lies|match|matches|may|meet|meets|name|names|need|needs|pass|"
    r"passes|precede|precedes|reach|reaches|read|reads|remain|remains|return|returns|say|says|"
    r"see|sees|sign|signs|stand|stands|state|states|stay|stays|take|takes|travel|travels|was|"
    r"were"
    r")(_|$)"
)


def is_action(class_node: ast.ClassDef) -> bool:
    """Whether a class is declared as an action: ``class LendCopy(Action[Read])``."""
    bases = (base.value if isinstance(base, ast.Subscript) else base for base in class_node.bases)
    return any(dotted(base).rpartition(".")[2] == "Action" for base in bases)


def action_name(class_node: ast.ClassDef) -> str | None:
    """The id that an action gives itself."""
    for node in class_node.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        value = node.value if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and target.id == "name" and isinstance(value, ast.Constant):
            return str(value.value)
    return None


def actions_of(path: Path) -> list[ast.ClassDef]:
    """The actions that a file declares; what several actions share declares none."""
    return [node for node in tree(path).body if isinstance(node, ast.ClassDef) and is_action(node)]


ACTION_FILES = [path for path in python_files(PACKAGE / "registers") if actions_of(path)]


def camel(stem: str) -> str:
    """``hand_over_copy`` as a class is named."""
    return "".join(word.capitalize() for word in stem.split("_"))


def guard_names(module: ast.Module) -> list[str]:
    """Functions that a clause takes as its guards."""
    return [
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Attribute) and decorator.attr == "guard"
    ]


def is_sentence(name: str) -> bool:
    """A subject, then a verb: ``reader_is_in_the_circle``."""
    return VERB.search(name) is not None


def test_there_are_actions_and_clauses_to_judge():
    assert ACTION_FILES
    assert CLAUSE_FILES
    assert {path.parent.name for path in ACTION_FILES} == {"actions"}


@pytest.mark.parametrize("path", ACTION_FILES, ids=name_of)
def test_action_file_class_and_id_agree(path: Path):
    names = {node.name: action_name(node) for node in actions_of(path)}
    assert names == {camel(path.stem): f"{path.parts[-3]}.{path.stem}"}


@pytest.mark.parametrize("path", CLAUSE_FILES, ids=name_of)
def test_clause_file_and_id_agree(path: Path):
    ids = [
        str(call.args[0].value)
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Clause"
        and isinstance(call.args[0], ast.Constant)
    ]
    assert [one.lower().replace(".", "_").replace("+", "plus") for one in ids] == [path.stem]


@pytest.mark.parametrize("path", CLAUSE_FILES, ids=name_of)
def test_a_clause_file_begins_with_its_id_and_what_it_says(path: Path):
    first = (ast.get_docstring(tree(path)) or "").splitlines()[:1]
    assert re.match(r"(GZ|CW|JZ|DM|LG)[\d.+]+ \S", first[0] if first else "")


@pytest.mark.parametrize("path", CLAUSE_FILES, ids=name_of)
def test_guards_are_named_by_the_lawful_sentence(path: Path):
    assert [name for name in guard_names(tree(path)) if not is_sentence(name)] == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("reader_is_in_the_circle", True),
        ("reader_has_nothing_overdue", True),
        ("check_circle", False),
        ("circle", False),
        ("validate_reader", False),
    ],
    ids=lambda value: str(value),
)
def test_what_counts_as_a_sentence(name: str, sentence: bool):
    assert is_sentence(name) is sentence


def test_no_file_is_named_after_nothing():
    files = [path for folder in ("src", "tests", "tools") for path in python_files(ROOT / folder)]
    assert len(files) > 20
    assert [name_of(path) for path in files if path.stem in FORBIDDEN_NAMES] == []
