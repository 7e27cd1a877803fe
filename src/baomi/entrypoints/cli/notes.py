"""Checkpoints that were carried away, read back from their files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from baomi.entrypoints.cli.answer import Stop
from baomi.kernel.ledger.verify import Anchor, read_anchor


def anchors_in(names: Iterable[str]) -> tuple[Anchor, ...]:
    """The checkpoints in these files. Raises ``Stop``."""
    return tuple(_anchor(name) for name in names)


def _anchor(name: str) -> Anchor:
    try:
        return read_anchor(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Stop(f"外存的封存 {name} 读不懂：请核对文件。") from None
