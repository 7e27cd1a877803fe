"""Day and instant come from one clock, so that deeds can be judged by another day than today."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source_tree import dotted, name_of, python_files, tree

BANNED = (
    *("date.today", "datetime.now", "datetime.utcnow", "datetime.today", "timezone.now"),
    *("timezone.localdate", "timezone.localtime", "time.time", "time.time_ns"),
    *("time.localtime", "time.gmtime"),
)
EXEMPT = {
    "src/baomi/kernel/clock.py": "it is the clock",
    "src/baomi/kernel/ledger/verify.py": "it runs alone, on another computer, by that one's clock",
}


def readings(module: ast.Module) -> list[str]:
    """Places where a clock is read behind the clock's back."""
    return [
        f"line {node.lineno}: {dotted(node)}"
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and any(dotted(node) == name or dotted(node).endswith(f".{name}") for name in BANNED)
    ]


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_nobody_reads_another_clock(path: Path):
    assert name_of(path) in EXEMPT or readings(tree(path)) == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("date.today()", 1),
        ("datetime.datetime.now(tz=UTC)", 1),
        ("default=timezone.now", 1),
        ("time.time_ns()", 1),
        ("clock.today()", 0),
        ("deed.today", 0),
        ("time.monotonic()", 0),
    ],
    ids=["today", "now", "default", "time", "clock", "deed", "monotonic"],
)
def test_good_and_bad_examples(code: str, count: int):
    assert len(readings(ast.parse(f"f({code})"))) == count
