"""日历: days off, one's own due days, the file of them, and a notice read before it counts."""

from datetime import date

import pytest
from icalendar import Calendar

from baomi.kernel.clock import clock, instant_on
from baomi.registers.duties.models import Duty
from baomi.registers.holidays.models import Notice
from baomi.rulebook.terms import Terms
from tests.entrypoints.web.page import page
from tests.factories.deeds import do
from tests.factories.watch import by_hand
from tests.registers.custody.desk import Desk
from tests.registers.holidays.notices import OF_2027, published

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
SAID = {
    "year": "2027",
    "number": "国办发明电〔2026〕9号",
    "published_on": "2026-11-04",
    "text": published(2027, OF_2027),
}


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def late_in_2026():
    with clock.standing_at(instant_on(date(2026, 11, 24), 9)):
        yield


def day(answer, when: str):
    """The cell of a day."""
    times = [each for each in page(answer).all("td") if each.all("time", datetime=when)]
    return times[-1]


def test_a_month_tells_what_each_day_is_in_words(at, office):
    answer = at("registrar").get("/calendar?month=2026-02")
    told = page(answer)
    assert told.one("h1").text == "日历 · 2026 年 2 月"
    assert told.one("title").text == "保密 · 日历"
    assert "班" in day(answer, "2026-02-14").text
    assert "春节" in day(answer, "2026-02-17").text
    assert "休" in day(answer, "2026-02-07").text
    assert "春节前检查" in day(answer, "2026-02-12").text
    assert "随本程序提供" in told.text
    assert told.one("a", rel="prev").attributes["href"].endswith("month=2026-01")
    assert told.one("a", rel="next").attributes["href"].endswith("month=2026-03")


def test_own_duties_stand_on_their_day_and_lead_to_the_list(desk, at):
    _, copies = desk.ready(title=CANARY, copy_numbers="000001-000002")
    desk.give(*copies)
    answer = at(desk.reader).get("/calendar")
    cell = day(answer, "2025-03-03")
    assert "应办 2 项" in cell.text and "今天" in cell.text
    assert CANARY not in answer.content.decode()
    listed = at(desk.reader).get(cell.one("a").attributes["href"])
    assert len(page(listed).one("tbody").all("tr")) == 2
    assert "应办" not in day(at(desk.general).get("/calendar"), "2025-03-03").text


