"""Prepared queries and written rows: the same as Django's own, on every way to the database."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from baomi.engine.body import changes
from baomi.kernel.ids import new_id
from baomi.registers.custody import models
from baomi.registers.prepared import Prepared, every_prepared
from baomi.registers.rows import change_rows, change_version, insert_rows
from tests.engine.seen import sound
from tests.factories.office import TODAY
from tests.factories.watch import by_hand

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
COPIES = Prepared(
    lambda ids, day: (
        models.Copy.objects.filter(id__in=ids, since__lte=day)
        .order_by("label_serial")
        .values_list("id", "paper_id", "holder_id", "since", "ver")
    )
)


@pytest.fixture
def unwatched(desk):
    """Nobody watches the statements, as in an office: SQLite is asked directly."""
    watches = connection.execute_wrappers[:]
    connection.execute_wrappers.clear()
    yield
    connection.execute_wrappers.extend(watches)


def test_each_query_answers_what_its_queryset_answers(desk, monkeypatch):
    asked = set()
    prepared = Prepared.__call__

    def compared(self, *arguments):
        found = prepared(self, *arguments)
        given = [
            each if isinstance(each, str | date) or not hasattr(each, "__iter__") else list(each)
            for each in arguments
        ]
        assert sorted(map(repr, found)) == sorted(map(repr, self.build(*given)))
        asked.add(self)
        return found

    monkeypatch.setattr(Prepared, "__call__", compared)
    _, copies = desk.ready(desk.reader, desk.keeper)
    desk.give(*copies)
    desk.take_back(*copies)
    assert len(asked) >= 8
    assert asked <= set(every_prepared())


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_lists_of_every_length(desk, count):
    _, copies = desk.receive(copy_numbers="000001-000005")
    found = COPIES(copies[:count], TODAY)
    assert [row[0] for row in found] == list(copies[:count])
    assert found == list(COPIES.build(copies[:count], TODAY))
    assert COPIES(copies[:count], TODAY - timedelta(days=1)) == []


def test_an_argument_that_asks_nothing_is_a_mistake(desk):
    deaf = Prepared(lambda day: models.Copy.objects.values_list("id"))
    with pytest.raises(LookupError):
        deaf(TODAY)


def test_deeds_past_every_watch_are_the_same(desk, unwatched):
    _, (copy, *_) = desk.ready()
    desk.give(copy)
    assert desk.copy(copy)["holder_id"] == desk.reader
    desk.take_back(copy)
    assert desk.copy(copy)["holder_id"] is None
    assert sound() == []


def test_errors_are_django_s_own_past_every_watch(desk, unwatched):
    _, (copy, *_) = desk.ready()
    row = desk.copy(copy)
    with pytest.raises(IntegrityError):
        insert_rows(models.Copy, [row])


def test_a_row_that_moved_on_is_not_changed(desk):
    _, (copy, *_) = desk.ready()
    ver = desk.copy(copy)["ver"]
    with by_hand():
        assert not change_version(models.Copy, copy, ver - 1, {"purpose": "reading"})
        assert change_version(models.Copy, copy, ver, {"purpose": "reading"})
    assert (desk.copy(copy)["purpose"], desk.copy(copy)["ver"]) == ("reading", ver + 1)


def test_rows_are_stored_as_django_stores_them(desk):
    _, (copy, *_) = desk.ready()
    row = desk.copy(copy) | {"id": new_id(), "copy_number": "再一份", "label_serial": 4321}
    with by_hand():
        insert_rows(models.Copy, [row])
        change_rows(models.Copy, [row["id"]], {"since": date(2024, 2, 29)})
    assert desk.copy(row["id"]) == row | {"since": date(2024, 2, 29)}
    with pytest.raises(KeyError):
        insert_rows(models.Copy, [{"id": new_id()}])


def test_images_are_the_rows(desk):
    _, (copy, *_) = desk.ready()
    (change,) = changes({"custody_copy": {copy}})
    row = desk.copy(copy)
    assert change["after"] == {
        name: value if value is None or isinstance(value, bool | int | str) else str(value)
        for name, value in row.items()
        if name in models.Copy.imaged_columns()
    }
