"""A clerk reads Chinese: titles and help of every action and every field of its inputs."""

import ast
import re
from pathlib import Path

import pytest

import baomi
from baomi.engine import registry
from tests.architecture.source_tree import has_chinese

SOURCE = Path(baomi.__file__).parent
ACTIONS = sorted(registry.actions().items())


def test_there_are_actions():
    assert ACTIONS


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_an_action_speaks_chinese(name: str, action):
    assert has_chinese(action.title)
    assert has_chinese(action.help)


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_its_fields_speak_chinese(name: str, action):
    silent = [
        field
        for field, info in action.inputs.model_fields.items()
        if not (has_chinese(info.title) and has_chinese(info.description))
    ]
    assert silent == []


def test_clauses_and_duties_speak_chinese():
    clauses = registry.rulebook()
    assert [clause.id for clause in clauses if not has_chinese(clause.title)] == []
    duties = [duty for clause in clauses for part in clause.every_part() for duty in part.duties]
    assert [duty.name for duty in duties if not has_chinese(duty.title)] == []


HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”）][,;:!?](?=[\u4e00-\u9fff“（])")
# forms that are typed as they stand
AS_TYPED = (
    "序号:散列值",
    "postgres://用户:口令@主机",
    "[自从由]([0-9A-Z]+)号?起?[-~至到]+([0-9A-Z]+)号?止?",
)


def half_width_marks(text: str) -> list[str]:
    """Half-width punctuation marks between Chinese characters."""
    for form in AS_TYPED:
        text = text.replace(form, "")
    return HALF_WIDTH.findall(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("批准,本人", 1), ("批准，本人", 0), ("序号:散列值", 0), ("说“是”,“否”", 1), ("a,b", 0)],
)
def test_half_width_marks_are_seen(text, found):
    assert len(half_width_marks(text)) == found


def test_sentences_bear_chinese_marks():
    faults = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if half_width_marks(node.value)
    ]
    assert faults == []
