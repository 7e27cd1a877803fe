"""All that may be done with one thing, judged at once, and read once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baomi.engine import registry
from baomi.engine.explain import explain, explain_all
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door
from baomi.registers.custody import load
from baomi.registers.seen_once import looking, looking_afresh
from baomi.rulebook.terms import Terms
from tests.factories.deeds import request
from tests.factories.office import TODAY

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
MOST_QUERIES = 20


@pytest.fixture
def given(desk):
    """A copy in the reader's hands."""
    _, (copy, *_) = desk.ready()
    desk.give(copy)
    return copy


def test_every_action_on_a_copy_is_answered_as_it_would_be_alone(desk, given):
    answers = explain_all(desk.registrar, "custody.copy", given, Door.WORKER)
    named = {name for name, each in registry.actions().items() if each.target == "custody.copy"}
    assert {each.action.name for each in answers} == named
    for each in answers:
        asked = request(each.action.name, desk.registrar, given, door=Door.WORKER)
        if each.fault is None:
            assert explain(asked, filled_in=False) == each.verdict
        else:
            with pytest.raises(BadInput) as fault:
                explain(asked, filled_in=False)
            assert (each.verdict, each.fault) == (None, fault.value.sentence)
    assert any(each.fault for each in answers)
    assert any(each.verdict and each.verdict.allowed for each in answers)


def test_who_may_not_ask_learns_nothing_of_the_thing(desk, given):
    answers = explain_all(desk.reader, "custody.copy", given, Door.WORKER)
    barred = [each for each in answers if not each.may_ask]
    assert "custody.hand_over_copy" in {each.action.name for each in barred}
    assert all(each.fault is None and set(each.verdict.clauses) == {"access"} for each in barred)


def test_what_several_actions_read_is_read_once(desk, given):
    with CaptureQueriesContext(connection) as queries:
        answers = explain_all(desk.registrar, "custody.copy", given, Door.WORKER)
    assert len(answers) >= 10
    assert len(queries) <= MOST_QUERIES
    texts = [each["sql"] for each in queries]
    for table in ("office_person", "custody_copy", "custody_paper", "custody_circle_member"):
        assert len([text for text in texts if f'FROM "{table}" WHERE' in text]) == 1, table


def test_a_deed_reads_afresh_whoever_looks_around_it(desk, given):
    terms = Terms.on(TODAY)
    with looking():
        (before,) = load.copies([given], terms, TODAY)
        desk.take_back(given)
        assert load.copies([given], terms, TODAY) == (before,)
        with looking_afresh():
            (after,) = load.copies([given], terms, TODAY)
    assert (before.holder, after.holder) == (desk.reader, None)
    assert load.copies([given], terms, TODAY) == (after,)
