"""What the last full test run saw: the measured side of the coverage."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import baomi

DOORS = ("cli", "api", "web")
MOST_TESTS = 4

Observed = Mapping[str, Mapping[str, list[str]]]  # "kind control" → outcome[@door] → tests


@dataclass(frozen=True, slots=True)
class Proof:
    """Observations of the last run, by kind and control; ``day``: when it was (2026-01-31)."""

    seen: Observed
    day: str = ""

    def outcomes(self, kind: str, control: str) -> Mapping[str, list[str]]:
        """Outcomes of one control, each with the tests that showed it."""
        return self.seen.get(f"{kind} {control}", {})

    def tests(self, kind: str, control: str) -> list[str]:
        """The tests that showed a control, a few of them: through a door, if any did."""
        outcomes = self.outcomes(kind, control)
        through = {name: tests for name, tests in outcomes.items() if _door_of(name) in DOORS}
        found = {test for tests in (through or outcomes).values() for test in tests}
        return sorted(found)[:MOST_TESTS]


def _door_of(outcome: str) -> str:
    return outcome.partition("@")[2]


def coverage_file() -> Path:
    """Where the run writes: ``docs/reference/coverage.json`` of the source tree."""
    return Path(baomi.__file__).parents[2] / "docs" / "reference" / "coverage.json"


@cache
def last_run() -> Proof:
    """The last run's observations; none where the file is missing."""
    path = coverage_file()
    if not path.exists():
        return Proof({})
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Proof(kept["seen"], kept.get("day", ""))


def gather(lines: Iterable[str]) -> Observed:
    """Observations from evidence lines: sorted, a few tests each, so that a rerun is the same."""
    seen: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in lines:
        one = json.loads(line)
        outcome = f"{one['outcome']}@{one['door']}" if one["door"] else one["outcome"]
        seen[f"{one['kind']} {one['control']}"][outcome].add(one["test"])
        seen[f"{one['kind']} {one['control']}"][f"by {one['action']}"].update(())
    return {
        key: {outcome: sorted(tests)[:MOST_TESTS] for outcome, tests in sorted(found.items())}
        for key, found in sorted(seen.items())
    }
