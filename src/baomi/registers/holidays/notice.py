"""Read the text of a notice on holidays: which days are off, which are worked.

Read are the notices of the State Council's office as they have been worded since 2014. What is
not understood is named with its sentence, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from baomi.registers.holidays.facts import DayKind

EVERY_HOLIDAY: Final = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_WEEKDAYS: Final = "一二三四五六日"
_DECEMBER: Final = 12
# as the notices print them: narrow digits, wide marks
_SIGNS: Final = str.maketrans("０１２３４５６７８９(),:;~～–—", "0123456789（），：；至至至至")
_HEADING = re.compile(
    r"^(?:（?[一二三四五六七八九十0-9]{1,3}[）、.．]+)?(?P<name>[^0-9：，（]{2,16})："
)
_NUMBERED = re.compile(r"^（?[一二三四五六七八九十]{1,3}[）、]+")
_BRACKETS = re.compile(r"（[^（）]*）")
_DATE = (
    r"(?:(?P<{0}year>[0-9]{{4}})年)?(?:(?P<{0}month>[0-9]{{1,2}})月)?(?P<{0}day>[0-9]{{1,2}})日"
    r"(?:（(?P<{0}note>[^（）]*)）)?"
)
_TOKEN = re.compile(
    rf"(?P<span>{_DATE.format('a')}(?:[至到-]{{1,2}}{_DATE.format('b')})?)"
    r"|(?P<count>(?:共|放假|连休)*(?P<days>[0-9]{1,2})天(?:假期)?)"
    r"|(?P<off>放假|补休|休息)"
    r"|(?P<work>上班)"
    r"|(?P<filler>[、，和及与]|调休|不调休|周末连休|照常|正常|均|起)"
)
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
# where the greeting and the first holiday stand on one line, the greeting ends at its 如下：
_PART = re.compile(r"[。；]|(?<=如下：)")
_SAYS = re.compile(r"[0-9]日|放假|补休|上班|调休")
_SIGNED = re.compile(r"(?:国务院办公厅)?[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")


@dataclass(frozen=True, slots=True)
class NoticedDay:
    """One day of a notice."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence that was not understood, why, and how to mend it; all Chinese."""

    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a notice; ``passed_over`` arranges no day."""

    days: tuple[NoticedDay, ...]
    problems: tuple[Problem, ...]
    passed_over: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The holidays that it names, each once."""
        return tuple(dict.fromkeys(part for each in self.days for part in split(each.name)))


class _NotUnderstood(Exception):
    """Why a sentence was not understood."""


def split(name: str) -> tuple[str, ...]:
    """国庆节、中秋节 are two holidays."""
    return tuple(part for part in re.split(r"[、和与]", name) if part)


def read(text: str, year: int) -> Reading:
    """What the text of the notice on a year's holidays says."""
    found: dict[date, NoticedDay] = {}
    problems: list[Problem] = []
    passed_over: list[str] = []
    for name, sentence in _sentences(text):
        bare = _BRACKETS.sub("", sentence)
        if not _SAYS.search(bare) or _is_frame(bare):
            passed_over.append(sentence)
            continue
        try:
            for each in _Sentence(sentence, name, year).days():
                _add(found, each)
        except _NotUnderstood as fault:
            problems.append(Problem(sentence, str(fault)))
    return Reading(tuple(found[day] for day in sorted(found)), tuple(problems), tuple(passed_over))


def _add(found: dict[date, NoticedDay], each: NoticedDay) -> None:
    known = found.get(each.day)
    if known is not None and known.kind is not each.kind:
        raise _NotUnderstood(f"{_shown(each.day)}又放假又上班，请核对通知")
    found[each.day] = known or each


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """The holiday under which each sentence stands, and the sentence without its heading."""
    name = ""
    flat = re.sub(r"\s", "", text).translate(_SIGNS)
    for part in _PART.split(flat):
        heading = None if _is_frame(part) else _HEADING.match(part)
        if heading:
            name = heading["name"]
        sentence = part[heading.end() :] if heading else _NUMBERED.sub("", part)
        if sentence:
            yield name, sentence


