"""A table for a terminal: cells are text, never markup."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baomi.entrypoints.cli.answer import printable

# a file or a pipe has no width: nothing is broken there, so that each row stays one line
_UNBROKEN = 2000


@dataclass(frozen=True, slots=True)
class Grid:
    """Headings and rows; shown as wide as the terminal allows."""

    head: Sequence[str]
    rows: Iterable[Sequence[object]]
    title: str = ""

    def show(self) -> None:
        """Write the table to the standard output."""
        width = None if sys.stdout.isatty() else _UNBROKEN
        table = Table(
            box=box.SIMPLE_HEAD, title=self.title or None, title_justify="left", pad_edge=False
        )
        for heading in self.head:
            table.add_column(Text(heading), overflow="fold")
        for row in self.rows:
            table.add_row(*(Text(cell_text(cell)) for cell in row))
        console = Console(width=width, markup=False, highlight=False)
        with console.capture() as captured:
            console.print(table)
        # the padding of the last column is of no use to whoever copies the lines
        lines = (line.rstrip() for line in captured.get().splitlines())
        click.echo("\n".join(line for line in lines if line))


def cell_text(value: object) -> str:
    """A cell on one line; nothing is a dash's width of nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return printable(str(value)).replace("\n", " ").replace("\t", " ")
