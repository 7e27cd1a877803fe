"""Random deeds through every action: what the registers promise holds after each batch of them."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from baomi.engine import perform, registry, settle, verify_live
from baomi.engine.sealer import seal_now
from baomi.kernel.clock import clock, instant_on
from baomi.registers.approvals.actions import ask
from tests.factories.deeds import unaccounted
from tests.proofs.random_year import ACCEPTED, BY_RULE, LAST, Runner, Year, rules_of, table
from tests.proofs.year.of_approvals import NEEDING
from tests.proofs.year.offences import NO_RULE_REFUSES
from tests.proofs.year.world import LEFT_OUT, RECIPES

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

SHARE = 0.6  # of the deeds are accepted
A_DAY, A_DAY_AT_LENGTH = 6, 48  # deeds
AT_LEAST = 20  # times each, at length
BY_HAND = ("office.found", "duties.open_by_time")


@pytest.fixture(autouse=True)
def only_what_deeds_can_change(settings, uploads, monkeypatch):
    """What a password costs to guess, and the tables themselves, are no matter of a year."""
    monkeypatch.setattr(verify_live, "sqlite_faults", tuple)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def lived(office: Any, seed: int, per_day: int, *, batch: int, times: int) -> Year:
    """A year in which, if the last day gives it long enough, everything happens so many times."""
    year = Runner(office, seed, batch=batch).live(
        per_day, is_whole=lambda year: not seldom(year, times)
    )
    figures = table(year)
    well_meant = "\n".join(f"{n} {each}" for each, n in Counter(year.surprises).most_common(12))
    print(f"\n{figures}\nmeant well, and refused:\n{well_meant}")  # noqa: T201 - for whoever asks with -s
    assert not year.faults, "\n".join(dict.fromkeys(year.faults))
    assert unaccounted() == []
    with clock.standing_at(instant_on(LAST, 19)):
        seal_now()
        assert verify_live.verify_live().findings == []
    assert year.accepted >= SHARE * year.deeds, figures
    return year


def seldom(year: Year, times: int) -> list[str]:
    """Actions that were not done, not refused, or not refused by a rule, so many times."""
    found = []
    for name in registry.actions():
        accepted, by_rule = year.count(name, ACCEPTED), year.count(name, BY_RULE)
        if name not in LEFT_OUT and accepted < times:
            found.append(f"{name} was accepted {accepted} times")
        if name != BY_HAND[1] and year.refusals(name) < times:
            found.append(f"{name} was refused {year.refusals(name)} times")
        if rules_of(name) and name not in NO_RULE_REFUSES and by_rule < times:
            found.append(f"{name} was refused by a rule {by_rule} times")
    return found


def test_every_action_has_its_recipe_or_its_reason():
    assert registry.actions().keys() == RECIPES.keys() | LEFT_OUT.keys()
    assert NO_RULE_REFUSES.keys() <= {name for name in registry.actions() if rules_of(name)}


def test_a_random_year_keeps_every_promise(office):
    year = lived(office, 1, A_DAY, batch=200, times=1)

    assert seldom(year, 1) == []


@pytest.mark.nightly
@pytest.mark.parametrize("seed", [2, 3])
def test_random_years_at_length(office, seed):
    year = lived(office, seed, A_DAY_AT_LENGTH, batch=250, times=AT_LEAST)

    assert seldom(year, AT_LEAST) == []


FOCUS = (
    *NEEDING,
    "approvals.ask",
    "approvals.decide",
    "custody.bring_back",
    "custody.end_consultation",
    "custody.hand_over_copy",
    "custody.put_into_archive",
    "custody.receive_envelope",
    "custody.set_circle",
    "custody.store_copies",
    "custody.take_back_copy",
)


def found_within(office: Any, deeds: int) -> list[str]:
    """What a year of custody and approvals finds, as soon as it finds something."""

    def is_over(year: Year) -> bool:
        return bool(year.faults) or year.deeds > deeds

    return Runner(office, 7, batch=20, focus=FOCUS).live(12, is_over=is_over).faults


def test_a_duty_that_no_deed_closes_is_found(office, monkeypatch):
    monkeypatch.setattr(settle, "_close", lambda deed, rules, door: set())

    assert any("open" in fault for fault in found_within(office, 400))


def test_an_approval_that_is_not_used_up_is_found(office, monkeypatch):
    monkeypatch.setattr(perform, "spend", lambda deed: {})

    assert any("used []" in fault for fault in found_within(office, 800))


def test_an_approval_by_whom_it_concerns_is_found(office, monkeypatch):
    real = ask._need_row

    def forgetful(deed, turn, need, decider):
        return real(deed, turn, replace(need, interested=frozenset()), decider)

    monkeypatch.setattr(ask, "_need_row", forgetful)

    assert any("whom it concerns" in fault for fault in found_within(office, 1200))
