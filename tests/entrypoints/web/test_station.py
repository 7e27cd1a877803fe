"""The scan station: who has one, what a scan does, and the slip that ends a turn."""

from uuid import uuid4

import pytest

from baomi.kernel.clock import clock
from baomi.kernel.words import Level
from baomi.registers.custody import models
from baomi.registers.custody.reads.unlisted import unlisted
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.scanning import (
    FINISH,
    ONE,
    WAITING,
    Station,
    badge_of,
    cabinet_label,
    held,
    label_of,
    outcome,
    person,
    told,
)
from tests.factories.deeds import do, size
from tests.factories.office import TODAY
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
PIN = "491730"
DAY_US = 86_400_000_000


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def station(desk, at):
    return Station(
        at("registrar"), desk.registrar, person=str(desk.reader), place=str(desk.reading_room)
    )


@pytest.mark.parametrize("post", ["registrar", "unit_keeper"])
def test_who_keeps_papers_has_a_station(post, at):
    answer = at(post).get("/scan")
    assert answer.status_code == 200
    shown = page(answer)
    assert shown.one("title").text == "保密 · 扫码台"
    assert "autofocus" in shown.one("input", id="scan").attributes
    store = shown.one("button", data_mode="store")
    assert ("disabled" in store.attributes) is (post == "unit_keeper")
    if post == "unit_keeper":
        assert "入柜" in shown.one("p", id="not-store").text


def test_for_others_there_is_none(at, desk):
    browser = at(desk.general)
    missing = browser.get("/nothing")
    for answer in (browser.get("/scan"), browser.get(WAITING), at("auditor").get("/scan")):
        assert answer.status_code == 404
    assert masked(browser.get("/scan")) == masked(missing)
    for address in (ONE, FINISH):
        assert browser.post(address, {"text": "x", "mode": "give"}).status_code == 404


def test_the_only_reading_room_is_chosen(at, desk):
    place = page(at("registrar").get("/scan")).one("select", id="place")
    chosen = [each for each in place.all("option") if "selected" in each.attributes]
    assert [each.attributes["value"] for each in chosen] == [str(desk.reading_room)]


def test_a_badge_shows_who_it_is_and_what_he_owes(desk, station, at):
    _, copies = desk.ready(title=CANARY)
    desk.give(copies[0])
    answer = station.scan(badge_of(desk.reader))
    assert outcome(answer) == "person"
    assert told(answer).attributes["data-person"] == str(desk.reader)
    assert "1 份" in told(answer).text
    assert Level.SECRET.title in told(answer).text
    assert told(answer).all("a", href=f"/do/office.block_badge/{desk.reader}")
    assert "逾期" not in told(answer).text
    with clock.standing_at(clock.now_us() + 2 * DAY_US):
        late = Station(at("registrar"), desk.registrar).scan(badge_of(desk.reader))
    assert "逾期未还 1 份" in told(late).text
    assert "应于 2025-03-03 交回" in told(late).text
    assert CANARY not in late.content.decode()


def test_a_label_is_given_once_however_often_it_is_sent(desk, station):
    _, copies = desk.ready(title=CANARY)
    op_id, before = uuid4(), size()
    first = station.scan(label_of(copies[0]), op_id=op_id)
    again = station.scan(label_of(copies[0]), op_id=op_id)
    assert [outcome(each) for each in (first, again)] == ["done", "done"]
    assert size() == before + 1
    assert held(copies[0]) == desk.reader
    assert "000758" in told(first).text
    assert Level.SECRET.title in told(first).text
    assert CANARY not in first.content.decode()
    movement = models.Movement.objects.filter(copy=copies[0]).latest("turn")
    assert (movement.purpose, movement.place_id) == ("reading", desk.reading_room)


def test_what_is_not_lawful_says_clause_reason_and_remedy(desk, station):
    _, copies = desk.receive(title=CANARY)[0], desk.receive(number="×办发〔2025〕8号")[1]
    desk.store(*copies)
    before = size()
    answer = station.scan(label_of(copies[0]))
    assert answer.status_code == 409
    line = told(answer)
    assert line.attributes["data-outcome"] == "refused"
    refusal = next(e for e in line.all("li", class_="refusal") if "GZ2.3.1" in e.text)
    assert refusal.all("a", class_="clause")
    assert refusal.one("p", class_="refusal-remedy").text.startswith("怎样才能办：")
    assert size() == before
    assert held(copies[0]) is None


