"""Every control binds something, and a carried clause is carried whole."""

from baomi.engine import matrix, registry

# a control that a carried part still lacks, each with its reason; a needless line fails
NOT_YET: dict[tuple[str, str], str] = {}


def test_no_guard_binds_nothing():
    guards = [row for row in matrix.rows() if row.kind == "guard" and row.status != "expected"]
    assert guards
    assert [row.control for row in guards if not row.actions] == []


def test_every_duty_opens_and_closes_by_some_action():
    brought = {kind for action in registry.actions().values() for kind in action.brings}
    duties = [
        duty
        for clause in registry.rulebook()
        for part in clause.every_part()
        for duty in part.duties
    ]
    assert duties
    lost = [d.name for d in duties if not any(issubclass(b, d.opens_on) for b in brought)]
    assert lost == []
    endless = [d.name for d in duties if not any(issubclass(b, d.closes_on) for b in brought)]
    assert endless == []


def test_every_control_of_a_carried_clause_is_declared():
    parts = {
        part.id
        for clause in registry.rulebook()
        for part in clause.every_part()
        if any((part.guards, part.approvals, part.duties, part.registers, part.plain))
    }
    assert parts
    missing = {
        (row.clause, row.kind)
        for row in matrix.rows()
        if row.clause in parts and row.status == "expected"
    }
    assert missing == set(NOT_YET)
