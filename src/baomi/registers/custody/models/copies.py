"""Tables of numbered copies: who has them, and every movement."""

from __future__ import annotations

from django.db import models

from baomi.kernel.words import Level
from baomi.registers.columns import LEVELS, LedgeredModel
from baomi.registers.custody.models.papers import Paper


class Copy(LedgeredModel):
    """One numbered copy (份), and who has it: a person, or a named cabinet."""

    derived_columns = ("level",)

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    copy_number = models.CharField(max_length=40)  # 份号, text
    office_numbered = models.BooleanField()  # the paper bore none, the office gave one
    label_serial = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=12)  # unstored, stored, held, missing
    cabinet = models.ForeignKey(
        "office.Cabinet", null=True, on_delete=models.PROTECT, related_name="+"
    )
    home_cabinet = models.ForeignKey(
        "office.Cabinet", null=True, on_delete=models.PROTECT, related_name="+"
    )
    holder = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_by = models.ForeignKey(  # the unit's keeper to whom it goes back
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=10)  # empty: not held
    since = models.DateField()
    ver = models.PositiveIntegerField(default=1)
    # its paper's, for finding copies of a level; what decides is the paper's own
    level = models.SmallIntegerField(choices=LEVELS, default=Level.NONE.value)

    class Meta:
        db_table = "custody_copy"
        constraints = [
            models.UniqueConstraint(fields=["paper", "copy_number"], name="copy_number_once")
        ]
        indexes = [
            models.Index(fields=["state", "label_serial"], name="copy_by_state"),
            models.Index(fields=["cabinet", "label_serial"], name="copy_by_cabinet"),
            models.Index(fields=["since", "label_serial"], name="copy_by_since"),
            models.Index(fields=["level", "label_serial"], name="copy_by_level"),
            models.Index(fields=["copy_number"], name="copy_by_number"),
        ]


class Movement(LedgeredModel):
    """What befell a copy, in order: the history that people read."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+", db_index=False)
    op = models.UUIDField(db_index=True)  # operation: leads to the ledger entry
    kind = models.CharField(max_length=20)
    happened_on = models.DateField()
    at_us = models.BigIntegerField()
    turn = models.PositiveIntegerField()  # the copy's version that it made: the order of deeds
    actor = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    from_holder = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_cabinet = models.ForeignKey(
        "office.Cabinet", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_holder = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    to_cabinet = models.ForeignKey(
        "office.Cabinet", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=10)
    place = models.ForeignKey(  # room in which it is read
        "office.Room", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    remark = models.TextField()
    before = models.JSONField()  # the copy's custody before: what an undo restores
    voided_by = models.UUIDField(null=True)
    notes = models.JSONField(default=list)

    class Meta:
        db_table = "custody_movement"
        constraints = [models.UniqueConstraint(fields=["copy", "turn"], name="movement_turn_once")]
        indexes = [
            models.Index(fields=["happened_on", "id"], name="movement_by_day"),
            models.Index(fields=["kind", "happened_on", "id"], name="movement_by_kind"),
        ]


class Correction(LedgeredModel):
    """Descriptive fields of a record that were put right, and why; the values are in the ledger."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, null=True, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField()  # names of the columns
    reason = models.CharField(max_length=200)
    corrected_on = models.DateField()
    corrected_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "custody_correction"
