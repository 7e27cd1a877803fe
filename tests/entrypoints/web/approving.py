"""Approvals as a page asks for them and decides on them."""

from datetime import timedelta
from uuid import UUID

from baomi.kernel.ids import new_id
from baomi.registers.approvals import models
from baomi.registers.office import load
from tests.entrypoints.asking import name
from tests.entrypoints.web.page import page
from tests.factories.office import TODAY

WHY = "参加评审会必须携带"
MEASURES = "随身携带，住宿时锁入保密箱"


def journey(desk, **more) -> dict[str, object]:
    """What is entered to carry a copy out."""
    return {
        "carrier": name(desk.reader),
        "keeper": name(desk.reader),
        "occasions": ["business_trip"],
        "destination": "省档案局",
        "purpose": "评审会",
        "measures": MEASURES,
        "leaves_on": TODAY.isoformat(),
        "back_until": (TODAY + timedelta(days=2)).isoformat(),
    } | more


def ask(browser, desk, copy, **more) -> UUID:
    """Ask as a page does. Returns the request."""
    said = journey(desk) | {"why": WHY, "op_id": str(new_id())} | more
    answer = browser.post(f"/ask/custody.carry_out/{copy}", said)
    assert answer.status_code == 302, page(answer).text
    return UUID(answer.headers["Location"].partition("/approvals/")[2].partition("?")[0])


def decide(browser, key, verdict="agree", **more):
    """Decide as a page does."""
    said = {"verdict": verdict, "op_id": str(new_id())} | more
    return browser.post(f"/approvals/{key}/decide", said)


def state(key) -> str:
    """Where a request stands."""
    return models.ApprovalRequest.objects.values_list("state", flat=True).get(id=key)


def label_of(key) -> str:
    """The label of a request."""
    serial = models.ApprovalRequest.objects.values_list("label_serial", flat=True).get(id=key)
    return load.label("A", serial)
