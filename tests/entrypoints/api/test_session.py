"""Log-in of programs: the same session as at the pages, a token on every POST, nothing else."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from baomi.engine import login
from baomi.entrypoints.api.document import document
from baomi.kernel.clock import clock
from baomi.registers.office import models
from tests.entrypoints.api_door import posted
from tests.factories.deeds import do
from tests.factories.office import NOW_US

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CHOSEN = "Nine-Blue-Kettles-8"
OTHER = "Other-Blue-Kettle-9"
MINUTE_US = 60_000_000
OPEN = {"/api/session", "/api/session/end"}
IDS = {"key", "target"}
PLACE = re.compile(r"\{(\w+)\}")


@pytest.fixture
def member(office):
    """The registrar, with a password of his own, and his log-in name."""
    do("office.change_password", office.registrar, new_password=CHOSEN)
    return office.registrar, office.logins[office.registrar]


def enter(client, name, password):
    return posted(client, "/api/session", {"login": name, "password": password})


def closed():
    """Every operation that needs a log-in: method and address."""
    for path, operations in document()["paths"].items():
        address = PLACE.sub(lambda found: str(uuid4()) if found[1] in IDS else "x", path)
        for method in operations:
            if path not in OPEN:
                yield method, address


def test_a_program_logs_in_and_bears_its_token(member, office):
    program = Client(enforce_csrf_checks=True)
    told = enter(program, member[1], CHOSEN)
    assert told.status_code == 200
    assert told.json()["person"]["id"] == str(office.registrar)
    assert told.json()["must_change_password"] is False
    assert told.cookies[settings.SESSION_COOKIE]["httponly"]
    token = {"X-CSRFToken": told.json()["csrf"]}
    address = "/api/registers/custody.copy"
    without = posted(program, address, {})
    assert without.status_code == 403
    assert "X-CSRFToken" in without.json()["error"]
    answer = program.post(address, {}, content_type="application/json", headers=token)
    assert answer.status_code == 200


def test_every_failure_is_answered_with_the_same_bytes(member, office):
    suspended = office.readers["研究室"][1]
    account = models.Account.objects.values_list("id", flat=True).get(person=suspended)
    do("office.suspend_account", office.system_admin, account, ground="离岗")
    names = ("nobody.at.all", member[1], office.logins[suspended])
    answers = [enter(Client(), name, "wrong-password-1") for name in names]
    assert {each.status_code for each in answers} == {401}
    assert {each.content for each in answers} == {answers[0].content}
    assert answers[0].json() == {"error": login.LoginRefused.sentence}
    for _ in range(5):
        enter(Client(), member[1], "wrong-password-1")
    locked = enter(Client(), member[1], CHOSEN)
    assert (locked.status_code, locked.content) == (401, answers[0].content)


def test_nobody_gets_anything(office):
    answers = [getattr(Client(), method)(address) for method, address in closed()]
    assert len(answers) > 60
    assert {each.status_code for each in answers} == {401}
    assert {each.content for each in answers} == {answers[0].content}


def test_who_am_i_is_answered_to_nobody_with_401(office):
    assert Client().get("/api/session").status_code == 401


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_no_form_of_another_site_logs_anybody_in(kind, member):
    sent = f'{{"login": "{member[1]}", "password": "{CHOSEN}"}}'
    answer = Client().post("/api/session", sent, content_type=kind)
    assert answer.status_code == 415
    assert settings.SESSION_COOKIE not in answer.cookies


def test_a_one_time_code_opens_nothing_but_the_change_of_password(office):
    name = office.logins[office.registrar]
    program = Client()
    assert enter(program, name, office.codes[name]).json()["must_change_password"] is True
    assert program.get("/api/session").json()["must_change_password"] is True
    answers = [getattr(program, method)(address) for method, address in closed()]
    forbidden = [each for each in answers if each.status_code == 403]
    assert len(forbidden) == len(answers) - 1
    sent = {"old": office.codes[name], "new": CHOSEN}
    wrong = posted(program, "/api/session/password", sent | {"old": "wrong"})
    assert (wrong.status_code, wrong.json()["faults"][0]["field"]) == (422, "old")
    assert posted(program, "/api/session/password", sent | {"new": "12345678"}).status_code == 422
    changed = posted(program, "/api/session/password", sent)
    assert changed.json()["must_change_password"] is False
    assert program.get("/api/actions").status_code == 200


def test_a_session_ends_when_it_is_idle_or_ended(member):
    program = Client()
    enter(program, member[1], CHOSEN)
    assert program.get("/api/session").status_code == 200
    with clock.standing_at(NOW_US + 11 * MINUTE_US):
        assert program.get("/api/actions").status_code == 401
    enter(program, member[1], CHOSEN)
    kept = program.cookies[settings.SESSION_COOKIE].value
    assert posted(program, "/api/session/end", {}).status_code == 200
    with pytest.raises(login.NotLoggedIn):
        login.who(kept)


def test_a_suspended_account_is_out_at_its_next_request(at, office):
    reader = office.readers["研究室"][0]
    program = at(reader)
    assert program.get("/api/actions").status_code == 200
    account = models.Account.objects.values_list("id", flat=True).get(person=reader)
    do("office.suspend_account", office.system_admin, account, ground="离岗")
    assert program.get("/api/actions").status_code == 401


@pytest.mark.parametrize(
    "sent",
    [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 5000, b"null"],
    ids=["nothing", "broken", "list", "text", "no_utf8", "too_deep", "null"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(sent, at):
    answer = at("registrar").post(
        "/api/registers/custody.copy", sent, content_type="application/json"
    )
    assert answer.status_code in (400, 422)
    told = answer.json()
    sentence = told["error"] if answer.status_code == 400 else told["faults"][0]["sentence"]
    assert re.search(r"[一-鿿]", sentence)


def test_a_method_that_there_is_not_is_said_in_a_sentence(at):
    answer = at("registrar").get("/api/registers/custody.copy")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert re.search(r"[一-鿿]", answer.json()["error"])
