"""The circle of readers, and conveying within the release level."""

from uuid import UUID

import pytest

from baomi.engine.inputs import InvalidInputs
from baomi.kernel.verdict import BadInput
from baomi.registers.custody import models
from tests.factories.deeds import do, size
from tests.factories.office import TODAY
from tests.registers.custody.desk import refused


def members(paper):
    return set(models.CircleMember.objects.filter(paper=paper).values_list("person", flat=True))


def test_a_circle_is_expanded_to_persons(desk):
    paper, _ = desk.receive()
    before = size()
    do(
        "custody.set_circle",
        desk.registrar,
        paper,
        persons=[desk.reader],
        units=[desk.office.units["研究室"]],
        posts=["group_leader"],
    )
    assert size() == before + 1
    unit = {desk.office.heads["研究室"], desk.keeper, *desk.office.readers["研究室"]}
    assert members(paper) == unit | {desk.leader}
    grounds = dict(models.CircleMember.objects.values_list("person", "basis"))
    assert grounds[desk.reader] == "person"
    assert grounds[desk.keeper].startswith("unit:")
    assert grounds[desk.leader] == "post:group_leader"
    assert desk.paper(paper)["circle_set_on"] == TODAY


def test_a_circle_by_rank(desk):
    paper, _ = desk.receive()
    do("custody.set_circle", desk.registrar, paper, ranks=["厅局级"])
    assert members(paper) == {desk.leader, desk.office.secrecy_leader}


def test_a_circle_is_replaced_as_long_as_nothing_was_given(desk):
    paper, _ = desk.ready()
    desk.circle(paper, desk.general)
    assert members(paper) == {desk.general}


def test_a_circle_is_not_widened_on_ones_own(desk):
    paper, copies = desk.ready()
    desk.give(copies[0])
    persons = [desk.reader, desk.keeper]
    found = refused("custody.set_circle", desk.registrar, paper, persons=persons)
    assert set(found) == {"GZ2.3.1b/circle_is_not_widened_on_ones_own"}
    desk.circle(paper, desk.reader)


def test_nobody_leaves_the_circle_with_a_copy_in_hand(desk):
    paper, copies = desk.ready(desk.reader, desk.keeper)
    desk.give(copies[0])
    with pytest.raises(BadInput, match="请先收回"):
        desk.circle(paper, desk.keeper)
    desk.take_back(copies[0])
    desk.circle(paper, desk.keeper)
    assert members(paper) == {desk.keeper}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "传阅范围里没有人"),
        ({"persons": [UUID(int=3)]}, "查无此人"),
        ({"units": [UUID(int=3)]}, "没有这个单位"),
        ({"ranks": ["元帅"]}, "没有职级为“元帅”的人员"),
    ],
    ids=["nobody", "person", "unit", "rank"],
)
def test_a_circle_that_cannot_be_meant(desk, said, sentence):
    paper, _ = desk.receive()
    with pytest.raises(BadInput, match=sentence):
        do("custody.set_circle", desk.registrar, paper, **said)


def test_readers_stand_within_the_release_level(desk):
    paper, _ = desk.receive(release_level="发至县团级")
    found = refused("custody.set_circle", desk.registrar, paper, persons=[desk.reader])
    assert set(found) == {"GZ2.3.4b/readers_stand_within_the_release_level"}
    desk.circle(paper, desk.office.heads["研究室"], desk.leader)


def test_what_cannot_be_compared_is_checked_by_the_registrar(desk):
    paper, _ = desk.receive(release_level="有关业务骨干")
    found = refused("custody.set_circle", desk.registrar, paper, persons=[desk.reader])
    assert set(found) == {"GZ2.3.4b/readers_stand_within_the_release_level"}
    desk.circle(paper, desk.reader, release_level_checked=True)
    assert members(paper) == {desk.reader}


CONVEYED = {"audience": "机关处级干部", "audience_level": "县处级", "manner": "口头传达"}


def test_a_conveying_is_registered(desk):
    paper, _ = desk.receive(release_level="县团级")
    before = size()
    do("custody.convey_paper", desk.registrar, paper, place=desk.reading_room, **CONVEYED)
    assert size() == before + 1
    row = models.Conveyance.objects.get()
    assert (row.paper_id, row.audience, row.place_id) == (
        paper,
        "机关处级干部",
        desk.reading_room,
    )


def test_nobody_below_the_release_level_is_told(desk):
    paper, _ = desk.receive(release_level="地师级")
    said = CONVEYED | {"place": desk.reading_room}
    found = refused("custody.convey_paper", desk.registrar, paper, **said)
    assert set(found) == {"GZ2.3.4b/audience_stands_within_the_release_level"}


def test_what_the_paper_demands_is_kept(desk):
    paper, _ = desk.receive(conveyance="只作口头传达")
    said = CONVEYED | {"place": desk.reading_room}
    found = refused("custody.convey_paper", desk.registrar, paper, **said)
    assert set(found) == {"GZ2.3.4b/conveying_follows_the_demands"}
    do("custody.convey_paper", desk.registrar, paper, demands_kept=True, **said)
    assert models.Conveyance.objects.count() == 1


def test_a_conveying_names_its_audience_and_place(desk):
    paper, _ = desk.receive()
    with pytest.raises(InvalidInputs) as caught:
        do("custody.convey_paper", desk.registrar, paper, manner="口头传达")
    assert {fault.field for fault in caught.value.faults} == {
        "audience",
        "audience_level",
        "place",
    }
    with pytest.raises(BadInput, match="没有这个房间"):
        do("custody.convey_paper", desk.registrar, paper, place=UUID(int=3), **CONVEYED)
