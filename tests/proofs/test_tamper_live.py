"""Every tampering that shows on the live database is found, with both hashes, on both databases."""

import contextlib

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from baomi.engine import keys, registry, tables
from baomi.engine.live import LiveLedger
from baomi.engine.perform import perform
from baomi.engine.sealer import seal_now
from baomi.engine.verify_live import verify_live
from baomi.kernel.verdict import Refused
from tests.proofs import attacks_on_entries, attacks_on_notes, attacks_on_rows
from tests.proofs.attacks import ATTACKS
from tests.proofs.conftest import on_postgresql
from tests.proofs.forgery import drop_triggers, put_triggers_back, rewrite, settle, sql, stored
from tests.proofs.small_office import make

HOURS = 26
# secrets that stand beside the registers, and refer to them
UNLEDGERED = (
    *("office_credential", "office_subject_key", "office_badge_pin"),
    "office_identity_index",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def _django_db_helper():
    """The module's transaction takes the place of the one that the mark gives each test."""


@contextlib.contextmanager
def taken_back():
    """A transaction inside which the program's own are savepoints; nothing of it stays."""
    outer = transaction.atomic()
    outer._from_testcase = True  # as Django's own TestCase marks it
    with outer:
        yield
        transaction.set_rollback(True)


def empty_database() -> None:
    """Take the session's shared office away, for as long as the transaction lasts."""
    for table in tables.APPEND_ONLY:
        drop_triggers(table)
        sql(f"DELETE FROM {table}")  # noqa: S608 — names of our own tables
    named = ", ".join((*registry.ledgered(), *UNLEDGERED))
    with connection.cursor() as cursor:
        if on_postgresql():
            # whoever was first in this session may have set the constraints to immediate
            cursor.execute(f"TRUNCATE {named}")
        else:
            for table in registry.ledgered():
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 — names of our own tables
    settle()
    for table in tables.APPEND_ONLY:
        put_triggers_back(table)


@pytest.fixture(scope="module", params=[1, 2], ids=["sha256", "sm3"])
def lived_in(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """A founded office with deeds, refusals and three checkpoints, and its certified first key."""
    folder = tmp_path_factory.mktemp("lived-in")
    with (
        django_db_blocker.unblock(),
        override_settings(BAOMI_HOME=folder),
        taken_back(),
    ):
        keys.mac_key.cache_clear()
        empty_database()
        yield live_in(request.param), LiveLedger().vkey
    keys.mac_key.cache_clear()


def live_in(alg: int):
    """Entries 8 to 15, and two refused deeds."""
    office = make(alg=alg)
    first, second, third = office.copies[:3]
    reader = office.readers[0]
    perform(office.give(first, reader))
    perform(office.take_back(first))
    perform(office.give(second, reader))
    for copy in (first, third):
        with pytest.raises(Refused):
            perform(office.give(copy, office.auditor))
    seal_now()
    perform(office.give(first, reader))
    seal_now()
    perform(office.give(third, reader))
    perform(office.take_back(third))
    assert stored(attacks_on_entries.NEWEST).kind == "custody.take_back_copy"
    return office


@pytest.fixture
def office(lived_in):
    """The office untouched; what is done to it is taken back."""
    with taken_back():
        yield lived_in[0]


def verified(lived_in):
    return verify_live(first_vkey=lived_in[1], max_age_hours=HOURS)


def test_untouched_it_is_clean(office, lived_in):
    assert verified(lived_in).findings == []


def test_taken_apart_and_put_together_it_is_clean(office, lived_in):
    rewrite(lambda parts: None, sign=True)
    assert verified(lived_in).findings == []


@pytest.mark.parametrize("attack", ATTACKS, ids=[each.id for each in ATTACKS])
def test_tampering_is_found(office, lived_in, attack):
    attack.do(office)
    report = verified(lived_in)
    assert not report.clean
    assert set(attack.codes) <= set(report.counts), report.findings


def test_the_matrix_is_whole():
    assert len({each.id for each in ATTACKS}) == len(ATTACKS) >= 55
    modules = {each.do.__module__ for each in ATTACKS}
    assert modules == {m.__name__ for m in (attacks_on_entries, attacks_on_notes, attacks_on_rows)}


REFUSED_BY_TRIGGERS = {
    **{f"delete {table}": f"DELETE FROM {table}" for table in tables.APPEND_ONLY},  # noqa: S608 — an attack
    "update entry": "UPDATE ledger_entry SET kind = 'x' WHERE seq = 9",
    "update body": "UPDATE ledger_entry SET body = salt WHERE seq = 9",
    "erase body, keep salt": "UPDATE ledger_entry SET body = NULL WHERE seq = 9",
    "erase and edit": "UPDATE ledger_entry SET body = NULL, salt = NULL, mac = raw WHERE seq = 9",
    "move entry": "UPDATE ledger_entry SET seq = 99 WHERE seq = 15",
    "head back": "UPDATE ledger_head SET size = size - 1",
    "head again": "UPDATE ledger_head SET last_leaf = frontier",
    "head of another": "UPDATE ledger_head SET log_id = last_leaf, size = size + 1",
    "update refusal": "UPDATE ledger_refusal SET clauses = ''",
    "update operation": "UPDATE ledger_operation SET told = '{}'",
    "upsert entry": "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = 9 "
    "ON CONFLICT (log_id, seq) DO UPDATE SET kind = 'x'",
    "upsert operation": "INSERT INTO ledger_operation SELECT * FROM ledger_operation WHERE 1 = 1 "
    "ON CONFLICT (op_id) DO UPDATE SET told = '{}'",
    "second head": "INSERT INTO ledger_head SELECT last_leaf, alg, size, last_leaf, last_time, "
    "frontier FROM ledger_head",
}
ON_SQLITE = {
    f"replace {table}": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608 — an attack
    for table in tables.APPEND_ONLY
} | {
    "update or replace": "UPDATE OR REPLACE ledger_entry SET seq = 8 WHERE seq = 9",
    "replace by operation": "INSERT OR REPLACE INTO ledger_entry SELECT log_id, 99, raw, leaf, "
    "salt, body, mac, kind, actor, op_id, time_us FROM ledger_entry WHERE seq = 9",
}
ON_POSTGRESQL = {f"truncate {table}": f"TRUNCATE {table}" for table in tables.APPEND_ONLY}


REFUSED = REFUSED_BY_TRIGGERS | (ON_POSTGRESQL if on_postgresql() else ON_SQLITE)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_triggers_refuse(office, statement):
    settle()
    with pytest.raises(DatabaseError, match="append-only"), taken_back():
        sql(REFUSED[statement])


def test_a_redaction_may_empty_a_body_and_nothing_else(office):
    sql("UPDATE ledger_entry SET body = NULL, salt = NULL WHERE seq = 9")
    assert stored(9).body is None


def test_the_files_do_not_hold_a_value_of_a_finding(office, lived_in):
    """A finding names positions, tables and columns; a title never."""
    attacks_on_rows.row_edited(office)
    attacks_on_entries.body_edited(office)
    text = " ".join(found.line() for found in verified(lived_in).findings)
    assert text
    assert "演练" not in text
