"""The books of the 制度: their versions, and the reviews of them."""

from __future__ import annotations

from typing import Final

from baomi.kernel.terms import Terms
from baomi.registers.filters import between_days, choices, flag, of_row, one_of
from baomi.registers.governance.facts import System
from baomi.registers.governance.reads import visible
from baomi.registers.governance.reads.columns import day, person, text
from baomi.registers.listing import Book, Column, Order, Values

SYSTEMS: Final = {each.value: each.word for each in System}
YES_NO: Final = {True: "是", False: "否"}


def _system(row: Values, terms: Terms) -> str:
    return SYSTEMS[row["system"]]


def _reviewed(row: Values, terms: Terms) -> str:
    return SYSTEMS[row["version__system"]]


def _text_carried(row: Values, terms: Terms) -> str:
    return "是" if row["digest"] else "否"


VERSIONS: Final = Book(
    name="governance.rulebook_version",
    title="制度版本登记簿",
    help="五项保密制度的各个版本：何日发布、何日起施行、何日废止。",
    kind="governance.rulebook_version",
    rows=visible.versions,
    is_counted=True,
    written_in="oldest",
    begin_with=("governance.adopt_rulebook_version",),
    columns=(
        Column(
            key="system",
            heading="制度",
            reads=("system",),
            word=_system,
            opens="governance.rulebook_version",
            opens_by="id",
        ),
        day("issued_on", "发布日期"),
        day("in_force_from", "施行日期"),
        text("letter", "文号"),
        text("adopted_by", "审定单位"),
        day("repealed_on", "废止日期"),
        text("note", "说明"),
        Column(
            key="carried",
            heading="本程序收有文本",
            reads=("digest",),
            word=_text_carried,
            is_narrow=True,
        ),
        text("digest", "文本摘要", is_shown=False),
        day("recorded_on", "登记日期"),
        person("recorded_by", "登记人"),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-issued_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("issued_on", "id")),
    ),
    filters=(
        one_of("system", "制度", "system", choices(SYSTEMS)),
        flag("standing", "现行的", lambda rows, actor: rows.filter(repealed_on=None)),
    ),
)
REVIEWS: Final = Book(
    name="governance.rulebook_review",
    title="制度复核登记簿",
    help="对现行制度的历次复核：是否需要修订、理由是什么。",
    kind="",
    rows=visible.reviews,
    is_counted=True,
    written_in="oldest",
    columns=(
        day("reviewed_on", "复核日期"),
        Column(
            key="system",
            heading="制度",
            reads=("version__system",),
            word=_reviewed,
            opens="governance.rulebook_version",
            opens_by="version",
        ),
        Column(key="issued_on", heading="发布日期", reads=("version__issued_on",), is_narrow=True),
        Column(
            key="needs_revision",
            heading="需要修订",
            reads=("needs_revision",),
            word=lambda row, terms: YES_NO[row["needs_revision"]],
            is_narrow=True,
        ),
        text("reason", "理由"),
        person("reviewed_by", "复核人"),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-reviewed_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("reviewed_on", "id")),
    ),
    filters=(
        one_of("system", "制度", "version__system", choices(SYSTEMS)),
        of_row("version", "制度版本", "version", "governance.rulebook_version"),
        *between_days("reviewed", "复核日期", "reviewed_on"),
    ),
)
