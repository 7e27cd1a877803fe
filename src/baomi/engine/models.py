"""Ledgered tables of the engine itself, and the ledger's own as the auditor's books read them.

The ledger's own tables are made and kept by ``tables.py``.
"""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LedgeredModel


class LateEntry(LedgeredModel):
    """Why a deed was entered after the day on which it happened (补记)."""

    op = models.UUIDField(unique=True)
    happened_on = models.DateField()
    recorded_on = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "engine_late_entry"


class LedgerEntry(models.Model):
    """An entry of the ledger without what it commits to: only read, and only by ``books``."""

    seq = models.BigIntegerField(primary_key=True)
    log_id = models.BinaryField()
    leaf = models.BinaryField()
    kind = models.TextField()
    actor = models.BinaryField()
    time_us = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "ledger_entry"

    def __str__(self) -> str:
        """Its place."""
        return f"entry {self.pk}"


class LedgerRefusal(models.Model):
    """A deed that was refused: only read, and only by ``books``."""

    n = models.BigIntegerField(primary_key=True)
    at_us = models.BigIntegerField()
    actor = models.BinaryField()
    action = models.TextField()
    clauses = models.TextField()
    door = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_refusal"

    def __str__(self) -> str:
        """Its place."""
        return f"refusal {self.pk}"
