"""Lists, rules and the coverage of the rulebook, for people and for programs."""

import json
from datetime import date

import pytest

from baomi.engine import registry
from baomi.entrypoints.cli import listing
from baomi.entrypoints.cli.answer import printable
from baomi.entrypoints.cli.commands import coverage
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import Ref
from baomi.kernel.words import Level

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


def test_every_list_can_be_shown(office, baomi):
    names = baomi("list", "--json").data
    assert {"custody.copy", "custody.paper", "duties.duty", "office.person"} <= set(names)
    for name in names:
        ran = baomi("list", name, "--as", "registrar", "--json")
        assert ran.code == 0, name
        assert isinstance(ran.data, list)


def test_a_list_is_a_table_for_people_and_rows_for_programs(office, baomi):
    ran = baomi("list", "office.unit", "--as", "registrar")
    assert "单位" in ran.out and "研究室" in ran.out
    rows = baomi("list", "office.unit", "--as", "registrar", "--json").data
    assert "研究室" in {row["name"] for row in rows}
    assert f"共 {len(rows)} 行" in ran.out


def test_one_sees_only_what_one_may(office, baomi):
    mine = baomi("list", "office.account", "--as", "unit_keeper@研究室", "--json").data
    assert [row["login"] for row in mine] == [office.logins[office.keepers["研究室"]]]
    every = baomi("list", "office.account", "--as", "system_admin", "--json").data
    assert len(every) > 10


def test_a_list_without_an_owner_cannot_be_narrowed(office, baomi):
    ran = baomi("list", "office.unit", "--mine", "--as", "registrar")
    assert ran.code == 2
    assert "不能这样筛选" in ran.err
    assert "custody.copy、duties.duty、governance.pledge、office.account、office.post" in ran.err
    ran = baomi("list", "custody.paper", "--overdue", "--as", "registrar")
    assert (ran.code, ran.err.strip()) == (
        2,
        "“custody.paper”不能这样筛选。可以这样筛选的台账有："
        "custody.consultation、custody.copy、custody.outing、duties.duty。",
    )


def test_exactly_the_lists_that_are_named_can_be_narrowed(office, baomi):
    names = baomi("list", "--json").data
    for option, key in (("--mine", listing.MINE), ("--overdue", listing.OVERDUE)):
        ran = {name: baomi("list", name, option, "--as", "registrar", "--json") for name in names}
        can = tuple(name for name in names if ran[name].code == 0)
        assert can == listing.narrowed_by(key)
        assert can


def test_overdue_copies_and_duties_are_told_apart_from_the_rest(desk, baomi):
    _, copies = desk.ready()
    desk.give(copies[0])
    for name in ("custody.copy", "duties.duty"):
        words = ["list", name, "--overdue", "--as", "registrar", "--json"]
        assert baomi(*words).data == []
        with clock.standing_at(instant_on(date(2025, 3, 10), 9)):
            assert len(baomi(*words).data) == 1
    own = baomi("list", "custody.copy", "--mine", "--as", "registrar", "--json").data
    assert own == []


def test_cells_are_worded_for_people_and_coded_for_programs():
    found = listing.Listed("x", (("level", "密级"), ("yes", "是否")), ((Level.SECRET, True),))
    assert found.as_text() == [["机密", "是"]]
    assert found.as_data() == [{"level": "secret", "yes": True}]


def test_a_terminal_is_told_nothing_that_it_would_obey():
    assert printable("a\x1b[31mb\u202ec\u200b\nd\te") == "a [31mb c \nd\te"


def test_duties_of_somebody_who_owes_nothing(office, baomi):
    ran = baomi("duties", "--as", "auditor")
    assert (ran.code, ran.out.strip()) == (0, "没有应办事项。")


def test_what_one_may_not_see_is_not_named(office, baomi):
    from baomi.engine.face.reading import may_see
    from baomi.registers.office import load
    from baomi.rulebook.terms import Terms

    today = clock.today()
    keeper = load.person(office.keepers["研究室"], today, Terms.on(today))
    sees = may_see(keeper)
    assert sees(Ref("office.person", office.auditor, "某人", "有关人员"))
    other = office.accounts[office.registrar]
    assert not sees(Ref("office.account", other, "账号", "另一账号"))
    assert not sees(Ref("no.such_kind", other, "物", "另一物"))


def test_an_unknown_copy_and_an_invisible_one_are_the_same(office, baomi):
    ran = baomi("history", "2021-011/000758", "--as", "unit_keeper@研究室")
    assert ran.code == 2
    assert "没有这一份文件" in ran.err


def test_rules_of_every_action(office, baomi):
    told = baomi("rules", "--json").data
    assert {each["action"] for each in told} == set(registry.actions())
    ran = baomi("rules", "custody.hand_over_copy", "--json")
    assert ran.data["target"] == "custody.copy"
    assert "GZ2.3.1b" in {each["clause"] for each in ran.data["rules"]}
    assert {"person", "purpose"} <= {each["name"] for each in ran.data["inputs"]}
    shown = baomi("rules", "custody.hand_over_copy").out
    assert "交阅" in shown and "GZ2.3.1b" in shown and "阅件人在传阅范围内" in shown


def test_coverage_keeps_its_contract(baomi):
    ran = baomi("coverage", "--json")
    assert ran.code == 0
    keys = {"clause", "control", "status", "where", "actions", "tests"}
    assert {frozenset(each) for each in ran.data} == {frozenset(keys)}
    statuses = {"expected", "declared", "bound", "proven", "exempt"}
    assert {each["status"] for each in ran.data} <= statuses
    guard = next(e for e in ran.data if e["control"] == "guard reader_is_in_the_circle")
    assert guard["clause"] == "GZ2.3.1b"
    assert "custody.hand_over_copy" in guard["actions"]
    assert "gz2_3_1" in guard["where"]


def test_coverage_of_some_clauses(baomi):
    found = {each["clause"] for each in baomi("coverage", "--clauses", "GZ2.3,DM", "--json").data}
    assert all(clause.startswith(("GZ2.3", "DM")) for clause in found)
    assert {"GZ2.3.1b", "DM8"} & found
    ran = baomi("coverage", "--clauses", "GZ9")
    assert ran.code == 2
    assert "GZ9" in ran.err


def test_coverage_that_was_never_measured_says_so(baomi, monkeypatch, tmp_path):
    missing = tmp_path / "coverage.json"
    monkeypatch.setattr(coverage, "coverage_file", lambda: missing)
    told = baomi("coverage").out
    assert "尚未实测" in told and "docs/reference/coverage.json" in told and "make test" in told
    missing.write_text("{}", encoding="utf-8")
    assert "尚未实测" not in baomi("coverage").out


def test_coverage_counts_each_part_and_says_what_is_to_come(baomi, monkeypatch, tmp_path):
    monkeypatch.setattr(coverage, "coverage_file", lambda: tmp_path)
    out = baomi("coverage").out
    rows = json.loads(baomi("coverage", "--json").out)
    assert "GZ2.3" in out and "已证明" in out
    total = next(line for line in out.splitlines() if line.strip().startswith("合计"))
    assert total.split()[-1] == str(len(rows))
    assert "网页、接口、命令行" in out
