"""``baomi clause``: one clause whole, or the clauses that a number or words find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from baomi.engine.clauses.listed import Listed, clause_of
from baomi.engine.clauses.narrowing import YES, choose, narrowed
from baomi.engine.clauses.printed import setting_line
from baomi.engine.clauses.settings_of import Told
from baomi.engine.clauses.standing import NOTHING_OWED, duties_by_clause
from baomi.engine.clauses.told import head_of, tell
from baomi.engine.login import NotLoggedIn
from baomi.engine.pen import NotFounded
from baomi.entrypoints.cli.answer import Answer, ExitCode, Shown, Stop
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.session import Asker, asker
from baomi.kernel.clock import clock
from baomi.rulebook.terms import Terms


@click.command(
    "clause",
    cls=Command,
    help="一条制度：条文、原文位置、现行法律、怎样落实、设置、今天的情况；"
    "不止一条时列出各条。未登录时不显示今天的情况。",
)
@click.argument("text", metavar="[编号或文字]", required=False, help="如 GZ2.3.1b、2.3.1、传阅范围")
@click.option("--behind", is_flag=True, help="只看落后于现行法律的")
@click.option("--late", is_flag=True, help="只看今天有逾期的（须登录）")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位查看")
def command(*, text: str | None, behind: bool, late: bool, as_post: str | None) -> Answer:
    """What a number or words find; one clause is told whole."""
    who = _asker(as_post, must=late)
    owed = duties_by_clause(who.person) if who else {}
    wanted = narrowed({"law": YES if behind else "", "late": YES if late else ""})
    exact = clause_of((text or "").strip())
    overdue = {key for key, each in owed.items() if each.overdue}
    found = [exact] if exact else choose(wanted, overdue, text or "")
    if len(found) == 1:
        return _whole(found[0], who)
    if not found:
        return Answer([], ["没有符合条件的条款。"])
    rows = []
    data = []
    for each in found:
        duties = owed.get(each.id, NOTHING_OWED)
        mark = "落后于现行法律" if each.is_behind_the_law else ""
        rows.append((each.id, each.title, each.requires, mark, duties.open, duties.overdue))
        data.append({**head_of(each), "duties": {"open": duties.open, "overdue": duties.overdue}})
    head = ("条款", "名称", "要求", "现行法律", "未办", "逾期")
    return Answer(data, [Grid(head, rows), f"共 {len(found)} 条。"])


def _asker(as_post: str | None, *, must: bool) -> Asker | None:
    """Who asks; nobody need be logged in to read the rulebook itself. Raises ``Stop``."""
    try:
        return asker(as_post)
    except Stop as stop:
        if must or as_post is not None or stop.code is not ExitCode.NOT_LOGGED_IN:
            raise
    except (NotLoggedIn, NotFounded):
        if must or as_post is not None:
            raise
    return None


def _whole(each: Listed, who: Asker | None) -> Answer:
    terms = who.terms if who else Terms.on(clock.today())
    told = tell(each, who.person if who else None, terms)
    return Answer(told, list(_text(told)))


def _text(told: Mapping[str, Any]) -> Iterator[str | Shown]:
    yield f"{told['id']} {told['title']}"
    if told["requires"]:
        yield told["requires"]
    yield "　".join(("位置：" + told["system_title"], *told["place"]))
    yield f"编号：{told['numbering_note']}"
    if told["beyond"]:
        yield f"原文以外，本程序补充：{'；'.join(told['beyond'])}"
    for law in told["laws"]:
        source = f"《{law['statute']}》{law['article']}（{law['in_force_since']} 起施行）"
        yield f"{law['relation_title']}：本制度“{law['paper']}”；{source}：{law['says']}"
    for one in told["clashes"]:
        yield f"不一致：{one['subject']}（{'、'.join(one['clauses'])}），按“{one['decision']}”办理"
    for one in told["readings"]:
        yield f"原件不清：“{one['scanned']}”读作“{one['read_as']}”。{one['why']}"
    yield Grid(
        ("方式", "控制", "状态", "约束的事项", "程序位置"),
        [
            (
                row["kind_title"],
                row["what"],
                row["status_title"],
                "、".join(action["name"] for action in row["actions"]),
                row["where"],
            )
            for row in told["controls"]
        ],
    )
    yield from (f"设置　{setting_line(Told(**one))}" for one in told["settings"])
    proof = told["proof"]
    day = proof["day"] or "（日期没有记录）"
    yield f"证明：{proof['controls']} 项中已证明 {proof['proven']} 项；上次完整测试 {day}"
    yield from _today(told["today"])


def _today(today: Mapping[str, Any] | None) -> Sequence[str]:
    if today is None:
        return ["登录后可看今天的情况。"]
    duties, refusals = today["duties"], today["refusals"]
    lines = [f"今天：未办 {duties['open']} 项，其中逾期 {duties['overdue']} 项"]
    if today["approvals"]:
        asked = today["approvals"]
        lines.append(f"审批：待批 {asked['waiting']}，已批准 {asked['granted']}")
    if refusals:
        lines.append(
            f"依本条不予办理：近 30 天 {refusals['month']} 次，近一年 {refusals['year']} 次"
        )
    for rows in today["rows"]:
        lines.append(f"{rows['title']}：{rows['count']} 行{'以上' if rows['more'] else ''}")
    if today["deeds"] is not None:
        lines.append(f"最近 5000 条日志中，受本条约束的事项 {today['deeds']} 次")
    return lines
