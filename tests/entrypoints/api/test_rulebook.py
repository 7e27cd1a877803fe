"""The rulebook through the API: the same clauses, counts and law as on the pages."""

import json

import pytest

from baomi.kernel.clock import clock
from tests.factories.office import NOW_US

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
DAY_US = 86_400_000_000


def sent(program, body):
    return program.post("/api/rulebook/search", json.dumps(body), content_type="application/json")


def test_clauses_are_listed_and_narrowed(at, desk):
    program = at(desk.general)
    whole = program.get("/api/rulebook").json()
    assert whole[0]["id"] == "GZ1.0a"
    behind = program.get("/api/rulebook?law=yes&system=DM").json()
    assert {"DM1a", "DM6b"} <= {each["id"] for each in behind}
    assert all(each["behind_the_law"] for each in behind)
    under = program.get("/api/rulebook?under=GZ2.3.1").json()
    assert [each["id"] for each in under] == ["GZ2.3.1a", "GZ2.3.1b"]
    assert under[0]["place"][-1] == "1."
    wrong = program.get("/api/rulebook?system=QQ")
    assert (wrong.status_code, wrong.json()["faults"][0]["field"]) == (422, "system")


def test_clauses_are_looked_for(at, desk):
    program = at(desk.general)
    found = sent(program, {"text": "二（三）1"}).json()
    assert [each["id"] for each in found] == ["GZ2.3.1a", "GZ2.3.1b"]
    assert sent(program, {"text": "造纸厂 化浆"}).json()[0]["id"] == "GZ2.8.2"
    short = sent(program, {"text": "密"})
    assert short.status_code == 422
    assert "两个字" in short.json()["faults"][0]["sentence"]


def test_one_clause_is_told_whole(at, desk):
    told = at(desk.general).get("/api/rulebook/DM1a").json()
    (law,) = told["laws"]
    assert (law["article"], law["in_force_since"]) == ("第十四条", "2024-09-01")
    assert told["controls"] and told["versions"][0]["issued_on"] == "2020-12-24"
    assert told["today"]["refusals"] is None


def test_a_number_of_several_parts_leads_to_their_list(at, desk):
    answer = at(desk.general).get("/api/rulebook/GZ2.2.5", follow=True)
    assert [each["id"] for each in answer.json()] == ["GZ2.2.5a", "GZ2.2.5b"]
    for number in ("GZ9.9", "x", "GZ2.3.1zz"):
        assert at(desk.general).get(f"/api/rulebook/{number}").status_code == 404


def test_counts_are_of_what_the_reader_sees(at, desk):
    _, copies = desk.ready(desk.reader, desk.general, level="秘密★5年", copy_numbers="1-2")
    desk.give(copies[0])
    with clock.standing_at(NOW_US + DAY_US):
        own = at(desk.general).get("/api/rulebook/GZ2.3.2b").json()["today"]["duties"]
        late = at("registrar").get("/api/rulebook?late=yes").json()
        hidden = at(desk.general).get("/api/rulebook?late=yes").json()
    assert own == {"open": 0, "overdue": 0}
    assert {each["id"]: each["duties"] for each in late}["GZ2.3.2b"] == {"open": 1, "overdue": 1}
    assert hidden == []
