"""How a clause declares its controls."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.words import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingMoves(Happening):
    thing: UUID

    @property
    def subject(self) -> UUID:
        return self.thing


def test_a_part_is_known_by_its_letter_and_made_once():
    clause = Clause("GZ2.5.3", "计算机", in_force_since=date(2020, 12, 24))
    assert clause.c1.id == "GZ2.5.3c1"
    assert clause.c1 is clause.c1
    assert [part.id for part in clause.every_part()] == ["GZ2.5.3", "GZ2.5.3c1"]


def test_a_guard_reads_the_type_of_its_first_parameter():
    clause = Clause("T1", "例", in_force_since=date(2020, 12, 24))

    @clause.guard("物品不动")
    def thing_stays(it: ThingMoves, deed: Deed):
        return None

    [guard] = clause.guards
    assert guard.title == "物品不动"
    assert (guard.reads, guard.key) == (ThingMoves, "T1/thing_stays")
    assert guard.where.startswith("test_clause") or "test_clause:" in guard.where


def test_every_kind_of_control_is_kept_with_its_place():
    clause = Clause("T2", "例", in_force_since=date(2020, 12, 24))
    clause.a.approval(title="批准搬动", by=Post.GROUP_LEADER, when=ThingMoves)
    clause.a.duty(
        "bring_back",
        title="带回",
        opens_on=ThingMoves,
        closes_on=ThingMoves,
        owner=lambda it, deed: Owner(None, Post.REGISTRAR, None),
        due=lambda it, deed: deed.today,
    )
    clause.a.register("things_thing", fields=("name",), what="登记")
    clause.a.form("things.list", what="清单")
    clause.a.access("只限保密员")
    clause.a.check("不谈论")
    part = clause.parts["a"]
    assert part.approvals[0].key == "T2a/approved_by_group_leader"
    assert part.duties[0].closes_on == (ThingMoves,)
    assert [plain.kind for plain in part.plain] == ["form", "access", "check"]
    assert all(
        each.where.rpartition(":")[2].isdigit()
        for each in (*part.approvals, *part.duties, *part.registers, *part.plain)
    )


@pytest.mark.parametrize(
    ("day", "binds"),
    [(date(2020, 12, 23), False), (date(2020, 12, 24), True), (date(2022, 1, 1), False)],
)
def test_a_clause_binds_between_its_days(day, binds):
    clause = Clause(
        "T3", "例", in_force_since=date(2020, 12, 24), in_force_until=date(2021, 12, 31)
    )
    assert clause.in_force(day) is binds
