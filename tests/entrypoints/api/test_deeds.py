"""Deeds through the API: done once, refused with reasons, judged without being done."""

import json
from uuid import uuid4

import pytest
from django.db import connection

from baomi.engine import registry
from baomi.kernel.ids import new_id
from baomi.registers.custody import models
from baomi.registers.office.models import Account
from tests.entrypoints.api_door import posted
from tests.entrypoints.asking import copy, label, name
from tests.factories.deeds import do, size

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CHOSEN = "Nine-Blue-Kettles-8"
GIVE = "/api/actions/custody.hand_over_copy"


def refusals() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_refusal")
        return cursor.fetchone()[0]


@pytest.fixture
def giving(desk):
    """A lawful hand-over, as a program sends it."""
    _, copies = desk.ready()
    inputs = {"person": name(desk.reader), "purpose": "阅", "place": "阅文室"}
    return {"targets": [label(copies[0])], "inputs": inputs, "op_id": str(new_id())}


def faults(answer) -> dict[str, str]:
    assert answer.status_code == 422, answer.content
    return {each["field"]: each["sentence"] for each in answer.json()["faults"]}


def test_a_deed_is_done_once_however_often_it_is_sent(giving, at, desk):
    before = size()
    first, again = (posted(at("registrar"), GIVE, giving).json() for _ in range(2))
    assert size() == before + 1
    assert first["receipt"].startswith(f"{before}:")
    assert first["op_id"] == giving["op_id"]
    assert again == first
    other = {**giving, "inputs": {**giving["inputs"], "person": name(desk.general)}}
    answer = posted(at("registrar"), GIVE, other)
    assert answer.status_code == 409
    assert "操作编号" in answer.json()["error"]
    assert size() == before + 1


def test_a_target_is_named_by_its_label_its_number_or_its_id(desk, at):
    _, copies = desk.ready()
    named = (label(copies[0]), copy(copies[1]), str(copies[2]))
    inputs = {"person": name(desk.reader), "place": "阅文室"}
    for each in named:
        answer = posted(at("registrar"), GIVE, {"targets": [each], "inputs": inputs})
        assert answer.status_code == 200, answer.content.decode()
    held = models.Copy.objects.filter(id__in=copies, holder=desk.reader)
    assert held.count() == 3


def test_a_refusal_says_clause_reason_and_remedy(desk, at):
    _, copies = desk.receive()
    desk.store(*copies)
    inputs = {"person": name(desk.reader), "place": "阅文室"}
    answer = posted(at("registrar"), GIVE, {"targets": [label(copies[0])], "inputs": inputs})
    assert answer.status_code == 409
    (refusal,) = answer.json()["refused"]
    assert (refusal["clause"], refusal["guard"]) == ("GZ2.3.1b", "reader_is_in_the_circle")
    assert refusal["remedy_action"] == "custody.set_circle"
    assert refusal["title"]
    assert refusal["reason"]
    assert refusal["remedy"]


def test_who_holds_no_post_for_it_is_refused_and_it_is_kept(giving, desk, at):
    kept = refusals()
    answer = posted(at(desk.general), "/api/actions/office.add_unit", {"inputs": {"name": "某处"}})
    assert answer.status_code == 409
    assert answer.json()["refused"][0]["clause"] == "access"
    assert refusals() == kept + 1


def test_everything_that_is_wrong_is_said_at_once(desk, at):
    _, copies = desk.ready()
    sent = {
        "targets": [label(copies[0]), "BMC0"],
        "inputs": {"person": "查无其人", "place": "阅文室"},
    }
    told = faults(posted(at("registrar"), GIVE, sent))
    assert "第 2 个" in told["targets"]
    assert "接收人" in told["person"]


