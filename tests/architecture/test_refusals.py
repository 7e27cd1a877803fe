"""A refusal helps: Chinese words, a remedy, no empty places, and a remedy that can be chosen."""

import ast
import re
from pathlib import Path

import pytest

from baomi.engine import registry
from tests.architecture.source_tree import PACKAGE, has_chinese, name_of, python_files, tree

PLACE = re.compile(r"\{([a-z_]+)\}")
SAID = ("reason", "remedy", "remedy_action")
# remedies that an office must still do by hand, each with its reason; a needless line fails
BY_HAND = {
    "people.clear_person": "clearing a person comes with the register of people",
}


def chosen(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """Everything that a function gives to each of its names: a reason may be chosen beforehand."""
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            given.setdefault(node.targets[0].id, []).append(node.value)
    return {name: ast.List(elts=values) for name, values in given.items()}


def refusals(module: ast.Module) -> list[dict[str, ast.expr]]:
    """Arguments of every ``refuse(…)``: the reason under its name, the rest as they are named."""
    found = []
    for function in (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)):
        given = chosen(function)
        for call in ast.walk(function):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr == "refuse" and call.args:
                said = {"reason": call.args[0]}
                said |= {word.arg: word.value for word in call.keywords if word.arg}
                found.append(
                    {
                        name: given.get(value.id, value) if isinstance(value, ast.Name) else value
                        for name, value in said.items()
                    }
                )
    return found


def words(node: ast.expr | None) -> str:
    """Every piece of text in an argument: a choice between two texts has both."""
    if node is None:
        return ""
    texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    return " ".join(text for text in texts if isinstance(text, str))


FILES = [path for path in python_files(PACKAGE / "rulebook") if refusals(tree(path))]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_reason_and_remedy_are_chinese(path: Path):
    mute = [
        words(said["reason"])
        for said in refusals(tree(path))
        if not (has_chinese(words(said["reason"])) and has_chinese(words(said.get("remedy"))))
    ]
    assert mute == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_place_is_filled(path: Path):
    for said in refusals(tree(path)):
        places = set(PLACE.findall(words(said["reason"]) + words(said.get("remedy"))))
        assert places - set(said) == set(), words(said["reason"])


def test_every_remedy_can_be_chosen():
    named = {
        words(said["remedy_action"])
        for path in FILES
        for said in refusals(tree(path))
        if isinstance(said.get("remedy_action"), ast.Constant)
    }
    named.discard("")
    assert named
    assert named - set(registry.actions()) == set(BY_HAND)


def test_arguments_are_found():
    code = (
        "def g(it):\n why = '{x}不行'\n return c.refuse(why, remedy='改' if a else '换', x=ref(it))"
    )
    (said,) = refusals(ast.parse(code))
    assert words(said["reason"]) == "{x}不行"
    assert words(said["remedy"]) == "改 换"
    assert set(said) - set(SAID) == {"x"}
