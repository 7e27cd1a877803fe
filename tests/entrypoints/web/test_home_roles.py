"""The desk of who decides and administers: each post its own page, nothing twice, few questions."""

import re
from contextlib import ExitStack

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baomi.engine import registry
from baomi.engine.duty_deeds import deeds_for
from baomi.entrypoints.web.home.panels import PANELS
from baomi.entrypoints.web.home.roles import READER, ROLES, roles_of
from baomi.entrypoints.web.home.tiles import TILES
from baomi.kernel.clock import clock
from baomi.kernel.words import Post
from baomi.registers.office.models import PostHolding
from tests.entrypoints.web.desk_page import (
    appoint,
    ask_to_carry_out,
    first,
    shows_what_it_counts,
    tiles,
    titles,
)
from tests.entrypoints.web.page import page
from tests.entrypoints.web.reading import panel
from tests.factories.office import NOW_US
from tests.registers.custody.desk import Desk, do

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
DAY_US = 86_400_000_000
MOST_QUERIES = 30
BUILT = {"reported", "vacant"}


@pytest.fixture
def desk(office):
    return Desk(office)


def test_a_head_learns_of_his_own_units_overdue_alone(desk, at, office):
    _, copies = desk.ready()
    desk.give(copies[0])
    with clock.standing_at(NOW_US + DAY_US):
        browser = at(office.heads["研究室"])
        mine = browser.get("/")
        other = at(office.heads["财经委"]).get("/")
        assert shows_what_it_counts(browser, mine)
    assert tiles(mine)["上报给我的逾期"] == "1"
    assert "研究室（1 项）" in panel(mine, "上报给我的逾期").text
    assert tiles(other)["上报给我的逾期"] == "0"


def test_a_decision_comes_first_for_whom_it_waits_and_then_for_the_registrar(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    asker, leader = at(desk.reader), at(desk.leader)
    key = ask_to_carry_out(desk, asker, copies[0])
    answer = leader.get("/")
    assert first(answer) == (
        "有 1 件报批等您决定，从最早的一件开始。",
        "开始审批",
        f"/approvals/{key}",
    )
    assert tiles(answer)["待我审批"] == "1"
    assert panel(answer, "待我决定").all("a", href=f"/o/approvals.request/{key}")
    assert tiles(asker.get("/"))["我的报批待审"] == "1"
    assert "待我决定" not in titles(asker.get("/"))
    do("approvals.decide", desk.leader, key, verdict="agree")
    registrar = at("registrar")
    told = registrar.get("/")
    assert first(told)[0] == "有 1 件已经批准，等您办理。"
    assert shows_what_it_counts(registrar, told)


def test_leaders_see_vacant_posts_and_the_years_work(desk, at, office):
    row = PostHolding.objects.get(person=office.secrecy_leader, post="secrecy_leader")
    do("office.end_appointment", office.security_admin, row.id, second=office.auditor)
    with clock.standing_at(NOW_US + DAY_US):
        director = at(office.office_director)
        for browser in (director, at(office.group_leader), at(office.security_admin)):
            answer = browser.get("/")
            assert tiles(answer)["空缺的职务"] == "1"
            assert "分管保密工作领导" in panel(answer, "空缺的职务").text
            shows_what_it_counts(browser, answer)
        assert tiles(director.get("/"))["2025 年工作计划"] == "未登记"
        assert first(at(office.security_admin).get("/"))[2] == "/do/office.appoint"


def test_administrators_have_their_own_figures_and_no_titles(desk, at, office):
    _, copies = desk.ready(title=CANARY)
    desk.give(copies[0])
    begins = {
        office.system_admin: "/accounts",
        office.security_admin: "/posts",
        office.auditor: "/ledger",
    }
    for person, href in begins.items():
        browser = at(person)
        answer = browser.get("/")
        assert CANARY not in answer.content.decode()
        assert first(answer)[2] == href
        assert "上次封存" in tiles(answer)
        assert "到期应收回" not in tiles(answer)
        assert "我持有的" not in titles(answer)
        shows_what_it_counts(browser, answer)
    assert "近 7 日不予办理" in tiles(at(office.auditor).get("/"))
    assert "近 7 日不予办理" not in tiles(at(office.system_admin).get("/"))


def test_personnel_archive_and_finance_have_pages_of_their_own(at, office):
    who = office.readers["财经委"]
    for person, post in zip(who, (Post.PERSONNEL, Post.ARCHIVIST, Post.FINANCE), strict=True):
        appoint(office, person, post)
    personnel, archive, finance = (at(person) for person in who)
    answer = personnel.get("/")
    assert "没有责任书的负责人" in tiles(answer)
    shows_what_it_counts(personnel, answer)
    assert first(archive.get("/"))[2] == "/do/custody.put_into_archive"
    assert shows_what_it_counts(archive, archive.get("/"))
    assert "没有单独的登记簿" in page(finance.get("/")).text


def test_whoever_holds_several_posts_reads_nothing_twice(desk, at, office):
    appoint(office, desk.registrar, Post.ARCHIVIST)
    answer = at("registrar").get("/")
    for told in (titles(answer), list(tiles(answer))):
        assert len(told) == len(set(told))
    assert {"到期应收回", "查阅未归还"} <= set(tiles(answer))
    ids = re.findall(r'id="([^"]+)"', answer.content.decode())
    assert len(ids) == len(set(ids))


def test_a_page_takes_few_questions(desk, at, office):
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    ask_to_carry_out(desk, at(desk.reader), copies[0])
    people = (office.registrar, office.office_director, office.group_leader, desk.reader)
    with clock.standing_at(NOW_US + 12 * DAY_US):
        for person in (*people, office.heads["研究室"], office.auditor, office.system_admin):
            browser = at(person)
            with ExitStack() as stack:
                asked = [
                    stack.enter_context(CaptureQueriesContext(connections[alias]))
                    for alias in ("default", "runtime")
                ]
                assert browser.get("/").status_code == 200
            assert len(asked[0]) <= MOST_QUERIES, person
            assert len(asked[1]) <= 2, person


def test_every_post_has_a_role_and_every_declaration_is_used():
    assert all(roles_of(frozenset({post})) for post in Post)
    roles = [role for _, role in ROLES]
    assert {key for role in roles for key in role.tiles} == set(TILES)
    assert {key for role in roles for key in role.panels} - BUILT == set(PANELS)
    for role in roles:
        assert {step.tile for step in role.steps} <= set(role.tiles)
        for step in (*role.steps, role.otherwise):
            if step.view:
                reverse(step.view, args=list(step.args))
            for action in step.args:
                assert action in registry.actions()
        assert role.otherwise.view
    assert {each.counted for each in PANELS.values()} - {""} <= set(TILES)
    assert READER in roles


def test_a_duty_leads_to_the_deed_that_closes_it():
    plan = deeds_for("GZ1.1a", "起草年度保密工作计划")
    assert [each.name for each in plan] == ["governance.adopt_plan"]
    back = deeds_for("GZ2.3.2b", "交回借阅的文件")
    assert back[0].name == "custody.take_back_copy"
    assert deeds_for("", "清点保密室钥匙") == ()
