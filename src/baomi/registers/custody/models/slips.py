"""Tables of hand-over slips and what they list."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LedgeredModel
from baomi.registers.custody.models.copies import Copy


class Slip(LedgeredModel):
    """A hand-over slip (交接清单): what one person got or gave back, and his word on it."""

    label_serial = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=4)  # out, back
    person = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    drawn_up_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    drawn_up_on = models.DateField()
    at_us = models.BigIntegerField()
    op = models.UUIDField()  # operation: leads to the ledger entry, whose receipt is printed
    confirmed_on = models.DateField(null=True)
    confirmed_how = models.CharField(max_length=10)  # pin, login, signature; empty: not yet
    confirmed_by_scan = models.UUIDField(null=True)  # the signed paper, scanned in
    voided_by = models.UUIDField(null=True)  # operation that took back what it lists

    class Meta:
        db_table = "custody_slip"
        indexes = [models.Index(fields=["person", "drawn_up_on"], name="slip_by_person")]


class SlipLine(LedgeredModel):
    """One movement of a copy, as a slip lists it."""

    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    op = models.UUIDField(db_index=True)  # operation that moved the copy

    class Meta:
        db_table = "custody_slip_line"
        constraints = [models.UniqueConstraint(fields=["slip", "copy"], name="on_slip_once")]
