"""The calendar through the API."""

import pytest

from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


def test_a_month_with_ones_own_duties(at, office):
    desk = Desk(office)
    _, copies = desk.ready(desk.leader)
    desk.give(copies[0], person=desk.leader)
    told = at("group_leader").get("/api/calendar").json()
    assert (told["month"], told["year_known"], told["overdue"]) == ("2025-03", True, 0)
    assert {each["day"]: each["duties"] for each in told["days"]}["2025-03-03"] == 1
    assert sum(each["duties"] for each in at("registrar").get("/api/calendar").json()["days"]) == 0


def test_the_year_and_where_it_is_known_from(at, office):
    told = at("registrar").get("/api/calendar?month=2026-10").json()
    assert told["source"].startswith("国务院办公厅通知")
    assert told["make_up"][-1] == "2026-10-10"
    unknown = at("registrar").get("/api/calendar?month=2027-10").json()
    assert (unknown["year_known"], unknown["source"], unknown["holidays"]) == (False, "", [])


@pytest.mark.parametrize("month", ["2026-13", "1999-01", "now"])
def test_a_month_that_is_none(at, office, month):
    answer = at("registrar").get(f"/api/calendar?month={month}")
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "month"
