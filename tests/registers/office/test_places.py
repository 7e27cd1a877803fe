"""Rooms, their measures, cabinets, and bodies outside."""

from datetime import timedelta
from uuid import UUID

import pytest

from baomi.engine import registry
from baomi.engine.perform import perform
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Level
from baomi.registers.office import facts, load, models
from tests.factories.deeds import do, imaged, kinds, request, size
from tests.factories.office import TODAY


def add_room(office, **more):
    inputs = {
        "name": "主楼 305",
        "unit": office.units["研究室"],
        "responsible": office.keepers["研究室"],
        "keeps_papers": True,
        "measures": "铁门",
    } | more
    return UUID(do("office.add_room", office.registrar, **inputs).told["room"])


@pytest.mark.parametrize(("measures", "protected"), [("铁门、铁窗", True), ("", False)])
def test_add_room(office, measures, protected):
    before = size()
    key = add_room(office, measures=measures)
    room = load.room(key)
    assert (room.name, room.keeps_papers, room.protected) == ("主楼 305", True, protected)
    assert kinds(before) == ["office.add_room"]
    assert imaged(before)["office_room"] == 1


def test_a_room_is_entered_once_and_by_the_registrar(office):
    add_room(office)
    with pytest.raises(BadInput, match="同名的房间"):
        add_room(office)
    with pytest.raises(Refused) as refused:
        do(
            "office.add_room",
            office.system_admin,
            name="主楼 306",
            unit=office.units["研究室"],
            responsible=office.keepers["研究室"],
            keeps_papers=False,
        )
    assert refused.value.verdict.clauses == ("access",)


def test_who_answers_for_a_room_is_in_service(office):
    person = office.readers["研究室"][0]
    do("office.end_service", office.security_admin, person, ground="调出")
    tomorrow = instant_on(TODAY + timedelta(days=1), 9)
    with clock.standing_at(tomorrow), pytest.raises(BadInput, match="不在岗"):
        add_room(office, responsible=person)


def test_record_measures(office):
    key = add_room(office, measures="")
    before = size()
    do("office.record_measures", office.registrar, key, measures="防盗门、报警器")
    room = load.room(key)
    assert room.protected
    assert room.keeps_papers
    row = models.Room.objects.get(id=key)
    assert (row.measures, row.responsible_id) == ("防盗门、报警器", office.keepers["研究室"])
    assert kinds(before) == ["office.record_measures"]


def test_record_measures_also_moves_a_room_on(office):
    key = add_room(office)
    do(
        "office.record_measures",
        office.registrar,
        key,
        measures="铁门",
        keeps_papers=False,
        responsible=office.keepers["财经委"],
        unit=office.units["财经委"],
    )
    row = models.Room.objects.get(id=key)
    assert (row.keeps_papers, row.responsible_id) == (False, office.keepers["财经委"])
    assert row.unit_id == office.units["财经委"]


def test_measures_bring_the_room_and_its_protection():
    for name in ("office.add_room", "office.record_measures"):
        assert set(registry.actions()[name].brings) == {
            facts.RoomIsRegistered,
            facts.RoomIsProtected,
        }


def test_add_cabinet(office):
    before = size()
    told = do(
        "office.add_cabinet",
        office.registrar,
        name="9号柜",
        room=office.rooms["保密室"],
        level="secret",
    ).told
    cabinet = load.cabinet(UUID(told["cabinet"]))
    assert (cabinet.name, cabinet.level, cabinet.in_use) == ("9号柜", Level.SECRET, True)
    assert cabinet.unit == office.units["办公室"]
    assert load.label_in(told["label"]).kind == "K"
    assert kinds(before) == ["office.add_cabinet"]


def test_close_cabinet(office):
    key, before = office.cabinets[Level.SECRET], size()
    do("office.close_cabinet", office.registrar, key)
    assert not load.cabinet(key).in_use
    assert kinds(before) == ["office.close_cabinet"]
    with pytest.raises(BadInput, match="已经停用"):
        do("office.close_cabinet", office.registrar, key)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda o: {"name": "绝密柜"}, "同名的文件柜"),
        (lambda o: {"room": o.registrar}, "没有这个房间"),
        (lambda o: {"unit": o.registrar}, "没有这个单位"),
    ],
    ids=["name_taken", "no_room", "no_unit"],
)
def test_cabinets_that_cannot_be_meant(office, change, says):
    inputs = {"name": "9号柜", "room": office.rooms["保密室"], "level": "secret"}
    with pytest.raises(BadInput, match=says):
        do("office.add_cabinet", office.registrar, **(inputs | change(office)))


@pytest.mark.parametrize(
    ("name", "stated", "high"),
    [
        ("中共×省委办公厅", None, True),
        ("云澜市财政局", None, False),
        ("云澜市财政局", True, True),
    ],
    ids=["by_name", "not_by_name", "as_stated"],
)
def test_add_outside_body(office, name, stated, high):
    before = size()
    told = do(
        "office.add_outside_body",
        office.registrar,
        name=name,
        kind="制文机关",
        central_or_provincial=stated,
    ).told
    assert models.OutsideBody.objects.get(id=told["body"]).central_or_provincial is high
    assert kinds(before) == ["office.add_outside_body"]
    with pytest.raises(BadInput, match="已经登记"):
        do("office.add_outside_body", office.registrar, name=name, kind="制文机关")


def test_the_same_request_again_gives_the_same_receipt(office):
    asked = request("office.add_outside_body", office.registrar, name="某中心", kind="接收单位")
    first, before = perform(asked), size()
    assert perform(asked) == first
    assert size() == before
