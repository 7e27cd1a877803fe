"""A year's notice is pasted in, read, recorded, and counted with from then on."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baomi.engine.face.reading import books
from baomi.kernel.calendar import Workdays
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.registers import paging
from baomi.registers.duties.models import Duty
from baomi.registers.holidays.models import Day, Notice
from baomi.registers.office import load as office_load
from baomi.rulebook.holidays import of_the_file
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, size
from tests.factories.watch import by_hand
from tests.registers.custody.desk import refused
from tests.registers.holidays.notices import OF_2027, PUBLISHED, published

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
TODAY = date(2026, 11, 24)
SAID = {
    "year": 2027,
    "number": "国办发明电〔2026〕9号",
    "published_on": date(2026, 11, 4),
    "text": published(2027, OF_2027),
}


@pytest.fixture
def desk(desk):
    with clock.standing_at(instant_on(TODAY, 9)):
        yield desk


def record(desk, **more):
    return do("holidays.record_notice", desk.registrar, **(SAID | more))


def known():
    return Terms.on(TODAY).calendar


def test_the_days_count_from_then_on_and_nothing_else_moves(desk):
    before = known()
    assert not before.knows(date(2027, 3, 1))
    told = record(desk).told
    after = known()
    assert after.years == before.years | {2027}
    assert after.names[date(2027, 2, 5)] == "春节"
    assert not after.is_workday(date(2027, 2, 5))
    assert after.is_workday(date(2027, 1, 31))
    assert told["days_worked"] == 6
    assert {day for day in after.off if day.year < 2027} == before.off
    assert {day for day in after.work if day.year < 2027} == before.work
    assert Workdays(date(2026, 12, 31), 3).on(after) == date(2027, 1, 6)


def test_one_entry_and_its_rows_and_the_recount_follows(desk):
    before = size()
    record(desk)
    assert size() == before + 2  # the notice, and the counting again that it entails
    assert Notice.objects.get().text.startswith("国务院办公厅关于2027年")
    assert Day.objects.count() == 3 + 7 + 3 + 5 + 1 + 1 + 7 + 6


def test_the_calendar_costs_one_statement_and_only_where_it_is_asked_for(desk):
    record(desk)
    known()
    with CaptureQueriesContext(connection) as queries:
        terms = Terms.on(TODAY)
        assert len(queries) == 0
        assert terms.calendar.knows(date(2027, 1, 1))
        assert terms.calendar is terms.calendar
    assert len(queries) == 1


def test_open_duties_counted_in_workdays_are_counted_again(desk):
    key = office_load.office_id()
    counted = {"due_workdays": 5, "counted_from": date(2026, 12, 29)}
    as_known = known().workdays_later(date(2026, 12, 29), 5)
    with by_hand():
        Duty(
            clause="X",
            name="n",
            title="t",
            subject=key,
            period="p",
            owner=desk.registrar,
            owner_post="",
            owner_unit=None,
            opened_on=TODAY,
            due_on=as_known,
            opened_by=key,
            state="open",
            **counted,
        ).save(force_insert=True)
    record(desk)
    assert Duty.objects.get(name="n").due_on == date(2027, 1, 6)
    assert as_known == date(2027, 1, 5)


def test_what_is_not_understood_is_not_recorded(desk):
    before = size()
    with pytest.raises(BadInput, match=r"星期一，实际是星期五.*逐日安排"):
        record(desk, text=SAID["text"].replace("1月1日（周五）", "1月1日（周一）"))
    with pytest.raises(BadInput, match="没有写端午节"):
        record(desk, text=SAID["text"].replace("五、端午节：6月9日（周三）放假1天，不调休。", ""))
    with pytest.raises(BadInput, match="没有读出"):
        record(desk, text="如题")
    with pytest.raises(BadInput, match="不能晚于今天"):
        record(desk, published_on=date(2026, 11, 25))
    with pytest.raises(BadInput, match="前一年或当年"):
        record(desk, published_on=date(2025, 11, 4))
    assert size() == before


def test_rows_say_what_the_text_does_not(desk):
    rows = [
        {"day": date(2027, 1, 1), "kind": "off", "name": "元旦"},
        {"day": date(2027, 1, 10), "kind": "work"},
    ]
    with pytest.raises(BadInput, match="没有写春节"):
        record(desk, text="见附件", days=rows)
    with pytest.raises(BadInput, match="填了两次"):
        record(desk, text="见附件", days=[*rows, rows[0]])
    record(desk, text="见附件", days=rows, is_complete=True)
    assert known().is_workday(date(2027, 1, 10))


def test_the_same_again_is_refused_and_a_correction_takes_its_place(desk):
    record(desk)
    with pytest.raises(BadInput, match="内容没有变化"):
        record(desk)
    record(desk, text=SAID["text"].replace("1月31日（周日）", "1月30日（周六）"))
    assert known().is_workday(date(2027, 1, 30))
    assert not known().is_workday(date(2027, 1, 31))  # what the whole notice no longer names
    assert Notice.objects.count() == 2


def test_of_a_year_that_the_program_knows_only_later_news_counts(desk):
    said = {"year": 2026, "number": "国办发明电〔2025〕7号", "published_on": date(2025, 11, 4)}
    other = PUBLISHED[2026].replace("5月9日（周六）", "5月10日（周日）")
    record(desk, text=other, **said)
    assert known() == of_the_file()
    rows = [{"day": date(2026, 12, 25), "kind": "off", "name": "临时放假"}]
    news = said | {"number": "国办发明电〔2026〕2号", "published_on": date(2026, 11, 20)}
    record(desk, text="定于12月25日放假", days=rows, **news)
    assert not known().is_workday(date(2026, 12, 25))
    assert known().is_workday(date(2026, 5, 9))
    assert {day for day in of_the_file().off if day.year == 2026} < known().off


def test_only_the_registrar_and_the_director_record_it(desk):
    assert "access/" in next(iter(refused("holidays.record_notice", desk.reader, **SAID)))


def test_everybody_in_service_reads_it(desk):
    record(desk)
    who = office_load.person(desk.reader, TODAY, Terms.on(TODAY))
    notices = paging.listing(books()["holidays.notice"], who, Terms.on(TODAY))
    assert notices.rows[0][:2] == (2027, SAID["number"])
    days = paging.listing(books()["holidays.day"], who, Terms.on(TODAY), filters={"kind": "work"})
    assert [row[0] for row in days.rows][:2] == [date(2027, 1, 31), date(2027, 2, 13)]
