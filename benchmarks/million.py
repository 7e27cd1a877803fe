"""A register of a million copies, written past the rules into a throw-away office.

``python -m benchmarks.million [PAPERS COPIES]`` makes it and tells what pages and searches take.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from rich.console import Console
from rich.table import Table

from baomi.registers.custody.titles import pairs_of, shadow_of

if TYPE_CHECKING:
    from baomi.engine.demo.office_plan import Office
    from baomi.kernel.words import Person

PAPERS: Final = 100_000
COPIES: Final = 1_000_000
FIRST_DAY: Final = date(2006, 1, 4)
A_YEAR: Final = 5_000  # papers
SUBJECTS: Final = (
    "加强干部培训工作", "做好防汛抗旱准备", "规范机关公文处理", "开展安全生产检查",
    "推进乡村振兴", "召开全体会议", "报送年度统计报表", "落实基层减负措施",
    "调整领导小组成员", "做好春节期间值班", "修订财务管理制度", "组织参加专题学习",
)  # fmt: skip
KINDS: Final = ("的通知",) * 8 + ("的意见", "的函")
ISSUERS: Final = ("省委办公厅", "省政府办公厅", "市委机要局", "市财政局", "市公安局")
RARE_WORD: Final = "鹳雀"  # in one title of a thousand
SEEN_PAPERS: Final = 3  # whose circle the reader is in: with ten copies each and three in hand, 33
HELD: Final = 3
LEVELS: Final = ("1",) * 60 + ("2",) * 35 + ("0",) * 5
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How many papers and copies there are."""

    papers: int = PAPERS
    copies: int = COPIES

    @property
    def each(self) -> int:
        """Copies of one paper."""
        return self.copies // self.papers


def fill(of: Office, reader: UUID, size: Size = Size()) -> None:
    """Write papers, copies, circles, movements and the index of titles; then analyse.

    The reader is in the circles of the last three papers and holds three other copies.
    """
    people = [each for each in of.accounts if each not in (reader, of.registrar)]
    load(
        "custody_paper",
        "id origin carrier issuer number number_key title level mark_typed term_kind term_value "
        "term_presumed series_year series_category series_serial registered_number registered_on "
        "release_level conveyance copy_forbidden remarks notes ver",
        (_paper(n, size) for n in range(size.papers)),
    )
    load(
        "custody_title_shadow", "paper folded", ((row_id("1", n), _shadow(n)) for n in _each(size))
    )
    load("custody_title_pair", "pair paper", _pairs(size))
    load(
        "custody_copy",
        "id paper_id copy_number office_numbered label_serial state cabinet_id home_cabinet_id "
        "holder_id purpose since ver level",
        _copies(of, reader, people, size),
    )
    load(
        "custody_circle_member",
        "id paper_id person_id basis added_on",
        _circles(reader, people, size),
    )
    load(
        "custody_movement",
        "id copy_id op kind happened_on at_us turn actor_id to_cabinet_id purpose remark before "
        "notes",
        _movements(of, size),
    )
    _analyse()


def _each(size: Size) -> range:
    return range(size.papers)


def row_id(table: str, number: int) -> str:
    """An id that stands after all that were given before it, as the program's own do."""
    return f"{0x10000000000 + number:012x}7{table}008{number:015x}"


def copy_id(number: int) -> UUID:
    """The id of a copy by its place; the reader is in the circle of the last ones."""
    return UUID(row_id("2", number))


