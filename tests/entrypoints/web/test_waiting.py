"""What waits for somebody: seen as far as he has to decide on it, said on every page, found."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.bell import bell_of
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.ids import new_id
from baomi.kernel.words import Level
from baomi.registers.custody.load import references
from baomi.registers.custody.models import Copy
from baomi.registers.custody.reads.visible import visible_to
from baomi.registers.duties.models import Duty
from baomi.registers.office import load
from baomi.rulebook.terms import Terms
from tests.engine.papers.looking import words_on
from tests.entrypoints.asking import name
from tests.entrypoints.web.approving import ask, decide, journey, label_of
from tests.entrypoints.web.page import page
from tests.factories.office import TODAY
from tests.registers.custody.desk import PAPER, Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def copy(desk) -> UUID:
    """A secret copy in the reader's hands."""
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    return copies[0]


def test_a_decider_sees_what_it_is_about_while_it_waits_for_him(desk, copy, at):
    leader = at(desk.leader)
    assert leader.get(f"/o/custody.copy/{copy}").status_code == 404
    key = ask(at(desk.reader), desk, copy)
    assert leader.get(f"/o/custody.copy/{copy}").status_code == 200
    paper = Copy.objects.values_list("paper", flat=True).get(id=copy)
    assert leader.get(f"/o/custody.paper/{paper}").status_code == 200
    assert decide(leader, key).status_code == 302
    assert leader.get(f"/o/custody.copy/{copy}").status_code == 404
    told = page(leader.get(f"/approvals/{key}")).one("dd", id="things")
    number = references([copy])[copy]
    assert number in told.text
    assert "机密" in told.text
    assert not told.all("a")
    assert PAPER["title"] not in told.text
    paper_form = words_on(leader.get(f"/form/approvals.request/{key}.pdf").content)
    assert "".join(number.split()) in paper_form
    director = at(desk.office.office_director)
    unseen = page(director.get(f"/approvals/{key}")).one("dd", id="things")
    assert unseen.text == "另一事项"
    other_form = words_on(director.get(f"/form/approvals.request/{key}.pdf").content)
    assert "".join(number.split()) not in other_form
    assert "另一事项" in other_form


def test_what_is_put_to_a_post_is_seen_only_as_far_as_the_clearance_reaches(desk, copy, at):
    ask(at(desk.reader), desk, copy)
    leader = load.person(desk.leader, TODAY, Terms.on(TODAY))
    assert visible_to(leader).copies.filter(id=copy).exists()
    below = replace(leader, clearance=Level.CONFIDENTIAL)
    assert not visible_to(below).copies.filter(id=copy).exists()


def test_where_it_waits_is_said_on_every_page_and_found_by_its_label(desk, copy, at):
    leader = at(desk.leader)
    assert not page(leader.get("/")).all("span", class_="nav-count")
    key = ask(at(desk.reader), desk, copy)
    told = page(leader.get("/"))
    assert told.one("span", class_="nav-count").text == "1"
    assert "待我审批 1" in told.one("nav", class_="bell").text
    found = leader.post("/find", {"text": label_of(key)}, follow=True)
    assert found.redirect_chain[-1][0] == f"/approvals/{key}"
    panel = page(at("registrar").get(f"/o/custody.copy/{copy}"))
    assert label_of(key) in panel.text


def test_overdue_and_due_today_are_reminded_of(desk, copy, at):
    assert not page(at("auditor").get("/")).all("nav", class_="bell")
    due = Duty.objects.filter(subject=copy, owner=desk.reader).values_list("due_on", flat=True)[0]
    with clock.standing_at(instant_on(due, 10)):
        told = page(at(desk.reader).get("/"))
        assert "今日到期" in told.one("nav", class_="bell").text
    with clock.standing_at(instant_on(due + timedelta(days=1), 10)):
        told = page(at(desk.reader).get("/"))
        assert "逾期" in told.one("nav", class_="bell").text
        (late,) = told.one("nav", class_="bell").all("a", class_="late")
        shown = at(desk.reader).get(late.attributes["href"])
        assert shown.status_code == 200


def test_no_address_and_no_page_title_tells_what_it_is_about(desk, copy, at):
    key = ask(at(desk.reader), desk, copy)
    for address in ("/approvals", f"/approvals/{key}"):
        told = page(at(desk.leader).get(address))
        assert told.one("title").text in ("保密 · 审批", "保密 · 报批单")


def test_asking_itself_is_no_deed_of_the_list(office, at):
    browser = at("registrar")
    assert "approvals.ask" not in browser.get("/do").content.decode()
    assert browser.get("/do/approvals.ask").headers["Location"] == "/do"


def test_a_remedy_opens_with_the_thing_and_the_person_it_speaks_of(desk, at):
    _, copies = desk.ready(desk.reader, desk.leader)
    desk.give(copies[0], person=desk.leader, purpose="handling")
    browser = at("registrar")
    answer = browser.post(f"/do/custody.carry_out/{copies[0]}", journey(desk))
    assert answer.status_code == 409
    (button,) = [
        each
        for item in page(answer).all("li", class_="refusal")
        for each in item.all("a", class_="btn")
        if "hand_over_copy" in each.attributes["href"]
    ]
    assert button.attributes["href"] == (
        f"/do/custody.hand_over_copy/{copies[0]}?person={desk.reader}"
    )
    form = page(browser.get(button.attributes["href"]))
    assert form.one("input", name="person").attributes["value"] == name(desk.reader)


def test_an_address_that_names_whom_one_may_not_see_fills_in_nothing(desk, at):
    stranger = page(at("registrar").get(f"/do/custody.hand_over_copy?person={new_id()}"))
    assert not stranger.one("input", name="person").attributes["value"]


def test_reminders_cost_a_page_few_queries(desk, copy, office, django_assert_max_num_queries):
    terms = Terms.on(TODAY)
    reader = Who(load.person(desk.reader, TODAY, terms), terms, office.registrar, False)
    with django_assert_max_num_queries(3):
        assert bell_of(reader).decisions == 0
