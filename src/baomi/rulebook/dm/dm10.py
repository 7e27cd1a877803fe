"""DM10 The rules of classification are in force from the day on which they are issued."""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.clause import Clause
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.registers.governance.facts import RulebookVersionIsAdopted, System

clause = Clause("DM10", "自发布之日起执行", in_force_since=date(2020, 12, 24))

clause.register(
    "governance_rulebook_version",
    fields=("in_force_from",),
    what="登记制度版本与施行日期",
)


@clause.guard("定密工作制度自发布之日起执行")
def rules_of_classification_hold_from_their_issue(
    it: RulebookVersionIsAdopted, deed: Deed[Any]
) -> Refusal | None:
    """The one 制度 that says of itself from when it is in force."""
    if it.system is not System.DM or it.in_force_from == it.issued_on:
        return None
    return clause.refuse(
        f"定密工作制度自发布之日（{it.issued_on.isoformat()}）起执行，"
        f"不能从 {it.in_force_from.isoformat()} 起施行",
        remedy="施行日期改填发布日期",
    )