def test_a_choice_that_there_is_not_names_those_that_there_are(giving, at):
    wrong = {**giving, "inputs": {**giving["inputs"], "purpose": "玩"}}
    assert "可填" in faults(posted(at("registrar"), GIVE, wrong))["purpose"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"op_id": "x"}, "op_id"),
        ({"happened_on": "去年"}, "happened_on"),
        ({"happened_on": "2025-02-28"}, "late_reason"),
        ({"actor": str(uuid4())}, "actor"),
        ({"inputs": []}, "inputs"),
        ({"targets": "x"}, "targets"),
        ({"targets": []}, "targets"),
        ({"second": {"login": "x"}}, "second.password"),
        ({"second": {"login": "x", "password": "wrong"}}, "second"),
    ],
    ids=[
        *("no_operation_id", "no_day", "no_reason_for_a_past_day", "unknown_key", "no_inputs"),
        *("no_list_of_targets", "no_target", "no_second_password", "a_wrong_second_password"),
    ],
)
def test_each_slip_is_named(sent, field, giving, at):
    before = size()
    told = faults(posted(at("registrar"), GIVE, {**giving, **sent}))
    assert field in told
    assert size() == before


@pytest.mark.parametrize("papers", [["x"], "x", [[]], [{"issuer": []}], [None], 7])
def test_rows_that_are_none_are_said_to_be_wrong(papers, desk, at):
    sent = {"inputs": {"sender": "市委机要局", "papers_stated": 1, "papers": papers}}
    told = faults(posted(at("registrar"), "/api/actions/custody.receive_envelope", sent))
    assert all(field.startswith(("papers", "intact")) for field in told)


def test_an_action_without_targets_takes_none(desk, at):
    sent = {"targets": ["x"], "inputs": {"name": "某处"}}
    assert "targets" in faults(posted(at("registrar"), "/api/actions/office.add_unit", sent))


def test_an_action_that_there_is_not_is_nowhere(office, at):
    answers = [
        posted(at("registrar"), "/api/actions/custody.eat_copy", {}),
        posted(at("registrar"), "/api/nothing", {}),
        at("registrar").get("/api/actions/custody.eat_copy/verdict"),
    ]
    assert {(each.status_code, each.content) for each in answers} == {(404, answers[0].content)}


def test_a_code_is_told_once_and_in_clear(desk, office, at):
    account = Account.objects.values_list("id", flat=True).get(person=desk.reader)
    do("office.change_password", office.auditor, new_password=CHOSEN)
    sent = {
        "targets": [str(account)],
        "inputs": {"ground": "忘记口令"},
        "op_id": str(new_id()),
        "second": {"login": office.logins[office.auditor], "password": CHOSEN},
    }
    address = "/api/actions/office.reset_account"
    program = at("system_admin")
    first = posted(program, address, sent)
    assert first.status_code == 200, first.content.decode()
    code = first.json()["told"]["code"]
    assert "*" not in code
    assert len(code) > 8
    assert code not in posted(program, address, sent).content.decode()


def test_actions_are_those_that_one_may_ask_for(desk, at):
    told = {each["name"]: each for each in at("registrar").get("/api/actions").json()}
    mine = {each["name"] for each in at(desk.general).get("/api/actions").json()}
    assert "custody.hand_over_copy" in told
    assert "custody.hand_over_copy" not in mine
    fields = {each["name"]: each for each in told["custody.hand_over_copy"]["fields"]}
    assert fields["person"]["title"] == "接收人"
    assert {"code": "reading", "title": "阅"} in fields["purpose"]["choices"]


def test_a_verdict_changes_and_records_nothing(giving, desk, at):
    _, out = desk.ready(number="×办发〔2025〕8号", copy_numbers="7")
    desk.give(*out)
    before = size(), refusals()
    program, address = at("registrar"), f"{GIVE}/verdict"
    question = {key: giving[key] for key in ("targets", "inputs")}
    assert posted(program, address, question).json() == {
        "allowed": True,
        "refused": [],
        "may_need": [],
    }
    unlawful = {**question, "inputs": {**giving["inputs"], "person": name(desk.general)}}
    told = posted(program, address, unlawful).json()
    assert not told["allowed"]
    assert told["refused"][0]["clause"]
    on_its_own = program.get(f"{GIVE}/{out[0]}/verdict").json()
    assert not on_its_own["allowed"]
    assert program.get(address).json()["allowed"]
    assert posted(program, address, {**question, "inputs": {}}).status_code == 422
    assert (size(), refusals()) == before


