"""Which clause is carried by which code, and what has shown it: computed, never typed by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from baomi.engine import registry
from baomi.engine.evidence import duty_key
from baomi.engine.proof import DOORS, Proof, last_run
from baomi.kernel.clause import ApprovalRule, DutyRule, Guard, Part, PlainRule, RegisterRule
from baomi.kernel.happening import Happening
from baomi.kernel.verdict import BadInput
from baomi.rulebook.text import ClauseText, load_text

Control = Guard[Any] | ApprovalRule[Any] | DutyRule[Any] | RegisterRule | PlainRule
OPEN_BY_TIME: Final = "duties.open_by_time"
_PLAIN: Final = {
    "form": ("form", ("rendered", "compared")),
    "access": ("access", ("allowed", "refused")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One control of one clause. ``status``: expected, declared, bound, proven, exempt."""

    clause: str
    kind: str
    control: str
    status: str
    where: str
    actions: tuple[str, ...]
    tests: tuple[str, ...]
    what: str  # the control in Chinese


def rows(proof: Proof | None = None) -> list[Row]:
    """Every control of every clause, in the order of the paper, then what is beyond it."""
    seen = last_run() if proof is None else proof
    parts = {part.id: part for clause in registry.rulebook() for part in clause.every_part()}
    table: list[Row] = []
    for text in load_text().clauses:
        table.extend(_of_clause(text, parts.pop(text.id, Part(text.id)), seen))
    for part in parts.values():
        table.extend(_declared(part, seen))
    return table


def _of_clause(text: ClauseText, part: Part, proof: Proof) -> Iterator[Row]:
    declared = list(_declared(part, proof))
    for kind in dict.fromkeys(control.kind for control in text.controls):
        expected = text.controls_of(kind)
        found = [row for row in declared if row.kind == kind.value]
        yield from found
        for control in expected[len(found) :]:
            yield Row(text.id, kind.value, control.what, "expected", "", (), (), control.what)
    known = {control.kind.value for control in text.controls}
    yield from (row for row in declared if row.kind not in known)


def _declared(part: Part, proof: Proof) -> Iterator[Row]:
    for guard in part.guards:
        proven = _shown(proof, "guard", guard.key, _both_sides)
        named = (guard.name, guard.title)
        yield _row(part, "guard", named, guard.where, _bringing(guard.reads), proven)
    for rule in part.approvals:
        named = (rule.name, rule.title)
        proven = _shown(proof, "guard", rule.key, _given_missing_and_own)
        yield _row(part, "approval", named, rule.where, _bringing(rule.when), proven)
    for duty in part.duties:
        proven = _shown(proof, "duty", duty_key(duty), _whole_life)
        named = (duty.name, duty.title)
        yield _row(part, "duty", named, duty.where, _bringing(duty.opens_on), proven)
    for timed in part.timed:
        proven = _shown(proof, "duty", duty_key(timed), _life_that_time_began)
        yield _row(part, "duty", (timed.name, timed.title), timed.where, (OPEN_BY_TIME,), proven)
    for register in part.registers:
        yield _register(part, register, proof)
    for plain in part.plain:
        yield _plain(part, plain, proof)


def _plain(part: Part, plain: PlainRule, proof: Proof) -> Row:
    """A form is rendered and read back; access is allowed and refused, for each of its actions."""
    kind, wanted = _PLAIN.get(plain.kind, ("", ()))
    shown = [_shown(proof, kind, name, lambda o: _everywhere(o, *wanted)) for name in plain.names]
    tests = [each for each in shown if each is not None]
    row = Row(part.id, plain.kind, plain.what, "declared", plain.where, (), (), plain.what)
    if not plain.names or not kind:
        return row
    actions = plain.names if plain.kind == "access" else ()
    if len(tests) < len(plain.names):
        return replace(row, status="bound", actions=actions)
    return replace(row, status="proven", actions=actions, tests=tuple(sorted({*tests[0]})))


