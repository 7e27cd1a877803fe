"""Approvals at the pages: asked from the deed's own form, decided on one page, done as approved."""

from uuid import UUID

import pytest

from baomi.engine.runtime.models import Session
from baomi.kernel.ids import new_id
from baomi.registers.approvals import models
from baomi.registers.custody.models import Copy
from tests.architecture.source_tree import has_chinese
from tests.entrypoints.asking import name
from tests.entrypoints.web.approving import WHY, ask, decide, journey, label_of, state
from tests.entrypoints.web.page import masked, page
from tests.factories.deeds import size
from tests.registers.custody.desk import Desk

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


def test_who_may_only_ask_sees_the_form_with_that_button_alone(desk, copy, at):
    browser = at(desk.reader)
    told = page(browser.get(f"/do/custody.carry_out/{copy}"))
    assert [each.text for each in told.one("form", id="deed").all("button")] == ["报请批准"]
    assert "hidden" not in told.one("div", id="ask").attributes
    assert "可能须先报批：" in told.one("div", id="verdict").text
    assert "（组长" in told.one("div", id="verdict").text
    assert "携带外出" in page(browser.get("/do")).text
    assert "custody.hand_over_copy" not in browser.get("/do").content.decode()
    assert browser.post(f"/do/custody.carry_out/{copy}", journey(desk)).status_code == 409
    judged = browser.post("/judge/custody.carry_out", journey(desk) | {"target": str(copy)})
    assert page(judged).all("p", class_="lawful")
    assert "组长" in page(judged).text


def test_the_form_begins_with_who_holds_the_copy(desk, copy, at):
    for browser in (at(desk.reader), at("registrar")):
        told = page(browser.get(f"/do/custody.carry_out/{copy}"))
        for field in ("carrier", "keeper"):
            assert told.one("input", id=f"f-{field}").attributes["value"] == name(desk.reader)
    other = name(desk.general)
    told = page(at("registrar").get(f"/do/custody.carry_out/{copy}?carrier={desk.general}"))
    assert told.one("input", id="f-carrier").attributes["value"] == other
    free = page(at("registrar").get("/do/custody.carry_out"))
    assert not free.one("input", id="f-carrier").attributes.get("value")


def test_from_asking_through_the_decision_to_the_deed(desk, copy, at):
    key = ask(at(desk.reader), desk, copy)
    asker = page(at(desk.reader).get(f"/approvals/{key}"))
    assert "待审批" in asker.one("p", id="stands").text
    assert asker.all("form", id="withdraw")
    assert not asker.all("form", id="decide")
    leader = at(desk.leader)
    assert label_of(key) in page(leader.get("/approvals")).one("div", id="waiting").text
    told = page(leader.get(f"/approvals/{key}"))
    assert "省档案局" in told.one("dl", id="entered").text
    assert name(desk.reader) in told.one("dl", id="entered").text
    assert "因公外出" in told.one("dl", id="entered").text
    assert "带回日期" in told.one("dl", id="stated").text
    assert "机密" in told.one("dd", id="things").text
    assert told.all("form", id="decide")
    answer = decide(leader, key, reason="注意途中安全")
    assert answer.headers["Location"].startswith(f"/approvals/{key}?done=")
    assert "回执" in page(leader.get(answer.headers["Location"])).text
    assert state(key) == "granted"
    registrar = at("registrar")
    granted = page(registrar.get(f"/approvals/{key}"))
    assert "注意途中安全" in granted.one("ol", id="steps").text
    op_id = granted.one("form", id="do-it").one("input", name="op_id").attributes["value"]
    before = size()
    for _ in range(2):
        done = registrar.post(f"/approvals/{key}/do", {"op_id": op_id})
        assert done.status_code == 302 or state(key) == "used"
    assert size() == before + 1
    assert state(key) == "used"
    assert Copy.objects.get(id=copy).purpose == "carrying"
    used = page(registrar.get(f"/approvals/{key}"))
    assert used.all("code")
    assert not used.all("form", id="do-it")


def test_a_registrar_who_lacks_only_the_approval_may_ask_from_the_refused_form(desk, copy, at):
    browser = at("registrar")
    said = journey(desk) | {"op_id": str(new_id())}
    answer = browser.post(f"/do/custody.carry_out/{copy}", said)
    assert answer.status_code == 409
    told = page(answer)
    assert "hidden" not in told.one("div", id="ask").attributes
    assert told.one("input", name="destination").attributes["value"] == "省档案局"
    assert told.one("div", id="ask").one("button").attributes["formaction"] == (
        f"/ask/custody.carry_out/{copy}"
    )
    assert not told.one("li", class_="refusal").all("a", class_="btn")
    fresh = page(browser.get(f"/do/custody.carry_out/{copy}"))
    assert "hidden" in fresh.one("div", id="ask").attributes
    judged = browser.post("/judge/custody.carry_out", said | {"target": str(copy)})
    assert "data-asks" in judged.content.decode()
    ask(browser, desk, copy)
    again = page(browser.post(f"/do/custody.carry_out/{copy}", said))
    assert "待审批" in again.one("div", class_="ask-standing").text


