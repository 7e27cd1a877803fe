"""What is read of circles by unit, post or rank: in words, by few queries, by one's own indexes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baomi.registers.custody import load, reads
from baomi.registers.office import load as office_load
from baomi.registers.paging import listing
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.registers.walking import TERMS, person


@pytest.fixture
def of_the_unit(desk):
    """A paper for 研究室 as a whole, and somebody cleared for it who is of another unit."""
    paper, copies = desk.receive()
    desk.store(*copies)
    do("custody.set_circle", desk.registrar, paper, units=[desk.office.units["研究室"]])
    return paper, copies[0], desk.office.readers["法制委"][0]


def told(book, who):
    found = listing(book, person(who), TERMS)
    keys = [key for key, _ in found.columns]
    return [dict(zip(keys, row, strict=True)) for row in found.rows]


def test_grounds_are_told_in_words_and_to_a_reader_only_his_own(desk, of_the_unit):
    paper, _, newcomer = of_the_unit
    unit = desk.office.units["研究室"]
    do(
        "custody.set_circle",
        desk.registrar,
        paper,
        units=[unit],
        posts=["unit_head"],
        ranks=["厅局级"],
        persons=[newcomer],
    )
    whole = {row["ground"]: row["covers"] for row in told(reads.GROUNDS, desk.registrar)}
    assert set(whole) == {"研究室全体", "委（办）室主要负责人", "厅局级"}
    names = {person(each).name for each in office_load.members_of([unit], TODAY)}
    assert set(whole["研究室全体"].split("、")) == names
    (own,) = told(reads.GROUNDS, desk.reader)
    assert (own["ground"], own["covers"]) == ("研究室全体", "")
    assert told(reads.CIRCLE, desk.reader) == []
    assert [row["person"] for row in told(reads.CIRCLE, desk.registrar)] == [person(newcomer).name]


def test_papers_without_grounds_cost_no_further_query(desk):
    named, _ = desk.ready(desk.reader)
    by_unit, _ = desk.receive(number="×办发〔2025〕8号")
    said = {"units": [desk.office.units["研究室"]]}
    do("custody.set_circle", desk.registrar, by_unit, **said)

    def queries(*papers):
        with CaptureQueriesContext(connection) as asked:
            load.papers(papers, TERMS, TODAY)
        return len(asked)

    assert queries(named) == 2
    assert queries(named, by_unit) == 3


@pytest.mark.parametrize("what", ["papers", "copies"])
def test_what_one_sees_is_found_by_ones_own_indexes(desk, of_the_unit, what):
    rows = getattr(reads.visible_to(person(desk.reader)), what)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = rows.values_list("id").explain()
    for table in (
        "custody_circle_ground",
        "custody_circle_member",
        "custody_paper",
        "custody_copy",
    ):
        assert f"SCAN {table}" not in plan, plan
        assert f"Seq Scan on {table}" not in plan, plan
    if connection.vendor == "sqlite":  # on a small table the other planner takes another index
        assert "circle_by_ground" in plan
