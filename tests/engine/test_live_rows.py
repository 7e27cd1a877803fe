"""The live rows are all read, whatever somebody put in the place of ids and values."""

import pytest
from django.db import DataError, ProgrammingError, connection, transaction

from baomi.engine import live, registry
from baomi.registers import columns
from baomi.registers.custody import models
from tests.factories.watch import by_hand

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


@pytest.fixture
def copies(desk, monkeypatch):
    """Seven copies, and pages of three rows."""
    _, copies = desk.receive(copy_numbers="000001-000007")
    monkeypatch.setattr(columns, "ROWS_AT_ONCE", 3)
    monkeypatch.setattr(live, "ROWS_AT_ONCE", 3)
    columns._pages_of.cache_clear()
    yield sorted(copies)
    columns._pages_of.cache_clear()


def read(table="custody_copy"):
    return [(key, row) for t, key, row in live.live_rows() if t == table]


def put(statement, value, row):
    """Write past the program. SQLite keeps anything; PostgreSQL is to refuse it."""
    key = row.hex if connection.vendor == "sqlite" else row
    with by_hand(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(statement, [value, key])
            return True
        with pytest.raises((DataError, ProgrammingError, ValueError)), transaction.atomic():
            cursor.execute(statement, [value, key])
        return False


def test_pages_give_each_row_once_and_as_the_images_tell(copies):
    assert [key for key, _ in read()] == [str(key) for key in copies]
    for table, model in registry.ledgered().items():
        found = dict(read(table))
        assert len(found) == model.objects.count()
        assert found == {str(key): image for key, image in model.images(
            model.objects.values_list("id", flat=True)
        ).items()}  # fmt: skip


def test_exactly_full_pages_are_the_end(copies, desk):
    desk.receive(number="×办发〔2025〕9号", copy_numbers="000001-000002")
    assert models.Copy.objects.count() % 3 == 0
    assert len(read()) == models.Copy.objects.count()


@pytest.mark.parametrize(
    "odd",
    [
        "no id",
        "",
        "0" * 31,
        "Z" * 32,
        "g" + "0" * 31,
        "0" * 32 + "\x00junk",
        "0" * 8 + "\x00" + "0" * 23,
        b"0" * 32,
        7,
    ],
)
def test_a_row_whose_id_is_none_is_still_read(copies, desk, odd):
    desk.store(*copies)
    good = {key for key, _ in read("custody_movement")}
    spoil = models.Movement.objects.order_by("id").first().id
    if not put("UPDATE custody_movement SET id = %s WHERE id = %s", odd, spoil):
        return
    found = [key for key, _ in read("custody_movement")]
    assert len(found) == len(good)
    assert set(found) - good
    assert str(spoil) not in found


@pytest.mark.parametrize("value", ["not a day", 7, 1.5, b"x"])
def test_a_row_whose_value_is_none_agrees_with_nothing_and_spoils_no_other(copies, desk, value):
    spoil, before = copies[4], dict(read())
    if not put("UPDATE custody_copy SET since = %s WHERE id = %s", value, spoil):
        return
    after = dict(read())
    assert {key for key in before if before[key] != after[key]} == {str(spoil)}
