"""The rulebook as every door tells it: narrowing, settings in words, counts of what one sees."""

import re
from dataclasses import replace

import pytest

from baomi.engine.clauses import versions as clause_versions
from baomi.engine.clauses.listed import clause_of, every_clause
from baomi.engine.clauses.narrowing import Narrowed, choose, grouped, narrowed
from baomi.engine.clauses.settings_of import settings_of
from baomi.engine.clauses.standing import (
    Approvals,
    duties_by_clause,
    refusals_by_clause,
    standing_of,
)
from baomi.engine.clauses.told import law_words, tell
from baomi.engine.clauses.versions import versions_of
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.registers.office import load
from baomi.rulebook.terms import Terms
from baomi.rulebook.text import RulebookText, load_text
from tests.factories.deeds import do
from tests.factories.office import NOW_US, TODAY
from tests.registers.approvals.asking import Outing, decide
from tests.registers.custody.desk import Desk, refused

DAY_US = 86_400_000_000
database = pytest.mark.django_db(databases=["default", "runtime"])


def ids(found):
    return [each.id for each in found]


def looked_for(typed, **narrowing):
    return ids(choose(Narrowed(**narrowing), (), typed))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2.3.1", ["GZ2.3.1a", "GZ2.3.1b"]),
        ("二(三)1", ["GZ2.3.1a", "GZ2.3.1b"]),
        ("gz2.3.1b", ["GZ2.3.1b"]),
        ("DM10", ["DM10"]),
        ("+1", ["DM+1"]),
        ("2.30", []),
        ("X1b", ["X1b"]),
        ("监销", ["GZ2.8.3c"]),
        ("造纸厂 化浆", ["GZ2.8.2"]),
    ],
)
def test_clauses_are_found_by_number_and_by_words(typed, found):
    assert looked_for(typed) == found


def test_all_words_must_stand_in_a_clause_or_its_controls_or_its_law():
    assert looked_for("造纸厂 登月") == []
    assert "GZ2.1.5g" in looked_for("24小时")
    assert set(looked_for("24小时")) > set(looked_for("24小时", system="JZ"))


def test_what_the_program_adds_says_what_it_requires():
    added = [each for each in every_clause() if each.text is None]
    assert {"X1b", "X2", "X3a", "X4b"} <= set(ids(added))
    requires = [each.requires for each in added]
    assert all(requires)
    assert len(set(requires)) == len(requires)
    by_id = {each.id: each for each in added}
    assert by_id["X3d"].requires == "不同意、退回的写明理由"
    assert by_id["X1a"].requires.startswith("三员分立，互不兼任，也不兼经管文件的岗位；")


@pytest.mark.parametrize("typed", ["密", "传阅 密", "长" * 101, "传\u200b阅"])
def test_what_cannot_be_looked_for_is_said_in_words(typed):
    with pytest.raises(BadInput) as wrong:
        choose(Narrowed(), (), typed)
    assert wrong.value.field == "text"


def test_narrowing_by_heading_law_and_lateness():
    assert ids(choose(narrowed({"under": "GZ2.3.1"}), ())) == ["GZ2.3.1a", "GZ2.3.1b"]
    assert ids(choose(narrowed({"late": "yes"}), {"GZ2.3.2b"})) == ["GZ2.3.2b"]
    behind = choose(narrowed({"law": "yes", "system": "DM"}), ())
    assert {"DM1a", "DM6b", "DM9a"} <= set(ids(behind))
    assert all(each.is_behind_the_law for each in behind)


@pytest.mark.parametrize(
    "given", [{"system": "QQ"}, {"law": "no"}, {"under": "GZ9"}, {"under": "二"}, {"kind": "x"}]
)
def test_a_choice_that_there_is_not_is_refused(given):
    with pytest.raises(BadInput):
        narrowed(given)