def test_nothing_is_given_before_somebody_is_named(desk, station):
    _, copies = desk.ready()
    answer = station.scan(label_of(copies[0]), person="")
    assert answer.status_code == 422
    assert "请先扫接收人的工牌" in told(answer).text
    assert held(copies[0]) is None


def test_a_copy_comes_back_into_its_cabinet_or_another(desk, station):
    _, copies = desk.ready()
    desk.give(*copies)
    back = station.scan(label_of(copies[0]), mode="take", person="")
    assert outcome(back) == "done"
    assert told(back).attributes["data-giver"] == str(desk.reader)
    assert desk.copy(copies[0])["cabinet_id"] == desk.cabinet
    place = station.scan(cabinet_label(desk.top_cabinet), mode="take")
    assert outcome(place) == "cabinet"
    key = told(place).attributes["data-cabinet"]
    assert outcome(station.scan(label_of(copies[1]), mode="take", cabinet=key)) == "done"
    assert desk.copy(copies[1])["cabinet_id"] == desk.top_cabinet


def test_new_copies_are_locked_in(desk, station):
    _, copies = desk.receive()
    key = told(station.scan(cabinet_label(desk.cabinet), mode="store")).attributes["data-cabinet"]
    answer = station.scan(label_of(copies[0]), mode="store", cabinet=key)
    assert outcome(answer) == "done"
    assert desk.copy(copies[0])["cabinet_id"] == desk.cabinet
    without = station.scan(label_of(copies[1]), mode="store", cabinet="")
    assert without.status_code == 422
    assert "文件柜" in told(without).text


def test_a_keeper_gives_to_his_readers_and_takes_back_for_keeping(desk, at):
    _, copies = desk.ready(desk.keeper, desk.reader)
    desk.lend_to_keeper(copies[0])
    keeper = Station(at(desk.keeper), desk.keeper, person=str(desk.reader))
    assert outcome(keeper.scan(label_of(copies[0]), place=str(desk.reading_room))) == "done"
    assert outcome(keeper.scan(label_of(copies[0]), mode="take")) == "done"
    assert held(copies[0]) == desk.keeper
    unseen = keeper.scan(label_of(copies[1]), person="")
    assert outcome(keeper.scan(cabinet_label(desk.cabinet), mode="take")) == "fault"
    assert outcome(unseen) == "fault"


def test_somebody_elses_log_in_stops_the_station(desk, station):
    _, copies = desk.ready()
    answer = station.scan(label_of(copies[0]), me=str(desk.keeper))
    assert outcome(answer) == "changed"
    assert held(copies[0]) is None
    assert outcome(station.finish(desk.reader, me=str(desk.keeper))) == "changed"


def test_a_typed_number_or_name_serves_where_the_label_does_not(desk, station):
    paper, copies = desk.ready()
    number = f"{desk.paper(paper)['registered_number']}/000759"
    assert outcome(station.scan(number)) == "done"
    assert held(copies[1]) == desk.reader
    assert outcome(station.scan(person(desk.general).name)) == "person"


def test_a_label_of_another_kind_is_told_what_it_is(desk, station):
    _, copies = desk.ready()
    assert "现在是交阅" in told(station.scan(cabinet_label(desk.cabinet))).text
    assert "入柜不用扫工牌" in told(station.scan(badge_of(desk.reader), mode="store")).text
    desk.give(copies[0])
    slip = do("custody.draw_up_slip", desk.registrar, copies[0])
    line = told(station.scan(slip.told["label"]))
    assert "交接清单" in line.text
    assert line.all("a", href=f"/o/custody.slip/{slip.told['slip']}")
    own = told(station.scan(badge_of(desk.registrar)))
    assert own.attributes["data-forgets"] == "person"


