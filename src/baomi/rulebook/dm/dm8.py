"""DM8 Storage devices and electronic files are classified by the same steps as paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.clause import Clause
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.registers.custody.facts import Carrier, CopyIsNumbered, ref_paper

clause = Clause("DM8", "非纸介质同样定密", in_force_since=date(2020, 12, 24))

_NOT_ON_PAPER = frozenset({Carrier.DISC, Carrier.ELECTRONIC_FILE})

clause.register(
    "custody_paper",
    fields=("carrier",),
    what="光盘、电子文件等非纸载体与纸质文件一样登记密级、期限和份号",
)


@clause.guard("非纸载体先定密级和期限，再编号建账")
def carrier_is_marked_before_it_is_numbered(it: CopyIsNumbered, deed: Deed[Any]) -> Refusal | None:
    """A disc or an electronic file of our own goes through the same order: mark, then number."""
    paper = it.copy.paper
    if not paper.own or paper.carrier not in _NOT_ON_PAPER or paper.marked:
        return None
    return clause.refuse(
        "{paper}不是纸质载体，也要先标明密级和保密期限，再编号发出",
        remedy="按与纸质文件相同的步骤，先由承办人标明密级和保密期限",
        remedy_action="custody.mark_paper",
        paper=ref_paper(paper),
    )
