"""Who stands in for the head of a unit for some days signs no pledge of his own (GZ3.1a)."""

import pytest

from baomi.registers.duties.models import Duty
from baomi.registers.office.models import PostHolding
from tests.factories.deeds import do

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


def open_pledges() -> int:
    return Duty.objects.filter(name="sign_the_pledge", state="open").count()


def test_a_deputation_opens_no_pledge_and_an_appointment_does(office):
    before = open_pledges()
    holding = PostHolding.objects.get(post="unit_head", unit=office.units["研究室"])
    do(
        "office.depute",
        office.security_admin,
        holding.id,
        deputy=office.readers["研究室"][0],
        until_on="2025-03-10",
        ground="出差",
        second=office.auditor,
    )
    assert open_pledges() == before
    do("office.end_appointment", office.security_admin, holding.id, last_day="2025-03-31")
    ended = open_pledges()
    do(
        "office.appoint",
        office.security_admin,
        office.readers["研究室"][1],
        post="unit_head",
        unit=office.units["研究室"],
        from_on="2025-04-01",
        letter="云人发〔2025〕9号",
        second=office.auditor,
    )
    assert open_pledges() == ended + 1
