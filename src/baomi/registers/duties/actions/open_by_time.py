"""Open the duties that time alone brings: done by the office itself, as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from baomi.kernel.action import Action, Asked, Change, NoInputs
from baomi.kernel.happening import Deed
from baomi.kernel.words import Post
from baomi.registers.duties.models import Duty
from baomi.registers.rows import insert_rows

MOST_AT_ONCE = 900


@dataclass(frozen=True, slots=True)
class Read:
    """The rows that are to be opened; those that stand already are left out."""

    rows: tuple[Mapping[str, Any], ...] = ()


class OpenByTime(Action[Read]):
    """Open what time alone brings."""

    name = "duties.open_by_time"
    title = "列出到期应办"
    help = "按日期应办的事项由系统自动列出。"
    done_by = frozenset({Post.OFFICE_ITSELF})
    brings = ()

    def situate(self, asked: Asked) -> Deed[Read]:
        deed = asked.deed(facts=Read())
        rows = asked.due_by_time(deed) if asked.due_by_time else ()
        return replace(deed, facts=Read(tuple(rows)[:MOST_AT_ONCE]))

    def complete(self, situation: Deed[Read], inputs: NoInputs) -> Deed[Read]:
        return situation

    def carry_out(self, deed: Deed[Read]) -> Change:
        insert_rows(Duty, [dict(row) for row in deed.facts.rows])
        ids: set[UUID] = {row["id"] for row in deed.facts.rows}
        return Change(touched={"duties_duty": ids}, told={"opened": len(ids)})
