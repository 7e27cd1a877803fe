"""The pages of plans, summaries, rulebook versions, pledges, and of who oversees what."""

from __future__ import annotations

from typing import Final

from baomi.entrypoints.web.panels.panel import Face, Head, Seen, rows_of


def _yearly(seen: Seen) -> Head:
    replaced = seen.cell("replaced_on")
    state = f"，{replaced.isoformat()} 由新版代替" if replaced else ""
    return Head(
        number=f"{seen.cell('year')}{seen.cell('kind')}",
        level=seen.cell("level"),
        title=seen.cell("title"),
        whereabouts=f"第 {seen.cell('version')} 版，"
        f"{seen.cell('adopted_on').isoformat()} 审定{state}",
    )


def _item(seen: Seen) -> Head:
    return Head(number=seen.cell("number"), title=seen.cell("what"))


def _version(seen: Seen) -> Head:
    repealed = seen.cell("repealed_on")
    until = f"，{repealed.isoformat()} 废止" if repealed else "，现行"
    return Head(
        number=seen.cell("system"),
        whereabouts=f"{seen.cell('issued_on').isoformat()} 发布，"
        f"{seen.cell('in_force_from').isoformat()} 起施行{until}",
    )


def _document(seen: Seen) -> Head:
    return Head(
        number=seen.cell("kind"),
        level=seen.cell("level"),
        title=seen.cell("title"),
        whereabouts=f"{seen.cell('dated_on').isoformat()} 成文",
    )


def _pledge(seen: Seen) -> Head:
    if seen.cell("cancelled_on"):
        state = "已经作废"
    elif seen.cell("recorded_on"):
        state = f"已经签订，存放在{seen.cell('place')}"
    else:
        state = "拟订了，等双方签字"
    return Head(
        number=f"{seen.cell('year')}年　{seen.cell('unit')}",
        whereabouts=f"{seen.cell('leader')}与{seen.cell('head')}：{state}",
    )


def _oversight(seen: Seen) -> Head:
    until = seen.cell("until_on")
    till = f"，至 {until.isoformat()}" if until else ""
    return Head(
        number=f"{seen.cell('leader')}分管{seen.cell('unit')}",
        whereabouts=f"自 {seen.cell('from_on').isoformat()} 起{till}",
    )


YEARLY: Final = Face(
    head=_yearly,
    left_out=frozenset({"year", "kind", "title", "version", "adopted_on", "replaced_on"}),
    panels=(
        rows_of(
            "governance.item",
            "目标和工作情况",
            "yearly",
            columns=("number", "what", "unit", "person", "due_on", "goal"),
            empty="没有逐项登记。",
        ),
    ),
)
ITEM: Final = Face(head=_item, left_out=frozenset({"number", "what"}))
VERSION: Final = Face(
    head=_version,
    left_out=frozenset({"system", "issued_on", "in_force_from", "repealed_on"}),
    panels=(
        rows_of(
            "governance.rulebook_review",
            "历次复核",
            "version",
            columns=("reviewed_on", "needs_revision", "reason", "reviewed_by"),
            empty="还没有复核过。",
        ),
    ),
)
DOCUMENT: Final = Face(head=_document, left_out=frozenset({"kind", "title", "dated_on"}))
PLEDGE: Final = Face(head=_pledge, left_out=frozenset({"year", "unit", "leader", "head"}))
OVERSIGHT: Final = Face(head=_oversight, left_out=frozenset({"leader", "unit"}))
