"""Duties: opened by rules and by hand, passed on, closed, listed with the days overdue."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from baomi.engine.demo.office_plan import BARE_ROOM
from baomi.engine.inputs import InvalidInputs
from baomi.engine.perform import perform
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.duties import reads
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office_load
from baomi.registers.paging import listing
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, request, size
from tests.factories.office import TODAY
from tests.factories.watch import by_hand

DUE = date(2025, 3, 7)


def person(key):
    return office_load.person(key, TODAY, Terms.on(TODAY))


@pytest.fixture
def staff(office):
    """Two readers of one unit: the one who owes, and a colleague."""
    return office.readers["研究室"][:2]


def opened(office, owner, due_on=DUE):
    said = {"title": "补交承诺书", "owner": owner, "due_on": due_on}
    return UUID(do("duties.open_by_hand", office.registrar, **said).told["duty"])


def row(key):
    return Duty.objects.filter(id=key).values().get()


def test_a_duty_is_opened_by_hand(office, staff):
    before = size()
    duty = row(opened(office, staff[0]))
    assert size() == before + 1
    assert (duty["owner"], duty["due_on"], duty["state"]) == (staff[0], DUE, "open")
    assert (duty["clause"], duty["name"]) == ("", "by_hand")


def test_it_is_closed_by_its_owner(office, staff):
    key = opened(office, staff[0])
    with pytest.raises(BadInput, match="只能办结自己负责的"):
        do("duties.close_by_hand", staff[1], key)
    before = size()
    do("duties.close_by_hand", staff[0], key)
    assert size() == before + 1
    assert (row(key)["state"], row(key)["closed_on"]) == ("done", TODAY)
    with pytest.raises(BadInput, match="已经办结"):
        do("duties.close_by_hand", staff[0], key)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"due_on": date(2025, 3, 1)}, "不能早于今天"),
        ({"due_on": date(2030, 3, 4)}, "应办日期最多填到 5 年以后"),
        ({"owner": UUID(int=4)}, "查无此人"),
    ],
    ids=["past", "far", "unknown"],
)
def test_a_duty_that_cannot_be_meant(office, staff, said, sentence):
    entered = {"title": "补交承诺书", "owner": staff[0], "due_on": DUE} | said
    with pytest.raises(BadInput, match=sentence):
        do("duties.open_by_hand", office.registrar, **entered)


def test_a_duty_may_be_due_in_five_years(office, staff):
    assert row(opened(office, staff[0], date(2030, 3, 3)))["due_on"] == date(2030, 3, 3)


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2100, 1, 1), date(1899, 12, 31)])
def test_a_year_typed_wrongly_is_said_whatever_asks_for_the_day(office, staff, day):
    before = size()
    with pytest.raises(InvalidInputs) as wrong:
        opened(office, staff[0], day)
    assert [each.field for each in wrong.value.faults] == ["due_on"]
    assert "1900 年至 2099 年之间" in wrong.value.faults[0].sentence
    assert size() == before


def test_a_duty_has_words_and_its_opener_a_post(office, staff):
    with pytest.raises(InvalidInputs):
        do("duties.open_by_hand", office.registrar, owner=staff[0], due_on=DUE)
    said = {"title": "补交承诺书", "owner": staff[0], "due_on": DUE}
    with pytest.raises(Refused):
        perform(request("duties.open_by_hand", staff[0], **said))


def test_a_duty_is_passed_on(office, staff):
    key = opened(office, staff[0])
    before = size()
    do("duties.pass_on", staff[0], key, person=staff[1], reason="下周出差")
    assert size() == before + 1
    assert (row(key)["owner"], row(key)["due_on"]) == (staff[1], DUE)
    with pytest.raises(BadInput, match="只能转办自己负责的"):
        do("duties.pass_on", staff[0], key, person=staff[0], reason="下周出差")
    do("duties.pass_on", office.office_director, key, person=staff[0], reason="下周出差")
    assert row(key)["owner"] == staff[0]
    with pytest.raises(BadInput, match="本来就由接办人负责"):
        do("duties.pass_on", office.registrar, key, person=staff[0], reason="下周出差")


def test_what_is_closed_or_unknown_is_not_passed_on(office, staff):
    key = opened(office, staff[0])
    do("duties.close_by_hand", staff[0], key)
    with pytest.raises(BadInput, match="已经办结或撤销"):
        do("duties.pass_on", staff[0], key, person=staff[1], reason="下周出差")
    with pytest.raises(BadInput, match="没有这项应办事项"):
        do("duties.pass_on", staff[0], uuid4(), person=staff[1], reason="下周出差")
    with pytest.raises(BadInput, match="没有这项应办事项"):
        do("duties.close_by_hand", staff[0])


def test_whoever_left_gets_no_duty(office, staff):
    key = opened(office, staff[0])
    do("office.end_service", office.security_admin, staff[1], ground="调离")
    with clock.standing_at(instant_on(date(2025, 3, 4), 9)):
        with pytest.raises(BadInput, match="接办人已不在岗"):
            do("duties.pass_on", staff[0], key, person=staff[1], reason="下周出差")
        with pytest.raises(BadInput, match="责任人已不在岗"):
            opened(office, staff[1])


def test_the_return_of_a_copy_goes_with_the_copy(office, staff):
    from tests.registers.custody.desk import Desk

    desk = Desk(office)
    _, copies = desk.ready()
    desk.give(copies[0])
    key = Duty.objects.get(subject=copies[0]).id
    with pytest.raises(BadInput, match="就由谁交回"):
        do("duties.pass_on", staff[0], key, person=staff[1], reason="下周出差")
    with pytest.raises(BadInput, match="自动办结"):
        do("duties.close_by_hand", staff[0], key)


def test_a_room_without_measures_owes_them(office):
    before = {"name": "新库房", "unit": office.units["研究室"], "responsible": office.registrar}
    said = before | {"keeps_papers": True, "measures": ""}
    room = UUID(do("office.add_room", office.registrar, **said).told["room"])
    duty = Duty.objects.get(subject=room)
    assert (duty.clause, duty.name, duty.owner) == ("GZ2.2.1a", "record_measures", office.registrar)
    assert duty.due_on == date(2025, 4, 2)
    do("office.record_measures", office.registrar, room, measures="防盗门、报警器")
    duty.refresh_from_db()
    assert (duty.state, duty.closed_on) == ("done", TODAY)
    assert not Duty.objects.filter(subject=office.rooms[BARE_ROOM]).exists()


def listed(key):
    found = listing(reads.BOOKS["duties.duty"], person(key), Terms.on(TODAY))
    heads = [heading for _, heading in found.columns]
    return [dict(zip(heads, each, strict=True)) for each in found.rows]


def test_everybody_sees_his_own_and_two_posts_see_all(office, staff):
    key = opened(office, staff[0])
    assert [each["编号"] for each in listed(staff[0])] == [key]
    assert listed(staff[1]) == []
    assert key in {each["编号"] for each in listed(office.office_director)}
    assert reads.PICKERS["duties.duty"](person(staff[0]), str(key)) == key
    for actor, text in ((staff[1], str(key)), (staff[0], str(uuid4())), (staff[0], "某事")):
        with pytest.raises(BadInput, match="没有这项应办事项"):
            reads.PICKERS["duties.duty"](person(actor), text)


def test_days_overdue_are_counted_when_read(office, staff):
    key = opened(office, staff[0])
    with clock.standing_at(instant_on(date(2025, 3, 10), 9)):
        (duty,) = listed(staff[0])
        assert (duty["状态"], duty["逾期天数"]) == ("未办", 3)
        assert duty["责任人"] == person(staff[0]).name
        do("duties.close_by_hand", staff[0], key)
        (duty,) = listed(staff[0])
    assert (duty["状态"], duty["逾期天数"], duty["办结日期"]) == ("已办", None, date(2025, 3, 10))


def test_a_duty_of_a_post_is_its_holders(office):
    key = uuid4()
    duty = Duty(
        id=key,
        clause="GZ1.0b",
        name="unowned",
        title="交办",
        subject=key,
        period="",
        owner=None,
        owner_post="unit_keeper",
        owner_unit=office.units["研究室"],
        opened_on=TODAY,
        due_on=DUE,
        opened_by=key,
        state="open",
    )
    with by_hand():
        duty.save(force_insert=True)
    keeper = office.keepers["研究室"]
    (duty,) = listed(keeper)
    assert duty["责任人"] == person(keeper).name
    assert listed(office.keepers["法制委"]) == []
    do("duties.pass_on", keeper, key, person=office.heads["研究室"], reason="下周出差")
    assert (row(key)["owner_post"], row(key)["owner_unit"]) == ("", None)
