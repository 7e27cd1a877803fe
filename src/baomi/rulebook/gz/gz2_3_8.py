"""GZ2.3.8 Who handles a paper marks its level and term."""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.clause import Clause
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Level
from baomi.registers.custody.facts import CopyIsNumbered, PaperIsMarked, ref_paper

clause = Clause("GZ2.3.8", "承办人标明密级期限", in_force_since=date(2020, 12, 24))


@clause.guard("由承办人标注密级和保密期限")
def marker_is_the_handler(it: PaperIsMarked, deed: Deed[Any]) -> Refusal | None:
    """Who handles the paper marks it, nobody in his place."""
    if it.marker == it.paper.handler:
        return None
    return clause.refuse(
        "{paper}的密级和保密期限只能由承办人标明",
        remedy="请{paper}的承办人标明",
        paper=ref_paper(it.paper),
    )


@clause.guard("密级与保密期限同时标注")
def mark_has_level_and_term(it: PaperIsMarked, deed: Deed[Any]) -> Refusal | None:
    """A level of secrecy stands with its term."""
    if it.paper.level <= Level.INTERNAL or it.paper.term.kind:
        return None
    return clause.refuse(
        "{paper}只标了密级，没有标保密期限",
        remedy="同时填写保密期限或解密条件",
        paper=ref_paper(it.paper),
    )


@clause.guard("本机关文件标注之后才能编份号")
def own_paper_is_marked_before_it_goes_out(it: CopyIsNumbered, deed: Deed[Any]) -> Refusal | None:
    """No copy of a paper of our own is numbered, and so none is given out, before the mark."""
    if not it.copy.paper.own or it.copy.paper.marked:
        return None
    return clause.refuse(
        "{paper}还没有标明密级和保密期限，不能编份号",
        remedy="先由承办人标明密级和保密期限",
        remedy_action="custody.mark_paper",
        paper=ref_paper(it.copy.paper),
    )
