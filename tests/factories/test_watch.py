"""The watch over every test: it must see a write that no entry tells of."""

import pytest
from django.db import connection, transaction

from baomi.engine.perform import perform
from baomi.registers.office import models
from tests.factories.deeds import request
from tests.factories.watch import WroteWithoutTheLedger, by_hand


def test_a_row_changed_outside_a_transaction_is_seen(office):
    with pytest.raises(WroteWithoutTheLedger, match="office_unit"):
        models.Unit.objects.filter(name="研究室").update(name="改名")


def test_a_transaction_without_an_entry_is_seen(office):
    with pytest.raises(WroteWithoutTheLedger, match="office_unit"), transaction.atomic():
        models.Unit.objects.filter(name="研究室").update(name="改名")


def test_a_row_deleted_or_added_is_seen(office):
    with pytest.raises(WroteWithoutTheLedger), connection.cursor() as cursor:
        cursor.execute("DELETE FROM office_cabinet")
    row = models.Unit.objects.first()
    row.id, row.name = office.registrar, "再设一处"
    with pytest.raises(WroteWithoutTheLedger):
        row.save(force_insert=True)


def test_what_a_savepoint_took_back_is_no_write(office):
    with transaction.atomic():
        inner = transaction.savepoint()
        models.Unit.objects.filter(name="研究室").update(name="改名")
        transaction.savepoint_rollback(inner)


def test_a_deed_passes_and_a_write_beside_it_does_not(office):
    asked = request("office.add_unit", office.security_admin, name="新设处")
    assert perform(asked).told["unit"]
    with pytest.raises(WroteWithoutTheLedger):
        models.Unit.objects.filter(name="新设处").update(name="改名")


def test_what_a_test_does_by_hand_is_let_through(office):
    with by_hand():
        models.Unit.objects.filter(name="研究室").update(name="改名")
    assert models.Unit.objects.filter(name="改名").exists()