def _day(number: int) -> str:
    year, place = divmod(number, A_YEAR)
    return (FIRST_DAY.replace(year=FIRST_DAY.year + year) + timedelta(days=place // 14)).isoformat()


def _said(number: int) -> tuple[str, str, str]:
    """Title, issuer and number of a paper."""
    chance = random.Random(number)  # noqa: S311 — no secret
    rare = RARE_WORD if number % 1000 == 500 else ""
    title = f"关于{chance.choice(SUBJECTS)}{rare}{chance.choice(KINDS)}"
    year, place = divmod(number, A_YEAR)
    return title, chance.choice(ISSUERS), f"×办发〔{FIRST_DAY.year + year}〕{place + 1}号"


def _shadow(number: int) -> str:
    return shadow_of(*_said(number))


def _pairs(size: Size) -> Iterator[Row]:
    for number in _each(size):
        for pair in pairs_of(_shadow(number)):
            yield pair, row_id("1", number)


def _level(number: int, size: Size) -> str:
    if number == size.papers // 2:
        return "3"
    return "1" if number >= size.papers - SEEN_PAPERS else LEVELS[number % len(LEVELS)]


def _paper(number: int, size: Size) -> Row:
    title, issuer, bears = _said(number)
    year, place = divmod(number, A_YEAR)
    series = FIRST_DAY.year + year
    return (
        *(
            row_id("1", number),
            "received",
            "paper",
            issuer,
            bears,
            f"×办发|{series}|{place + 1}",
            title,
        ),
        *(_level(number, size), "秘密★10年", "years", "10", "0", series, "收文", place + 1),
        *(f"{series}-{place + 1:03d}", _day(number), "", "", "0", "", "[]", 1),
    )


def _copies(of: Office, reader: UUID, people: Sequence[UUID], size: Size) -> Iterator[Row]:
    from baomi.kernel.words import Level

    cabinet = of.cabinets[Level.SECRET].hex
    for number in range(size.copies):
        paper, place = divmod(number, size.each)
        holder: str | None = people[number % len(people)].hex if number % 40 == 7 else None
        if number < HELD:
            holder = reader.hex
        yield (
            *(row_id("2", number), row_id("1", paper), f"{place + 1:06d}", "0", number + 1_000_000),
            *("held" if holder else "stored", None if holder else cabinet, cabinet, holder),
            *("reading" if holder else "", _day(paper), 1, _level(paper, size)),
        )


def _circles(reader: UUID, people: Sequence[UUID], size: Size) -> Iterator[Row]:
    for paper in _each(size):
        members = [people[(paper + step) % len(people)] for step in (0, 7, 13)]
        if paper >= size.papers - SEEN_PAPERS:
            members.append(reader)
        for place, person in enumerate(members):
            yield (
                row_id("3", paper * 4 + place),
                row_id("1", paper),
                person.hex,
                "person",
                _day(paper),
            )


def _movements(of: Office, size: Size) -> Iterator[Row]:
    from baomi.kernel.words import Level

    cabinet = of.cabinets[Level.SECRET].hex
    for number in range(0, size.copies, 5):
        key, day = row_id("4", number), _day(number // size.each)
        yield (
            *(key, row_id("2", number), key, "store", day, number, 1, of.registrar.hex, cabinet),
            *("", "", "{}", "[]"),
        )


def load(table: str, columns: str, rows: Any) -> None:
    """Write rows, an iterable of texts and numbers; the database casts them to its types."""
    from django.db import connection, transaction

    names = columns.split()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(names))
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})",  # noqa: S608 — fixed
            rows,
        )


def _analyse() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def took(step: Callable[[], object], *, times: int = 15) -> float:
    """Milliseconds that a step takes: the middle one of several."""
    step()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        step()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def pages(of: Office, reader: UUID) -> Iterator[tuple[str, float]]:
    """What is read, and how many milliseconds it takes."""
    from baomi.kernel.clock import clock
    from baomi.registers.custody.reads import BOOKS
    from baomi.registers.office import load
    from baomi.registers.paging import page
    from baomi.rulebook.terms import Terms

    today = clock.today()
    terms = Terms.on(today)

    def of_book(who: Person, book: str, **how: Any) -> float:
        return took(lambda: page(BOOKS[book], who, terms, **how))

    readers = {
        "保密员": load.person(of.registrar, today, terms),
        "阅件人": load.person(reader, today, terms),
    }
    for title, who in readers.items():
        for book in ("custody.copy", "custody.paper", "custody.movement"):
            for order in BOOKS[book].orders:
                first = page(BOOKS[book], who, terms, order=order.key)
                yield f"{title} {book} {order.key}", of_book(who, book, order=order.key)
                if first.after:
                    deep = of_book(who, book, order=order.key, after=first.after)
                    yield f"{title} {book} {order.key} 下一页", deep
        for book, filters in _FILTERS:
            told = "、".join(f"{key}={value}" for key, value in filters.items())
            yield f"{title} {book} {told}", of_book(who, book, filters=filters)
        for book in ("custody.paper", "custody.copy"):
            for text in ("通知", RARE_WORD, "防汛", "做好防汛抗旱", "无此", "机要"):
                yield f"{title} {book} 搜索 {text}", of_book(who, book, search=text)


_FILTERS: Final = (
    ("custody.copy", {"level": "top_secret"}),
    ("custody.copy", {"level": "secret"}),
    ("custody.copy", {"state": "held"}),
    ("custody.copy", {"state": "missing"}),
    ("custody.paper", {"level": "top_secret"}),
    ("custody.paper", {"year": "2010"}),
    ("custody.paper", {"issuer": "公安"}),
    ("custody.paper", {"registered_from": "2012-01-01", "registered_until": "2012-02-01"}),
    ("custody.movement", {"kind": "hand_over"}),
)


def main(words: Sequence[str]) -> int:
    """Make the register, measure, print."""
    from benchmarks import throwaway

    size = Size(*map(int, words)) if words else Size()
    with throwaway.office() as of:
        reader = throwaway.reader_of(of)
        began = time.perf_counter()
        fill(of, reader, size)
        table = Table(title=f"{size.copies:,} 份：{time.perf_counter() - began:.0f} 秒写成")
        table.add_column("读什么")
        table.add_column("毫秒", justify="right")
        for title, spent in pages(of, reader):
            table.add_row(title, f"{spent:.2f}")
        Console(width=100).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
