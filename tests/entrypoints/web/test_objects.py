"""The page of one thing: what it is, who has it, what may be done and why not, its family."""

from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from baomi.engine.demo.office_plan import PROTECTED_ROOM
from baomi.kernel.words import Level
from baomi.registers.custody import models
from baomi.registers.duties.models import Duty
from baomi.registers.office import models as office_models
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.reading import panel, rows_in
from tests.registers.custody.desk import Desk, do

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
MOST_QUERIES = 30


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def given(desk):
    """A paper of three copies; the reader holds the first."""
    paper, copies = desk.ready(title=CANARY)
    desk.give(copies[0])
    return paper, copies


def things(desk, paper, copies):
    """One thing of each kind, as the registrar sees them."""
    slip = do("custody.draw_up_slip", desk.registrar, copies[0])
    person = office_models.PostHolding.objects.filter(person=desk.registrar).first()
    do("office.add_outside_body", desk.registrar, name="省委办公厅", kind="党委机关")
    bodies = office_models.OutsideBody.objects.values_list("id", flat=True)
    return {
        "custody.copy": copies[0],
        "custody.paper": paper,
        "custody.envelope": models.Envelope.objects.values_list("id", flat=True)[0],
        "custody.slip": slip.told["slip"],
        "duties.duty": Duty.objects.values_list("id", flat=True)[0],
        "office.person": desk.reader,
        "office.unit": desk.office.units["研究室"],
        "office.room": desk.office.rooms[PROTECTED_ROOM],
        "office.cabinet": desk.office.cabinets[Level.SECRET],
        "office.post_holding": person.id,
        "office.outside_body": bodies[0],
        "office.account": desk.office.accounts[desk.registrar],
    }


def test_every_kind_has_a_page_of_few_queries(desk, given, at):
    browser = at("registrar")
    for kind, key in things(desk, *given).items():
        browser.get(f"/o/{kind}/{key}")
        with (
            CaptureQueriesContext(connections["default"]) as office,
            CaptureQueriesContext(connections["runtime"]) as runtime,
        ):
            answer = browser.get(f"/o/{kind}/{key}")
        assert answer.status_code == 200, kind
        assert len(office) + len(runtime) <= MOST_QUERIES, kind
        assert CANARY not in page(answer).one("title").text


def test_what_one_may_not_see_is_like_what_does_not_exist(desk, given, at):
    paper, copies = given
    browser = at(desk.general)
    missing = masked(browser.get(f"/o/custody.copy/{uuid4()}"))
    for kind, key in (
        ("custody.copy", copies[0]),
        ("custody.paper", paper),
        ("office.account", desk.office.accounts[desk.registrar]),
        ("custody.envelope", models.Envelope.objects.values_list("id", flat=True)[0]),
        ("custody.movement", models.Movement.objects.values_list("id", flat=True)[0]),
        ("no.kind", desk.reader),
    ):
        answer = browser.get(f"/o/{kind}/{key}")
        assert answer.status_code == 404
        assert masked(answer) == missing


def test_a_copy_tells_its_level_its_number_and_who_has_it(given, at):
    _, copies = given
    told = page(at("registrar").get(f"/o/custody.copy/{copies[0]}"))
    assert told.one("h1").text.split() == ["机密", "2025-001", "第", "000758", "份"]
    where = told.one("p", class_="whereabouts").text
    assert "手中（阅）" in where
    assert "自 2025-03-03 起" in where
    assert told.one("p", class_="object-title").text == CANARY


def test_deeds_are_live_or_say_why_not(given, at):
    _, copies = given
    told = page(at("registrar").get(f"/o/custody.copy/{copies[0]}"))
    live = [each.text for each in told.one("ul", class_="can-do").all("a", class_="btn")]
    assert live[0] == "收回"
    assert told.all("a", href=f"/do/custody.take_back_copy/{copies[0]}")
    dead = {
        each.one("button").text: each.one("details").text
        for each in told.one("ul", class_="can-do").all("li")
        if each.all("button")
    }
    assert "在有关人员手中，不能这样办理" in dead["入柜"]
    assert "GZ2.3.1" in dead["交阅"]


