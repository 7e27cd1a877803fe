"""A selection of rows of one book, and one deed done to each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.http import Http404
from pydantic import SecretStr

from baomi.engine import registry
from baomi.engine.explain_each import Answer, explain_each
from baomi.engine.face.reading import names_of
from baomi.engine.inputs import InvalidInputs, parse
from baomi.engine.operations import OperationIdReused
from baomi.engine.perform import Outcome, perform_many
from baomi.engine.request import Receipt, Request
from baomi.engine.runtime.searches import open_search, put_search
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web import refused
from baomi.kernel.action import Action
from baomi.kernel.ids import derived_id, new_id
from baomi.kernel.judge import may_ask
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door
from baomi.registers import paging
from baomi.registers.listing import Book, Page

MOST: Final = 200
# a slip lists what one person got: one deed for the whole selection
TOGETHER: Final = frozenset({"custody.draw_up_slip"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Rows that somebody selected in a book, and where he keeps them."""

    book: Book
    key: UUID
    rows: Page

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The rows' ids: only what he may still see."""
        return tuple(self.rows.ids)

    @property
    def related(self) -> refused.Related:
        """What the rows lead to."""
        rows = zip(self.ids, self.rows.links, strict=True)
        return {key: refused.related_to(self.book.kind, key, links) for key, links in rows}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one deed: which rows, the receipt, or why not."""

    names: tuple[str, ...]
    receipt: str = ""
    code: str = ""  # told once
    refusals: tuple[dict[str, Any], ...] = ()
    fault: str = ""


def actions_for(kind: str, who: Who) -> tuple[Action[Any], ...]:
    """The actions on things of a kind that he may ask for at all."""
    return tuple(
        action
        for action in registry.actions().values()
        if kind and action.target == kind and not may_ask(action, who.person, who.terms)
    )


def select(book: Book, who: Who, texts: Iterable[str]) -> UUID | None:
    """Keep the rows that were ticked. None: none was. Raises ``Http404`` for what is no id."""
    try:
        ids = list(dict.fromkeys(UUID(each) for each in texts))
    except ValueError:
        raise Http404 from None
    if not ids:
        return None
    told = {"selected": book.name, "ids": [str(each) for each in ids[:MOST]]}
    return put_search(who.id, told)


def selection(book: Book, who: Who, key: UUID) -> Selection:
    """What was selected. Raises ``Http404``: nothing, or somebody else's."""
    held = open_search(key, who.id)
    if not isinstance(held, dict) or held.get("selected") != book.name:
        raise Http404
    ids = [UUID(each) for each in held["ids"]]
    return Selection(book=book, key=key, rows=paging.some(book, who.person, who.terms, ids))


def answers(action: Action[Any], who: Who, ids: Sequence[UUID]) -> dict[UUID, Answer]:
    """Which of the rows can be done as far as is known before anything is entered."""
    request = Request(
        action=action.name,
        actor=who.id,
        targets=tuple(ids),
        inputs={},
        op_id=new_id(),
        door=Door.WEB,
    )
    return dict(explain_each(request)) if ids else {}


def do_each(request: Request, who: Who, related: refused.Related) -> list[Result]:
    """Do it to each target; a repeat finds the deeds done and changes nothing.

    Raises ``InvalidInputs``, before anything is done.
    """
    action = registry.actions()[request.action]
    parse(action, request.inputs)
    requests = [request] if action.name in TOGETHER else list(_deeds(request))
    names = names_of(who.person, action.target or "", request.targets, who.terms)
    return [
        Result(
            tuple(names.get(each, "") for each in one.targets),
            **_result(one, outcome, who, related),
        )
        for one, outcome in zip(requests, perform_many(requests), strict=True)
    ]


def _deeds(request: Request) -> Iterable[Request]:
    for target in request.targets:
        op_id = derived_id(request.op_id, str(target))
        yield replace(request, targets=(target,), op_id=op_id)


def _result(
    request: Request, outcome: Outcome, who: Who, related: refused.Related
) -> dict[str, Any]:
    """What came of one deed, apart from which rows it was done to."""
    if isinstance(outcome, Receipt):
        code = outcome.told.get("code")
        told_once = code.get_secret_value() if isinstance(code, SecretStr) else ""
        return {"receipt": outcome.text, "code": told_once}
    if isinstance(outcome, Refused):
        action = registry.actions()[request.action]
        told = refused.told(outcome.verdict.refusals, who, request.targets, related, of=action)
        return {"refusals": tuple(told)}
    if isinstance(outcome, InvalidInputs):
        return {"fault": "；".join(each.sentence for each in outcome.faults)}
    if isinstance(outcome, OperationIdReused):
        return {"fault": "这一行已用这张表单办理过，内容又有改动：请核对后重新选择"}
    return {"fault": outcome.sentence}
