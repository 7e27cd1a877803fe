"""``baomi calendar``: the month on a terminal, and the file of one's own due days."""

from datetime import date

import pytest
from icalendar import Calendar

from baomi.kernel.clock import clock, instant_on
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


def test_a_month_for_people_and_for_programs(office, baomi):
    ran = baomi("calendar", "--month", "2026-02", "--as", "registrar")
    assert ran.code == 0
    assert "2026 年 2 月" in ran.out
    assert "14 班" in ran.out and "17 春节" in ran.out and "春节前检查" in ran.out
    told = baomi("calendar", "--month", "2026-02", "--as", "registrar", "--json").data
    assert told["year_known"] and len(told["days"]) == 28
    assert told["days"][13] == {
        "day": "2026-02-14",
        "kind": "make_up",
        "word": "班",
        "before": "",
        "duties": 0,
        "may_move": False,
    }
    assert {"name": "春节", "first": "2026-02-15", "last": "2026-02-23"} in told["holidays"]


def test_own_duties_and_an_unknown_year(office, baomi):
    desk = Desk(office)
    _, copies = desk.ready(desk.leader)
    with clock.standing_at(instant_on(date(2026, 12, 30), 9)):
        desk.give(copies[0], person=desk.leader, purpose="handling")
        ran = baomi("calendar", "--month", "2027-01", "--as", "group_leader")
    assert "2027-01-06" in ran.out and "日期可能变动" in ran.out
    assert "2027 年放假安排尚未登记" in ran.out


def test_a_month_that_is_none(office, baomi):
    ran = baomi("calendar", "--month", "2026-13", "--as", "registrar")
    assert (ran.code, "月份请按" in ran.err) == (2, True)


def test_the_file_is_new_and_its_owners_alone(office, baomi, tmp_path):
    path = tmp_path / "mine.ics"
    assert baomi("calendar", "--ics", str(path), "--as", "registrar").code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert Calendar.from_ical(path.read_bytes())["version"] == "2.0"
    again = baomi("calendar", "--ics", str(path), "--as", "registrar")
    assert (again.code, "不会覆盖" in again.err) == (2, True)
    assert baomi("calendar", "--ics", str(tmp_path / "x.txt"), "--as", "registrar").code == 2