def test_what_is_overdue_is_said_whichever_month_is_shown(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    with clock.standing_at(instant_on(date(2025, 3, 6), 9)):
        told = page(at(desk.reader).get("/calendar?month=2025-09"))
    assert "本人逾期未办 1 项" in told.text


def test_a_year_without_a_notice_says_so(at, office):
    told = page(at("registrar").get("/calendar?month=2027-02"))
    assert "2027 年放假安排尚未登记" in told.one("p", role="status").text
    assert told.all("a", href="/calendar/notice")
    other = page(at(office.readers["研究室"][0]).get("/calendar?month=2027-02"))
    assert not other.all("a", href="/calendar/notice")


def test_days_of_the_next_year_in_a_month_say_so_too(at, office, late_in_2026):
    told = page(at("registrar").get("/calendar?month=2026-12"))
    assert "2027 年放假安排尚未登记" in told.one("p", role="status").text
    assert not page(at("registrar").get("/calendar?month=2026-11")).all("p", role="status")


@pytest.mark.parametrize("far", [date.max, date(2100, 1, 1)])
def test_a_duty_at_the_end_of_days_breaks_no_page(desk, at, far):
    said = {"title": "交办", "owner": desk.reader, "due_on": date(2025, 3, 3)}
    key = do("duties.open_by_hand", desk.registrar, **said).told["duty"]
    with by_hand():
        Duty.objects.filter(id=key).update(due_on=far)
    own = at(desk.reader)
    (event,) = Calendar.from_ical(own.get("/calendar.ics").content).walk("VEVENT")
    assert event.decoded("dtstart") == far
    for place in (
        "/calendar",
        "/calendar?month=2099-12",
        "/",
        "/r/duties.duty",
        f"/o/duties.duty/{key}",
    ):
        assert own.get(place).status_code == 200, place


def test_a_date_that_may_move_says_so(desk, at):
    _, copies = desk.ready()
    with clock.standing_at(instant_on(date(2026, 12, 30), 9)):
        desk.give(copies[0], purpose="handling")
        answer = at(desk.reader).get("/calendar?month=2027-01")
        assert "日期可能变动" in day(answer, "2027-01-06").text


@pytest.mark.parametrize("month", ["2026-13", "x", "2003-12", "2100-01", "2026-1-1"])
def test_a_month_that_is_none_is_said(at, office, month):
    answer = at("registrar").get(f"/calendar?month={month}")
    assert answer.status_code == 422
    assert "月份请按" in page(answer).text or "只有 2004 年至 2099 年" in page(answer).text


@pytest.mark.parametrize("month", ["2004-01", "2099-12"])
def test_the_first_and_the_last_month(at, office, month):
    assert at("registrar").get(f"/calendar?month={month}").status_code == 200


def test_the_file_tells_days_and_figures_and_nothing_else(desk, at):
    _, copies = desk.ready(title=CANARY, copy_numbers="000001-000002")
    desk.give(*copies)
    do(
        "duties.open_by_hand",
        desk.registrar,
        title=CANARY,
        owner=desk.reader,
        due_on=date(2025, 3, 3),
    )
    answer = at(desk.reader).get("/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert CANARY not in answer.content.decode()
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["summary"]) == "应办事项 3 项"
    assert event.decoded("dtstart") == date(2025, 3, 3)
    assert event.decoded("dtend") == date(2025, 3, 4)
    assert str(event["description"]) == "依据条款：GZ2.3.2b"
    again = Calendar.from_ical(at(desk.reader).get("/calendar.ics").content)
    assert again.walk("VEVENT")[0]["uid"] == event["uid"]
    assert not Calendar.from_ical(at(desk.general).get("/calendar.ics").content).walk("VEVENT")


def test_a_notice_is_read_back_before_it_is_recorded(at, office, late_in_2026):
    registrar = at("registrar")
    first = page(registrar.get("/calendar/notice"))
    assert first.one("input", id="f-year").attributes["value"] == "2027"
    seen = registrar.post("/calendar/notice", SAID)
    told = page(seen)
    assert "放假 27 天，调休上班 6 天" in told.text
    assert "2027 年 1 月 31 日（周日）" in told.text
    offered = told.one("select", id="f-days-0-kind").all("option")
    assert [each.text for each in offered][-3:] == ["放假", "上班", "照常"]
    assert not Notice.objects.exists()
    assert len([key for key in filled(told) if key.endswith(".day")]) == 33
    done = registrar.post("/do/holidays.record_notice", filled(told))
    assert done.status_code == 302
    assert Notice.objects.get().days.filter(kind="work").count() == 6


def filled(told) -> dict[str, str]:
    """The form as it is sent, without anything changed in it."""
    form = told.one("form", id="notice")
    said = {each.attributes["name"]: each.text for each in form.all("textarea")}
    for each in form.all("input"):
        if each.attributes.get("type") != "radio":
            said[each.attributes["name"]] = each.attributes.get("value", "")
    for each in form.all("select"):
        chosen = [one for one in each.all("option") if "selected" in one.attributes]
        said[each.attributes["name"]] = chosen[0].attributes["value"] if chosen else ""
    return {key: value for key, value in said.items() if "__n__" not in key}


def test_what_was_not_understood_is_shown_with_how_to_mend_it(at, office, late_in_2026):
    text = SAID["text"].replace("1月1日（周五）至3日", "1月1日（周一）至3日")
    told = page(at("registrar").post("/calendar/notice", SAID | {"text": text}))
    assert "有 1 句没有看懂" in told.text
    assert "写的是星期一，实际是星期五" in told.text
    assert "没有写：元旦" in told.text
    assert "逐日安排" in told.text


def test_recorded_it_is_the_calendar_at_once(at, office, late_in_2026):
    done = at("registrar").post("/do/holidays.record_notice", SAID)
    assert done.status_code == 302
    assert Terms.on(date(2026, 11, 24)).calendar.knows(date(2027, 5, 1))
    told = page(at(office.readers["研究室"][0]).get("/calendar?month=2027-02"))
    assert "国办发明电〔2026〕9号" in told.text
    assert "尚未登记" not in told.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"year": "明年"}, "年份请填四位数字"),
        ({"year": "9999"}, "“年份”太大"),
        ({"year": "020041"}, "年份请填四位数字"),
        ({"text": " "}, "请粘贴通知原文"),
        ({"text": "字" * 6001}, "原文最多 6000 个字"),
        ({"published_on": "2026-99-99"}, "“公布日期”不是有效的日期"),
        ({"published_on": "9999-12-31"}, "1900 年至 2099 年之间"),
        ({"number": "国办\x07发明电"}, "看不见的控制字符"),
        ({"number": ""}, "“文号”没有填写"),
    ],
)
def test_a_form_that_cannot_be_read_says_what_is_missing(at, office, late_in_2026, wrong, sentence):
    answer = at("registrar").post("/calendar/notice", SAID | wrong)
    assert answer.status_code == 422
    (fault,) = page(answer).all("p", class_="field-fault")
    assert sentence in fault.text


def test_who_may_not_record_has_no_such_page(at, office):
    reader = at(office.readers["研究室"][0])
    assert reader.get("/calendar/notice").status_code == 404
    assert reader.post("/calendar/notice", SAID).status_code == 404
