"""补记: a deed of a day that has passed, judged by that day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from baomi.engine.models import LateEntry
from baomi.engine.perform import perform
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Post
from tests.engine.seen import body_of, held, sound, state
from tests.factories.deeds import do, request, size
from tests.factories.office import TODAY


@pytest.fixture
def give(desk):
    """Ask to hand over one copy, as of another day."""
    with clock.standing_at(instant_on(TODAY - timedelta(days=40), 9)):
        _, (copy, *_) = desk.ready()

    def asked(day, reason="当日停电"):
        how = {"person": desk.reader, "place": desk.reading_room}
        one = request("custody.hand_over_copy", desk.registrar, copy, **how)
        return replace(one, happened_on=day, late_reason=reason)

    return asked


def test_it_keeps_both_days_and_the_reason(give):
    day = TODAY - timedelta(days=3)
    receipt = perform(give(day))
    late = LateEntry.objects.get(op=receipt.op_id)
    assert (late.happened_on, late.recorded_on, late.reason) == (day, TODAY, "当日停电")
    assert body_of(receipt)["on"] == day.isoformat()
    assert "engine_late_entry" in {each["t"] for each in body_of(receipt)["changes"]}
    assert sound() == []


@pytest.mark.parametrize(
    ("days", "reason", "says"),
    [(31, "停电", "补记不得早于"), (3, " ", "补记须写明原因"), (-1, "停电", "不能晚于今天")],
    ids=["too_old", "no_reason", "future"],
)
def test_what_is_not_allowed_is_said(give, days, reason, says):
    before = state()
    with pytest.raises(BadInput, match=says):
        perform(give(TODAY - timedelta(days=days), reason))
    assert state() == before


def test_today_is_not_after_the_fact(give):
    receipt = perform(give(TODAY, ""))
    assert not LateEntry.objects.filter(op=receipt.op_id).exists()


def test_posts_are_those_of_that_day(office):
    person = office.readers["研究室"][0]
    letter = {"letter": "云人发〔2025〕4号", "second": office.auditor}
    with clock.standing_at(instant_on(TODAY - timedelta(days=10), 9)):
        old = held(office.registrar, Post.REGISTRAR)
        do("office.end_appointment", office.security_admin, old, second=office.auditor)
        tomorrow = TODAY - timedelta(days=9)
    with clock.standing_at(instant_on(tomorrow, 9)):
        do("office.appoint", office.security_admin, person, post=Post.REGISTRAR, **letter)
    room = {"name": "新库房", "unit": office.units["研究室"], "responsible": person}
    asked = request("office.add_room", person, keeps_papers=False, **room)
    early = TODAY - timedelta(days=20)
    with pytest.raises(Refused) as refused:
        perform(replace(asked, happened_on=early, late_reason="补记"))
    assert refused.value.verdict.clauses == ("access",)
    assert perform(asked).seq == size() - 1
