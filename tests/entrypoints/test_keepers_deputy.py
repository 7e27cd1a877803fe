"""A keeper who is ill is stood in for, at every door: what is out is listed, given, taken back."""

from datetime import timedelta

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.registers.office.models import Deputation
from tests.engine.papers.looking import words_on
from tests.entrypoints.asking import DONE, Asked, label, name
from tests.entrypoints.scenarios.keeping import given, taken_back
from tests.entrypoints.scenarios.standing_in import UNTIL, keeper_deputed_by_his_head
from tests.factories.deeds import do
from tests.registers.custody.desk import PAPER

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

DEPUTY = "archivist"  # a post of his own, by which the command line knows him


@pytest.fixture
def deputy(desk):
    """Of the keeper's unit, cleared as he is."""
    office, key = desk.office, desk.office.readers["研究室"][2]
    said = {"personnel_class": "important", "ground": "涉密人员审查表"}
    do("office.set_class", office.security_admin, key, **said)
    said = {"post": "archivist", "letter": "云人发〔2025〕9号", "second": office.auditor}
    do("office.appoint", office.security_admin, key, **said)
    return key


@pytest.fixture
def lent(desk):
    """Three copies with the keeper, one of which he has given on."""
    _, copies = desk.ready()
    desk.lend_to_keeper(*copies)
    desk.give(copies[1], by=desk.keeper)
    return [label(each) for each in copies]


def test_a_deputy_works_on_until_his_last_day(desk, door, deputy, lent):
    reader = name(desk.reader)
    before = given(lent[0], reader, post=DEPUTY)
    assert door.act(before).outcome != DONE
    deputed = keeper_deputed_by_his_head(desk).lawful.but(deputy=name(deputy))
    door.make_ready(deputed)
    assert door.act(deputed).outcome == DONE
    assert door.act(before).outcome == DONE
    assert door.act(taken_back(lent[1], post=DEPUTY)).outcome == DONE
    listed = [row["label"] for row in door.listed("custody.copy", post=DEPUTY)]
    assert set(lent) <= set(listed)
    key = Deputation.objects.values_list("id", flat=True).get()
    words = words_on(door.form("custody.keeper_list", "office.deputation", key, DEPUTY, "pdf"))
    assert reader in words
    assert PAPER["title"] not in words
    with clock.standing_at(instant_on(UNTIL + timedelta(days=1), 9)):
        assert door.act(taken_back(lent[0], post=DEPUTY)).outcome != DONE
        assert door.listed("custody.copy", post=DEPUTY) == []


def test_the_head_ends_it_and_the_keeper_goes_on_where_he_was(desk, door, deputy, lent):
    deputed = keeper_deputed_by_his_head(desk).lawful.but(deputy=name(deputy))
    door.make_ready(deputed)
    assert door.act(deputed).outcome == DONE
    ended = Asked(
        action="office.end_deputation", post="unit_head@研究室", targets=[name(deputy)], inputs={}
    )
    assert door.act(ended).outcome == DONE
    reader = name(desk.reader)
    with clock.standing_at(instant_on(UNTIL, 9)):
        assert door.act(given(lent[0], reader, post=DEPUTY)).outcome != DONE
        assert door.act(taken_back(lent[1], post="unit_keeper@研究室")).outcome == DONE
