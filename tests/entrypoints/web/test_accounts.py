"""The pages of the three administrators: each has his own powers, and none sees a paper."""

from datetime import timedelta

import pytest
from django.test import Client

from baomi.engine import login, sessions
from baomi.kernel.clock import clock
from baomi.registers.office import models
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.reading import panel
from tests.entrypoints.web.visiting import token_for
from tests.factories.deeds import do
from tests.factories.office import NOW_US, TODAY
from tests.registers.custody.desk import Desk, refused

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
NUMBER = "×金丝雀〔2025〕9号"
PAGES = {"/accounts": "system_admin", "/posts": "security_admin", "/refusals": "auditor"}
OTHERS = ("registrar", "system_admin", "security_admin", "auditor", "unit_keeper@研究室")
TRIES = 5


@pytest.fixture
def desk(office):
    return Desk(office)


def account_of(person):
    return models.Account.objects.values_list("id", flat=True).get(person=person)


def tiles(answer):
    return {
        each.all("", class_="tile-title")[0].text: each.one("span", class_="tile-figure").text
        for each in page(answer).all("li", class_="tile")
    }


def row_of(answer, text):
    rows = page(answer).all("tr")
    return next(each for each in rows if any(cell.text == text for cell in each.all("td")))


@pytest.mark.parametrize("address", sorted(PAGES))
def test_a_page_is_there_for_its_own_administrator_only(address, at):
    for post in OTHERS:
        answer = at(post).get(address)
        if post == PAGES[address]:
            assert answer.status_code == 200
            assert page(answer).one("h1")
            continue
        missing = at(post).get("/r/no.such")
        assert answer.status_code == missing.status_code == 404
        assert masked(answer) == masked(missing)


def test_no_administrator_sees_a_title_or_a_number(desk, at):
    _, copies = desk.ready(title=CANARY, number=NUMBER)
    desk.give(copies[0])
    refused("custody.hand_over_copy", desk.registrar, copies[1], person=desk.general)
    seen = ("/", "/registers", "/r/custody.copy", "/ledger", "/jobs", "/account", *PAGES)
    for post in PAGES.values():
        browser = at(post)
        for address in seen:
            told = browser.get(address).content.decode()
            assert CANARY not in told
            assert "金丝雀" not in told
    assert CANARY in at("registrar").get("/r/custody.copy").content.decode()


def test_accounts_are_counted_listed_and_narrowed(at, office):
    reader = office.readers["研究室"][1]
    do("office.suspend_account", office.system_admin, account_of(reader), ground="借调")
    browser = at("system_admin")
    whole = browser.get("/accounts")
    assert tiles(whole)["停用账号"] == "1"
    assert tiles(whole)["此刻登录"] == "1"
    assert tiles(whole)["上次备份"] == "尚未备份"
    narrowed = browser.get("/accounts?state=suspended")
    assert office.logins[reader] in page(narrowed).text
    assert office.logins[office.registrar] not in page(narrowed).text
    assert browser.get("/accounts?state=other").status_code == 400
    assert browser.get("/accounts?after=%25").status_code == 400


def test_a_deed_that_does_not_fit_the_account_tells_why(at, office):
    reader = office.readers["研究室"][1]
    do("office.suspend_account", office.system_admin, account_of(reader), ground="借调")
    row = row_of(at("system_admin").get("/accounts?state=suspended"), office.logins[reader])
    assert not row.all("a", class_="btn")
    assert "账号已经停用" in row.text
    assert "“恢复账号”只能由安全保密管理员办理" in row.text
    row = row_of(at("system_admin").get("/accounts?state=active"), office.logins[office.registrar])
    own = account_of(office.registrar)
    live = {each.attributes["href"] for each in row.all("a", class_="btn")}
    assert live == {f"/do/office.reset_account/{own}", f"/do/office.suspend_account/{own}"}


def test_the_security_administrator_resumes_what_was_suspended(at, office):
    reader = office.readers["研究室"][1]
    account = account_of(reader)
    do("office.suspend_account", office.system_admin, account, ground="借调")
    told = panel(at("security_admin").get("/posts"), "停用与锁定")
    assert told.all("a", href=f"/do/office.resume_account/{account}")
    assert office.logins[reader] in told.text


def test_a_backup_that_was_recorded_is_seen_by_who_looks_after_it(at, office):
    do("exports.record_backup", office.system_admin, reason="每周备份", level="top_secret")
    answer = at("system_admin").get("/accounts")
    assert "每周备份" in panel(answer, "备份记录").text
    assert tiles(answer)["上次备份"] == "今天"
    with clock.standing_at(NOW_US + timedelta(days=9) // timedelta(microseconds=1)):
        late = at("system_admin").get("/accounts")
    assert tiles(late)["上次备份"] == "9 天前"
    assert page(late).all("span", class_="late")


def test_a_log_in_that_is_locked_is_told_until_when(at, office):
    name = office.logins[office.registrar]
    for _ in range(TRIES):
        assert sessions.locked_logins() == {}
        login.count([login.counter("name", name)])
    assert list(sessions.locked_logins()) == [account_of(office.registrar)]
    for post, address in (("system_admin", "/accounts"), ("security_admin", "/posts")):
        told = page(at(post).get(address)).text
        assert name in told
        assert "锁定至 2025-03-03 09:45" in told
    with clock.standing_at(NOW_US + 15 * 60_000_000):
        assert sessions.locked_logins() == {}


def test_only_sessions_that_are_open_are_counted(office):
    token_for(office.registrar)
    token_for(office.auditor)
    assert sessions.count_open() == 2
    with clock.standing_at(NOW_US + 11 * 60_000_000):
        assert sessions.count_open() == 0


def test_what_changes_soon_is_told(at, office):
    last = TODAY + timedelta(days=10)
    holding = models.PostHolding.objects.values_list("id", flat=True).get(
        person=office.keepers["研究室"], post="unit_keeper"
    )
    do("office.end_appointment", office.security_admin, holding, last_day=last)
    answer = at("security_admin").get("/posts")
    name = models.Person.objects.values_list("name", flat=True).get(id=office.keepers["研究室"])
    assert name in panel(answer, "近 30 日将免职").text
    assert name not in panel(answer, "近 30 日将任职").text
    assert tiles(answer)["近 30 日将免职"] == "1"
    assert "没有正在代理或将要代理的职务" in panel(answer, "代理").text


def test_the_auditor_sees_refusals_and_what_the_others_did(desk, at, office):
    _, copies = desk.ready()
    assert "还没有不予办理的请求" in at("auditor").get("/refusals").content.decode()
    refused("custody.hand_over_copy", desk.registrar, copies[1], person=desk.general)
    reader = account_of(office.readers["研究室"][1])
    do("office.suspend_account", office.system_admin, reader, ground="借调")
    answer = at("auditor").get("/refusals")
    told = panel(answer, "不予办理的请求")
    assert "交阅" in told.text and "GZ2.3.1b" in told.text
    assert "停用账号" in panel(answer, "系统管理员").text
    assert "停用账号" not in panel(answer, "安全审计员").text


def test_nobody_learns_anything_without_a_session(office):
    for address in (*PAGES, "/ledger", "/account", "/jobs", "/import"):
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next={address}")