def test_each_heading_of_the_paper_stands_once_before_its_clauses():
    groups = grouped(every_clause())
    assert [group.code for group in groups] == ["GZ", "CW", "JZ", "DM", "LG", "beyond"]
    shown = [heading.id for group in groups for above, _ in group.clauses for heading in above]
    assert shown[:3] == ["GZ1", "GZ2", "GZ2.1"]
    assert len(shown) == len(set(shown))
    assert sum(group.counts.total() for group in groups) == sum(
        len(each.rows) for each in every_clause()
    )


def test_settings_are_told_in_words_with_unit_and_origin():
    terms = Terms.on(TODAY)
    (reading,) = [each for each in settings_of("GZ2.3.2b", terms) if each.key == "reading_due_days"]
    assert (reading.title, reading.unit, reading.beyond) == ("阅件交回期限", "天，0为当日", True)
    (missing,) = [each for each in settings_of("GZ2.3.1a", terms) if each.key == "missing_days"]
    assert missing.value == "绝密 10、机密 60、秘密 60"
    assert "第五条" in missing.law
    titles = {each.key: each.value for each in settings_of("GZ2.3.1b", terms)}
    assert titles["approval_posts"] == "组长（秘书长）"
    assert titles["export_approval_level"] == "机密"


def test_no_setting_shows_a_code():
    terms = Terms.on(TODAY)
    told = [each for one in every_clause() for each in settings_of(one.id, terms)]
    assert len(told) > 80
    for each in told:
        assert not re.search(r"[a-z]_|[a-z]{3}", each.value + each.unit + each.title), each


def test_nobody_is_told_of_today():
    told = tell(clause_of("DM1a"), None, Terms.on(TODAY))
    assert told["today"] is None
    assert told["laws"][0]["paper"] == "法定定密责任人为秘书长。"
    assert told["laws"][0]["in_force_since"] == "2024-09-01"
    assert told["behind_the_law"]
    assert law_words(clause_of("DM1a").law).startswith(
        "《中华人民共和国保守国家秘密法实施条例》第十四条："
    )
    assert law_words(()) is None


def test_where_the_paper_has_no_words_on_the_point_its_own_words_stand():
    (law,) = tell(clause_of("DM6c"), None, Terms.on(TODAY))["laws"]
    assert law["paper"] == clause_of("DM6c").requires
    assert not law["behind"]


def test_a_version_tells_what_became_of_a_clause(monkeypatch):
    first = load_text()
    told = {name: getattr(first, name) for name in RulebookText.model_fields}
    later = RulebookText(**{**told, "clauses": first.clauses[1:]})
    texts = {"2020-12-24": first, "2030-01-01": later}
    monkeypatch.setattr(clause_versions, "versions", lambda: tuple(texts))
    monkeypatch.setattr(clause_versions, "load_text", texts.__getitem__)
    changes = [each["change"] for each in versions_of(clause_of("GZ1.0a"), None)]
    assert changes == ["first", "dropped"]
    assert [each["change"] for each in versions_of(clause_of("DM1a"), None)] == ["first", "same"]


@pytest.fixture
def desk(office):
    return Desk(office)


def seen(key):
    return load.person(key, clock.today(), Terms.on(clock.today()))


@database
def test_duties_are_counted_among_those_that_the_reader_sees(desk):
    _, copies = desk.ready(desk.reader, desk.general, level="秘密★5年", copy_numbers="1-2")
    desk.give(copies[0])
    before = duties_by_clause(seen(desk.general)).get("GZ2.3.2b")
    desk.give(copies[1], person=desk.general)
    with clock.standing_at(NOW_US + 2 * DAY_US):
        registrar = duties_by_clause(seen(desk.registrar))["GZ2.3.2b"]
        own = duties_by_clause(seen(desk.general))["GZ2.3.2b"]
    assert before is None
    assert (own.open, own.overdue) == (1, 1)
    assert (registrar.open, registrar.overdue) == (2, 2)


