"""One overdue copy over ten days: who learns of it, on which day, at every door; no title."""

from datetime import timedelta

import pytest

from baomi.kernel.clock import clock, instant_on
from tests.entrypoints.asking import name
from tests.entrypoints.web.page import page
from tests.entrypoints.web.visiting import client_of, person_of
from tests.factories.deeds import do
from tests.factories.office import TODAY

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
READER = "archivist"  # a post of the reader's, by which the command line knows him
NEVER = 99
DAYS = range(12)
# from which day of being overdue on the register of duties shows it
LISTED = {
    READER: 0,
    "registrar": 0,
    "office_director": 0,
    "unit_head@研究室": 1,
    "group_leader": 10,
    "unit_keeper@研究室": NEVER,
    "unit_head@法制委": NEVER,
    "auditor": NEVER,
}
# from which day on the desk tells it as come up to him; the registrar's counts it from the first
REPORTED = {
    "unit_head@研究室": 1,
    "office_director": 5,
    "group_leader": 10,
    READER: NEVER,
    "unit_keeper@研究室": NEVER,
    "unit_head@法制委": NEVER,
    "auditor": NEVER,
}


@pytest.fixture
def overdue(desk):
    """A copy that its reader does not bring back: its number on the paper."""
    office = desk.office
    said = {"post": "archivist", "letter": "云人发〔2025〕9号", "second": office.auditor}
    do("office.appoint", office.security_admin, desk.reader, **said)
    _, copies = desk.ready(title=CANARY)
    desk.give(copies[0])
    return desk.copy(copies[0])["copy_number"]


def table(found: dict[str, list[bool]]) -> str:
    """Who sees it on which day."""
    head = "逾期天数".ljust(24) + "".join(f"{day:>3}" for day in DAYS)
    rows = [
        who.ljust(24) + "".join("  ●" if sees else "  ·" for sees in seen)
        for who, seen in found.items()
    ]
    return "\n".join([head, *rows])


def expected(since: dict[str, int]) -> dict[str, list[bool]]:
    return {who: [day >= first for day in DAYS] for who, first in since.items()}


def test_who_sees_it_on_which_day(desk, door, overdue):
    found: dict[str, list[bool]] = {who: [] for who in LISTED}
    for day in DAYS:
        with clock.standing_at(instant_on(TODAY + timedelta(days=day), 10)):
            for who, seen in found.items():
                rows = door.owed(who)
                assert CANARY not in str(rows)
                mine = [row for row in rows if overdue in str(row)]
                seen.append(bool(mine))
                for row in mine:
                    assert (row["title"], row["owner"]) == ("交回借阅的文件", name(desk.reader))
                    assert row["overdue_days"] == (day or None)
    print(table(found))  # noqa: T201 — the figures of the report
    assert found == expected(LISTED)


def test_on_whose_desk_it_stands_on_which_day(desk, web, overdue):
    found: dict[str, list[bool]] = {who: [] for who in REPORTED}
    for day in DAYS:
        with clock.standing_at(instant_on(TODAY + timedelta(days=day), 10)):
            for who, seen in found.items():
                sections = page(client_of(person_of(who)).get("/")).all("section")
                panels = [each for each in sections if "上报给我的逾期" in each.text]
                seen.append(any(overdue in each.text for each in panels))
                assert not any(CANARY in each.text for each in panels)
    print(table(found))  # noqa: T201 — the figures of the report
    assert found == expected(REPORTED)
