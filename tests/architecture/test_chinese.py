"""A clerk reads Chinese: titles and help of every action and every field of its inputs."""

import pytest

from baomi.engine import registry
from tests.architecture.source_tree import has_chinese

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
