"""One month as somebody's calendar shows it: working days, days off, and what he owes when."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet

from baomi.engine.face.reading import books
from baomi.kernel.calendar import WorkCalendar, is_uncertain
from baomi.kernel.clock import clock
from baomi.kernel.schedule import Holiday, before_major_holidays, major_holidays, months_later
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.filters import YES
from baomi.registers.holidays import reads as notices
from baomi.registers.holidays.load import takes_effect
from baomi.rulebook.holidays import of_the_file

FIRST_YEAR: Final = 2004
LAST_YEAR: Final = 2099
SHIPPED: Final = "国务院办公厅通知（随本程序提供）"
_SATURDAY: Final = 5
_DUTIES: Final = "duties.duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedOn:
    """Duties of one title that fall due on a day."""

    title: str
    count: int
    is_uncertain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day. ``kind``: workday, holiday, weekend, make_up; ``word``: 春节, 休, 班 or nothing."""

    day: date
    kind: str
    word: str
    before: str  # 春节前检查: by this day, what is due before a major holiday
    is_within: bool  # of the month itself
    is_today: bool
    is_known: bool
    owed: tuple[OwedOn, ...]

    @property
    def count(self) -> int:
        """How many of his duties fall due."""
        return sum(each.count for each in self.owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The days off of a year, and where they are known from; ``notice`` None: none recorded."""

    year: int
    is_known: bool
    source: str
    notice: UUID | None
    holidays: tuple[Holiday, ...]
    make_up: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month in weeks from Monday, and its year."""

    first: date
    before: date | None
    after: date | None
    weeks: tuple[tuple[Cell, ...], ...]
    year: Year
    overdue: int

    @property
    def unknown_years(self) -> tuple[int, ...]:
        """The years whose days off are not known, of all the days that are shown."""
        unknown = {cell.day.year for week in self.weeks for cell in week if not cell.is_known}
        return tuple(year for year in sorted(unknown) if FIRST_YEAR <= year <= LAST_YEAR)

    @property
    def days(self) -> Iterator[Cell]:
        """The days of the month itself."""
        return (cell for week in self.weeks for cell in week if cell.is_within)


def month_asked(text: str) -> date:
    """The first of a month given as ``2026-11``; empty: this month. Raises ``BadInput``."""
    if not text.strip():
        return clock.today().replace(day=1)
    try:
        first = date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise BadInput("月份请按 2026-11 的样子填写", field="month") from None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise BadInput(f"只有 {FIRST_YEAR} 年至 {LAST_YEAR} 年的日历", field="month")
    return first


def month_of(person: Person, terms: Terms, first: date) -> Month:
    """A month of somebody's calendar. ``first``: its first day."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    shown = (weeks[0][0], weeks[-1][-1])
    owed, overdue = _owed(person, terms.calendar, *shown)
    before = _before(terms, *shown)
    cells = tuple(
        tuple(_cell(day, first, terms.calendar, owed, before) for day in week) for week in weeks
    )
    return Month(
        first=first,
        before=_within_years(months_later(first, -1)),
        after=_within_years(months_later(first, 1)),
        weeks=cells,
        year=_year(person, terms.calendar, first.year),
        overdue=overdue,
    )


def as_told(month: Month) -> dict[str, Any]:
    """The month for programs: plain values, days as text."""
    return {
        "month": month.first.isoformat()[: len("2026-11")],
        "year_known": month.year.is_known,
        "source": month.year.source,
        "holidays": [
            {"name": each.name, "first": each.first.isoformat(), "last": each.last.isoformat()}
            for each in month.year.holidays
        ],
        "make_up": [day.isoformat() for day in month.year.make_up],
        "overdue": month.overdue,
        "days": [
            {
                "day": cell.day.isoformat(),
                "kind": cell.kind,
                "word": cell.word,
                "before": cell.before,
                "duties": cell.count,
                "may_move": any(each.is_uncertain for each in cell.owed),
            }
            for cell in month.days
        ],
    }


def own_open(person: Person) -> QuerySet[Any]:
    """His own open duties."""
    book = books()[_DUTIES]
    narrow = {each.key: each.narrow for each in book.filters}
    return narrow["mine"](narrow["state"](book.rows(person), "open", person), YES, person)


def _owed(
    person: Person, calendar: WorkCalendar, first: date, last: date
) -> tuple[Mapping[date, tuple[OwedOn, ...]], int]:
    """What he owes on each day, and how much of it all is overdue."""
    today = clock.today()
    rows = own_open(person).filter(due_on__lte=max(last, today)).order_by()
    columns = ("due_on", "title", "counted_from", "due_workdays")
    found: dict[date, Counter[str]] = {}
    uncertain, overdue = set(), 0
    for row in rows.values(*columns).annotate(rows=Count("id")):
        due_on, title = row["due_on"], row["title"]
        overdue += row["rows"] if due_on < today else 0
        if first <= due_on <= last:
            found.setdefault(due_on, Counter())[title] += row["rows"]
            if is_uncertain(due_on, row["counted_from"], row["due_workdays"], calendar):
                uncertain.add((due_on, title))
    owed = {
        day: tuple(
            OwedOn(title=title, count=count, is_uncertain=(day, title) in uncertain)
            for title, count in sorted(titles.items())
        )
        for day, titles in found.items()
    }
    return owed, overdue


def _before(terms: Terms, first: date, last: date) -> Mapping[date, str]:
    """Which days are the last on which something may be done before a major holiday."""
    calendar, ahead = terms.calendar, terms.number("holiday_inspection_days_before")
    least = terms.number("major_holiday_min_days")
    return {
        due: f"{_name(calendar, begins)}前检查"
        for begins, due in before_major_holidays(ahead, calendar, least, first, last)
    }


def _name(calendar: WorkCalendar, begins: date) -> str:
    (holiday,) = major_holidays(calendar, 1, begins, begins)
    return holiday.name


def _cell(
    day: date,
    first: date,
    calendar: WorkCalendar,
    owed: Mapping[date, tuple[OwedOn, ...]],
    before: Mapping[date, str],
) -> Cell:
    kind, word = _kind(day, calendar)
    return Cell(
        day=day,
        kind=kind,
        word=word,
        before=before.get(day, ""),
        is_within=(day.year, day.month) == (first.year, first.month),
        is_today=day == clock.today(),
        is_known=calendar.knows(day),
        owed=owed.get(day, ()),
    )


def _kind(day: date, calendar: WorkCalendar) -> tuple[str, str]:
    if day in calendar.work:
        return "make_up", "班"
    if day in calendar.names or day in calendar.off:
        return "holiday", calendar.names.get(day, "休")
    return ("weekend", "休") if day.weekday() >= _SATURDAY else ("workday", "")


def _year(person: Person, calendar: WorkCalendar, year: int) -> Year:
    shipped = of_the_file()
    recorded = notices.visible_to(person).filter(year=year).order_by("published_on", "id")
    newest = next(
        (each for each in reversed(recorded) if takes_effect(year, each.published_on, shipped)),
        None,
    )
    source = SHIPPED if year in shipped.years else ""
    if newest is not None:
        source = f"{newest.number}（{newest.published_on.isoformat()} 公布）"
    # New Year may begin in the December before
    around = (date(year - 1, 12, 1), date(year, 12, 31))
    holidays = major_holidays(calendar, 1, *around)
    return Year(
        year=year,
        is_known=year in calendar.years,
        source=source,
        notice=newest.id if newest else None,
        holidays=tuple(each for each in holidays if each.last.year == year),
        make_up=tuple(sorted(_of_year(calendar.work, year))),
    )


def _of_year(days: Iterable[date], year: int) -> Iterator[date]:
    return (day for day in days if day.year == year)


def _within_years(first: date) -> date | None:
    """A month that can be shown."""
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None
