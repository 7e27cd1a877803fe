"""Coverage is measured, not claimed: no test says that it came through an entrypoint's door."""

import ast

import pytest

from tests.architecture.source_tree import ROOT, name_of, python_files, tree

DOORS = {"CLI", "WEB", "API", "IMPORT"}
FOUND = {"found_office", "make_office"}  # they take the command line for granted
# a file that claims a door, each with its reason; a needless line fails
CLAIMS = {}


def claims(module: ast.Module) -> list[str]:
    """Doors that a file names, and offices that it founds without naming one."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "Door" and node.attr in DOORS:
                found.append(f"Door.{node.attr}")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names = {word.arg for word in node.keywords}
            if node.func.id in FOUND and "door" not in names:
                found.append(node.func.id)
    return found


def test_no_test_claims_a_door():
    files = python_files(ROOT / "tests")
    assert {name_of(path) for path in files if claims(tree(path))} == set(CLAIMS)


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("request(door=Door.CLI)", 1),
        ("request(door=Door.WORKER)", 0),
        ("found_office(plan, alg=1)", 1),
        ("make_office(door=Door.WORKER)", 0),
    ],
    ids=["claimed", "past_every_door", "founded", "founded_past_every_door"],
)
def test_a_claim_is_seen(code, count):
    assert len(claims(ast.parse(code))) == count