def test_the_remedy_is_a_live_button_filled_in(given, at):
    _, copies = given
    told = page(at("registrar").get(f"/o/custody.copy/{copies[0]}"))
    remedies = told.one("ul", class_="can-do").all("p", class_="refusal-remedy")
    addresses = [a.attributes["href"] for each in remedies for a in each.all("a")]
    assert f"/do/custody.take_back_copy/{copies[0]}" in addresses


def test_what_only_others_may_do_says_who(desk, given, at):
    _, copies = given
    told = page(at(desk.reader).get(f"/o/custody.copy/{copies[0]}"))
    elsewhere = told.one("details", class_="elsewhere").text
    assert "交阅" in elsewhere
    assert "保密员" in elsewhere
    assert not told.all("a", href=f"/do/custody.hand_over_copy/{copies[0]}")
    assert told.all("a", href=f"/do/custody.report_missing/{copies[0]}")


def test_history_and_receipts_are_for_those_whose_they_are(desk, given, at):
    _, copies = given
    address = f"/o/custody.copy/{copies[0]}"
    rows = rows_in(panel(at("registrar").get(address), "流转经过"))
    assert [row["kind"] for row in rows] == ["入柜", "交阅"]
    assert all(":" in row["receipt"] for row in rows)
    reader = at(desk.reader).get(address)
    (own,) = rows_in(panel(reader, "流转经过"))
    assert own["kind"] == "交阅"
    assert "receipt" not in own
    assert "只列与您本人有关的交接" in panel(reader, "流转经过").text


def test_a_paper_leads_to_its_copies_and_a_copy_to_its_siblings(given, at):
    paper, copies = given
    browser = at("registrar")
    of_paper = panel(browser.get(f"/o/custody.paper/{paper}"), "各份现在何处")
    assert [row["copy_number"] for row in rows_in(of_paper)] == ["000760", "000759", "000758"]
    answer = browser.get(f"/o/custody.copy/{copies[0]}")
    assert page(answer).all("a", href=f"/o/custody.paper/{paper}")
    siblings = rows_in(panel(answer, "同一文件的其他各份"))
    assert [row["copy_number"] for row in siblings] == ["000760", "000759"]


def test_a_circle_is_whole_for_who_sets_it_and_else_only_ones_own(desk, at):
    paper, copies = desk.ready(desk.reader, desk.leader)
    desk.give(copies[0])
    whole = rows_in(panel(at("registrar").get(f"/o/custody.paper/{paper}"), "传阅范围"))
    assert len(whole) == 2
    leader = rows_in(panel(at(desk.leader).get(f"/o/custody.paper/{paper}"), "传阅范围"))
    assert len(leader) == 2
    reader = at(desk.reader).get(f"/o/custody.paper/{paper}")
    assert len(rows_in(panel(reader, "传阅范围"))) == 1
    assert "只显示您本人是否在范围内" in panel(reader, "传阅范围").text


def test_a_person_holds_before_others_only_what_they_may_see(desk, given, at):
    address = f"/o/office.person/{desk.reader}"
    assert CANARY in panel(at("registrar").get(address), "持有的文件").text
    for person in (desk.general, desk.office.system_admin, desk.office.auditor):
        answer = at(person).get(address)
        assert CANARY not in answer.content.decode()
        assert "没有持有文件，或者您无权查看" in panel(answer, "持有的文件").text


def test_a_cabinet_shows_what_lies_in_it_to_the_registrar_alone(desk, given, at):
    address = f"/o/office.cabinet/{desk.cabinet}"
    assert len(rows_in(panel(at("registrar").get(address), "柜内的文件"))) == 2
    assert CANARY not in at(desk.general).get(address).content.decode()


def test_an_envelope_leads_to_its_papers_and_a_slip_to_its_lines(desk, given, at):
    every = things(desk, *given)
    browser = at("registrar")
    envelope = browser.get(f"/o/custody.envelope/{every['custody.envelope']}")
    assert [row["title"] for row in rows_in(panel(envelope, "信封内的文件"))] == [CANARY]
    slip = f"/o/custody.slip/{every['custody.slip']}"
    assert rows_in(panel(browser.get(slip), "清单所列文件"))[0]["copy_number"] == "000758"
    assert CANARY in at(desk.reader).get(slip).content.decode()
    assert at(desk.general).get(slip).status_code == 404
