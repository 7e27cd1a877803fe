"""Tamperings with the registers' rows, the head, the refusals and the schema."""

from django.db import connection

from baomi.engine import tables
from baomi.engine.head import read_head
from baomi.kernel.ids import new_id
from baomi.registers.custody import models
from tests.proofs.attacks import attack
from tests.proofs.conftest import on_postgresql
from tests.proofs.forgery import drop_triggers, settle, sql, unguarded


@attack("T26", "HEAD")
def head_size(office) -> None:
    _edit_head("size = size + 1")


@attack("T26b", "HEAD")
def head_frontier(office) -> None:
    _edit_head("frontier = %s", bytes(len(read_head().frontier.to_bytes())))


@attack("T26c", "HEAD")
def head_last_leaf(office) -> None:
    _edit_head("last_leaf = %s", bytes(32))


@attack("T26d", "HEAD")
def head_last_time(office) -> None:
    _edit_head("last_time = last_time - 1")


def _edit_head(change: str, *values) -> None:
    with unguarded("ledger_head"):
        sql(f"UPDATE ledger_head SET {change}", *values)  # noqa: S608 — an attack


@attack("T26e", "HEAD")
def second_head(office) -> None:
    with unguarded("ledger_head"):
        sql(
            "INSERT INTO ledger_head (log_id, alg, size, last_leaf, last_time, frontier) "
            "SELECT %s, alg, size, last_leaf, last_time, frontier FROM ledger_head",
            new_id().bytes,
        )


@attack("T26f", "GENESIS")
def head_deleted(office) -> None:
    with unguarded("ledger_head"):
        sql("DELETE FROM ledger_head")


@attack("T28", "ROW")
def row_edited(office) -> None:
    models.Copy.objects.filter(id=office.copies[1]).update(holder=office.auditor)


@attack("T29", "ROW")
def row_deleted(office) -> None:
    models.CircleMember.objects.filter(paper=office.paper, person=office.readers[1]).delete()


@attack("T30", "ROW_EXTRA")
def row_added(office) -> None:
    member = models.CircleMember.objects.filter(paper=office.paper).first()
    member.id, member.person_id = new_id(), office.auditor
    member.save(force_insert=True)


@attack("T31", "ROW")
def row_of_an_earlier_day(office) -> None:
    now = models.Copy.objects.get(id=office.copies[0])
    before = models.Movement.objects.get(copy=now.id, turn=now.ver).before
    models.Copy.objects.filter(id=now.id).update(**before, ver=now.ver - 1)


@attack("T40", "SCHEMA")
def trigger_dropped(office) -> None:
    on = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER ledger_entry_no_delete{on}")


@attack("T40b", "SCHEMA")
def triggers_of_all_tables_dropped(office) -> None:
    for table in tables.APPEND_ONLY:
        drop_triggers(table)


@attack("T40c")
def trigger_disarmed(office) -> None:
    """The name stays, the trigger does nothing."""
    settle()
    if connection.vendor == "postgresql":
        sql(
            "CREATE OR REPLACE FUNCTION ledger_entry_keep() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN COALESCE(NEW, OLD); END $$"
        )
        return
    sql("DROP TRIGGER ledger_entry_no_delete")
    sql("CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT 1; END")


@attack("T40d", "SCHEMA")
def trigger_added(office) -> None:
    """One that alters what people read, as it is written."""
    settle()
    if connection.vendor == "postgresql":
        sql(
            "CREATE FUNCTION skim() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
        sql(
            "CREATE TRIGGER skim BEFORE UPDATE ON custody_copy FOR EACH ROW EXECUTE FUNCTION skim()"
        )
        return
    sql("CREATE TRIGGER skim AFTER UPDATE ON custody_copy BEGIN SELECT 1; END")


@attack("T41", "SCHEMA")
def ledger_behind_a_view(office) -> None:
    _behind_a_view("ledger_entry")


@attack("T46", "SCHEMA")
def table_behind_a_view(office) -> None:
    _behind_a_view("custody_copy")


def _behind_a_view(table: str) -> None:
    settle()
    sql(f"ALTER TABLE {table} RENAME TO hidden")
    sql(f"CREATE VIEW {table} AS SELECT * FROM hidden")  # noqa: S608 — an attack


@attack("T47", "DBFILE")
def unique_constraint_removed(office) -> None:
    settle()
    if connection.vendor == "postgresql":
        sql("ALTER TABLE custody_copy DROP CONSTRAINT copy_number_once")
        return
    sql("PRAGMA writable_schema = ON")
    sql(
        "UPDATE sqlite_master SET sql = replace(sql, 'copy_number_once', 'copy_number_often') "
        "WHERE name = 'custody_copy'"
    )
    sql("PRAGMA writable_schema = OFF")


@attack("T47b")
def column_added(office) -> None:
    settle()
    sql("ALTER TABLE custody_copy ADD COLUMN shadow text")


@attack("T54", "GENESIS")
def entries_and_rows_emptied(office) -> None:
    _empty_registers()
    with unguarded("ledger_entry"):
        sql("DELETE FROM ledger_entry")


@attack("T54b", "GENESIS")
def everything_emptied(office) -> None:
    _empty_registers()
    with unguarded(*tables.APPEND_ONLY):
        for table in tables.APPEND_ONLY:
            sql(f"DELETE FROM {table}")  # noqa: S608 — an attack


def _empty_registers() -> None:
    for model in (models.Movement, models.CircleMember, models.Copy, models.Paper):
        model.objects.all().delete()
    settle()


@attack("R1", "REFUSALS")
def refusal_edited(office) -> None:
    with unguarded("ledger_refusal"):
        sql("UPDATE ledger_refusal SET clauses = %s WHERE n = 0", "GZ2.3.1a")


@attack("R2", "REFUSALS")
def refusal_deleted(office) -> None:
    with unguarded("ledger_refusal"):
        sql("DELETE FROM ledger_refusal WHERE n = 0")


@attack("R3", "REFUSALS")
def all_refusals_deleted(office) -> None:
    with unguarded("ledger_refusal"):
        sql("DELETE FROM ledger_refusal")


if not on_postgresql():

    @attack("T62", "ROW")
    def column_of_no_date(office) -> None:
        """SQLite keeps anything in any column."""
        sql("UPDATE custody_copy SET since = %s WHERE id = %s", "2025-99-99", office.copies[1].hex)

    @attack("T62b", "ROW_EXTRA")
    def row_without_a_proper_id(office) -> None:
        sql(
            "UPDATE custody_circle_member SET id = %s WHERE person_id = %s",
            "x",
            office.readers[1].hex,
        )

    @attack("T62c", "FORMAT", "HASH")
    def entry_of_text(office) -> None:
        with unguarded("ledger_entry"):
            sql("UPDATE ledger_entry SET raw = %s, time_us = %s WHERE seq = 9", "text", "text")

    @attack("T62d")
    def entry_of_numbers(office) -> None:
        with unguarded("ledger_entry"):
            sql("UPDATE ledger_entry SET raw = 1, leaf = 2, salt = 3, body = 4 WHERE seq = 9")

    @attack("T62e", "HEAD")
    def head_of_text(office) -> None:
        _edit_head("frontier = %s, last_leaf = %s", "text", "text")
