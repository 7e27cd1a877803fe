"""One form for every action: filled in, judged, refused with reasons, done once."""

from uuid import UUID

import pytest
from django.urls import reverse

from baomi.engine import registry
from baomi.kernel.ids import new_id
from baomi.kernel.judge import may_ask
from baomi.kernel.words import Post
from baomi.registers.custody import models
from baomi.rulebook.terms import Terms
from tests.architecture.source_tree import has_chinese
from tests.entrypoints.asking import label, name
from tests.entrypoints.web.page import masked, page
from tests.factories.deeds import size
from tests.factories.office import TODAY
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

GIVE = "/do/custody.hand_over_copy"
# its page asks for the old password as well; an approval is asked for from the deed's own form
ELSEWHERE = {"office.change_password", "approvals.ask"}
ACTIONS = pytest.mark.parametrize("action", sorted(registry.actions().keys() - ELSEWHERE))


@pytest.fixture
def desk(office):
    return Desk(office)


def doer(office, action) -> UUID | None:
    """Somebody who may ask for the action."""
    terms = Terms.on(TODAY)
    from baomi.registers.office import load

    for person in load.people(office.logins, TODAY, terms).values():
        if not may_ask(registry.actions()[action], person, terms):
            return person.id
    return None


@ACTIONS
def test_every_action_has_a_form_in_chinese_for_who_may_ask(action, office, at):
    person = doer(office, action)
    if person is None:  # the founding, and what the office does itself: nobody asks at a page
        assert registry.actions()[action].done_by <= {Post.FOUNDER, Post.OFFICE_ITSELF}
        return
    told = page(at(person).get(reverse("deed", args=[action])))
    assert told.one("h1").text == registry.actions()[action].title
    named = {each.attributes["for"] for each in told.all("label") if "for" in each.attributes}
    for control in (*told.all("input"), *told.all("textarea"), *told.all("select")):
        kind = control.attributes.get("type", "")
        if kind in ("hidden", "radio", "checkbox"):
            continue
        assert control.attributes.get("id") in named or control.attributes.get("aria-label")
    assert all(has_chinese(each.text) for each in told.all("label"))


@ACTIONS
def test_who_may_not_ask_learns_why_and_sees_no_form(action, office, at):
    person = office.readers["研究室"][1]
    if (registry.actions()[action].done_by | registry.actions()[action].asked_by) & {Post.ANYONE}:
        return
    told = page(at(person).get(reverse("deed", args=[action])))
    assert not told.all("form", id="deed")
    assert told.one("li", class_="refusal").attributes["data-clause"] == "access"


def test_an_open_session_alone_changes_no_password(office, at):
    browser, before = at("registrar"), size()
    said = {"new_password": "Other-Blue-Kettle-9"}
    assert browser.post("/do/office.change_password", said).headers["Location"] == "/password"
    told = browser.post(
        "/api/actions/office.change_password",
        {"targets": [], "inputs": said},
        content_type="application/json",
    )
    assert told.status_code == 422
    assert "现用口令" in told.json()["faults"][0]["sentence"]
    assert size() == before


def test_a_deed_is_done_once_however_often_it_is_sent(desk, at):
    _, copies = desk.ready()
    browser = at("registrar")
    form = page(browser.get(GIVE))
    said = {
        "op_id": form.one("input", name="op_id").attributes["value"],
        "targets": [label(copies[0])],
        "person": name(desk.reader),
        "place": "阅文室",
    }
    before = size()
    answers = [browser.post(GIVE, said) for _ in range(2)]
    assert size() == before + 1
    assert len({each.headers["Location"] for each in answers}) == 1
    receipt = page(browser.get(answers[0].headers["Location"]))
    assert receipt.all("code")[0].text.startswith(f"{before}:")
    changed = browser.post(GIVE, said | {"person": name(desk.general)})
    assert changed.status_code == 422
    assert size() == before + 1


def test_a_receipt_is_shown_to_its_own_doer_only(desk, at):
    _, copies = desk.ready()
    said = {"targets": [label(copies[0])], "person": name(desk.reader), "place": "阅文室"}
    where = at("registrar").post(GIVE, said | {"op_id": str(new_id())}).headers["Location"]
    other = at(desk.reader)
    assert masked(other.get(where)) == masked(other.get(f"/done/{new_id()}"))
    assert other.get(where).status_code == 404


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(desk, at):
    _, copies = desk.ready()
    answer = at("registrar").post(
        GIVE, {"targets": [label(copies[0]), "BMC0"], "person": "查无其人", "remark": "急件"}
    )
    assert answer.status_code == 422
    told = page(answer)
    faults = [each.text for each in told.all("p", class_="field-fault")]
    assert any("接收人" in each and "查无此人" in each for each in faults)
    assert any("第 2 个" in each for each in faults)
    assert told.one("input", name="person").attributes["value"] == "查无其人"
    assert told.one("textarea", name="remark").text == "急件"
    assert [each.attributes["value"] for each in told.all("input", name="targets")][1] == "BMC0"


