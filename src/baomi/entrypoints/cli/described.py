"""What an action's inputs are, as lines of a terminal: for ``baomi rules`` and the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

HEAD = ("名称", "含义", "必填", "说明")


def lines_of(fields: Iterable[Mapping[str, Any]], within: str = "") -> Iterator[tuple[str, ...]]:
    """A line under ``HEAD`` for each field, the fields of a row after it: ``papers.title``."""
    for each in fields:
        name = f"{within}{each['name']}"
        choices = "、".join(choice["title"] for choice in each["choices"])
        told = (each["description"], f"可填：{choices}" if choices else "")
        yield name, each["title"], "是" if each["required"] else "否", "；".join(filter(None, told))
        yield from lines_of(each["fields"], f"{name}.")


def how_to_enter_rows(fields: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """How the rows of a field are written into a file, with all that each of them needs."""
    for each in fields:
        if each["fields"] and each["several"]:
            needed = (inner["name"] for inner in each["fields"] if inner["required"])
            row = ", ".join(f'"{name}": …' for name in needed)
            yield (
                f"“{each['title']}”的内容写在 JSON 文件里：--set {each['name']}=@文件.json，"
                f"形如 [{{{row}}}, …]"
            )
