"""A title stands in the pages meant for its reader, and nowhere else.

Not in a log at its most talkative, an address, a header, a page's title, a file's name, nor in
what lies in the runtime database or beside it.
"""

import json
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from baomi.engine.face.reading import books
from baomi.engine.jobs import kinds as _kinds  # noqa: F401 — the kinds of jobs are declared there
from baomi.engine.jobs import queue, running
from tests.entrypoints.access.walk import addresses
from tests.entrypoints.asking import label
from tests.entrypoints.web.page import page
from tests.entrypoints.web.visiting import client_of
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

TITLE, NUMBER, REMARK = "金丝雀标题", "×办金丝雀〔2025〕77号", "金丝雀备注"
WORD = "金丝雀"
ENCODED = ("%E9%87%91%E4%B8%9D%E9%9B%80", "=E9=87=91", r"\u91d1\u4e1d\u96c0")


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def at_its_most_talkative(caplog):
    """Every logger says all that it has to say."""
    loggers = [logging.getLogger(name) for name in ("", *logging.root.manager.loggerDict)]
    levels = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        # the database's own logger is off in every installation, at any level: it repeats SQL
        if not logger.name.startswith("django.db.backends"):
            logger.setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    yield caplog
    for logger, level in levels:
        logger.setLevel(level)


def every_answer(browser, desk, things, copies):
    """Reading, searching, refused and faulty deeds, exports: each answer of the registrar."""
    for address in addresses(things):
        yield browser.get(address.path)
    for name in books():
        yield browser.post(f"/r/{name}", {"search": WORD})
        yield browser.post(f"/r/{name}", {"search": WORD}, follow=True)
        sought = json.dumps({"search": WORD})
        yield browser.post(f"/api/registers/{name}", sought, content_type="application/json")
    for text in (TITLE, NUMBER, WORD):
        yield browser.post("/find", {"text": text})
    wrong = {"targets": [label(copies[0])], "person": WORD, "remark": REMARK}
    yield browser.post("/do/custody.hand_over_copy", wrong)
    yield browser.post(f"/do/{WORD}", wrong)
    yield browser.get(f"/o/custody.paper/{WORD}")
    yield browser.get(f"/{WORD}")
    correct = {"targets": [NUMBER], "title": f"{TITLE}改", "reason": "更正"}
    yield browser.post("/do/custody.correct_paper", correct)


def heads(answer) -> str:
    return "\n".join(f"{name}: {value}" for name, value in answer.headers.items())


def test_a_title_is_in_no_log_address_header_or_name(desk, at_its_most_talkative):
    paper, copies = desk.ready(title=TITLE, number=NUMBER, remarks=REMARK)
    browser = client_of(desk.registrar)
    things = {"paper": ("custody.paper", paper), "copy": ("custody.copy", copies[0])}
    shown = 0
    for answer in every_answer(browser, desk, things, copies):
        told = heads(answer)
        assert not [each for each in (WORD, *ENCODED) if each in told], told
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            for title in re.findall(r"<title>(.*?)</title>", answer.content.decode()):
                assert WORD not in title
            for link in page(answer).all("a"):
                href = link.attributes.get("href", "")
                assert not [each for each in (WORD, *ENCODED) if each in href]
            shown += TITLE in answer.content.decode()
    assert shown > 5  # the pages do show it
    assert WORD not in at_its_most_talkative.text


def test_a_title_lies_sealed_where_it_waits(desk):
    desk.ready(title=TITLE, number=NUMBER)
    browser = client_of(desk.registrar)
    browser.post("/r/custody.paper", {"search": WORD})
    asked = {"book": "custody.paper", "reason": f"核对{WORD}", "format": ".xlsx", "door": "web"}
    key = queue.ask("export", desk.registrar, asked)
    assert running.run_next("worker", ("export",), is_ending=lambda: False)
    found = queue.seen(key, desk.registrar)
    assert found is not None
    assert found.state == "done", found
    assert WORD not in found.file_name
    with connections["runtime"].cursor() as cursor:
        for table in ("runtime_job", "runtime_stored_search", "runtime_draft", "runtime_session"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 — a list of our own
            assert WORD not in repr(cursor.fetchall())
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 — as above
            octets = [cell for row in cursor.fetchall() for cell in row if isinstance(cell, bytes)]
            assert not [cell for cell in octets if WORD.encode() in cell]
    kept = [path for path in (Path(settings.BAOMI_HOME) / "jobs").rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if WORD in path.name or WORD.encode() in path.read_bytes()]
