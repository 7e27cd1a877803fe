"""The books of plans and summaries, of their items, and of other documents."""

from __future__ import annotations

from typing import Final

from baomi.kernel.terms import Terms
from baomi.registers.filters import between_days, choices, flag, of_level, of_row, of_year, one_of
from baomi.registers.governance.reads import visible
from baomi.registers.governance.reads.columns import LEVEL, day, person, text, unit
from baomi.registers.listing import Book, Column, Order, Values

KINDS: Final = {"plan": "年度计划", "summary": "年度总结"}


def _kind(row: Values, terms: Terms) -> str:
    return KINDS[row["kind"]]


def _item_kind(row: Values, terms: Terms) -> str:
    return KINDS[row["yearly__kind"]]


def _goal(row: Values, terms: Terms) -> str:
    year, ordinal = row["goal__yearly__year"], row["goal__ordinal"]
    return f"{year}/{ordinal}" if year else ""


YEARLIES: Final = Book(
    name="governance.yearly",
    title="年度计划和总结登记簿",
    help="领导小组每年的保密工作计划和总结。修改后另存一版，原来的一版保留。",
    kind="governance.yearly",
    rows=visible.yearlies,
    level="level",
    is_counted=True,
    written_in="oldest",
    begin_with=("governance.adopt_plan", "governance.adopt_summary"),
    columns=(
        Column(
            key="year",
            heading="年度",
            reads=("year",),
            opens="governance.yearly",
            opens_by="id",
            is_narrow=True,
        ),
        Column(key="kind", heading="种类", reads=("kind",), word=_kind, is_narrow=True),
        text("title", "标题"),
        text("version", "第几版"),
        day("adopted_on", "审定日期"),
        text("letter", "文号"),
        LEVEL,
        person("drafted_by", "起草人"),
        text("ground", "修改理由"),
        day("replaced_on", "由新版代替"),
        day("recorded_on", "登记日期"),
        person("recorded_by", "登记人"),
        text("body", "正文", is_shown=False),
    ),
    orders=(
        Order(key="newest", heading="近年在前", by=("-year", "-id")),
        Order(key="oldest", heading="早年在前", by=("year", "id")),
    ),
    filters=(
        one_of("kind", "种类", "kind", choices(KINDS)),
        of_year("year", "年度", "year"),
        of_level("level"),
        flag("standing", "现行的一版", lambda rows, actor: rows.filter(replaced_on=None)),
    ),
)
ITEMS: Final = Book(
    name="governance.item",
    title="计划目标和工作情况",
    help="年度计划的各项目标、责任单位和期限，年度总结的各项工作情况。随计划、总结一并登记。",
    kind="governance.item",
    rows=visible.items,
    level="yearly__level",
    is_counted=True,
    written_in="oldest",
    columns=(
        Column(
            key="number",
            heading="年度/序号",
            reads=("yearly__year", "ordinal"),
            word=lambda row, terms: f"{row['yearly__year']}/{row['ordinal']}",
            opens="governance.yearly",
            opens_by="yearly",
            is_narrow=True,
        ),
        Column(
            key="kind", heading="种类", reads=("yearly__kind",), word=_item_kind, is_narrow=True
        ),
        text("what", "内容"),
        unit("unit", "责任单位"),
        person("person", "责任人"),
        day("due_on", "完成期限"),
        Column(
            key="goal",
            heading="对应目标",
            reads=("goal__yearly__year", "goal__ordinal"),
            word=_goal,
            is_narrow=True,
        ),
        Column(
            key="replaced_on",
            heading="由新版代替",
            reads=("yearly__replaced_on",),
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="oldest", heading="按登记先后", by=("id",)),
        Order(key="newest", heading="新登记的在前", by=("-id",)),
    ),
    filters=(
        one_of("kind", "种类", "yearly__kind", choices(KINDS)),
        of_year("year", "年度", "yearly__year"),
        of_row("yearly", "计划或总结", "yearly", "governance.yearly"),
        of_row("unit", "责任单位", "unit", "office.unit"),
        of_row("person", "责任人", "person", "office.person"),
        flag("standing", "现行的一版", lambda rows, actor: rows.filter(yearly__replaced_on=None)),
    ),
)
DOCUMENTS: Final = Book(
    name="governance.document",
    title="保密工作文件材料登记簿",
    help="计划、总结、制度以外的保密工作文件和材料。",
    kind="governance.document",
    rows=visible.documents,
    level="level",
    is_counted=True,
    written_in="oldest",
    begin_with=("governance.record_document",),
    columns=(
        Column(
            key="dated_on",
            heading="成文日期",
            reads=("dated_on",),
            opens="governance.document",
            opens_by="id",
            is_narrow=True,
        ),
        text("kind", "种类"),
        text("title", "标题"),
        text("letter", "文号"),
        LEVEL,
        person("drafted_by", "起草人"),
        day("recorded_on", "登记日期"),
        person("recorded_by", "登记人"),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-dated_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("dated_on", "id")),
    ),
    filters=(
        of_level("level"),
        of_row("drafted_by", "起草人", "drafted_by", "office.person"),
        *between_days("dated", "成文日期", "dated_on"),
    ),
)
