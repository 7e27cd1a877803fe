"""Pages through Django's own client, in process: a register of a thousand copies and of a million.

``python -m benchmarks.pages [--short]`` compares (``--short``: 200,000 instead of a million); with
a number of copies it is the process that keeps an office of that size and asks when it is told to.
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from benchmarks import million, throwaway
from benchmarks.figures import Figures
from benchmarks.lanes import Lane, pipe

if TYPE_CHECKING:
    from django.test import Client

FEW: Final = 1_000
MANY: Final = {False: 1_000_000, True: 200_000}
EACH_PAPER: Final = 10
TURNS: Final = 12
TIMES: Final = 6  # of each page in a turn
MOST_RATIO: Final = 1.3
MOST_MS: Final = {"搜索": 10.0, "页": 25.0}
HOUR_US: Final = 3_600_000_000
Asked = Mapping[str, Callable[[], object]]


def main(words: list[str]) -> int:
    """Compare and print; the number of figures that miss their aim. Or be one of the offices."""
    if words and words[0].isdigit():
        return _serve(int(words[0]))
    many = MANY["--short" in words]
    spent: dict[int, dict[str, list[float]]] = {FEW: {}, many: {}}
    with ExitStack() as stack:
        lanes = {copies: _Office(copies) for copies in spent}
        for lane in lanes.values():
            stack.callback(lane.close)
            lane.ready()
        for _ in range(TURNS):
            for copies, lane in lanes.items():
                for title, found in lane.ask().items():
                    spent[copies].setdefault(title, []).extend(found)
    return _show(spent[FEW], spent[many], many)


class _Office(Lane):
    """An office in a process of its own, with so many copies."""

    def __init__(self, copies: int) -> None:
        super().__init__("benchmarks.pages", [str(copies)])

    def ask(self) -> dict[str, list[float]]:
        """Milliseconds of a few requests for each page, one after another."""
        pipe(self.process.stdin).write("go\n")
        pipe(self.process.stdin).flush()
        told: dict[str, list[float]] = json.loads(pipe(self.process.stdout).readline())
        return told


def _show(few: dict[str, list[float]], many: dict[str, list[float]], copies: int) -> int:
    figures = Figures(
        f"中位数，毫秒（各 {TURNS * TIMES} 次，轮流；目标：页 25，搜索 10，两者之比不超过 1.3）",
        (f"{FEW:,} 份", f"{copies:,} 份", "之比"),
    )
    missed = 0
    for title in few:
        small, large = median(few[title]), median(many[title])
        is_search = title.startswith("搜索")
        missed += large > MOST_MS["搜索" if is_search else "页"]
        # a search finds more where there is more; that of a page does not depend on it
        missed += not is_search and large / small > MOST_RATIO
        figures.add(title, f"{small:.2f}", f"{large:.2f}", f"{large / small:.2f}")
    figures.show()
    return missed


def _serve(copies: int) -> int:
    with throwaway.office() as of:
        reader = throwaway.reader_of(of)
        million.fill(of, reader, million.Size(copies // EACH_PAPER, copies))
        asked = {**_pages(of.registrar, reader, copies), **_searches(of.registrar, reader)}
        for step in asked.values():
            step()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for _ in sys.stdin:
            spent = {title: [_took(step) for _ in range(TIMES)] for title, step in asked.items()}
            sys.stdout.write(json.dumps(spent) + "\n")
            sys.stdout.flush()
    return 0


def _took(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return (time.perf_counter() - began) * 1e3


def _pages(registrar: UUID, reader: UUID, copies: int) -> Asked:
    """What is asked of the pages: the register of copies and one copy, by two people."""
    own = million.copy_id(copies - 1)  # in whose circle the reader is
    found: dict[str, Callable[[], object]] = {}
    for title, person in (("保密员", registrar), ("阅件人（可见 33 份）", reader)):
        browser = browser_of(person)
        found[f"涉密载体台账，{title}"] = _getter(browser, "/r/custody.copy", rows=33)
        found[f"一份载体的页面，{title}"] = _getter(browser, f"/o/custody.copy/{own}", rows=0)
    return found


def _getter(browser: Client, address: str, *, rows: int) -> Callable[[], object]:
    """A request; raises ``RuntimeError`` where the page is not the one that is meant."""

    def get() -> None:
        answer = browser.get(address)
        if answer.status_code != 200 or answer.content.count(b"<tr") < rows:
            raise RuntimeError(f"{address} answers {answer.status_code}")

    return get


def _searches(registrar: UUID, reader: UUID) -> Asked:
    """Two characters of a title, past the pages: common, rare, and such as stand in none."""
    from baomi.kernel.clock import clock
    from baomi.registers.custody.reads import BOOKS
    from baomi.registers.office import load
    from baomi.registers.paging import page
    from baomi.rulebook.terms import Terms

    today = clock.today()
    terms = Terms.on(today)

    def search(person: UUID, text: str) -> Callable[[], object]:
        who = load.person(person, today, terms)
        return lambda: page(BOOKS["custody.paper"], who, terms, search=text)

    return {
        f"搜索标题“{text}”，{title}": search(person, text)
        for title, person in (("保密员", registrar), ("阅件人", reader))
        for text in ("防汛", million.RARE_WORD, "无此")
    }


def browser_of(person: UUID) -> Client:
    """A browser in which somebody is logged in, without hashing a password."""
    from django.conf import settings
    from django.test import Client

    from baomi.engine import login
    from baomi.engine.runtime.models import Session
    from baomi.kernel.clock import clock
    from baomi.registers.office import models

    # an initial password would have to be changed before anything else
    models.Account.objects.filter(person=person).update(password_set_on=clock.today())
    account: Any = models.Account.objects.values_list("id", flat=True).get(person=person)
    secret = models.Credential.objects.values_list("secret", flat=True).get(account=account)
    token = f"{account.hex}.{secrets.token_urlsafe(32)}"
    now = clock.now_us()
    Session.objects.create(
        token_hash=login._token_hash(token, secret),
        account=account,
        person=person,
        opened_us=now,
        seen_us=now,
        idle_us=HOUR_US,
        expires_us=now + 8 * HOUR_US,
    )
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies[settings.SESSION_COOKIE] = token
    return browser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
