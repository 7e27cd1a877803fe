"""Write ``docs/reference`` from the code: bindings, coverage, clauses, actions, doors.

``python -m tools.reference`` writes the pages; ``--check`` only tells which are out of date.
Pages carry no line numbers and no measurement, so that only a change of meaning changes them.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baomi.config.settings.test")
django.setup()

# Django's registry of apps must stand before the models are read
import click  # noqa: E402 - see above

from baomi.engine import matrix, registry  # noqa: E402 - see above
from baomi.engine.clauses.told import law_words  # noqa: E402 - see above
from baomi.engine.face.described import told_fields  # noqa: E402 - see above
from baomi.engine.proof import Proof  # noqa: E402 - see above
from baomi.entrypoints.api.document import document  # noqa: E402 - see above
from baomi.entrypoints.cli.described import (  # noqa: E402 - see above
    HEAD,
    how_to_enter_rows,
    lines_of,
)
from baomi.entrypoints.cli.main import cli  # noqa: E402 - see above
from baomi.rulebook.terms import Terms  # noqa: E402 - see above
from baomi.rulebook.text import ControlKind, load_text  # noqa: E402 - see above

REFERENCE: Final = Path(__file__).resolve().parent.parent / "docs" / "reference"
GENERATED: Final = "<!-- 由程序生成：修改程序后执行 make docs，请勿手工修改 -->\n\n"
# whether a control is proven is measured by a test run; the pages say what the code alone says
UNMEASURED: Final = Proof({})
STATUS: Final = {"expected": "尚未落实", "declared": "已声明", "bound": "已约束", "exempt": "豁免"}
# whole folders are generated, so that the page of a removed thing is found
FOLDERS: Final = ("actions", "clauses")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar in a cell is escaped, a line break becomes a blank."""
    lines = [head, ["---"] * len(head), *rows]
    cells = ((cell.replace("|", "\\|").replace("\n", " ") for cell in line) for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def place(where: str) -> str:
    """Where a control is declared, without the line."""
    return where.partition(":")[0]


def kind(row: matrix.Row) -> str:
    """The kind of a control, as the office calls it."""
    return ControlKind(row.kind).label


def controls(rows: Iterable[matrix.Row]) -> str:
    """The table of controls on a clause's page."""
    return table(
        ("条款", "控制", "类别", "状态", "程序位置", "约束的事项"),
        (
            (
                row.clause,
                f"{row.what}（`{row.control}`）" if row.what != row.control else row.what,
                kind(row),
                STATUS[row.status],
                place(row.where),
                "、".join(f"[{name}](../actions/{name}.md)" for name in row.actions),
            )
            for row in rows
        ),
    )


def clause_page(number: str, title: str, rows: Sequence[matrix.Row]) -> str:
    """One numbered clause: what it requires, part by part, and what carries it."""
    text = load_text()
    parts = [
        f"**{part.id} {part.title}**　{part.requires}\n"
        + "".join(f"\n- 原文未作规定，由程序补充：{words}" for words in part.beyond)
        + (f"\n- 现行法律：{law_words(part.law)}" if part.law else "")
        for part in text.parts_of(number)
    ]
    return f"{GENERATED}# {number} {title}\n\n" + "\n\n".join(parts) + "\n\n" + controls(rows)


def clause_pages() -> Iterator[tuple[Path, str]]:
    """A page for every clause that code carries."""
    rows = matrix.rows(UNMEASURED)
    for clause in registry.rulebook():
        ids = {part.id for part in load_text().parts_of(clause.id)}
        own = [row for row in rows if row.clause in ids or row.clause == clause.id]
        yield Path("clauses") / f"{clause.id}.md", clause_page(clause.id, clause.title, own)


def inputs_table(fields: Sequence[Mapping[str, Any]]) -> str:
    """What is entered, as the form and ``--set`` name it; the fields of a row after the row."""
    how = "".join(f"\n{line}\n" for line in how_to_enter_rows(fields))
    return table(HEAD, lines_of(fields)) + how


def action_pages() -> Iterator[tuple[Path, str]]:
    """A page for every action: who may do it, what is entered, which clauses bind it."""
    terms = Terms.on(max(clause.in_force_since for clause in registry.rulebook()))
    rows = matrix.rows(UNMEASURED)
    for name, action in registry.actions().items():
        fields = told_fields(action.inputs, terms)
        bound = [row for row in rows if name in row.actions]
        yield (
            Path("actions") / f"{name}.md",
            f"{GENERATED}# {action.title}（`{name}`）\n\n{action.help}\n\n"
            f"办理人：{'、'.join(terms.post_title(post) for post in sorted(action.done_by))}\n\n"
            f"带来的事实：{'、'.join(f'`{each.__name__}`' for each in action.brings) or '无'}\n\n"
            + (inputs_table(fields) if fields else "不需填写内容。\n")
            + "\n## 受约束的条款\n\n"
            + (controls(bound) if bound else "无。\n"),
        )


def coverage_page() -> str:
    """Every control that the rulebook calls for, and where it stands."""
    rows = matrix.rows(UNMEASURED)
    counted = {
        word: sum(STATUS[row.status] == word for row in rows)
        for word in dict.fromkeys(STATUS.values())
    }
    summary = table(("状态", "控制数"), ((word, str(n)) for word, n in counted.items()))
    return (
        f"{GENERATED}# 制度落实一览\n\n{summary}\n"
        "是否“已证明”由完整测试实测得出，见 `baomi coverage`。\n\n"
        + table(
            ("条款", "控制", "类别", "状态", "程序位置"),
            (
                (row.clause, row.control, kind(row), STATUS[row.status], place(row.where))
                for row in rows
            ),
        )
    )


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, by the words that call them."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for word in command.list_commands(context):
            found = command.get_command(context, word)
            if found is not None:
                yield from commands(found, f"{name} {word}")


def cli_page() -> str:
    """The help of every command, as a terminal shows it."""
    pages = []
    for name, command in commands(cli, "baomi"):
        context = click.Context(command, info_name=name, terminal_width=88, max_content_width=88)
        pages.append(f"## {name}\n\n```\n{command.get_help(context).rstrip()}\n```\n")
    return f"{GENERATED}# 命令行\n\n" + "\n".join(pages)


def openapi() -> str:
    """The API's document, as programs read it."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def pages() -> dict[Path, str]:
    """Every generated page by its absolute path."""
    found = {
        Path("bindings.md"): matrix.bindings_markdown(),
        Path("coverage.md"): coverage_page(),
        Path("cli.md"): cli_page(),
        Path("openapi.json"): openapi(),
        **dict(clause_pages()),
        **dict(action_pages()),
    }
    return {REFERENCE / path: text for path, text in sorted(found.items())}


def leftovers(current: Iterable[Path]) -> list[Path]:
    """Pages of things that are gone."""
    there = {path for folder in FOLDERS for path in (REFERENCE / folder).glob("*.md")}
    return sorted(there - set(current))


def stale() -> list[str]:
    """Names of the pages that are missing, out of date, or left over."""
    current = pages()
    changed = [
        path
        for path, text in current.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    return [path.relative_to(REFERENCE).as_posix() for path in (*changed, *leftovers(current))]


def write() -> int:
    """Write every page and remove what is left over. Returns how many pages there are."""
    current = pages()
    for path, text in current.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in leftovers(current):
        path.unlink()
    return len(current)


def main(arguments: Sequence[str]) -> int:
    """Write, or with ``--check`` compare; returns 1 when a page is out of date."""
    if "--check" not in arguments:
        print(f"已写 {write()} 页：docs/reference")
        return 0
    old = stale()
    for name in old:
        print(f"docs/reference/{name} 与程序不一致，请执行 make docs 后提交")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
