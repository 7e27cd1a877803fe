"""Single things through the API: what they are, what may be done to them, where they have been."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Router

from baomi.engine.explain import explain_all
from baomi.engine.face.history import history_of_copy
from baomi.engine.face.listed import rows_as_data
from baomi.engine.face.reading import books
from baomi.engine.face.wording import as_data as worded
from baomi.entrypoints.api.answers import HistoryTold, ObjectTold, reading, told
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door
from baomi.registers import paging

router = Router(tags=["对象"])


@router.get(
    "/objects/{kind}/{uuid:key}",
    response=reading(ObjectTold),
    summary="一个对象",
    description="台账中的一行，全部栏目；以及本人可申请对它办理的事项，不能办的写明原因。",
)
def thing(request: Asking, kind: str, key: UUID) -> HttpResponse:
    """One row with every column, and the deeds on it."""
    who = request.who
    book = books().get(kind)
    found = paging.one(book, who.person, who.terms, key) if book and book.kind == kind else None
    if found is None:
        raise Http404
    deeds = [
        {
            "name": each.action.name,
            "title": each.action.title,
            "allowed": each.verdict is not None and each.verdict.allowed,
            "refused": worded(each.verdict.refusals, who.person) if each.verdict else [],
            "fault": each.fault or "",
        }
        for each in explain_all(who.id, kind, key, Door.API)
        if each.may_ask
    ]
    return told(
        {
            "kind": kind,
            "id": str(key),
            "level": found.level.code,
            "row": rows_as_data(found.columns, [found.cells])[0],
            "deeds": deeds,
        }
    )


@router.get(
    "/objects/custody.copy/{uuid:key}/history",
    response=reading(HistoryTold),
    summary="一份载体的流转经过",
    description="每一次交接、时间、经办人和回执，早的在前。",
)
def history(request: Asking, key: UUID) -> HttpResponse:
    """Every movement of a copy that concerns him."""
    try:
        found = history_of_copy(request.who.person, request.who.terms, key)
    except BadInput:
        raise Http404 from None
    return told({"rows": rows_as_data(found.columns, found.rows), "level": found.level.code})
