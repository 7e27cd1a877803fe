"""The rulebook through the API: the list of clauses as it is narrowed, and one clause whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from ninja import Query, Router
from pydantic import BaseModel, Field

from baomi.engine.clauses.listed import Listed, clause_of
from baomi.engine.clauses.narrowing import LONGEST, choose, narrowed
from baomi.engine.clauses.standing import NOTHING_OWED, Duties, duties_by_clause
from baomi.engine.clauses.told import head_of, tell
from baomi.engine.inputs import Fault
from baomi.entrypoints.api.answers import faulty, posting, reading, told
from baomi.entrypoints.api.asking import Sent
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.kernel.verdict import BadInput

router = Router(tags=["制度与日志"])


class NarrowedAsked(Sent):
    """Which clauses."""

    system: str = Field(
        default="", title="制度", description="GZ、CW、JZ、DM、LG、beyond", max_length=10
    )
    status: str = Field(
        default="",
        title="状态",
        description="expected、declared、bound、proven、exempt",
        max_length=10,
    )
    kind: str = Field(
        default="",
        title="方式",
        description="guard、approval、register、duty、form、access、check",
        max_length=10,
    )
    law: str = Field(default="", title="落后于现行法律的", description="yes", max_length=10)
    late: str = Field(default="", title="今天有逾期的", description="yes", max_length=10)
    under: str = Field(default="", title="标题之下", description="如 GZ2.3", max_length=20)


class SearchSent(NarrowedAsked):
    """What is looked for in the clauses."""

    text: str = Field(
        title="文字或编号",
        description="两个字起；编号如 2.3.1、二（三）1",
        min_length=1,
        max_length=LONGEST,
    )


class OwedTold(BaseModel):
    """Duties under a clause, as far as the reader sees them."""

    open: int = Field(title="未办")
    overdue: int = Field(title="其中逾期")


class ClauseListed(BaseModel):
    """One clause of the list."""

    id: str = Field(title="编号")
    title: str = Field(title="名称")
    requires: str = Field(title="要求", description="本程序补充的规则：各项控制的说明")
    system: str = Field(title="制度的代码")
    system_title: str = Field(title="制度")
    behind_the_law: bool = Field(title="落后于现行法律")
    place: list[str] = Field(title="在原文的位置")
    statuses: list[str] = Field(title="各项控制的状态")
    duties: OwedTold = Field(title="应办事项")


class ClauseWhole(BaseModel):
    """One clause with everything that is told of it."""

    id: str = Field(title="编号")
    title: str = Field(title="名称")
    requires: str = Field(title="要求")
    system: str = Field(title="制度的代码")
    system_title: str = Field(title="制度")
    behind_the_law: bool = Field(title="落后于现行法律")
    place: list[str] = Field(title="在原文的位置")
    numbering: str = Field(
        title="编号的来历",
        description="paper 原文；lettered 原文加字母；inferred 推定；ours 本程序",
    )
    numbering_note: str = Field(title="编号的说明")
    beyond: list[str] = Field(title="原文未作规定、由程序补充的")
    controls: list[dict[str, Any]] = Field(title="怎样落实")
    settings: list[dict[str, Any]] = Field(title="本条的设置")
    laws: list[dict[str, Any]] = Field(title="与现行法律对照")
    clashes: list[dict[str, Any]] = Field(title="相互不一致的条款")
    readings: list[dict[str, Any]] = Field(title="原件不清之处")
    versions: list[dict[str, Any]] = Field(title="制度版本")
    proof: dict[str, Any] = Field(title="证明", description="上次完整测试的日期和已证明的项数")
    today: dict[str, Any] = Field(title="今天怎样", description="只计登录人有权看到的")


@router.get(
    "/rulebook",
    response=reading(list[ClauseListed]),
    summary="制度各条",
    description="按制度、标题、状态、方式筛选，附今天未办和逾期的数目。",
)
def clauses(request: Asking, sent: Query[NarrowedAsked]) -> HttpResponse:
    """The clauses in the order of the paper."""
    return _listed(request.who, sent, "")


@router.post(
    "/rulebook/search",
    response=posting(list[ClauseListed]),
    summary="查找制度条款",
    description="按文字或编号查找。",
)
def search(request: Asking, sent: SearchSent) -> HttpResponse:
    """The clauses that hold all words, or bear a number."""
    return _listed(request.who, sent, sent.text)


@router.get(
    "/rulebook/{clause}",
    response=reading(ClauseWhole),
    summary="一条制度",
    description="条文、原文位置、现行法律、怎样落实、设置、今天的情况和证明。"
    "一个编号下有几条的（如 GZ2.2.5），转到各条的列表。",
)
def clause(request: Asking, clause: str) -> HttpResponse:
    """One clause whole; a number that has several parts leads to their list."""
    each = clause_of(clause)
    if each is None:
        return _parts(request, clause)
    return told(tell(each, request.who.person, request.who.terms))


def _parts(request: Asking, number: str) -> HttpResponse:
    """Raises ``Http404`` where nothing stands below a number."""
    try:
        narrowed({"under": number})
    except BadInput:
        raise Http404 from None
    listed = request.path.removesuffix(f"/{number}")
    return HttpResponseRedirect(f"{listed}?{urlencode({'under': number})}")


def _listed(who: Who, sent: NarrowedAsked, text: str) -> HttpResponse:
    owed = duties_by_clause(who.person)
    late = {key for key, each in owed.items() if each.overdue}
    try:
        found = choose(narrowed(sent.model_dump(exclude={"text"})), late, text)
    except BadInput as fault:
        return faulty((Fault(fault.field or "", fault.sentence),))
    return told([*_lines(found, owed)])


def _lines(found: Iterable[Listed], owed: Mapping[str, Duties]) -> Iterable[dict[str, Any]]:
    for each in found:
        duties = owed.get(each.id, NOTHING_OWED)
        yield {
            **head_of(each),
            "place": list(each.place.written),
            "statuses": [row.status for row in each.rows],
            "duties": {"open": duties.open, "overdue": duties.overdue},
        }
