"""X4 A duty is waived only where its clause says by whom, and by nobody for himself.

Beyond the paper: what need not be done is decided and recorded, never forgotten.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.clause import Clause
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.registers.duties.facts import DutyIsWaived

clause = Clause("X4", "应办事项的免办", in_force_since=date(2020, 12, 24))


@clause.a.guard("只免办制度允许免办的")
def duty_may_be_waived(it: DutyIsWaived, deed: Deed[Any]) -> Refusal | None:
    """The clause that opens it names who may waive it; most name nobody."""
    if it.waived_by is not None:
        return None
    return clause.a.refuse("制度没有允许免办这件事", remedy="照制度办理；由他人办理的，请转办")


@clause.b.guard("由制度规定的岗位免办")
def waiver_holds_the_post(it: DutyIsWaived, deed: Deed[Any]) -> Refusal | None:
    """Nobody else, and nobody for himself."""
    if it.waived_by is None:
        return None
    title = deed.terms.post_title(it.waived_by)
    if it.waived_by not in it.by.posts:
        return clause.b.refuse(f"这件事只能由{title}免办", remedy=f"请{title}决定")
    if it.by.human in it.owed_by:
        return clause.b.refuse("不能免办自己应办的事", remedy="照制度办理，或按规定转办他人")
    return None