def test_a_form_of_thirty_rows_is_posted_and_comes_back_whole(desk, at):
    said = {"sender": "市委机要局", "intact": "true", "papers_stated": "30"}
    for number in range(30):
        said[f"papers.{number}.issuer"] = "省委办公厅"
        said[f"papers.{number}.title"] = f"第 {number} 件"
        said[f"papers.{number}.level"] = "秘密★5年"
    wrong = said | {"papers.17.dated_on": "去年"}
    answer = at("registrar").post("/do/custody.receive_envelope", wrong)
    told = page(answer)
    assert answer.status_code == 422
    titles = [
        each.text for each in told.all("textarea") if each.attributes["name"].endswith(".title")
    ]
    assert [each for each in titles if each] == [f"第 {number} 件" for number in range(30)]
    assert told.one("input", name="papers.17.dated_on").attributes["aria-invalid"] == "true"
    assert at("registrar").post("/do/custody.receive_envelope", said).status_code == 302
    assert models.Paper.objects.filter(title__startswith="第 ").count() == 30


def test_rows_that_were_removed_in_between_leave_no_gap(desk, at):
    said = {"sender": "市委机要局", "intact": "true", "papers_stated": "2"}
    for number in (0, 7):
        said[f"papers.{number}.issuer"] = "省委办公厅"
        said[f"papers.{number}.title"] = f"第 {number} 件"
    said |= {"papers.3.title": "", "papers.3.issuer": ""}
    assert at("registrar").post("/do/custody.receive_envelope", said).status_code == 302
    assert models.Paper.objects.count() == 2


def test_a_refusal_says_clause_reason_and_remedy_with_a_live_button(desk, at):
    _, copies = desk.receive()
    desk.store(*copies)
    said = {"targets": [label(copies[0])], "person": name(desk.reader), "place": "阅文室"}
    answer = at("registrar").post(GIVE, said)
    assert answer.status_code == 409
    items = {
        each.attributes["data-clause"]: each for each in page(answer).all("li", class_="refusal")
    }
    assert "GZ2.3.1b" in items
    assert has_chinese(items["GZ2.3.1b"].one("p", class_="refusal-remedy").text)
    (clause,) = items["GZ2.3.1b"].all("a", class_="clause")
    assert clause.attributes["href"] == "/rules/GZ2.3.1b"


def test_a_form_is_judged_while_it_is_filled_in_and_nothing_is_recorded(desk, at):
    _, copies = desk.ready()
    browser, where = at("registrar"), "/judge/custody.hand_over_copy"
    before = size()
    assert "还没有填完" in browser.post(where, {"targets": [label(copies[0])]}).content.decode()
    lawful = {"targets": [label(copies[0])], "person": name(desk.reader), "place": "阅文室"}
    assert "可以办理" in browser.post(where, lawful).content.decode()
    unlawful = page(browser.post(where, lawful | {"person": name(desk.general)}))
    assert unlawful.all("li", class_="refusal")
    assert size() == before


def test_what_one_may_not_see_is_offered_to_nobody(desk, at):
    paper, _ = desk.receive(title="关于canary的通知")
    number = models.Paper.objects.values_list("registered_number", flat=True).get(id=paper)
    where = reverse("pick", args=["custody.paper"])
    assert "canary" in at("registrar").post(where, {"typed": number}).content.decode()
    assert at(desk.reader).post(where, {"typed": number}).content.strip() == b""


def test_a_foreign_target_is_like_a_missing_one(desk, at):
    _, copies = desk.receive()
    browser = at(desk.office.keepers["研究室"])
    answers = [
        browser.get(reverse("deed_on", args=["custody.take_back_copy", key]))
        for key in (copies[0], new_id())
    ]
    assert {each.status_code for each in answers} == {404}
    assert masked(answers[0]) == masked(answers[1])


def test_a_code_that_is_told_once_is_shown_once(office, at):
    from baomi.registers.office.models import Account

    reader = office.readers["研究室"][0]
    account = Account.objects.values_list("id", flat=True).get(person=reader)
    assert account
    added = at("security_admin").post(
        "/do/office.add_person",
        {
            "name": "新来者",
            "unit": "研究室",
            "rank": "科级",
            "personnel_class": "一般",
            "class_ground": "涉密人员审查表",
        },
    )
    assert added.status_code == 302
    op_id = new_id()
    said = {"targets": ["新来者"], "login": "xin.laizhe", "op_id": str(op_id)}
    answer = at("system_admin").post("/do/office.grant_account", said)
    assert answer.status_code == 200
    code = page(answer).one("code", class_="once").text
    assert len(code) >= 8
    again = at("system_admin").get(f"/done/{op_id}")
    assert code not in again.content.decode()
