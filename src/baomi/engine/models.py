"""Ledgered tables of the engine itself. The ledger's own tables stand in ``tables.py``."""

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
