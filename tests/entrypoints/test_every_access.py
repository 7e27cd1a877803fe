"""Every deed that a clause leaves to some posts, through every door: done by them, by no others."""

from dataclasses import replace

import pytest

from baomi.engine import registry
from baomi.kernel.words import Post
from tests.entrypoints.asking import DONE, REFUSED
from tests.entrypoints.scenarios.entitled import ENTITLED
from tests.factories.deeds import size

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

ACTIONS = pytest.mark.parametrize("action", sorted(ENTITLED))
OTHERS = ("unit_keeper@研究室", "unit_head@研究室", "group_leader", "system_admin", "auditor")


def test_every_deed_that_a_clause_names_has_its_scenario():
    named = {
        name
        for clause in registry.rulebook()
        for part in clause.every_part()
        for rule in part.plain
        if rule.kind == "access"
        for name in rule.names
    }
    assert set(ENTITLED) == named


@ACTIONS
def test_who_is_entitled_does_it_and_nobody_else(action, desk, door):
    deed = ENTITLED[action](desk)
    before = size()
    for other in OTHERS:
        assert Post(other.partition("@")[0]) not in registry.actions()[action].done_by
        answered = door.act(replace(deed, post=other))
        assert (answered.outcome, answered.guards) == (REFUSED, {"access/actor_holds_the_post"})
    assert size() == before
    assert door.act(deed).outcome == DONE
    assert size() > before
