"""Tell the coverage measurement what a verdict said."""

from __future__ import annotations

from typing import Any

from baomi.engine.approving import own_matters
from baomi.engine.evidence import is_observed, observe
from baomi.kernel.happening import Deed
from baomi.kernel.judge import ACCESS
from baomi.kernel.verdict import Verdict
from baomi.kernel.words import Door


def witness(verdict: Verdict, deed: Deed[Any], door: Door) -> None:
    """Note which guards passed and which refused, and who may do what."""
    if not is_observed():
        return
    refused = {f"{each.clause}/{each.guard}" for each in verdict.refusals}
    for key in verdict.asked:
        outcome = "refused" if key in refused else "passed"
        observe("guard", key, outcome, door=door.value, action=deed.action)
    for rule in own_matters(verdict, deed):
        observe("guard", rule, "own", door=door.value, action=deed.action)
    access = "refused" if ACCESS in verdict.clauses else "allowed"
    observe("access", deed.action, access, door=door.value, action=deed.action)
