"""Who may not do a thing at all learns nothing from trying it: not even whether it exists."""

from uuid import uuid4

import pytest

from baomi.engine import registry
from baomi.engine.explain import explain
from baomi.engine.perform import perform
from baomi.kernel.judge import ACCESS, EVERYONE
from baomi.kernel.verdict import Refused
from tests.factories.deeds import request, size

CLOSED = sorted(name for name, each in registry.actions().items() if not each.done_by & EVERYONE)


def refusals_of(asked):
    with pytest.raises(Refused) as caught:
        perform(asked)
    return caught.value.verdict.refusals


@pytest.mark.parametrize("name", CLOSED)
def test_a_reader_is_stopped_before_anything_is_read(office, name):
    reader, before = office.readers["研究室"][0], size()
    junk = request(name, reader, uuid4(), nonsense="无此项")
    told = refusals_of(junk)
    assert [each.clause for each in told] == [ACCESS]
    assert told == explain(junk, filled_in=True).refusals == explain(junk, filled_in=False).refusals
    assert size() == before


def test_a_number_that_is_taken_is_not_told(office, desk_of_registrar):
    reader = office.readers["研究室"][1]
    taken = {"year": 2025, "serial": 1, "reason": "误编"}
    free = {"year": 2025, "serial": 400, "reason": "误编"}
    answers = [
        refusals_of(request("custody.void_number", reader, **said)) for said in (taken, free)
    ]
    assert answers[0] == answers[1]


@pytest.fixture
def desk_of_registrar(office):
    """A register in which the first number of the year is taken."""
    from tests.registers.custody.desk import Desk

    desk = Desk(office)
    desk.receive()
    return desk
