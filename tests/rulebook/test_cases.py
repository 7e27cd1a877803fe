"""Every guard of every clause, from both sides, without a database: tests/rulebook/cases."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
import yaml

import baomi.rulebook
from baomi.kernel.clause import Clause, Guard
from baomi.kernel.words import Level
from tests.rulebook.builders import deed_of, happening_of

CASES = Path(__file__).parent / "cases"


def clauses() -> Iterator[Clause]:
    for found in walk_packages(baomi.rulebook.__path__, prefix="baomi.rulebook."):
        clause = getattr(import_module(found.name), "clause", None)
        if isinstance(clause, Clause):
            yield clause


GUARDS: dict[str, Guard[Any]] = {
    guard.key: guard
    for clause in clauses()
    for part in clause.every_part()
    for guard in part.guards
}


def cases() -> Iterator[tuple[str, bool, dict[str, Any]]]:
    for path in sorted(CASES.glob("*.yaml")):
        for each in yaml.safe_load(path.read_text(encoding="utf-8")):
            for side in ("lawful", "unlawful"):
                for case in each[side]:
                    yield each["guard"], side == "lawful", case


ALL = list(cases())


@pytest.mark.parametrize(
    ("key", "lawful", "case"),
    ALL,
    ids=[f"{key}-{'lawful' if ok else 'unlawful'}-{n}" for n, (key, ok, _) in enumerate(ALL)],
)
def test_a_case_is_judged_as_it_says(key: str, lawful: bool, case: dict[str, Any]):
    guard = GUARDS[key]
    happening = happening_of(guard.reads, case.get("facts", {}))
    refusal = guard.check(happening, deed_of(case.get("deed", {})))
    if lawful:
        assert refusal is None
        return
    assert refusal is not None
    assert (refusal.clause, refusal.guard) == (guard.clause, guard.name)
    for may_see in (True, False):
        for text in refusal.words(lambda _, answer=may_see: answer):
            assert text and "{" not in text
    assert case["says"] in refusal.words(lambda _: True)[0]


@pytest.mark.parametrize("key", sorted(GUARDS))
def test_every_guard_has_both_sides(key: str):
    sides = {lawful for guard, lawful, _ in ALL if guard == key}
    assert sides == {True, False}


def test_every_file_is_named_after_a_clause():
    ids = {clause.id for clause in clauses()}
    assert {path.stem for path in CASES.glob("*.yaml")} <= ids


def test_a_case_names_only_what_exists():
    with pytest.raises(KeyError):
        happening_of(GUARDS["GZ2.3.1b/reader_is_in_the_circle"].reads, {"nonsense": 1})


def test_an_example_of_a_level():
    happening = happening_of(
        GUARDS["GZ2.3.1b/reader_is_cleared_for_the_level"].reads,
        {"copy": {"paper": {"level": "top_secret"}}},
    )
    assert happening.copy.paper.level is Level.TOP_SECRET  # type: ignore[attr-defined]
