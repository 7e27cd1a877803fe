"""涉密载体外出携带审批表: what was carried out, by whom, how it was kept, and how it came back."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person
from baomi.registers import paging
from baomi.registers.custody.reads.outings import LINES, OUTINGS, outings_for
from baomi.registers.official import Field, Filled, Form, Signature

_COPIES: Final = (
    ("number", "收文编号"),
    ("copy", "份号"),
    ("level", "密级"),
    ("back_on", "带回日期"),
    ("checked_by", "检查人"),
    ("findings", "返回检查情况"),
)


def _load(actor: Person, key: UUID, terms: Terms) -> Filled | None:
    record = paging.one(OUTINGS, actor, terms, key)
    behind = outings_for(actor).filter(id=key).values("op", "registered_by").first()
    if record is None or behind is None:
        return None
    cells = dict(zip((name for name, _ in record.columns), record.cells, strict=True))
    told = {each.key: cells[each.key] for each in OUTING.fields if each.key != "copies"}
    return Filled(
        values={**told, "copies": _copies(actor, key)},
        level=record.level,
        op=behind["op"],
        done_by=behind["registered_by"],
    )


def _copies(actor: Person, key: UUID) -> list[tuple[Any, ...]]:
    """Its copies by their numbers: no title leaves on a form that goes from hand to hand."""
    rows = LINES.rows(actor).filter(outing=key).order_by("id")
    return [
        (
            row["copy__paper__registered_number"],
            row["copy__copy_number"],
            Level(row["copy__paper__level"]),
            row["back_on"],
            row["checked_by__name"],
            row["findings"],
        )
        for row in rows.values(
            *("copy__paper__registered_number", "copy__copy_number", "copy__paper__level"),
            *("back_on", "checked_by__name", "findings"),
        )
    ]


OUTING: Final = Form(
    name="custody.outing",
    title="涉密载体外出携带审批表",
    kind="custody.outing",
    load=_load,
    fields=(
        Field(key="number", label="编号"),
        Field(key="registered_on", label="登记日期"),
        Field(key="unit", label="责任部门"),
        Field(key="registered_by", label="经手人"),
        Field(key="carrier", label="携带人"),
        Field(key="keeper", label="保管人"),
        Field(key="companions", label="同行人员"),
        Field(key="level", label="最高密级"),
        Field(key="leaves_on", label="外出日期"),
        Field(key="back_until", label="带回期限"),
        Field(key="occasions", label="场合"),
        Field(key="state", label="状态"),
        Field(key="destination", label="外出地点", is_wide=True),
        Field(key="purpose", label="用途", is_wide=True),
        Field(key="measures", label="保密措施", is_wide=True),
        Field(key="copies", label="携带的涉密载体", columns=_COPIES),
    ),
    signatures=(
        Signature(key="promise", title="携带人保证", is_opinion=True),
        Signature(key="opinion", title="领导审批意见", is_opinion=True),
    ),
    decided_in="opinion",
    note="绝密级载体由两人以上携带；途中随身保管，不得交他人代管，不得带入无关场所；带回当日检查。",
)
