"""Log-in at a page: one sentence for every failure, a lock when idle, nothing typed is lost."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from baomi.engine import login
from baomi.engine.runtime.models import Draft, Session
from baomi.kernel.clock import clock
from baomi.registers.office import models
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.visiting import client_of
from tests.factories.deeds import do
from tests.factories.office import NOW_US

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CHOSEN = "Nine-Blue-Kettles-8"
MINUTE_US = 60_000_000


@pytest.fixture
def member(office):
    """The registrar, with a password of his own, and his log-in name."""
    do("office.change_password", office.registrar, new_password=CHOSEN)
    return office.registrar, office.logins[office.registrar]


def enter(name, password, **more):
    return Client().post("/login", {"login": name, "password": password, **more})


def test_the_right_password_opens_a_session_that_only_the_browser_holds(member):
    answer = enter(member[1], CHOSEN)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    cookie = answer.cookies[settings.SESSION_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["expires"]
    assert login.who(cookie.value).person.id == member[0]


def test_every_failure_is_answered_with_the_same_bytes(member, office):
    suspended = office.readers["研究室"][1]
    account = models.Account.objects.values_list("id", flat=True).get(person=suspended)
    do("office.suspend_account", office.system_admin, account, ground="离岗")
    names = ("nobody.at.all", member[1], office.logins[suspended])
    answers = [enter(name, "wrong-password-1") for name in names]
    bodies = {masked(each) for each in answers}
    assert {each.status_code for each in answers} == {401}
    assert len(bodies) == 1
    assert login.LoginRefused.sentence in answers[0].content.decode()


def test_nothing_is_shown_to_nobody(db, office):
    answer = Client().get("/do")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=/do")


@pytest.mark.parametrize("onward", ["//elsewhere.example/", "/\\elsewhere", "http://elsewhere"])
def test_a_log_in_leads_nowhere_else(onward, member):
    assert enter(member[1], CHOSEN, next=onward).headers["Location"] == "/"


def test_a_session_locks_when_idle_and_a_polling_page_does_not_keep_it_awake(at, office):
    browser = at("registrar")
    with clock.standing_at(NOW_US + 9 * MINUTE_US):
        assert browser.get("/do").status_code == 200
    with clock.standing_at(NOW_US + 18 * MINUTE_US):
        assert browser.get("/do", headers={"X-Baomi-Poll": "1"}).status_code == 200
    with clock.standing_at(NOW_US + 19 * MINUTE_US + 1):
        assert browser.get("/do").status_code == 302


def test_a_session_ends_after_a_working_day_however_busy(at):
    browser = at("registrar")
    day = timedelta(hours=8) // timedelta(microseconds=1)
    for passed in range(0, day, 9 * MINUTE_US):
        with clock.standing_at(NOW_US + passed):
            assert browser.get("/do").status_code == 200
    with clock.standing_at(NOW_US + day):
        assert browser.get("/do").status_code == 302


def test_an_account_has_one_session_at_the_pages(member):
    first = enter(member[1], CHOSEN).cookies[settings.SESSION_COOKIE].value
    second = enter(member[1], CHOSEN).cookies[settings.SESSION_COOKIE].value
    with pytest.raises(login.NotLoggedIn):
        login.who(first)
    assert login.who(second)


def test_a_suspended_account_is_out_at_its_next_request(at, office):
    reader = office.readers["研究室"][0]
    browser = at(reader)
    assert browser.get("/do").status_code == 200
    account = models.Account.objects.values_list("id", flat=True).get(person=reader)
    do("office.suspend_account", office.system_admin, account, ground="离岗")
    assert browser.get("/do").status_code == 302


def test_logging_out_ends_the_session_and_clears_the_browser(at):
    browser = at("registrar")
    answer = browser.post("/logout")
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert Session.objects.count() == 0
    assert browser.get("/do").status_code == 302


def test_what_was_typed_when_the_session_ended_stands_in_the_form_again(member):
    browser = client_of(member[0])
    typed = {"sender": "市委机要局", "papers.0.title": "关于某事的通知", "papers.0.issuer": "省委"}
    with clock.standing_at(NOW_US + 11 * MINUTE_US):
        away = browser.post("/do/custody.receive_envelope", typed)
        draft = away.headers["Location"].partition("draft=")[2]
        assert draft
        back = browser.post("/login", {"login": member[1], "password": CHOSEN, "draft": draft})
        form = page(browser.get(back.headers["Location"]))
    values = {
        each.attributes.get("name"): each.attributes.get("value") for each in form.all("input")
    }
    assert values["sender"] == "市委机要局"
    assert values["papers.0.issuer"] == "省委"
    assert form.one("textarea", name="papers.0.title").text == "关于某事的通知"


def test_a_draft_is_sealed_without_passwords_and_its_owners_alone(member, office):
    browser = client_of(member[0])
    with clock.standing_at(NOW_US + 11 * MINUTE_US):
        away = browser.post(
            "/do/custody.receive_envelope",
            {"sender": "canary-sender", "second_password": "canary-password"},
        )
        draft = away.headers["Location"].partition("draft=")[2]
        assert b"canary" not in bytes(Draft.objects.values_list("content", flat=True).get())
        form = client_of(member[0]).get(f"/draft/{draft}").content
        assert b"canary-sender" in form
        assert b"canary-password" not in form
        assert client_of(office.readers["研究室"][0]).get(f"/draft/{draft}").status_code == 404


def test_a_one_time_code_opens_nothing_but_the_change_of_password(office, monkeypatch):
    monkeypatch.undo()
    name = office.logins[office.registrar]
    browser = Client()
    with clock.standing_at(NOW_US):
        browser.post("/login", {"login": name, "password": office.codes[name]})
        assert browser.get("/do").headers["Location"] == "/password"
        assert browser.post("/do/custody.receive_envelope").headers["Location"] == "/password"
        said = {"old": office.codes[name], "new": CHOSEN, "again": CHOSEN}
        assert browser.post("/password", said).headers["Location"] == "/"
        assert browser.get("/do").status_code == 200


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"old": CHOSEN, "new": "Other-Blue-Kettle-9", "again": "x"}, "不一致"),
        ({"old": "wrong", "new": "Other-Blue-Kettle-9", "again": "Other-Blue-Kettle-9"}, "不正确"),
        ({"old": CHOSEN, "new": "12345678", "again": "12345678"}, "口令"),
    ],
    ids=["two_different", "not_the_old_one", "too_easy"],
)
def test_a_bad_new_password_is_refused_in_words(said, sentence, member):
    answer = client_of(member[0]).post("/password", said)
    assert answer.status_code == 422
    assert sentence in page(answer).one("p", role="alert").text
