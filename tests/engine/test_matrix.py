"""What counts as proven: seen through every door, both sides of a guard, a duty's whole life."""

import json
from itertools import product

import pytest

from baomi.engine import matrix, registry
from baomi.engine.evidence import duty_key
from baomi.engine.inputs import InvalidInputs, parse
from baomi.engine.proof import DOORS, Proof, gather

GUARD = "GZ2.3.1b/reader_is_in_the_circle"
LIFE = ("opened", "overdue", "closed", "closed_late")
CONVEY = "custody.convey_paper"
FIELDS = ("audience", "audience_level")


@pytest.fixture
def one_door(monkeypatch):
    """What counts is counted alike at each door: one of them shows it."""
    monkeypatch.setattr(matrix, "DOORS", ("cli",))


def line(kind, control, outcome, door="cli", action=""):
    seen = {"kind": kind, "control": control, "outcome": outcome, "door": door, "action": action}
    return json.dumps({**seen, "test": "tests/test_some.py::test_one"})


def rows_after(*lines):
    return matrix.rows(Proof(gather(lines)))


def status(kind, control, *lines):
    return [row.status for row in rows_after(*lines) if (row.kind, row.control) == (kind, control)]


def of_duties(*lines):
    """Status of the duties of GZ2.3.7: of what is read, stays with the keeper, comes back."""
    rows = rows_after(*lines)
    return [row.status for row in rows if (row.clause, row.kind) == ("GZ2.3.7", "duty")]


def of_conveyances(*lines):
    rows = rows_after(*lines)
    return [row.status for row in rows if row.control == "custody_conveyance"]


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        ([("passed", "cli"), ("refused", "cli")], "proven"),
        ([("passed", "cli"), ("refused", "worker")], "bound"),
        ([("passed", "worker"), ("refused", "cli")], "bound"),
        ([("refused", "cli")], "bound"),
        ([], "bound"),
    ],
    ids=["both", "refused_past_the_door", "passed_past_the_door", "one_side", "unseen"],
)
def test_a_guard_is_proven_by_both_sides_through_a_door(outcomes, found, one_door):
    lines = [line("guard", GUARD, outcome, door) for outcome, door in outcomes]
    assert status("guard", "reader_is_in_the_circle", *lines) == [found]


@pytest.mark.parametrize("missing", ["", *DOORS])
def test_a_guard_is_proven_by_every_door(missing):
    shown = [(each, door) for each in ("passed", "refused") for door in DOORS if door != missing]
    lines = [line("guard", GUARD, outcome, door) for outcome, door in shown]
    expected = "bound" if missing else "proven"
    assert status("guard", "reader_is_in_the_circle", *lines) == [expected]


def test_each_way_in_which_a_duty_opens_is_shown_for_itself(one_door):
    rules = [
        duty_key(rule)
        for clause in registry.rulebook()
        if clause.id == "GZ2.3.7"
        for part in clause.every_part()
        for rule in part.every_duty
    ]
    assert len(set(rules)) == 3
    first = [line("duty", rules[0], outcome) for outcome in LIFE]
    assert of_duties(*first) == ["proven", "bound", "bound"]
    every = [line("duty", *shown) for shown in product(rules, LIFE)]
    assert of_duties(*every) == ["proven"] * 3


@pytest.mark.parametrize("missing", LIFE)
def test_a_duty_is_proven_by_its_whole_life(missing, one_door):
    key = "GZ2.3.7/return_the_copy/CopyReturns"
    shown = [line("duty", key, each) for each in LIFE if each != missing]
    assert of_duties(*shown) == ["bound"] * 3
    past_the_door = line("duty", key, missing, door="worker")
    assert of_duties(*shown, past_the_door) == ["bound"] * 3
    through_it = line("duty", key, missing)
    assert sorted(of_duties(*shown, through_it)) == ["bound", "bound", "proven"]


@pytest.mark.parametrize("missing", LIFE)
def test_a_duty_that_time_opens_is_opened_past_the_doors_and_lives_through_them(missing, one_door):
    """Nobody asks for its opening; what comes after is asked for at a door as any other's."""
    rule = next(
        each
        for clause in registry.rulebook()
        for part in clause.every_part()
        for each in part.timed
    )

    def found(*lines):
        rows = rows_after(*lines)
        where = (rule.clause, "duty", rule.name)
        return {row.status for row in rows if (row.clause, row.kind, row.control) == where}

    key = duty_key(rule)
    opened = line("duty", key, "opened", door="")
    shown = [opened, *(line("duty", key, each) for each in LIFE[1:])]
    assert found(*shown) == {"proven"}
    wanting = [each for each in shown if json.loads(each)["outcome"] != missing]
    assert found(*wanting) == {"bound"}
    if missing != "opened":
        assert found(*wanting, line("duty", key, missing, door="worker")) == {"bound"}


def conveyances(*, without="", past_the_door=""):
    kept = [each for each in ("written", "listed", "exported", *FIELDS) if each != without]
    for each in kept:
        door = "worker" if each == past_the_door else "cli"
        if each in FIELDS:
            yield line("inputs", f"{CONVEY}/{each}", "refused", door, CONVEY)
        else:
            action = CONVEY if each == "written" else ""
            yield line("register", "custody_conveyance", each, door, action)


def test_a_register_is_proven_when_nothing_is_wanting(one_door):
    assert of_conveyances(*conveyances()) == ["proven"]


@pytest.mark.parametrize("wanting", ["written", "listed", "exported", *FIELDS])
def test_a_register_is_proven_by_all_of_it_through_a_door(wanting, one_door):
    assert "proven" not in of_conveyances(*conveyances(without=wanting))
    assert "proven" not in of_conveyances(*conveyances(past_the_door=wanting))


def test_a_field_of_a_row_is_observed_without_the_rows_number(monkeypatch, tmp_path):
    path = tmp_path / "seen"
    monkeypatch.setenv("BAOMI_EVIDENCE", str(path))
    paper = {"issuer": "省委办公厅", "title": "通知"}
    said = {"sender": "市委机要局", "intact": True, "papers_stated": 2}
    receive = registry.actions()["custody.receive_envelope"]
    with pytest.raises(InvalidInputs) as wrong:
        parse(receive, {**said, "papers": [paper, {"title": "通知"}]}, door="cli")
    assert [fault.field for fault in wrong.value.faults] == ["papers.1.issuer"]
    assert wrong.value.faults[0].sentence.startswith("“文件第2项的来文单位”没有填写")
    (seen,) = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert seen["control"] == "custody.receive_envelope/papers.issuer"
    assert (seen["outcome"], seen["door"]) == ("refused", "cli")
