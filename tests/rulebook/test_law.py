"""Where the law in force says otherwise than the paper, both stand side by side."""

from datetime import date

import pytest

from baomi.rulebook.law import LawRelation
from baomi.rulebook.text import load_text, versions


@pytest.mark.parametrize(
    ("clause", "statute", "article", "relation"),
    [
        ("DM6b", "act", "第十七条", "repealed"),  # the paper cites article 13 of 2010
        ("LG1d", "act", "第四十六条", "repealed"),  # and article 38
        ("GZ1.1b", "regulation", "", "repealed"),
        ("GZ3.5", "civil_servants", "", "repealed"),
        ("DM1a", "regulation", "第十四条", "differs"),
        ("GZ2.8.2", "regulation", "第二十八条", "differs"),
        ("JZ6", "regulation", "第二十八条", "differs"),
        ("GZ2.5.5j", "regulation", "第六十一条", "differs"),
        ("DM9a", "act", "第二十四条", "differs"),
        ("GZ2.1.5g", "regulation", "第六十一条", "adds"),
        ("GZ2.3.1a", "leak_cases", "第五条", "adds"),
        ("GZ2.2.5a", "regulation", "第二十九条", "adds"),
        ("DM3", "regulation", "第十三条", "adds"),
        ("DM6c", "act", "第二十条", "agrees"),
        ("LG4.1a", "act", "第四十六条", "unset"),
    ],
)
def test_a_clause_names_the_article_in_force(clause, statute, article, relation):
    laws = load_text().by_id[clause].law
    told = {(each.statute, each.article, each.relation.value) for each in laws}
    assert (statute, article, relation) in told


def test_a_clause_is_behind_the_law_where_the_paper_is_to_be_revised():
    text = load_text()
    assert text.by_id["DM1a"].is_behind_the_law
    assert not text.by_id["DM6c"].is_behind_the_law
    assert not text.by_id["LG4.1a"].is_behind_the_law
    assert not text.by_id["GZ2.3.2c"].is_behind_the_law
    behind = {each for each in LawRelation if each.is_behind}
    assert behind == {LawRelation.REPEALED, LawRelation.DIFFERS, LawRelation.ADDS}


def test_what_the_paper_does_not_have_is_no_fault_of_the_paper():
    assert not any(clause.is_behind_the_law for clause in load_text().under("DM+"))


def test_every_statute_is_cited_and_tells_since_when_it_is_in_force():
    text = load_text()
    cited = {law.statute for clause in text.clauses for law in clause.law}
    assert cited == {statute.code for statute in text.statutes}
    since = {statute.code: statute.in_force_since for statute in text.statutes}
    assert since["act"] == date(2024, 5, 1)
    assert since["regulation"] == date(2024, 9, 1)
    assert since["classification"] == date(2025, 5, 1)


def test_each_relation_has_words_of_its_own():
    assert len({each.words for each in LawRelation}) == len(LawRelation)


def test_the_versions_are_those_that_can_be_read():
    assert versions() == ("2020-12-24",)
    assert [load_text(each).issued.isoformat() for each in versions()] == list(versions())