def _row(
    part: Part,
    kind: str,
    named: tuple[str, str],
    where: str,
    actions: tuple[str, ...],
    tests: tuple[str, ...] | None,
) -> Row:
    status = "bound" if actions else "declared"
    if actions and tests is not None:
        status = "proven"
    name, what = named
    return Row(part.id, kind, name, status, where, actions, tests or (), what)


def _bringing(happening: type[Happening]) -> tuple[str, ...]:
    """Actions that can bring a happening of this type."""
    return tuple(
        name
        for name, action in registry.actions().items()
        if any(issubclass(brought, happening) for brought in action.brings)
    )


def _shown(
    proof: Proof, kind: str, key: str, enough: Callable[[Collection[str]], bool]
) -> tuple[str, ...] | None:
    outcomes = {name for name in proof.outcomes(kind, key) if not name.startswith("by ")}
    return tuple(proof.tests(kind, key)) if enough(outcomes) else None


def _both_sides(outcomes: Collection[str]) -> bool:
    return _everywhere(outcomes, "passed", "refused")


def _given_missing_and_own(outcomes: Collection[str]) -> bool:
    return _everywhere(outcomes, "passed", "refused", "own")


def _whole_life(outcomes: Collection[str]) -> bool:
    return _everywhere(outcomes, "opened", "overdue", "closed", "closed_late")


def _life_that_time_began(outcomes: Collection[str]) -> bool:
    """Time opens it, and comes through no door."""
    return "opened" in outcomes and _everywhere(outcomes, "overdue", "closed", "closed_late")


def _everywhere(outcomes: Collection[str], *wanted: str) -> bool:
    """Whether each outcome was seen through every door: what a test did past them is no proof."""
    return all(f"{outcome}@{door}" in outcomes for outcome in wanted for door in DOORS)


def _register(part: Part, rule: RegisterRule, proof: Proof) -> Row:
    outcomes = proof.outcomes("register", rule.register)
    doers = {name.removeprefix("by ") for name in outcomes if name.startswith("by ")}
    actions = tuple(sorted(doers & registry.actions().keys()))
    refused = all(
        any(
            _everywhere(proof.outcomes("inputs", f"{action}/{field}"), "refused")
            for action in actions
        )
        for field in rule.fields
    )
    shown = refused and _everywhere(outcomes, "written", "listed", "exported")
    tests = tuple(proof.tests("register", rule.register)) if shown else None
    named = (rule.register, rule.what)
    return _row(part, "register", named, rule.where, actions, tests)


def under(headings: str) -> list[Row]:
    """The controls under some headings (``GZ2.3,DM``), each once. Raises ``BadInput``."""
    known, table = load_text(), rows()
    chosen: list[Row] = []
    for heading in filter(None, map(str.strip, headings.split(","))):
        wanted = {clause.id for clause in known.under(heading)} | {heading}
        # a clause beyond the source stands in no text: it is chosen by its own beginning
        found = [
            row
            for row in table
            if row.clause in wanted
            or (row.clause not in known.by_id and row.clause.startswith(heading))
        ]
        if not found:
            raise BadInput(f"没有“{heading}”这一条：请核对编号，如 GZ2.3.1、DM、LG4")
        chosen += [row for row in found if row not in chosen]
    return chosen


def clauses_of(action: str) -> list[Row]:
    """What judges one action: for ``baomi rules ACTION``."""
    return [row for row in rows() if action in row.actions]


def bindings_markdown() -> str:
    """The snapshot of what binds what: a changed binding shows in a diff."""
    lines = [
        "# Bindings",
        "",
        "Generated by `make docs`. Which control of which clause binds which action.",
        "",
    ]
    for row in rows(Proof({})):
        if row.kind in ("guard", "approval", "duty") and row.actions:
            lines.append(f"- {row.clause} {row.kind} `{row.control}`: {', '.join(row.actions)}")
    return "\n".join(lines) + "\n"
