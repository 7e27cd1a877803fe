"""Home pages and the day's tick in an office of 200 people with 10,000 open duties.

``python -m benchmarks.homes`` prints what each takes; the duties are written past the rules.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from benchmarks import million, throwaway
from benchmarks.figures import Figures
from benchmarks.pages import browser_of

if TYPE_CHECKING:
    from uuid import UUID

    from baomi.engine.demo.office_plan import Office

DUTIES: Final = 10_000
PAPERS: Final = 1_000
READERS_A_UNIT: Final = 23  # with those who hold posts: 200 people
SPREAD_DAYS: Final = 60  # half of them overdue
OF_POSTS: Final = 50  # each of these falls to whoever holds a post
MOST_MS: Final = 50.0
MOST_TICK_S: Final = 2.0
MOST_YEAR_S: Final = 20.0
TIMES: Final = 15


def main() -> int:
    """Make the office, measure, print; the number of figures that miss their aim."""
    with throwaway.empty_home():
        from baomi.engine.demo.office_plan import make_office
        from baomi.kernel.words import Door

        of = make_office(readers_per_unit=READERS_A_UNIT, door=Door.WORKER)
        _fill(of)
        title = f"{len(of.accounts)} 人、{DUTIES:,} 项未办应办事项"
        figures = Figures(f"{title}（各 {TIMES} 次，中位数）", ("实耗", "处理器", "查询", "目标"))
        missed = _pages(of, figures) + _ticks(figures)
        figures.show()
        return missed


def _pages(of: Office, figures: Figures) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    missed = 0
    for title, person in (
        ("保密员", of.registrar),
        ("办公室主任", of.office_director),
        ("组长", of.group_leader),
        ("委（办）室主要负责人", of.heads["研究室"]),
        ("阅件人", throwaway.reader_of(of)),
    ):
        get = _getter(person)
        get()
        with CaptureQueriesContext(connection) as asked:
            get()
        queries = len(asked)  # forgotten with the next request
        wall, cpu = _took(get)
        missed += cpu > MOST_MS
        figures.add(
            f"工作台，{title}",
            f"{wall:.0f} ms",
            f"{cpu:.0f} ms",
            str(queries),
            f"≤ {MOST_MS:.0f} ms",
        )
    return missed


def _getter(person: UUID) -> Callable[[], None]:
    """A visit to the home page; raises ``RuntimeError`` where it is not the page that is meant."""
    browser = browser_of(person)

    def get() -> None:
        answer = browser.get("/")
        if answer.status_code != 200 or "先办这件".encode() not in answer.content:
            raise RuntimeError(f"/ answers {answer.status_code}")

    return get


def _took(step: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds by the clock on the wall and of the processor: the middle ones."""
    wall, cpu = [], []
    for _ in range(TIMES):
        began, busy = time.perf_counter(), time.process_time()
        step()
        wall.append((time.perf_counter() - began) * 1e3)
        cpu.append((time.process_time() - busy) * 1e3)
    return median(wall), median(cpu)


def _ticks(figures: Figures) -> int:
    """The tick of each day of a year: the slowest one, and all together."""
    from baomi.engine.tick import open_duties
    from baomi.kernel.clock import clock, instant_on

    first = clock.today()
    spent, opened = [], 0
    for step in range(1, 366):
        with clock.standing_at(instant_on(first + timedelta(days=step), 9)):
            began = time.perf_counter()
            opened += open_duties()
            spent.append(time.perf_counter() - began)
    if not opened:
        raise RuntimeError("no duty was opened in a year")
    longest, whole = max(spent), sum(spent)
    figures.add("一天的到期检查，最慢", f"{longest:.2f} s", "", "", f"≤ {MOST_TICK_S:.0f} s")
    figures.add(
        f"一年的到期检查（列出 {opened} 项）", f"{whole:.1f} s", "", "", f"≤ {MOST_YEAR_S:.0f} s"
    )
    return (longest > MOST_TICK_S) + (whole > MOST_YEAR_S)


def _fill(of: Office) -> None:
    """Copies in people's hands, and a duty on each of ten thousand."""
    from baomi.kernel.clock import clock

    reader = throwaway.reader_of(of)
    million.fill(of, reader, million.Size(PAPERS, DUTIES))
    million.load(
        "duties_duty",
        "id clause name title subject about period owner owner_post owner_unit opened_on due_on "
        "opened_by state remark waived_under",
        _duties(sorted(of.accounts), clock.today()),
    )


def _duties(people: Sequence[Any], today: date) -> Iterator[Sequence[Any]]:
    posts = ("registrar", "office_director", "security_admin")
    for number in range(DUTIES):
        due = today + timedelta(days=number % SPREAD_DAYS - SPREAD_DAYS // 2)
        of_post = number % OF_POSTS == 0
        copy = million.copy_id(number).hex
        yield (
            *(million.row_id("5", number), "GZ2.3.2b", "return_the_copy", "交回借阅的文件", copy),
            *("", "", None if of_post else people[number % len(people)].hex),
            *(posts[number // OF_POSTS % len(posts)] if of_post else "", None),
            *((due - timedelta(days=7)).isoformat(), due.isoformat()),
            *(million.row_id("6", number), "open", "", ""),
        )


if __name__ == "__main__":
    sys.exit(main())
