"""The official forms of this register: plans, summaries, pledges."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person
from baomi.registers.governance.facts import Role
from baomi.registers.governance.pledge_texts import TEXTS
from baomi.registers.governance.reads import visible
from baomi.registers.official import Field, Filled, Form, Signature

_YEARLY: Final = (
    *("id", "year", "version", "title", "body", "drafted_by__name", "adopted_on", "letter"),
    "level",
)


def _yearly_of(actor: Person, key: UUID, kind: str) -> dict[str, Any] | None:
    rows = visible.yearlies(actor).filter(id=key, kind=kind)
    row: dict[str, Any] | None = rows.values(*_YEARLY).first()
    return row


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "year": f"{row['year']}年度",
        "version": f"第{row['version']}版",
        "heading": row["title"],
        "letter": row["letter"],
        "adopted_on": row["adopted_on"],
        "drafted_by": row["drafted_by__name"],
        "text": row["body"],
    }


def _items_of(actor: Person, key: UUID, *columns: str) -> list[tuple[Any, ...]]:
    rows = visible.items(actor).filter(yearly=key).order_by("ordinal")
    return list(rows.values_list("ordinal", "what", *columns))


def _load_plan(actor: Person, key: UUID, terms: Terms) -> Filled | None:
    row = _yearly_of(actor, key, "plan")
    if row is None:
        return None
    goals = _items_of(actor, key, "unit__name", "person__name", "due_on")
    return Filled(
        values=_said(row)
        | {
            "goals": [
                (number, what, "、".join(filter(None, (unit, person))), due_on)
                for number, what, unit, person, due_on in goals
            ]
        },
        level=Level(row["level"]),
    )


def _load_summary(actor: Person, key: UUID, terms: Terms) -> Filled | None:
    row = _yearly_of(actor, key, "summary")
    if row is None:
        return None
    done = _items_of(actor, key, "goal__yearly__year", "goal__ordinal")
    return Filled(
        values=_said(row)
        | {
            "done": [
                (number, what, f"{year}/{goal}" if year else "计划外")
                for number, what, year, goal in done
            ]
        },
        level=Level(row["level"]),
    )


def _load_pledge(actor: Person, key: UUID, terms: Terms) -> Filled | None:
    row = (
        visible.pledges(actor)
        .filter(id=key, cancelled_on=None)
        .values(
            *("year", "role", "leader__name", "leader_post", "unit__name", "head__name"),
            *("text_version", "copies", "leader_signed_on", "head_signed_on"),
        )
        .first()
    )
    if row is None:
        return None
    role, text = Role(row["role"]), TEXTS[row["text_version"]]
    signed = {
        "leader_signs": (row["leader__name"], row["leader_signed_on"]),
        "head_signs": (row["head__name"], row["head_signed_on"]),
    }
    return Filled(
        values={
            "year": f"{row['year']}年度",
            "unit": row["unit__name"],
            "leader": f"{row['leader__name']}（{row['leader_post']}）",
            "head": row["head__name"],
            "role": role.word,
            "text_version": row["text_version"],
            "copies": row["copies"],
            "ground": text.ground,
            "leader_duties": "".join(text.leader[role]),
            "head_duties": "".join(text.head),
            "closing": text.closing,
        }
        | {
            key: f"{name} {day.year}年{day.month}月{day.day}日"
            for key, (name, day) in signed.items()
            if day is not None
        },
    )


def _yearly_form(name: str, title: str, load: Any, table: Field) -> Form:
    return Form(
        name=name,
        title=title,
        kind="governance.yearly",
        load=load,
        fields=(
            Field(key="year", label="年度"),
            Field(key="version", label="版次"),
            Field(key="heading", label="标题", is_wide=True),
            Field(key="letter", label="文号"),
            Field(key="adopted_on", label="审定日期"),
            Field(key="drafted_by", label="起草人"),
            Field(key="text", label="正文", is_wide=True),
            table,
        ),
        signatures=(Signature(key="group_leader", title="领导小组组长签字"),),
    )


PLAN: Final = _yearly_form(
    "governance.plan",
    "年度保密工作计划",
    _load_plan,
    Field(
        key="goals",
        label="工作目标",
        columns=(
            ("number", "序号"),
            ("what", "工作内容"),
            ("who", "责任单位、责任人"),
            ("due_on", "完成期限"),
        ),
    ),
)
SUMMARY: Final = _yearly_form(
    "governance.summary",
    "年度保密工作总结",
    _load_summary,
    Field(
        key="done",
        label="工作情况",
        columns=(("number", "序号"), ("what", "完成情况"), ("goal", "对应目标")),
    ),
)
PLEDGE: Final = Form(
    name="governance.pledge",
    title="保密工作责任书",
    kind="governance.pledge",
    load=_load_pledge,
    fields=(
        Field(key="year", label="年度"),
        Field(key="unit", label="委（办）室"),
        Field(key="leader", label="签订领导"),
        Field(key="head", label="委（办）室负责人"),
        Field(key="role", label="领导的责任", is_wide=True),
        Field(key="text_version", label="文本版本"),
        Field(key="copies", label="一式份数"),
        Field(key="ground", label="依据", is_listed=False),
        Field(key="leader_duties", label="领导职责", is_listed=False),
        Field(key="head_duties", label="负责人职责", is_listed=False),
        Field(key="closing", label="考核与追究", is_listed=False),
    ),
    body=(
        "«ground»",
        "一、«leader»：«leader_duties»",
        "二、«head»：«head_duties»",
        "三、«closing»",
    ),
    signatures=(
        Signature(key="leader_signs", title="领导签字"),
        Signature(key="head_signs", title="委（办）室负责人签字"),
    ),
    note="双方签字后，由办公室登记签字日期和存放处。",
)
FORMS: Final = (PLAN, SUMMARY, PLEDGE)
