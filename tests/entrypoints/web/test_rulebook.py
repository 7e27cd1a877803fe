"""制度: every clause in the paper's order, how it is carried, how it stands."""

import pytest

from baomi.engine import matrix
from baomi.rulebook.text import load_text
from tests.entrypoints.web.page import page

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CLAUSES = 262


def listed(answer):
    return [
        each.all("a", class_="clause")[0].text
        for each in page(answer).all("tr")
        if each.all("a", class_="clause")
    ]


def test_every_clause_is_listed_in_the_order_of_the_paper(at, office):
    answer = at(office.readers["研究室"][0]).get("/rules")
    order = list(dict.fromkeys(row.clause for row in matrix.rows()))
    assert listed(answer) == order
    of_paper = [each.id for each in load_text().clauses]
    assert len(of_paper) == CLAUSES
    assert order[: len(of_paper)] == of_paper
    assert page(answer).one("title").text == "保密 · 制度"


@pytest.mark.parametrize("key", ["GZ2.3.1b", "X1b"])
def test_a_clause_tells_how_it_is_carried_and_links_to_what_it_binds(key, at, office):
    answer = at("auditor").get(f"/rules/{key}")
    told = page(answer)
    assert told.one("h1").text.startswith(key)
    rows = [row for row in matrix.rows() if row.clause == key]
    assert rows
    for row in rows:
        assert row.what in told.text
        for name in row.actions:
            assert told.all("a", href=f"/do/{name}")


def test_every_clause_has_a_page(at, office):
    browser = at("registrar")
    keys = dict.fromkeys(row.clause for row in matrix.rows())
    wanted = [
        key for n, key in enumerate(keys) if n % 12 == 0 or "+" in key or not key[-1].isalnum()
    ]
    assert len(wanted) > 15
    for key in wanted:
        answer = browser.get(f"/rules/{key}")
        assert (key, answer.status_code) == (key, 200)
        assert page(answer).one("h1").text.startswith(key)


def test_the_rulebook_is_narrowed(at, office):
    browser = at("registrar")
    whole = len(listed(browser.get("/rules")))
    for query, key, value in (
        ("status=expected", "status", "expected"),
        ("kind=guard", "kind", "guard"),
        ("kind=duty&status=bound", "status", "bound"),
    ):
        found = listed(browser.get(f"/rules?{query}"))
        assert 0 < len(found) < whole or query.startswith("kind=duty")
        fitting = {row.clause for row in matrix.rows() if getattr(row, key) == value}
        assert set(found) <= fitting
    beyond = listed(browser.get("/rules?system=beyond"))
    assert "X1a" in beyond
    assert not set(beyond) & {each.id for each in load_text().clauses}


@pytest.mark.parametrize(
    "address", ["/rules/NO9", "/rules/GZ2.3.1b%20", "/rules?status=other", "/rules?system=x"]
)
def test_what_the_rulebook_does_not_know_is_not_there(address, at, office):
    assert at("registrar").get(address).status_code == 404
