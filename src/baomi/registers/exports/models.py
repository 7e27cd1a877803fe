"""The table of exports: each file that leaves the system is a carrier of its own."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LEVELS, LedgeredModel


class Export(LedgeredModel):
    """A file that was written: what it holds, at which level, for whom and why."""

    register = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    level = models.SmallIntegerField(choices=LEVELS)  # the highest of its rows
    exported_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    exported_on = models.DateField()

    class Meta:
        db_table = "exports_export"
