"""Record the notice on a year's holidays, pasted in as it was published.

Clauses: `baomi rules holidays.record_notice`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field, field_validator

from baomi.kernel.action import Action, Asked, Change, FollowUp, with_happenings
from baomi.kernel.calendar import WorkCalendar
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.holidays import facts, load, models
from baomi.registers.holidays.facts import DayKind
from baomi.registers.holidays.notice import EVERY_HOLIDAY, NoticedDay, read, split
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

FIRST_YEAR, LAST_YEAR = 2004, 2099
MOST_DAYS: Final = 120
LONGEST_NOTICE: Final = 6000
_LATE_DECEMBER: Final = (12, 28)  # from then on the days off may be those of the next New Year


class DayInputs(PlainInputs):
    """What the notice says of one day."""

    day: date = Field(title="日期", description="如 2027-01-31")
    kind: DayKind = Field(title="安排", description="放假、上班，或照常（原先的安排取消）")
    name: str = Field(default="", max_length=40, title="节日", description="如 春节，上班日不填")


class NoticeInputs(PlainInputs):
    """The notice as it was published."""

    year: int = Field(
        ge=FIRST_YEAR, le=LAST_YEAR, title="年份", description="安排的是哪一年的假日，如 2027"
    )
    number: str = Field(
        min_length=1, max_length=60, title="文号", description="如 国办发明电〔2025〕7号"
    )
    published_on: date = Field(title="公布日期", description="通知落款的日期")
    text: str = Field(
        min_length=1,
        max_length=LONGEST_NOTICE,
        title="通知原文",
        description="把公布的通知原样粘贴在这里，放假日和上班日由程序读出",
    )
    days: tuple[DayInputs, ...] = Field(
        default=(),
        max_length=MOST_DAYS,
        title="逐日安排",
        description="不填，照通知原文读出；原文有看不懂的句子时，在这里逐日填全，以此为准",
    )
    is_complete: bool = Field(
        default=False,
        title="节日已核对齐全",
        description="通知没有写全七个节日、又确实如此的，核对后填“是”",
    )

    @field_validator("text", mode="before")
    @classmethod
    def _without_what_nobody_sees(cls, text: Any) -> Any:
        """A pasted page brings tabs and joiners with it."""
        if not isinstance(text, str):
            return text
        return "".join(" " if _is_unseen(sign) else sign for sign in text)


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered, and the days that it comes to."""

    known: WorkCalendar
    inputs: NoticeInputs | None = None
    days: tuple[NoticedDay, ...] = ()


class RecordNotice(Action[Read]):
    """Record the notice on a year's holidays."""

    name = "holidays.record_notice"
    title = "登记放假安排"
    help = "每年国务院办公厅公布下一年放假安排后登记；以工作日计的应办日期随即重新推算。"
    done_by = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
    brings = (facts.HolidayNoticeIsRecorded,)
    inputs = NoticeInputs
    entails = ("duties.recount",)

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(asked.terms.calendar_afresh()))

    def complete(self, situation: Deed[Read], inputs: NoticeInputs) -> Deed[Read]:
        known = situation.facts.known
        _check_published(inputs, situation.recorded_on)
        days = _entered(inputs) if inputs.days else _read(inputs)
        names = {name for each in days for name in split(each.name)}
        missing = [name for name in EVERY_HOLIDAY if name not in names]
        if missing and inputs.year not in known.years and not inputs.is_complete:
            listed = "、".join(missing)
            sentence = f"没有写{listed}。请对照通知原文补全；确实没有的，“节日已核对齐全”填“是”"
            raise BadInput(sentence, field="days" if inputs.days else "text")
        if not missing:
            days = (*days, *_withdrawn(inputs.year, days, known))
        if load.recorded_days(inputs.year) == tuple(
            (each.day, each.kind.value, each.name) for each in sorted(days, key=_day)
        ):
            raise BadInput("这一年的安排已经登记，内容没有变化，不用再登记", field="year")
        happening = facts.HolidayNoticeIsRecorded(office=office.office_id(), year=inputs.year)
        return with_happenings(situation, [happening], facts=Read(known, inputs, days))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs, days = deed.facts.inputs, deed.facts.days
        if inputs is None:
            raise BadInput("请填写通知", field="text")
        notice = _write(deed, inputs)
        return Change(
            touched={"holidays_notice": {notice}, "holidays_day": _write_days(notice, days)},
            follow_ups=(
                FollowUp(action="duties.recount", targets=(), inputs={"year": inputs.year}),
            ),
            told={
                "notice": str(notice),
                "days_off": _counted(days, DayKind.OFF),
                "days_worked": _counted(days, DayKind.WORK),
            },
        )


def _write(deed: Deed[Read], inputs: NoticeInputs) -> UUID:
    row = models.Notice(
        id=new_id(),
        year=inputs.year,
        number=inputs.number,
        published_on=inputs.published_on,
        text=inputs.text,
        recorded_by_id=deed.actor.id,
        recorded_on=deed.recorded_on,
    )
    row.save(force_insert=True)
    return row.id


def _write_days(notice: UUID, days: Iterable[NoticedDay]) -> set[UUID]:
    rows = [
        models.Day(
            id=new_id(), notice_id=notice, day=each.day, kind=each.kind.value, name=each.name
        )
        for each in days
    ]
    models.Day.objects.bulk_create(rows)
    return {row.id for row in rows}


def _check_published(inputs: NoticeInputs, today: date) -> None:
    if inputs.published_on > today:
        raise BadInput("公布日期不能晚于今天，请核对", field="published_on")
    if not inputs.year - 1 <= inputs.published_on.year <= inputs.year:
        sentence = "放假通知在前一年或当年公布，请核对年份和公布日期"
        raise BadInput(sentence, field="published_on")


def _read(inputs: NoticeInputs) -> tuple[NoticedDay, ...]:
    reading = read(inputs.text, inputs.year)
    if reading.problems:
        first, *others = reading.problems
        more = f"（另有 {len(others)} 句）" if others else ""
        sentence = (
            f"这一句没有看懂：“{first.sentence[:60]}”，{first.why}{more}。"
            "原文有误的请改正；原文无误的，请在“逐日安排”中逐日填全"
        )
        raise BadInput(sentence, field="text")
    if not reading.days:
        raise BadInput("原文里没有读出放假日和上班日，请粘贴通知全文", field="text")
    return reading.days


def _entered(inputs: NoticeInputs) -> tuple[NoticedDay, ...]:
    seen: set[date] = set()
    for each in inputs.days:
        if each.day in seen:
            raise BadInput(f"{each.day.isoformat()} 填了两次，请删去一行", field="days")
        seen.add(each.day)
        if abs(each.day.year - inputs.year) > 1:
            raise BadInput(f"{each.day.isoformat()} 不在这一年前后，请核对", field="days")
    return tuple(NoticedDay(each.day, each.kind, each.name) for each in inputs.days)


def _withdrawn(
    year: int, days: Iterable[NoticedDay], known: WorkCalendar
) -> tuple[NoticedDay, ...]:
    """Days that an earlier notice on the same year named, and this one, being whole, does not."""
    named = {each.day for each in days}
    first, last = date(year, 1, 1), date(year, *_LATE_DECEMBER)
    before = (day for day in known.off | known.work if first <= day < last)
    return tuple(
        NoticedDay(day, DayKind.ORDINARY, "") for day in sorted(before) if day not in named
    )


def _counted(days: Iterable[NoticedDay], kind: DayKind) -> int:
    return sum(each.kind is kind for each in days)


def _day(each: NoticedDay) -> date:
    return each.day


def _is_unseen(sign: str) -> bool:
    return sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs")