def test_without_a_reason_nothing_is_asked_and_nothing_typed_is_lost(desk, copy, at):
    before = size()
    said = journey(desk, carrier="查无其人") | {"why": " "}
    answer = at(desk.reader).post(f"/ask/custody.carry_out/{copy}", said)
    assert answer.status_code == 422
    told = page(answer)
    assert "报批理由" in told.one("p", id="why-fault").text
    assert told.one("input", name="carrier").attributes["aria-invalid"] == "true"
    assert told.one("input", name="destination").attributes["value"] == "省档案局"
    assert size() == before


def test_what_was_typed_comes_back_after_the_session_ended(desk, copy, at):
    browser = at(desk.reader)
    key = ask(at(desk.reader), desk, copy)
    Session.objects.update(expires_us=0)
    lost = browser.post(f"/ask/custody.carry_out/{copy}", journey(desk) | {"why": "再去一次"})
    draft = lost.headers["Location"].partition("draft=")[2]
    told = page(at(desk.reader).get(f"/draft/{draft}"))
    assert told.one("textarea", name="why").text == "再去一次"
    assert told.one("input", name="destination").attributes["value"] == "省档案局"
    leader = at(desk.leader)
    Session.objects.update(expires_us=0)
    lost = decide(leader, key, "refuse", reason="改为传阅复印件")
    draft = lost.headers["Location"].partition("draft=")[2]
    back = at(desk.leader).get(f"/draft/{draft}", follow=True)
    assert page(back).one("textarea", name="reason").text == "改为传阅复印件"
    assert state(key) == "waiting"


def test_who_may_not_decide_learns_why_and_the_asker_least_of_all(desk, copy, at):
    key = ask(at("registrar"), desk, copy)
    told = page(at("office_director").get(f"/approvals/{key}"))
    assert not told.all("form", id="decide")
    bar = told.one("div", id="bar").one("li", class_="refusal")
    assert bar.attributes["data-clause"] == "X3a"
    assert has_chinese(bar.one("p", class_="refusal-remedy").text)
    own = decide(at("registrar"), key)
    assert own.status_code == 409
    clauses = {each.attributes["data-clause"] for each in page(own).all("li", class_="refusal")}
    assert "X3b" in clauses
    assert state(key) == "waiting"
    unseen = at(desk.general).get(f"/approvals/{key}")
    assert unseen.status_code == 404
    assert masked(unseen) == masked(at(desk.general).get(f"/approvals/{new_id()}"))


def test_returned_for_change_it_is_asked_anew_with_all_that_was_entered(desk, copy, at):
    reader = at(desk.reader)
    key = ask(reader, desk, copy)
    wanting = decide(at(desk.leader), key, "return")
    assert wanting.status_code == 409
    assert "X3d" in wanting.content.decode()
    assert decide(at(desk.leader), key, "return", reason="写明同行人").status_code == 302
    assert page(reader.get(f"/approvals/{key}")).all("a", href=f"/approvals/{key}/again")
    form = page(reader.get(f"/approvals/{key}/again"))
    assert form.one("input", name="carrier").attributes["value"] == name(desk.reader)
    assert form.one("input", name="destination").attributes["value"] == "省档案局"
    assert form.one("textarea", name="why").text == WHY
    checked = [each for each in form.all("input", name="occasions") if "checked" in each.attributes]
    assert [each.attributes["value"] for each in checked] == ["business_trip"]
    assert form.one("input", name="again_of").attributes["value"] == str(key)
    anew = ask(reader, desk, copy, again_of=str(key), purpose="评审会二次会议")
    assert models.ApprovalRequest.objects.get(id=anew).again_of == key
    assert at("registrar").get(f"/approvals/{key}/again").status_code == 404


def test_the_next_that_waits_comes_after_a_decision(desk, copy, at):
    first = ask(at(desk.reader), desk, copy)
    second = ask(at(desk.reader), desk, copy, destination="市图书馆")
    leader = at(desk.leader)
    told = page(leader.get(f"/approvals/{first}"))
    assert "还有 1 份" in told.one("form", id="decide").text
    onward = decide(leader, first, "refuse", reason="不必携带", next="1").headers["Location"]
    assert onward.startswith(f"/approvals/{second}?")
    onward = decide(leader, second, "refuse", reason="不必携带", next="1").headers["Location"]
    assert onward.startswith("/approvals?")
    assert label_of(first) in page(leader.get("/approvals")).one("div", id="decided").text


def test_withdrawn_it_waits_for_nobody(desk, copy, at):
    key = ask(at(desk.reader), desk, copy)
    answer = at(desk.reader).post(f"/approvals/{key}/withdraw", {"op_id": str(new_id())})
    assert answer.status_code == 302
    assert state(key) == "withdrawn"
    assert "没有等待" in page(at(desk.leader).get("/approvals")).text


def test_what_changed_since_is_said_before_the_decision(desk, copy, at):
    key = ask(at(desk.reader), desk, copy)
    desk.take_back(copy)
    told = page(at(desk.leader).get(f"/approvals/{key}"))
    assert told.all("div", id="against")
    assert decide(at(desk.leader), key).status_code == 302
    answer = at("registrar").post(f"/approvals/{key}/do", {"op_id": str(new_id())})
    assert answer.status_code in (409, 422)
    assert page(answer).one("input", name="destination").attributes["value"] == "省档案局"
