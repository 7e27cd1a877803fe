"""The databases as they are in force in the tests: the same options as in an office."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, connections, transaction


@pytest.mark.django_db(databases=["default", "runtime"])
def test_runtime_tables_lie_apart():
    runtime = set(connections["runtime"].introspection.table_names())
    registers = set(connection.introspection.table_names())
    shared = {"django_migrations"}
    assert {name for name in runtime if name.startswith("custody")} == set()
    assert any(name.startswith("runtime") for name in runtime)
    assert any(name.startswith("custody") for name in registers)
    assert runtime & registers <= shared


@pytest.mark.django_db(databases=["runtime"])
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)],
    ids=["journal", "flush", "keys"],
)
def test_sqlite_makes_a_commit_last(pragma: str, value: str | int):
    assert settings.SQLITE_MODE == "wal"
    with connections["runtime"].cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


@pytest.mark.django_db
def test_a_deed_waits_for_its_flush():
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    said = {}
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            said[name] = cursor.fetchone()[0]
    assert set(said.values()) == {"on"}


@pytest.mark.django_db
def test_what_a_database_refuses_stands_in_no_log(caplog: pytest.LogCaptureFixture):
    canary = "一份不得外泄的标题"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE paper (title varchar(40) UNIQUE)")
        cursor.execute("INSERT INTO paper VALUES (%s)", [canary])
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("INSERT INTO paper VALUES (%s)", [canary])
    assert canary not in caplog.text
    if connection.vendor == "postgresql":
        log = Path(os.environ["BAOMI_TEST_PG_LOG"]).read_text(encoding="utf-8")
        assert "duplicate key" in log
        assert canary not in log
