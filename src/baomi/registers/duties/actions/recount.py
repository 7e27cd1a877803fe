"""Count the dates again that rest on working days of a year whose days off became known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.words import Post
from baomi.registers.duties.models import Duty


class RecountInputs(Inputs):
    """The year that became known."""

    year: int = Field(ge=2000, le=2200, title="年份", description="放假安排已登记的年份")


@dataclass(frozen=True, slots=True)
class Read:
    """Open duties whose date moves: from when and how many working days, and the new date."""

    moved: tuple[tuple[UUID, date], ...] = ()


class Recount(Action[Read]):
    """Count dates again; entailed by the notice of a year's days off."""

    name = "duties.recount"
    title = "重算应办日期"
    help = "登记放假安排后，按工作日计算的应办日期自动重算。"
    done_by = frozenset({Post.OFFICE_ITSELF})
    brings = ()
    inputs = RecountInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: RecountInputs) -> Deed[Read]:
        first, last = date(inputs.year - 1, 12, 20), date(inputs.year, 12, 31)
        # the holiday of New Year may begin in December
        touched = Q(due_on__gte=first) & Q(counted_from__lte=last)
        rows = Duty.objects.filter(touched, state="open", due_workdays__gt=0).order_by("id")
        calendar = situation.terms.calendar_afresh()
        moved = []
        for key, was, start, count in rows.values_list(
            "id", "due_on", "counted_from", "due_workdays"
        ):
            due = calendar.workdays_later(start, count) if start and count else was
            if due != was:
                moved.append((key, due))
        return replace(situation, facts=Read(tuple(moved)))

    def carry_out(self, deed: Deed[Read]) -> Change:
        for key, due in deed.facts.moved:
            Duty.objects.filter(id=key).update(due_on=due)
        ids = {key for key, _ in deed.facts.moved}
        return Change(touched={"duties_duty": ids}, told={"recounted": len(ids)})
