"""``baomi rules``: which clauses judge one action, and what it takes."""

from __future__ import annotations

from typing import Any

import click

from baomi.engine import matrix, registry
from baomi.engine.face.described import told_fields
from baomi.engine.face.wording import clause_title, control_title
from baomi.entrypoints.cli.answer import Answer, Shown
from baomi.entrypoints.cli.deed import action_named
from baomi.entrypoints.cli.described import HEAD, how_to_enter_rows, lines_of
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid
from baomi.kernel.action import Action
from baomi.kernel.clock import clock
from baomi.rulebook.terms import Terms


@click.command(
    "rules", cls=Command, help="一件事受哪些条款约束、由谁办理、要填什么；不写事项则列出全部事项。"
)
@click.argument("name", metavar="[事项]", required=False, help="如 custody.hand_over_copy")
def command(*, name: str | None) -> Answer:
    """The clauses that bind an action, or every action there is."""
    return _every_action() if name is None else _one(action_named(name))


def _every_action() -> Answer:
    actions = registry.actions().values()
    data = [{"action": each.name, "title": each.title, "help": each.help} for each in actions]
    rows = [(each.name, each.title, each.help) for each in actions]
    return Answer(data, [Grid(("事项", "名称", "说明"), rows)])


def _one(action: Action[Any]) -> Answer:
    terms = Terms.on(clock.today())
    done_by = sorted(terms.post_title(post) for post in action.done_by)
    fields = told_fields(action.inputs, terms)
    rows = matrix.clauses_of(action.name)
    data = {
        "action": action.name,
        "title": action.title,
        "help": action.help,
        "done_by": sorted(post.value for post in action.done_by),
        "target": action.target,
        "inputs": fields,
        "rules": [
            {"clause": row.clause, "kind": row.kind, "control": row.control, "status": row.status}
            for row in rows
        ],
    }
    text: list[str | Shown] = [
        f"{action.title}（{action.name}）：{action.help}",
        f"由谁办理：{'、'.join(done_by)}",
    ]
    if fields:
        text.append(Grid(("--set 名称", *HEAD[1:]), list(lines_of(fields))))
        text += how_to_enter_rows(fields)
    bound = [
        (row.clause, clause_title(row.clause), control_title(row.kind), row.what) for row in rows
    ]
    text.append(Grid(("条款", "标题", "方式", "控制"), bound) if bound else "没有条款约束这件事。")
    return Answer(data, text)
