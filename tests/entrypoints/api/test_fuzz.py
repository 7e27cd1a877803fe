"""Thousands of requests made from the document: no fault of the program, nothing undocumented."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.entrypoints.api.sending import NOT_REACHED, pools, requests, undocumented
from tests.entrypoints.web.visiting import client_of, person_of

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

ROLES = ("registrar", "system_admin", "unit_keeper@研究室")
REACHED = 0.6  # of the deeds that are asked for


def send(role: str, times: int, *, anew: bool = False) -> Counter:
    """Send so many requests as somebody, others each time if ``anew``. Counts the answers."""
    seen: Counter = Counter()
    person = person_of(role)

    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        derandomize=not anew,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(pools()))
    def sent_and_answered(sent):
        # a deed may end its doer's sessions: each request has one of its own
        answer = sent.by(client_of(person))
        assert answer.status_code < 500, (sent, answer.content.decode())
        assert not undocumented(sent, answer), (sent, answer.content.decode()[:500])
        seen["deeds" if sent.is_deed else "others", answer.status_code] += 1

    sent_and_answered()
    return seen


def reached(seen: Counter) -> float:
    """The part of the deeds that came as far as an action."""
    deeds = {status: count for (kind, status), count in seen.items() if kind == "deeds"}
    return sum(n for status, n in deeds.items() if status not in NOT_REACHED) / sum(deeds.values())


@pytest.fixture
def papers(desk, everybody_has_a_password_of_his_own):
    """Something to ask for."""
    desk.ready()
    desk.receive(number="×办发〔2025〕8号", copy_numbers="000761-000762")


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_sent_is_answered_in_words(role, papers):
    assert reached(send(role, 100)) >= REACHED


@pytest.mark.nightly
@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_sent_is_answered_in_words_five_thousand_times(role, papers):
    assert reached(send(role, 1700, anew=True)) >= REACHED
