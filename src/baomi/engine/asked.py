"""Who asks for a deed, on which day it happened, and what the engine lends to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from baomi.engine import timing
from baomi.engine.approving import foresee
from baomi.engine.models import LateEntry
from baomi.engine.request import Request
from baomi.kernel.action import Action, Asked
from baomi.kernel.clock import clock
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.office import load as office
from baomi.registers.wording import plain
from baomi.rulebook.terms import Terms

LONGEST_REASON: Final = 200


def asked(action: Action[Any], request: Request, *, actor: Person | None = None) -> Asked:
    """Who asks, judged by the posts of the day on which it happened. Raises ``BadInput``."""
    recorded_on = clock.today()
    day = _day_of(action, request, recorded_on)
    terms = Terms.on(day)
    second = office.person(request.second, day, terms) if request.second else None
    return Asked(
        action=action.name,
        op_id=request.op_id,
        actor=actor or office.person(request.actor, day, terms),
        second=second,
        today=day,
        recorded_on=recorded_on,
        terms=terms,
        targets=request.targets,
        approvals=(),
        foresee=foresee,
        waived_by=timing.waived_by,
        due_by_time=timing.due_by_time,
    )


def _day_of(action: Action[Any], request: Request, today: date) -> date:
    day = request.happened_on
    if day is None or day == today:
        return today
    if action.only_today:
        raise BadInput(f"“{action.title}”不能补记，只按办理当日登记", field="happened_on")
    if day > today:
        raise BadInput("发生日期不能晚于今天", field="happened_on")
    farthest = Terms.on(today).number("after_the_fact_days")
    if day < today - timedelta(days=farthest):
        raise BadInput(f"补记不得早于 {farthest} 天以前", field="happened_on")
    _check_reason(request.late_reason.strip())
    return day


def _check_reason(reason: str) -> None:
    if not reason:
        raise BadInput("补记须写明原因", field="late_reason")
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"补记的原因最多 {LONGEST_REASON} 个字，请缩短", field="late_reason")
    try:
        plain(reason)
    except ValueError as unseen:
        raise BadInput(f"补记的原因{unseen}", field="late_reason") from None


def keep_late(request: Request, deed: Deed[Any]) -> UUID:
    """Record that a deed is written up after the fact, and why. Returns the row."""
    row = LateEntry(
        id=new_id(),
        op=deed.op_id,
        happened_on=deed.today,
        recorded_on=deed.recorded_on,
        reason=request.late_reason.strip(),
    )
    row.save(force_insert=True)
    return row.id