def test_a_verdict_says_what_may_have_to_be_approved(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    program, address = at("registrar"), "/api/actions/custody.carry_out"
    on_it = program.get(f"{address}/{copies[0]}/verdict").json()
    assert on_it["allowed"] is True
    assert {each["clause"] for each in on_it["may_need"]} == {"GZ2.1.5d", "GZ2.2.5a"}
    assert on_it["may_need"] == program.get(f"{address}/verdict").json()["may_need"]
    assert program.get("/api/actions/custody.hand_over_copy/verdict").json()["may_need"] == []


def test_what_one_may_not_see_has_no_verdict(desk, at):
    _, copies = desk.ready()
    keeper = at("unit_keeper@研究室")
    answers = [
        keeper.get(f"/api/actions/custody.take_back_copy/{key}/verdict")
        for key in (copies[0], uuid4())
    ]
    assert {(each.status_code, each.content) for each in answers} == {(404, answers[0].content)}
    asked = [
        posted(keeper, "/api/actions/custody.take_back_copy/verdict", {"targets": [str(key)]})
        for key in (copies[0], uuid4())
    ]
    assert {(each.status_code, each.content) for each in asked} == {(422, asked[0].content)}


def test_who_may_not_ask_learns_nothing_of_the_target(desk, at):
    _, copies = desk.ready()
    program = at(desk.general)
    answers = [program.get(f"{GIVE}/{key}/verdict") for key in (copies[0], uuid4())]
    assert {each.content for each in answers} == {answers[0].content}
    assert answers[0].json()["refused"][0]["clause"] == "access"


@pytest.mark.parametrize("action", sorted(registry.actions()))
def test_every_action_answers_the_empty_request_in_words(action, at, office):
    answer = posted(at("registrar"), f"/api/actions/{action}", {})
    assert answer.status_code in (200, 409, 422)


@pytest.mark.parametrize("unseen", ["\\u0000", "\\ud800", "\\ufdd0\\u0001"], ids=ascii)
@pytest.mark.parametrize("place", ["target", "name", "text", "key", "reason", "login", "second"])
def test_what_nobody_sees_is_kept_nowhere(unseen, place, giving, at):
    """Each is a character that one database or the other does not take."""
    bad = f'"{unseen}"'
    sent = {
        "target": json.dumps({**giving, "targets": ["@"]}),
        "name": json.dumps({**giving, "inputs": {**giving["inputs"], "person": "@"}}),
        "text": json.dumps({**giving, "inputs": {**giving["inputs"], "remark": "@"}}),
        "key": json.dumps({**giving, "inputs": {**giving["inputs"], "@": "x"}}),
        "reason": json.dumps({**giving, "happened_on": "2025-02-28", "late_reason": "@"}),
        "login": json.dumps({"login": "@", "password": "@"}),
        "second": json.dumps({**giving, "second": {"login": "@", "password": "@"}}),
    }[place].replace('"@"', bad)
    address = "/api/session" if place == "login" else GIVE
    before = size()
    answer = at("registrar").post(address, sent, content_type="application/json")
    assert answer.status_code in (400, 401, 422), answer.content.decode()
    assert size() == before


def test_a_number_that_is_none_is_not_taken(giving, at):
    sent = json.dumps(giving).replace('"阅"', "NaN").replace('"\\u9605"', "NaN")
    assert at("registrar").post(GIVE, sent, content_type="application/json").status_code == 400


def test_a_reason_for_a_past_day_is_as_long_as_the_ledger_keeps(giving, at):
    sent = {**giving, "happened_on": "2025-02-28", "late_reason": "补" * 201}
    assert "最多" in faults(posted(at("registrar"), GIVE, sent))["late_reason"]
