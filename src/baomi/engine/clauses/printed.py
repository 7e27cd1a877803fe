"""One clause as it is printed: words, place, controls, settings, law. Nothing of today."""

from __future__ import annotations

from typing import Any

from baomi.engine.clauses.listed import BEYOND_TITLE, Listed
from baomi.engine.clauses.settings_of import Told
from baomi.engine.clauses.told import tell
from baomi.rulebook.terms import Terms


def printed_clause(each: Listed, terms: Terms) -> dict[str, Any]:
    """What stands on paper of a clause, as lines of text; its headings stand above it."""
    told = tell(each, None, terms)
    return {
        "id": each.id,
        "title": each.title,
        "requires": each.requires or BEYOND_TITLE,
        "place": each.place.item,
        "beyond": "；".join(told["beyond"]),
        "controls": [
            f"{one['kind_title']}：{one['what']}（{one['status_title']}）"
            for one in told["controls"]
        ],
        "settings": [setting_line(Told(**one)) for one in told["settings"]],
        "laws": [
            {
                "mark": "落后于现行法律" if law["behind"] else law["relation_title"],
                "paper": law["paper"],
                "source": f"《{law['statute']}》{law['article']}（{law['in_force_since']} 起施行）",
                "says": law["says"],
            }
            for law in told["laws"]
        ],
    }


def setting_line(told: Told) -> str:
    """A setting in one line: 阅件交回期限：0（天，0为当日）；原文没有规定."""
    unit = f"（{told.unit}）" if told.unit else ""
    notes = "；".join(filter(None, ("原文没有规定" if told.beyond else "", told.law)))
    return f"{told.title}：{told.value}{unit}" + (f"；{notes}" if notes else "")
