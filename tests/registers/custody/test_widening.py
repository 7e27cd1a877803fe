"""A circle is widened after circulation has begun, with approval."""

import pytest

from baomi.kernel.verdict import BadInput
from baomi.registers.custody.models import CircleGround, CircleMember
from tests.factories.approving import approved
from tests.factories.deeds import do, size, unaccounted
from tests.registers.custody.desk import refused

APPROVED = "GZ2.3.1b/approved_by_group_leader"
ACTION = "custody.widen_circle"


@pytest.fixture
def begun(desk):
    """A paper that is being read, and its copies."""
    paper, copies = desk.ready()
    desk.give(copies[0])
    return paper, copies


def widened(desk, **how):
    return {"persons": [desk.keeper], "reason": "参与承办"} | how


def members(paper):
    return dict(CircleMember.objects.filter(paper=paper).values_list("person", "basis"))


def test_who_is_added_reads_from_then_on(desk, begun):
    paper, copies = begun
    said = widened(desk)
    found = refused("custody.set_circle", desk.registrar, paper, persons=[desk.reader, desk.keeper])
    (refusal,) = found.values()
    assert refusal.remedy_action == ACTION
    assert set(refused(ACTION, desk.registrar, paper, **said)) == {APPROVED}
    approved(desk.reader, ACTION, paper, **said)
    before = size()
    do(ACTION, desk.registrar, paper, **said)
    assert size() == before + 1
    assert members(paper) == {desk.reader: "person", desk.keeper: "person"}
    desk.give(copies[1], person=desk.keeper)
    assert unaccounted() == []


def test_others_than_those_approved_are_not_added(desk, begun):
    paper, _ = begun
    approved(desk.reader, ACTION, paper, **widened(desk))
    other = widened(desk, persons=[desk.keeper, desk.general])
    found = refused(ACTION, desk.registrar, paper, **other)
    assert set(found) == {APPROVED}
    assert "增加的人员" in found[APPROVED].reason


def test_a_unit_is_added_and_its_members_come_and_go(desk, begun):
    paper, _ = begun
    unit = desk.office.units["法制委"]
    said = {"units": [unit], "reason": "会同办理"}
    approved(desk.reader, ACTION, paper, **said)
    newcomer = desk.office.readers["农业委"][0]
    do("office.change_person", desk.office.security_admin, newcomer, unit=unit)
    do(ACTION, desk.registrar, paper, **said)  # who joined meanwhile changes nothing
    assert newcomer in members(paper)
    assert set(CircleGround.objects.filter(paper=paper).values_list("ground", flat=True)) == {
        f"unit:{unit}"
    }
    assert members(paper)[desk.reader] == "person"
    assert unaccounted() == []


def test_the_release_level_binds_as_it_does_at_first(desk):
    head = desk.office.heads["研究室"]
    paper, copies = desk.receive(release_level="县团级")
    desk.store(*copies)
    desk.circle(paper, head)
    desk.give(copies[0], person=head)
    found = refused(ACTION, desk.registrar, paper, **widened(desk, persons=[desk.reader]))
    assert set(found) == {APPROVED, "GZ2.3.4b/readers_stand_within_the_release_level"}


def test_what_cannot_be_meant(desk, begun):
    paper, _ = begun
    with pytest.raises(BadInput, match="都已在传阅范围内"):
        do(ACTION, desk.registrar, paper, **widened(desk, persons=[desk.reader]))
    new, _ = desk.ready(number="")
    with pytest.raises(BadInput, match="还没有开始传阅"):
        do(ACTION, desk.registrar, new, **widened(desk))


def test_who_was_in_it_with_his_unit_is_named(desk):
    paper, copies = desk.receive()
    desk.store(*copies)
    do("custody.set_circle", desk.registrar, paper, units=[desk.office.units["研究室"]])
    desk.give(copies[0])
    do(
        "office.change_person",
        desk.office.security_admin,
        desk.keeper,
        unit=desk.office.units["法制委"],
    )
    said = widened(desk)
    approved(desk.reader, ACTION, paper, **said)
    do(ACTION, desk.registrar, paper, **said)
    assert members(paper)[desk.keeper] == "person"
    assert unaccounted() == []
