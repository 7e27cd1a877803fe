"""The rulebook (制度): every clause in its words, how it is carried, how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baomi.engine import matrix, registry
from baomi.engine.face.wording import control_title
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.rulebook.text import ClauseText, ControlKind, load_text

STATUS: Final = {
    "expected": "尚未落实",
    "declared": "已声明",
    "bound": "已约束",
    "proven": "已证明",
    "exempt": "豁免",
}
MEANING: Final = {
    "expected": "制度有要求，程序还没有相应的控制",
    "declared": "程序里有这项控制，还没有事项受它约束",
    "bound": "有事项受它约束，还没有经完整测试证明",
    "proven": "完整测试中见过合规的通过、违规的被拦下（或应办的到期、办结）",
    "exempt": "经说明理由，不由程序落实",
}
BEYOND: Final = "beyond"


@dataclass(frozen=True, slots=True)
class Listed:
    """One clause of the list, with its controls."""

    id: str
    title: str
    requires: str
    rows: tuple[matrix.Row, ...]


@require_safe
def index(request: Asking) -> HttpResponse:
    """Every clause in the order of the paper, narrowed by system, status and kind."""
    chosen = {key: request.GET.get(key, "") for key in ("system", "status", "kind")}
    known = {"system": systems(), "status": STATUS, "kind": kinds()}
    if any(value and value not in known[key] for key, value in chosen.items()):
        raise Http404
    listed = [each for each in _every_clause() if _fits(each, chosen)]
    counts = Counter(row.status for each in _every_clause() for row in each.rows)
    told = {
        "groups": _grouped(listed),
        "chosen": chosen,
        "known": known,
        "counts": counts,
        "status": STATUS,
        "meaning": MEANING,
        "total": len(listed),
    }
    return render(request, "rulebook.html", told)


def _grouped(listed: list[Listed]) -> list[tuple[str, list[Listed]]]:
    titles = systems()
    return [(titles[key], list(each)) for key, each in groupby(listed, key=_system)]


def _fits(each: Listed, chosen: Mapping[str, str]) -> bool:
    if chosen["system"] and _system(each) != chosen["system"]:
        return False
    return all(
        not wanted or any(getattr(row, key) == wanted for row in each.rows)
        for key, wanted in chosen.items()
        if key != "system"
    )


def _system(each: Listed) -> str:
    text = load_text().by_id.get(each.id)
    return text.system if text else BEYOND


@cache
def systems() -> dict[str, str]:
    """The five 制度 by code, and what this program adds."""
    return {one.code: one.title for one in load_text().systems} | {BEYOND: "本程序补充的规则"}


@cache
def kinds() -> dict[str, str]:
    """How a clause may be carried, Chinese."""
    return {kind.value: kind.label for kind in ControlKind}


@cache
def _every_clause() -> tuple[Listed, ...]:
    listed = []
    for key, rows in groupby(matrix.rows(), key=lambda row: row.clause):
        text = load_text().by_id.get(key)
        listed.append(Listed(key, _title(key, text), text.requires if text else "", tuple(rows)))
    return tuple(listed)


def _title(key: str, text: ClauseText | None) -> str:
    if text is not None:
        return text.title
    declared = (clause for clause in registry.rulebook())
    return next(
        (each.title for each in declared if key in {part.id for part in each.every_part()}), key
    )


@require_safe
def clause(request: Asking, clause_id: str) -> HttpResponse:
    """One clause: its words, what the law says, each control and what shows it."""
    found = [each for each in _every_clause() if each.id == clause_id]
    if not found:
        raise Http404
    text = load_text().by_id.get(clause_id)
    told: dict[str, Any] = {
        "each": found[0],
        "text": text,
        "system": systems()[_system(found[0])],
        "kinds": {row.kind: control_title(row.kind) for row in found[0].rows},
        "status": STATUS,
        "meaning": MEANING,
        "titles": {name: action.title for name, action in registry.actions().items()},
        "clashes": [one for one in load_text().clashes if clause_id in one.clauses],
        "readings": [one for one in load_text().uncertain_readings if clause_id in one.clauses],
    }
    return render(request, "clause.html", told)