def _is_frame(sentence: str) -> bool:
    """Title and greeting above the arrangement, place and day of signature below it."""
    begins = sentence.rstrip("：").endswith(("通知如下", "安排如下", "调整如下"))
    return begins or _SIGNED.fullmatch(sentence) is not None


@dataclass
class _Sentence:
    """One sentence, read from left to right: days, then what they are."""

    text: str
    name: str
    year: int
    _waiting: list[date] = field(default_factory=list)

    def days(self) -> Iterator[NoticedDay]:
        place, given, kind = 0, list[NoticedDay](), None
        while place < len(self.text):
            token = _TOKEN.match(self.text, place)
            if token is None:
                raise _NotUnderstood(f"看不懂“{self.text[place : place + 12]}”")
            place = token.end()
            if token["span"]:
                self._waiting += self._span(token)
            elif token["days"]:
                kind = DayKind.OFF if "放假" in token["count"] and self._waiting else kind
                given += self._settled(kind)
                self._count(int(token["days"]), given)
            elif token["off"] or token["work"]:
                kind = DayKind.OFF if token["off"] else DayKind.WORK
                given += self._settled(kind)
        if self._waiting:
            raise _NotUnderstood("有日期，没有写明放假还是上班")
        if not given:
            raise _NotUnderstood("没有写明日期")
        yield from given

    def _settled(self, kind: DayKind | None) -> list[NoticedDay]:
        """The days that wait, now that it is said what they are."""
        if kind is None:
            return []
        days, self._waiting = self._waiting, []
        if kind is DayKind.WORK:
            usual = [day for day in days if day.weekday() < 5]
            if usual:
                raise _NotUnderstood(f"{_shown(usual[0])}本来就是工作日，不用写明上班，请核对")
        name = self.name if kind is DayKind.OFF else ""
        return [NoticedDay(day, kind, name or _fixed_name(days)) for day in days]

    def _count(self, said: int, given: list[NoticedDay]) -> None:
        counted = sum(1 for each in given if each.kind is DayKind.OFF)
        if counted and counted != said:
            raise _NotUnderstood(f"写的是 {said} 天，按日期数是 {counted} 天，请核对")

    def _span(self, token: re.Match[str]) -> list[date]:
        first = self._date(token, "a", None)
        if token["bday"] is None:
            return [first]
        last = self._date(token, "b", first)
        if not first <= last <= first + timedelta(days=31):
            raise _NotUnderstood(f"从{_shown(first)}到{_shown(last)}不是一个假期，请核对")
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def _date(self, token: re.Match[str], side: str, begun: date | None) -> date:
        """A day; what it leaves out stands before it, or is the notice's year."""
        month, day = token[f"{side}month"], int(token[f"{side}day"])
        number = int(month) if month else self._month(begun)
        if token[f"{side}year"]:
            year = int(token[f"{side}year"])
        elif begun is not None:
            year = begun.year + (number < begun.month)
        else:
            year = self.year - (number == _DECEMBER and "元旦" in self.name)
        try:
            found = date(year, number, day)
        except ValueError:
            raise _NotUnderstood(f"没有 {year} 年 {number} 月 {day} 日这一天，请核对") from None
        if abs(found.year - self.year) > 1:
            raise _NotUnderstood(f"{_shown(found)}不在 {self.year} 年前后，请核对年份")
        _check_weekday(found, token[f"{side}note"] or "")
        return found

    def _month(self, begun: date | None) -> int:
        if begun is not None:
            return begun.month
        if self._waiting:
            return self._waiting[-1].month
        raise _NotUnderstood("有日没有月，请核对")


def _check_weekday(day: date, note: str) -> None:
    said = _WEEKDAY.search(note)
    stands = _WEEKDAYS[day.weekday()]
    if said and said[1].replace("天", "日") != stands:
        raise _NotUnderstood(
            f"{_shown(day)}写的是星期{said[1]}，实际是星期{stands}，请核对年份和日期"
        )


def _fixed_name(days: list[date]) -> str:
    """The holiday that has its day in every year, where the sentence names none."""
    fixed = {(1, 1): "元旦", (5, 1): "劳动节", (10, 1): "国庆节"}
    return next((fixed[day.month, day.day] for day in days if (day.month, day.day) in fixed), "")


def _shown(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
