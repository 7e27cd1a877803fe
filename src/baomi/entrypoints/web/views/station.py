"""The scan station (扫码台): its page, each scan's own answer, and the slip that ends a turn."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from baomi.engine import registry
from baomi.engine.face.choices import choices_of
from baomi.engine.operations import OperationIdReused
from baomi.engine.pin import PinRefused
from baomi.entrypoints.guarding.logged_in import Asking, Who, address_of
from baomi.entrypoints.web import refused, station, with_person
from baomi.entrypoints.web.menu import CUSTODIANS
from baomi.entrypoints.web.station import MODES, SLIP_CODE, STATUSES, Scan
from baomi.kernel.clock import OFFICE_TIME, clock, instant
from baomi.kernel.judge import may_ask
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Purpose
from baomi.registers.office.reads import visible_to

READING: Final = "阅文"  # what a room for reading is called
CHANGED = "登录的人已经更换，没有送出的标签没有办理：请刷新本页后重新扫描"


@require_safe
def page(request: Asking) -> HttpResponse:
    """The station, empty; what was moved today and is on no slip yet stands beside it."""
    who = _custodian(request)
    places = list(visible_to(who.person, "office.room").order_by("name").values("id", "name"))
    reading = [each["id"] for each in places if READING in each["name"]]
    modes = [(key, mode, "；".join(_why_not(mode.action, who))) for key, mode in MODES.items()]
    told = {
        "modes": modes,
        "codes": {mode.code: key for key, mode in MODES.items()} | {SLIP_CODE: "slip"},
        "purposes": choices_of(Purpose, who.terms),
        "places": places,
        "usual_place": reading[0] if len(reading) == 1 else None,
        "waiting": with_person.waiting(who),
    }
    return render(request, "scan.html", told)


@require_POST
def one(request: Asking) -> HttpResponse:
    """One scan: understood, done, and told in one line."""
    who, said = _custodian(request), request.POST
    if said.get("me", "") != str(who.id):
        return _line(request, {"outcome": "changed", "sentence": CHANGED})
    mode = said.get("mode", "")
    if mode not in MODES:
        raise Http404
    scan = Scan(
        mode=mode,
        text=said.get("text", ""),
        op_id=said.get("op_id", ""),
        person=said.get("person", ""),
        purpose=said.get("purpose", "") or Purpose.READING.value,
        place=said.get("place", ""),
        cabinet=said.get("cabinet", ""),
    )
    found = station.answer(who, scan)
    if found.outcome == station.PERSON:
        return render(request, "scan_person.html", {"person": found.person})
    return _line(request, {"outcome": found.outcome, "answer": found})


@require_safe
def waiting(request: Asking) -> HttpResponse:
    """What waits for a slip, as it stands now."""
    found = with_person.waiting(_custodian(request))
    return render(request, "scan_waiting.html", {"waiting": found})


@require_POST
def finish(request: Asking) -> HttpResponse:
    """The slip of what a person got or gave back: confirmed by his PIN, or to be signed."""
    who, said = _custodian(request), request.POST
    if said.get("me", "") != str(who.id):
        return _line(request, {"outcome": "changed", "sentence": CHANGED})
    try:
        slip = with_person.draw_up(
            who,
            kind=said.get("kind", ""),
            person=_id(said.get("person", "")),
            badge=said.get("badge", ""),
            typed_pin=said.get("pin", ""),
            op_id=_id(said.get("op_id", "")),
            address=address_of(request),
        )
    except Refused as no:
        told = refused.told(no.verdict.refusals, who)
        return _line(request, {"outcome": "refused", "sentence": "不能出具清单", "why": told})
    except (BadInput, PinRefused, OperationIdReused) as fault:
        return _line(request, {"outcome": "fault", "sentence": fault.sentence})
    return _line(request, {"outcome": "slip", "slip": slip})


def _custodian(request: Asking) -> Who:
    """Whoever keeps papers; for others there is no such page. Raises ``Http404``."""
    if not request.who.person.posts & CUSTODIANS:
        raise Http404
    return request.who


def _why_not(name: str, who: Who) -> list[str]:
    action = registry.actions()[name]
    return [each.remedy for each in may_ask(action, who.person, who.terms)]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput("请先扫对方的工牌或文件标签，再出具清单") from None


def _line(request: Asking, told: dict[str, Any]) -> HttpResponse:
    """One line. A refusal is an answer: its status says so to programs."""
    empty: dict[str, Any] = {"answer": None, "slip": None, "sentence": "", "why": ()}
    told = empty | {"at": f"{instant(clock.now_us()).astimezone(OFFICE_TIME):%H:%M:%S}"} | told
    status = STATUSES.get(told["outcome"], 200)
    return render(request, "scan_line.html", told, status=status)
