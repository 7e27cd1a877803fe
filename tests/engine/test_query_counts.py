"""How many statements a deed takes: a net without a clock."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
HAND_OVER = 22
TAKE_BACK = 20


def counted(do) -> int:
    with CaptureQueriesContext(connection) as queries:
        do()
    return len(queries)


def test_a_deed_on_one_copy(desk):
    _, (copy, *_) = desk.ready()
    assert counted(lambda: desk.give(copy)) == HAND_OVER
    assert counted(lambda: desk.take_back(copy)) == TAKE_BACK


def test_twenty_copies_cost_one_statement_more_for_each_further_one(desk):
    _, copies = desk.ready(copy_numbers="000001-000020")
    assert counted(lambda: desk.give(*copies)) == HAND_OVER + 19
    assert counted(lambda: desk.take_back(*copies)) == TAKE_BACK + 19
