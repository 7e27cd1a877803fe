"""A table of figures, printed as it is kept in docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table


class Figures:
    """Rows of a title and its figures."""

    def __init__(self, title: str, headings: Sequence[str]) -> None:
        self._table = Table(title=title)
        self._table.add_column("项目")
        for heading in headings:
            self._table.add_column(heading, justify="right")

    def add(self, title: str, *figures: str) -> None:
        """Add a row; as many figures as there are headings."""
        self._table.add_row(title, *figures)

    def show(self) -> None:
        """Print the table."""
        Console(width=110).print(self._table)
