"""All that there is to tell of one clause, as plain data: pages, API and command line show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from baomi.engine import registry
from baomi.engine.clauses.listed import MEANING, STATUS, Listed, kinds, systems
from baomi.engine.clauses.settings_of import settings_of
from baomi.engine.clauses.standing import standing_of
from baomi.engine.clauses.versions import versions_of
from baomi.engine.proof import last_run
from baomi.kernel.words import Person
from baomi.rulebook.law import Law
from baomi.rulebook.terms import Terms
from baomi.rulebook.text import load_text


def tell(each: Listed, actor: Person | None, terms: Terms) -> dict[str, Any]:
    """A clause: words, place, controls, settings, law, today. ``actor`` None: nobody, no today."""
    text = load_text()
    return {
        **head_of(each),
        "place": list(each.place.written),
        "numbering": each.place.numbering.value,
        "numbering_note": each.place.note,
        "beyond": list(each.text.beyond) if each.text else [],
        "controls": controls_of(each),
        "settings": [asdict(one) for one in settings_of(each.id, terms)],
        "laws": [law_told(law, each) for law in each.law],
        "clashes": [
            {"subject": one.subject, "clauses": list(one.clauses), "decision": one.decision}
            for one in text.clashes
            if each.id in one.clauses
        ],
        "readings": [
            {"scanned": one.scanned, "read_as": one.read_as, "why": one.why}
            for one in text.uncertain_readings
            if each.id in one.clauses
        ],
        "versions": versions_of(each, actor),
        "proof": {
            "day": last_run().day,
            "controls": len(each.rows),
            "proven": sum(row.status == "proven" for row in each.rows),
        },
        "today": None if actor is None else asdict(standing_of(each, actor)),
    }


def head_of(each: Listed) -> dict[str, Any]:
    """What a list tells of a clause."""
    return {
        "id": each.id,
        "title": each.title,
        "requires": each.requires,
        "system": each.system,
        "system_title": systems()[each.system],
        "behind_the_law": each.is_behind_the_law,
    }


def controls_of(each: Listed) -> list[dict[str, Any]]:
    """Each control: kind, state, where it is declared, what it binds, which tests show it."""
    return [
        {
            "kind": row.kind,
            "kind_title": kinds()[row.kind],
            "control": row.control,
            "what": row.what,
            "status": row.status,
            "status_title": STATUS[row.status],
            "meaning": MEANING[row.status],
            "where": row.where,
            "actions": list(_actions(row.actions)),
            "tests": list(row.tests),
        }
        for row in each.rows
    ]


def _actions(names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    known = registry.actions()
    for name in names:
        yield {"name": name, "title": known[name].title if name in known else name}


def law_told(law: Law, each: Listed) -> dict[str, Any]:
    """Both sides: what the paper says, and what the article in force says."""
    statute = load_text().statute_of[law.statute]
    return {
        "statute": statute.title,
        "article": law.article,
        "in_force_since": statute.in_force_since.isoformat(),
        "relation": law.relation.value,
        "relation_title": law.relation.words,
        "behind": law.relation.is_behind,
        "paper": law.paper or each.requires,
        "says": law.says,
    }


def law_words(laws: Iterable[Law]) -> str | None:
    """What the law in force says on a clause's matter, in one line; None: nothing is noted."""
    statutes = load_text().statute_of
    told = (f"《{statutes[law.statute].title}》{law.article}：{law.says}" for law in laws)
    return " ".join(told) or None
