"""我的账户: who I am, what I may read, where else I am logged in."""

import pytest

from baomi.engine.runtime.models import Session
from baomi.registers.office import load as office_load
from baomi.registers.office import models
from tests.entrypoints.web.page import page
from tests.entrypoints.web.reading import panel
from tests.entrypoints.web.visiting import client_of, token_for
from tests.factories.deeds import do

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


CHOSEN = "Nine-Blue-Kettles-8"


def test_the_page_tells_who_somebody_is(at, office):
    answer = at("registrar").get("/account")
    own = panel(answer, "本人").text
    person = models.Person.objects.get(id=office.registrar)
    assert person.name in own
    assert office.logins[office.registrar] in own
    assert office_load.label("P", person.badge_serial) in own
    assert "可以查看全部台账" in own
    posts = panel(answer, "任职")
    assert "保密员" in posts.text and "2025-01-06" in posts.text
    assert person.name not in page(answer).one("title").text


@pytest.mark.parametrize("post", ["system_admin", "security_admin", "auditor"])
def test_an_administrator_learns_that_papers_are_not_his(post, at, office):
    assert "看不到任何文件的标题和文号" in panel(at(post).get("/account"), "本人").text


def test_a_reader_without_a_post_learns_what_his_class_lets_him_read(at, office):
    answer = at(office.readers["研究室"][0]).get("/account")
    assert "可以接触机密及以下" in panel(answer, "本人").text
    assert "没有任职" in panel(answer, "任职").text


def test_the_password_has_an_age_and_an_end(at, office):
    browser = at("registrar")
    assert "一次性口令，尚未修改" in panel(browser.get("/account"), "口令和确认码").text
    do("office.change_password", office.registrar, new_password=CHOSEN)
    told = panel(at("registrar").get("/account"), "口令和确认码")
    assert "2025-03-03 修改" in told.text
    assert "到期（还有" in told.text
    assert told.all("a", href="/password") and told.all("a", href="/do/office.set_pin")


def test_other_sessions_are_listed_and_ended_and_this_one_goes_on(at, office):
    browser = at("registrar")
    assert "没有其他登录" in panel(browser.get("/account"), "登录").text
    elsewhere = client_of(office.registrar)
    foreign = client_of(office.auditor)
    token_for(office.registrar, idle_minutes=0)
    told = panel(browser.get("/account"), "登录")
    assert len(told.one("tbody").all("tr")) == 3
    assert told.text.count("（本次）") == 1
    assert "命令行" in told.text
    assert browser.post("/account/sessions/end").headers["Location"] == "/account"
    assert browser.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert foreign.get("/account").status_code == 200
    assert Session.objects.filter(person=office.registrar).count() == 1


def test_ending_sessions_is_asked_for_by_post_only(at, office):
    assert at("registrar").get("/account/sessions/end").status_code == 405
