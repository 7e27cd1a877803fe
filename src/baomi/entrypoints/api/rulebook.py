"""The rulebook and the ledger's own lists through the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from baomi.engine import matrix
from baomi.engine.clauses.told import law_words
from baomi.engine.inputs import Fault
from baomi.entrypoints.api.answers import RowsTold, faulty, reading, told
from baomi.entrypoints.api.asking import Sent
from baomi.entrypoints.api.registers import book_named, page_told
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.verdict import BadInput
from baomi.registers import paging
from baomi.rulebook.text import load_text

router = Router(tags=["制度与日志"])
LISTS = {
    "entries": "ledger.entry",
    "checkpoints": "ledger.checkpoint",
    "refusals": "ledger.refusal",
}


class ClausesAsked(Sent):
    """Which part of the rulebook."""

    clauses: str = Field(default="", title="条款", description="如 GZ2.3,DM", max_length=400)


class ControlTold(BaseModel):
    """One control of one clause."""

    clause: str = Field(title="条款")
    control: str = Field(title="控制")
    status: str = Field(title="状态", description="expected、declared、bound、proven、exempt")
    where: str = Field(title="程序位置")
    actions: list[str] = Field(title="约束的事项")
    tests: list[str] = Field(title="证明它的测试")


class ClauseTold(BaseModel):
    """One clause of the rulebook."""

    id: str = Field(title="编号")
    title: str = Field(title="名称")
    requires: str = Field(title="要求")
    controls: list[dict[str, Any]] = Field(title="落实方式")
    beyond: list[str] = Field(title="原文未作规定、由程序补充的")
    law: str | None = Field(title="现行法律的不同规定")


class PlaceAsked(Sent):
    """Which page of a list."""

    after: str | None = Field(default=None, title="从此之后", max_length=2000)
    before: str | None = Field(default=None, title="到此之前", max_length=2000)
    size: int = Field(default=paging.ROWS, title="行数", ge=1, le=paging.MOST_ROWS)


@router.get(
    "/coverage",
    response=reading(list[ControlTold]),
    summary="制度落实情况",
    description="每一条制度由哪段程序落实、状态如何。",
)
def coverage(request: Asking, sent: Query[ClausesAsked]) -> HttpResponse:
    """Every control of every clause, or of those under some headings."""
    try:
        rows = matrix.under(sent.clauses) if sent.clauses.strip() else matrix.rows()
    except BadInput as fault:
        return faulty((Fault("clauses", fault.sentence),))
    return told(
        [
            {
                "clause": row.clause,
                "control": f"{row.kind} {row.control}",
                "status": row.status,
                "where": row.where,
                "actions": list(row.actions),
                "tests": list(row.tests),
            }
            for row in rows
        ]
    )


@router.get(
    "/clauses",
    response=reading(list[ClauseTold]),
    summary="制度条款",
    description="全部条款的要求和落实方式。",
)
def clauses(request: Asking) -> HttpResponse:
    """The rulebook's text."""
    return told(
        [
            {
                "id": clause.id,
                "title": clause.title,
                "requires": clause.requires,
                "controls": [
                    {"kind": each.kind.value, "title": each.kind.label, "what": each.what}
                    for each in clause.controls
                ],
                "beyond": list(clause.beyond),
                "law": law_words(clause.law),
            }
            for clause in load_text().clauses
        ]
    )


@router.get(
    "/ledger/{name}",
    response=reading(RowsTold),
    summary="台账日志",
    description="日志、封存记录供保密员和安全审计员查看；不予办理登记簿供安全审计员查看。",
)
def ledger(request: Asking, name: str, sent: Query[PlaceAsked]) -> HttpResponse:
    """A list of the ledger's own, for those who answer for it."""
    book = book_named(LISTS.get(name, ""), request.who)
    columns = [column.key for column in book.columns]
    place = {"after": sent.after, "before": sent.before, "size": sent.size}
    try:
        return page_told(book, request.who, columns=columns, **place)
    except BadInput as fault:
        return faulty((Fault(fault.field or "", fault.sentence),))
