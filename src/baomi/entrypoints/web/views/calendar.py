"""The calendar (日历): a month with its days off and one's own due days, and the notices' text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from baomi.engine import registry
from baomi.engine.face.icalendar_file import FILE_NAME, MEDIA_TYPE, own_due_days
from baomi.engine.face.month import Cell, month_asked, month_of
from baomi.engine.inputs import Fault, InvalidInputs, parse
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.entrypoints.web.forms.fields import Form
from baomi.entrypoints.web.wanted import PREFIX
from baomi.kernel.calendar import UNCERTAIN
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.judge import may_ask
from baomi.kernel.schedule import months_later
from baomi.kernel.verdict import BadInput
from baomi.registers.holidays.actions.record_notice import LONGEST_NOTICE
from baomi.registers.holidays.facts import DayKind
from baomi.registers.holidays.load import takes_effect
from baomi.registers.holidays.notice import EVERY_HOLIDAY, Reading, read
from baomi.rulebook.holidays import of_the_file

RECORD: Final = "holidays.record_notice"
_TOO_LONG: Final = f"原文最多 {LONGEST_NOTICE} 个字，请只留放假安排部分"
_YEAR: Final = re.compile("[0-9]{4}")
WEEKDAYS: Final = "一二三四五六日"


@require_safe
def calendar(request: Asking) -> HttpResponse:
    """One month."""
    asked, faults = request.GET.get("month", ""), list[str]()
    try:
        first = month_asked(asked)
    except BadInput as fault:
        first, faults = clock.today().replace(day=1), [fault.sentence]
    month = month_of(request.who.person, request.who.terms, first)
    told = {
        "month": month,
        "weekdays": WEEKDAYS,
        "listed": _listed,
        "overdue_href": _duties({"overdue": "yes"}),
        "may_record": _may_record(request.who),
        "uncertain": UNCERTAIN,
        "today": clock.today(),
        "this_month": clock.today().replace(day=1),
        "notes": [{"kind": "faulty", "text": each} for each in faults],
    }
    return render(request, "calendar.html", told, status=422 if faults else 200)


def _listed(cell: Cell) -> str:
    """Where the duties of a day are listed."""
    day = cell.day.isoformat()
    return _duties({"due_from": day, "due_until": day})


def _duties(narrowed: Mapping[str, str]) -> str:
    filters = {"state": "open", "mine": "yes", **narrowed}
    query = urlencode({f"{PREFIX}{key}": value for key, value in filters.items()})
    return f"{reverse('register', args=['duties.duty'])}?{query}"


def _may_record(who: Who) -> bool:
    return not may_ask(registry.actions()[RECORD], who.person, who.terms)


@require_safe
def due_days(request: Asking) -> HttpResponse:
    """His own due days as a file."""
    response = HttpResponse(own_due_days(request.who.person), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: Asking) -> HttpResponse:
    """A notice pasted in, and what was understood of it, before it is recorded."""
    if not _may_record(request.who):
        raise Http404
    posted = {key: request.POST.get(key, "") for key in ("year", "number", "published_on", "text")}
    if request.method != "POST":
        next_year = months_later(clock.today(), 2).year
        return _notice(request, {**posted, "year": str(next_year)})
    faults = _faults(posted)
    if faults:
        return _notice(request, posted, faults=faults, status=422)
    year = int(posted["year"])
    reading = read(posted["text"], year)
    return _notice(request, posted, understood=_understood(posted, year, reading))


def _faults(posted: Mapping[str, str]) -> tuple[Fault, ...]:
    """Everything that recording it would find fault with in what is entered so far."""
    found = {
        field: sentence
        for field, wrong, sentence in (
            ("year", not _YEAR.fullmatch(posted["year"].strip()), "年份请填四位数字，如 2027"),
            ("text", not posted["text"].strip(), "请粘贴通知原文"),
            ("text", len(posted["text"]) > LONGEST_NOTICE, _TOO_LONG),
        )
        if wrong
    }
    try:
        parse(registry.actions()[RECORD], posted)
    except InvalidInputs as wrong:
        found = {each.field: each.sentence for each in wrong.faults} | found
    return tuple(Fault(field, sentence) for field, sentence in found.items())


def _understood(posted: Mapping[str, str], year: int, reading: Reading) -> dict[str, Any]:
    """What is shown before it is recorded."""
    return {
        "year": year,
        "off": [each for each in reading.days if each.kind is DayKind.OFF],
        "work": [each for each in reading.days if each.kind is DayKind.WORK],
        "problems": reading.problems,
        "passed_over": reading.passed_over,
        "missing": [name for name in EVERY_HOLIDAY if name not in reading.names],
        "is_news": _is_news(posted["published_on"], year),
        "rows": [
            {"day": each.day.isoformat(), "kind": each.kind.value, "name": each.name}
            for each in reading.days
        ],
    }


def _is_news(published_on: str, year: int) -> bool:
    try:
        day = date.fromisoformat(published_on)
    except ValueError:
        return True
    return takes_effect(year, day, of_the_file())


def _notice(
    request: Asking,
    posted: dict[str, str],
    *,
    understood: dict[str, Any] | None = None,
    faults: tuple[Fault, ...] = (),
    status: int = 200,
) -> HttpResponse:
    action = registry.actions()[RECORD]
    entered: dict[str, Any] = dict(posted)
    if understood is not None:
        entered["days"] = understood["rows"]
    fields = {
        each.name: each for each in Form(request.who.terms, faults).fields(action.inputs, entered)
    }
    told = {
        "action": action,
        "fields": fields,
        "understood": understood,
        "op_id": new_id(),
        "weekdays": WEEKDAYS,
        "notes": (),
    }
    return render(request, "notice.html", told, status=status)