@database
def test_refusals_are_counted_for_those_whose_business_they_are(desk):
    _, copies = desk.ready(desk.reader)
    for _ in range(2):
        refused(
            "custody.hand_over_copy",
            desk.registrar,
            copies[0],
            person=desk.general,
            purpose="reading",
            place=desk.reading_room,
        )
    for post in (desk.registrar, desk.office.group_leader, desk.office.auditor):
        told = refusals_by_clause(seen(post))["GZ2.3.1b"]
        assert (told.month, told.year) == (2, 2)
    assert refusals_by_clause(seen(desk.general)) is None
    with clock.standing_at(NOW_US + 40 * DAY_US):
        told = refusals_by_clause(seen(desk.registrar))["GZ2.3.1b"]
        assert (told.month, told.year) == (0, 2)
    with clock.standing_at(NOW_US + 400 * DAY_US):
        assert refusals_by_clause(seen(desk.registrar)) == {}


@database
def test_rows_and_deeds_are_counted_as_far_as_one_sees_them(desk):
    each = clause_of("GZ2.3.1a")
    empty = standing_of(each, seen(desk.reader))
    _, copies = desk.ready(desk.reader, copy_numbers="1-2")
    desk.give(copies[0])
    whole = {rows.book: rows.count for rows in standing_of(each, seen(desk.registrar)).rows}
    own = {rows.book: rows.count for rows in standing_of(each, seen(desk.reader)).rows}
    assert whole and set(own) <= set(whole)
    assert sum(own.values()) < sum(whole.values())
    assert all(rows.count == 0 for rows in empty.rows if rows.book.startswith("custody."))
    assert standing_of(each, seen(desk.registrar)).deeds > 0
    assert standing_of(each, seen(desk.reader)).deeds is None


@database
def test_approvals_are_counted_for_those_who_see_the_requests(desk):
    each = clause_of("GZ2.2.5a")
    outing = Outing(desk)
    asked = outing.ask()
    for person in (desk.registrar, desk.reader):
        assert standing_of(each, seen(person)).approvals == Approvals(waiting=1, granted=0)
    assert standing_of(each, seen(desk.general)).approvals == Approvals(waiting=0, granted=0)
    decide(desk.leader, asked)
    assert standing_of(each, seen(desk.registrar)).approvals == Approvals(waiting=0, granted=1)
    assert standing_of(clause_of("GZ2.3.2c"), seen(desk.registrar)).approvals is None


@database
def test_how_the_office_adopted_a_version_stands_beside_it(desk):
    said = {"system": "JZ", "adopted_by": "机关党组", "letter": "办发〔2020〕9号"}
    days = {"issued_on": "2020-12-24", "in_force_from": "2021-01-01"}
    do("governance.adopt_rulebook_version", desk.registrar, **said, **days)
    (first,) = versions_of(clause_of("JZ2a"), seen(desk.registrar))
    assert first["adopted"] == {
        "in_force_from": "2021-01-01",
        "repealed_on": "",
        "letter": "办发〔2020〕9号",
    }
    assert versions_of(clause_of("GZ2.3.7"), seen(desk.registrar))[0]["adopted"] is None
    assert versions_of(clause_of("JZ2a"), None)[0]["adopted"] is None
    assert versions_of(clause_of("X1b"), seen(desk.registrar))[0]["adopted"] is None


@database
def test_of_a_large_register_no_more_is_counted_than_anybody_waits_for(desk, monkeypatch):
    monkeypatch.setattr("baomi.engine.clauses.standing.MOST", 1)
    desk.ready(desk.reader, copy_numbers="1-3")
    counted = standing_of(clause_of("GZ2.3.1a"), seen(desk.registrar)).rows
    assert any((rows.count, rows.more) == (1, True) for rows in counted)


@database
def test_who_has_left_is_told_no_number(desk):
    left = seen(desk.reader)
    gone = replace(left, in_service=False)
    assert duties_by_clause(gone) == {}
    assert refusals_by_clause(gone) is None
