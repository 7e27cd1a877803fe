"""Who owes a duty, in person or by a post, does not release himself; nor does who stands in."""

from datetime import timedelta

import pytest

from baomi.kernel.words import Post
from baomi.registers.duties.models import Duty
from baomi.registers.office.load import holders_between
from tests.factories.deeds import do, unaccounted
from tests.factories.office import TODAY
from tests.registers.custody.desk import Desk, refused

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

NOT_HIS = "X4b/waiver_holds_the_post"
WHY = "机构改革，不再任命"


@pytest.fixture
def desk(office):
    return Desk(office)


def owed(name: str):
    return Duty.objects.get(name=name, state="open")


def test_what_the_office_owes_the_leader_waives_and_it_stays_on_record(desk):
    do("office.add_unit", desk.office.security_admin, name="信访办")
    duty = owed("fill_the_post")
    assert NOT_HIS in refused("duties.waive", desk.office.office_director, duty.id, reason=WHY)
    do("duties.waive", desk.leader, duty.id, reason=WHY)
    duty.refresh_from_db()
    assert (duty.state, duty.waived_by, duty.waived_under) == ("waived", desk.leader, "GZ1.0a")
    assert (duty.remark, duty.closed_on) == (WHY, TODAY)
    assert unaccounted() == []


def test_what_the_leader_owes_by_his_post_neither_he_nor_his_deputy_waives(desk):
    office = desk.office
    director = holders_between(Post.OFFICE_DIRECTOR, None, TODAY, TODAY)[0]
    do("office.end_appointment", office.security_admin, director.id)
    duty = Duty.objects.filter(name="fill_the_post", owner_post="group_leader").first()
    assert NOT_HIS in refused("duties.waive", desk.leader, duty.id, reason=WHY)
    leader = holders_between(Post.GROUP_LEADER, None, TODAY, TODAY)[0]
    deputy, until = office.heads["研究室"], TODAY + timedelta(days=3)
    said = {"deputy": deputy, "until_on": until, "ground": "病假", "second": office.auditor}
    do("office.depute", office.security_admin, leader.id, **said)
    assert NOT_HIS in refused("duties.waive", deputy, duty.id, reason=WHY)
