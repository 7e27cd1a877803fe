"""What one may not see changes not one byte of what one is answered.

Each low role reads every page and every API read, searches, picks, and asks for deeds on things
that he may not see. Then the office lives on beyond his sight: papers of every level arrive, are
read by others, go missing, duties fall due. He asks the same again: the answers are the same
bytes, but for the masks, each with its reason.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from baomi.engine.face.reading import books
from baomi.kernel.clock import clock, instant_on
from baomi.registers.office.load import label as label_of
from tests.entrypoints.access.walk import addresses
from tests.entrypoints.web.page import masked
from tests.entrypoints.web.visiting import client_of, person_of
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "金丝雀"
HIDDEN_PAPERS = 13  # four of them of each level, and one without
# a search is stored under an id that is drawn anew each time
STORED = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
LEVELS = ("", "内部", "秘密★5年", "机密★10年", "绝密★20年")
ROLES = {
    "reader": lambda desk: desk.general,
    "unit_keeper": lambda desk: desk.keeper,
    "unit_head": lambda desk: desk.office.heads["研究室"],
    "section_reader": lambda desk: desk.office.readers["财经委"][1],
    "system_admin": lambda desk: person_of("system_admin"),
    "security_admin": lambda desk: person_of("security_admin"),
}


@pytest.fixture
def desk(office):
    return Desk(office)


def life_beyond(desk: Desk) -> None:
    """What happens out of his sight: papers of every level, readers, a loss, lateness."""
    leader = desk.leader
    for number in range(HIDDEN_PAPERS):
        level = LEVELS[number % len(LEVELS)]
        paper, copies = desk.receive(
            title=f"{CANARY}第 {number} 件",
            number=f"×办发〔2025〕{number + 300}号",
            level=level,
            issuer="省委办公厅",
            copy_numbers=f"{number}01-{number}04",
        )
        desk.store(*copies, cabinet=desk.top_cabinet)
        desk.circle(paper, leader, release_level_checked=True)
        desk.give(copies[0], person=leader)
        if number % 4 == 0:
            do("custody.report_missing", desk.registrar, copies[1], circumstances=CANARY)
    do("office.set_pin", leader, pin="739182")


def reads(browser: Client, things: dict[str, tuple[str, UUID]]) -> Iterator[tuple[str, bytes]]:
    """Every address by GET."""
    for each in addresses(things):
        answer = browser.get(each.path)
        yield f"GET {each.written}", _bytes(answer)


def searches(browser: Client, label: str) -> Iterator[tuple[str, bytes]]:
    """Every register searched and narrowed, at the pages and by the API."""
    for name in books():
        for sought in ({"search": CANARY}, {"search": "关于"}, {"search": "000758"}):
            yield (
                f"POST /r/{name} {sought}",
                _bytes(browser.post(f"/r/{name}", sought, follow=True)),
            )
            told = browser.post(
                f"/api/registers/{name}", json.dumps(sought), content_type="application/json"
            )
            yield f"POST /api/registers/{name} {sought}", _bytes(told)
    for text in (CANARY, "×办发〔2025〕300号", "2025-004", "2025-004/301", label, "BMC0000001"):
        yield f"POST /find {text}", _bytes(browser.post("/find", {"text": text}, follow=True))
    for kind in ("custody.paper", "custody.copy", "office.person", "office.cabinet"):
        for typed in ("2025", CANARY, "机", "z"):
            yield (
                f"POST /pick/{kind} {typed}",
                _bytes(browser.post(f"/pick/{kind}", {"typed": typed})),
            )


def deeds(browser: Client, label: str) -> Iterator[tuple[str, bytes]]:
    """Deeds on what he may not see: as if it did not exist, at every door."""
    for action in ("custody.hand_over_copy", "custody.take_back_copy", "custody.report_missing"):
        for target in (label, "2025-004/301"):
            said = {"targets": [target], "person": "组长", "remark": "x"}
            yield f"POST /do/{action} {target}", _bytes(browser.post(f"/do/{action}", said))
            yield f"POST /judge/{action} {target}", _bytes(browser.post(f"/judge/{action}", said))
            body = json.dumps({"targets": [target], "inputs": {}})
            told = browser.post(f"/api/actions/{action}", body, content_type="application/json")
            yield f"POST /api/actions/{action} {target}", _bytes(told)


def _bytes(answer) -> bytes:
    where = answer.headers.get("Location", "")
    head = f"{answer.status_code} {sorted(answer.headers)} {where}".encode()
    return STORED.sub(b"STORED", head + b"\n" + masked(answer))


def everything(browser: Client, things, label: str) -> dict[str, bytes]:
    """All answers by what was asked."""
    asked: list[Iterator[tuple[str, bytes]]] = [
        reads(browser, things),
        searches(browser, label),
        deeds(browser, label),
    ]
    return {what: answer for each in asked for what, answer in each}


SHORT = ("reader", "unit_keeper", "system_admin")


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role in SHORT else pytest.mark.nightly)
        for role in sorted(ROLES)
    ],
)
def test_what_he_may_not_see_changes_no_byte(role, desk):
    whose: Callable[[Desk], UUID] = ROLES[role]
    person = whose(desk)
    _, copies = desk.ready(desk.reader)
    desk.give(copies[0])
    things = {"person": ("office.person", desk.reader), "cabinet": ("office.cabinet", desk.cabinet)}
    label = label_of("C", 5)  # a copy that will exist, and not for him
    with clock.standing_at(instant_on(TODAY + timedelta(days=1), 10)):
        browser = client_of(person)
        before = everything(browser, things, label)
    life_beyond(desk)
    with clock.standing_at(instant_on(TODAY + timedelta(days=1), 10)):
        after = everything(browser, things, label)
    assert [what for what in before if before[what] != after[what]] == []
    # where he typed the word himself it stands in his own search box
    told = [what for what, answer in after.items() if CANARY.encode() in answer]
    assert [what for what in told if CANARY not in what] == []


def test_the_registrar_does_see_it(desk):
    """The measure measures: for him the answers differ."""
    before = dict(searches(client_of(desk.registrar), label_of("C", 5)))
    life_beyond(desk)
    after = dict(searches(client_of(desk.registrar), label_of("C", 5)))
    assert CANARY.encode() in b"".join(after.values())
    assert sum(before[what] != after[what] for what in before) > 5
