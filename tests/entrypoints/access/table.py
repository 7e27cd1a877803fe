"""The table of who is answered what, as it lies beside the tests: read, and written anew."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).with_name("access.yaml")
Column = dict[str, dict[str, str]]  # address → method → status


def posts() -> list[str]:
    """The posts, in the order of the codes."""
    return list(_told()["posts"])


def column(post: str) -> Column:
    """What one post is answered."""
    place = posts().index(post)
    return {
        written: {method: _spread(codes)[place] for method, codes in methods.items()}
        for written, methods in _told()["answers"].items()
    }


def write(post: str, found: Column, everybody: list[str]) -> None:
    """Put one post's column into the table."""
    columns = {
        each: column(each) if TABLE.exists() and each in posts() else {} for each in everybody
    }
    columns[post] = found
    answers = {
        written: {
            method: _shortened(
                [columns[each].get(written, {}).get(method, "-") for each in everybody]
            )
            for method in methods
        }
        for written, methods in sorted(found.items())
    }
    told = {"posts": everybody, "answers": answers}
    TABLE.write_text(yaml.safe_dump(told, allow_unicode=True, width=200), encoding="utf-8")
    _told.cache_clear()


@cache
def _told() -> dict[str, Any]:
    return dict(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def _spread(codes: str) -> list[str]:
    """One status stands for all who are answered alike."""
    each = codes.split()
    return each * len(posts()) if len(each) == 1 else each


def _shortened(codes: list[str]) -> str:
    return codes[0] if len(set(codes)) == 1 else " ".join(codes)
