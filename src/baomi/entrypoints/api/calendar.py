"""The calendar through the API: a month's days off and one's own due days."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from baomi.engine.face.month import as_told, month_asked, month_of
from baomi.engine.inputs import Fault
from baomi.engine.snapshot import snapshot
from baomi.entrypoints.api.answers import faulty, reading, told
from baomi.entrypoints.api.asking import Sent
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.verdict import BadInput

router = Router(tags=["日历"])


class MonthAsked(Sent):
    """Which month."""

    month: str = Field(
        default="", title="月份", description="如 2026-11；不给：本月", max_length=10
    )


class DayTold(BaseModel):
    """One day of the month."""

    day: str = Field(title="日期")
    kind: str = Field(
        title="安排", description="workday 工作日、holiday 放假、weekend 周末、make_up 调休上班"
    )
    word: str = Field(title="说明", description="如 春节、班、休")
    before: str = Field(title="节前", description="重大节假日前应办的最后一天，如 春节前检查")
    duties: int = Field(title="本人应办项数")
    may_move: bool = Field(title="日期可能变动", description="该年放假安排尚未登记")


class HolidayTold(BaseModel):
    """One holiday of the year."""

    name: str = Field(title="节日")
    first: str = Field(title="第一天")
    last: str = Field(title="最后一天")


class MonthTold(BaseModel):
    """A month, and what is known of its year."""

    month: str = Field(title="月份")
    year_known: bool = Field(title="该年放假安排已登记")
    source: str = Field(title="依据")
    holidays: list[HolidayTold] = Field(title="该年放假安排")
    make_up: list[str] = Field(title="该年调休上班的日子")
    overdue: int = Field(title="本人逾期未办项数")
    days: list[DayTold] = Field(title="每一天")


@router.get(
    "/calendar",
    response=reading(MonthTold),
    summary="日历",
    description="一个月的放假、上班安排和本人应办项数。",
)
def calendar(request: Asking, sent: Query[MonthAsked]) -> HttpResponse:
    """A month."""
    try:
        first = month_asked(sent.month)
    except BadInput as fault:
        return faulty((Fault("month", fault.sentence),))
    with snapshot():
        month = month_of(request.who.person, request.who.terms, first)
    return told(as_told(month))