def test_a_lost_badge_says_so(desk, station):
    lost = badge_of(desk.reader)
    do("office.block_badge", desk.registrar, desk.reader)
    answer = told(station.scan(lost))
    assert "已挂失" in answer.text
    assert answer.attributes["data-forgets"] == "person"


@pytest.fixture
def handed(desk, station):
    """Two copies that the reader has just got; he has a PIN."""
    do("office.set_pin", desk.reader, pin=PIN)
    _, copies = desk.ready()
    for copy in copies[:2]:
        station.scan(label_of(copy))
    return copies


def test_badge_and_pin_confirm_the_slip_at_once(desk, station, handed):
    op_id, badge = uuid4(), badge_of(desk.reader)
    first = station.finish(desk.reader, badge, PIN, op_id=op_id)
    again = station.finish(desk.reader, badge, PIN, op_id=op_id)
    assert [outcome(each) for each in (first, again)] == ["slip", "slip"]
    (slip,) = models.Slip.objects.all()
    assert (slip.person_id, slip.confirmed_how) == (desk.reader, "pin")
    assert models.SlipLine.objects.filter(slip=slip).count() == 2
    assert told(first).attributes["data-print"] == f"/print/slip/{slip.id}"
    assert unlisted(person(desk.registrar), TODAY) == ()


def test_without_a_pin_the_slip_waits_for_a_signature(desk, station, handed):
    answer = station.finish(desk.reader)
    assert "还没有确认" in told(answer).text
    slip = models.Slip.objects.get()
    assert (slip.confirmed_on, slip.confirmed_how) == (None, "")


def test_nobody_else_confirms(desk, station, handed):
    tried = [
        (badge_of(desk.reader), "111111"),
        (badge_of(desk.general), PIN),
        (badge_of(desk.registrar), PIN),
        (label_of(handed[0]), PIN),
        ("", PIN),
    ]
    for badge, pin in tried:
        answer = station.finish(desk.reader, badge, pin)
        assert outcome(answer) == "fault"
        assert PIN not in answer.content.decode()
    assert not models.Slip.objects.exists()


def test_another_persons_badge_and_pin_do_not_confirm(desk, station, handed):
    do("office.set_pin", desk.general, pin="604218")
    answer = station.finish(desk.reader, badge_of(desk.general), "604218")
    assert "不是接交人本人的工牌" in told(answer).text
    assert not models.Slip.objects.exists()


def test_what_waits_for_a_slip_outlives_the_page(desk, station, handed):
    shown = page(station.browser.get("/scan")).one("div", id="waiting")
    (line,) = shown.all("li")
    assert line.attributes["data-person"] == str(desk.reader)
    assert line.attributes["data-copies"] == "2"
    station.scan(label_of(handed[0]), mode="take")
    lines = page(station.browser.get(WAITING)).all("li")
    told_of = {(each.attributes["data-kind"], each.attributes["data-copies"]) for each in lines}
    assert told_of == {("out", "1"), ("back", "1")}
    assert outcome(station.finish(desk.reader, kind="back")) == "slip"
    assert outcome(station.finish(desk.reader, kind="back")) == "fault"


@pytest.fixture
def two(desk):
    """Two copies that may both be given to the reader."""
    _, copies = desk.ready()
    return copies[:2]


BROKEN_FINISHES = [("person", "x"), ("op_id", "x"), ("person", ""), ("kind", "x")]
BROKEN_SCANS = [("op_id", "x"), ("purpose", "x"), ("place", "x"), ("person", "x"), ("person", "\0")]


def test_a_broken_finish_is_a_sentence(desk, station, handed):
    for field, value in BROKEN_FINISHES:
        assert outcome(station.finish(desk.reader, **{field: value})) == "fault"
    assert not models.Slip.objects.exists()


def test_a_broken_scan_is_a_sentence(two, station):
    for field, value in BROKEN_SCANS:
        answer = station.scan(label_of(two[0]), **{field: value})
        assert (field, answer.status_code, outcome(answer)) == (field, 422, "fault")
    assert held(two[0]) is None


def test_an_unknown_mode_is_like_nothing(station):
    assert station.scan("x", mode="burn").status_code == 404
    assert station.browser.get(ONE).status_code == 405
