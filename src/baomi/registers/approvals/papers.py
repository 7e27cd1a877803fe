"""The official form of a request for approval (报批审批表)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers import paging
from baomi.registers.approvals import facts
from baomi.registers.approvals.reads import REQUESTS, deed_of, needs_of
from baomi.registers.approvals.reads.told import told_things
from baomi.registers.approvals.reads.used import decision_worded
from baomi.registers.official import Field, Filled, Form, Signature

_OTHER: Final = "另一事项"
_NONE: Final = "（不需要）"
_STEPS: Final = 2  # places to sign: nobody decides twice, and no deed takes more posts than that


def _load_request(actor: Person, key: UUID, terms: Terms) -> Filled | None:
    record, deed = paging.one(REQUESTS, actor, terms, key), deed_of(actor, key)
    if record is None or deed is None:
        return None
    cells = dict(zip((name for name, _ in record.columns), record.cells, strict=True))
    needs = needs_of(actor, key, terms)
    return Filled(
        values={
            "deed": cells["title"],
            "clauses": cells["clauses"],
            "asked_by": cells["asked_by"],
            "asked_on": cells["asked_on"],
            "state": cells["state"],
            "until": cells["until"],
            "reason": cells["reason"],
            "things": _things(actor, key, [UUID(each) for each in deed["things"]]),
            "stated": _stated(needs),
            "chain": _chain(needs, terms),
            "outside": _outside(needs, terms),
            **_opinions(needs, terms),
        },
        level=record.level,
        label=cells["label"],
    )


def _things(actor: Person, request: UUID, things: list[UUID]) -> list[tuple[str]]:
    """Numbers of papers and copies as far as they are told him; of anything else there is none."""
    told = told_things(actor, request, things)
    return [(told[each].number if each in told else _OTHER,) for each in things]


def _stated(needs: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    found = dict.fromkeys(
        (each["title"], each["shown"]) for need in needs for each in need["stated"]
    )
    return list(found)


def _chain(needs: Iterable[Mapping[str, Any]], terms: Terms) -> list[tuple[str, ...]]:
    rows = dict.fromkeys(
        (
            f"{need['clause']} {need['title']}",
            need["decider"],
            facts.STATES[need["state"]],
            decision_worded(need["step"], terms) if need["step"] else "",
        )
        for need in needs
    )
    return list(rows)


def _outside(needs: Iterable[Mapping[str, Any]], terms: Terms) -> list[tuple[Any, ...]]:
    rows = dict.fromkeys(
        (
            need["decider"],
            step["body_name"] if step else "",
            step["letter"] if step else "",
            step["letter_date"] if step else None,
            facts.VERDICTS[step["verdict"]] if step else "",
        )
        for need in needs
        if need["body"]
        for step in (need["step"],)
    )
    return list(rows)


def _opinions(needs: Iterable[Mapping[str, Any]], terms: Terms) -> dict[str, str]:
    """What stands in the places to sign: what was decided, nothing where somebody has yet to."""
    by_rule: dict[str, Mapping[str, Any]] = {}
    for need in needs:
        if not need["body"]:
            by_rule.setdefault(need["rule"], need)
    steps = list(by_rule.values())[:_STEPS]
    found = {
        f"opinion_{number}": decision_worded(need["step"], terms)
        for number, need in enumerate(steps, start=1)
        if need["step"]
    }
    for number in range(len(steps) + 1, _STEPS + 1):
        found[f"opinion_{number}"] = _NONE
    return found


REQUEST: Final = Form(
    name="approvals.request",
    title="报批审批表",
    kind="approvals.request",
    load=_load_request,
    fields=(
        Field(key="deed", label="报批事项"),
        Field(key="clauses", label="依据条款"),
        Field(key="asked_by", label="报批人"),
        Field(key="asked_on", label="报批日期"),
        Field(key="state", label="状态"),
        Field(key="until", label="批准有效至"),
        Field(key="reason", label="报批理由", is_wide=True),
        Field(key="things", label="办理对象", columns=(("number", "编号"),)),
        Field(key="stated", label="报批内容", columns=(("what", "项目"), ("shown", "内容"))),
        Field(
            key="chain",
            label="审批经过",
            columns=(
                ("rule", "条款和事项"),
                ("post", "审批岗位"),
                ("state", "状态"),
                ("decided", "决定"),
            ),
        ),
        Field(
            key="outside",
            label="外部机关意见",
            columns=(
                ("wanted", "须经同意的机关"),
                ("body", "来函机关"),
                ("letter", "文号"),
                ("dated", "来函日期"),
                ("verdict", "意见"),
            ),
        ),
    ),
    signatures=(
        Signature(key="asker", title="报批人签名"),
        Signature(key="opinion_1", title="审批意见", is_opinion=True),
        Signature(key="opinion_2", title="第二道审批意见", is_opinion=True),
    ),
    note="批准后照本表所列内容办理，内容改变的，须重新报批；每次批准只能办理一次。",
)
FORMS: Final = (REQUEST,)
