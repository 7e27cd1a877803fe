"""Tables of the archive (档案): what was put into it, who consulted it, what was excerpted."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LEVELS, LedgeredModel
from baomi.registers.custody.models.copies import Copy


class Archiving(LedgeredModel):
    """A copy put into the archive (归档): under which number, by whom it was handed over."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    archived_on = models.DateField()
    archive_number = models.CharField(max_length=60)  # 档号
    box = models.CharField(max_length=40)  # 盒号; empty: in none
    cabinet = models.ForeignKey(
        "office.Cabinet", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    handed_over_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    taken_over_by = models.ForeignKey(
        "office.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    remark = models.CharField(max_length=200)
    op = models.UUIDField(db_index=True)
    voided_by = models.UUIDField(null=True)

    class Meta:
        db_table = "custody_archiving"
        indexes = [models.Index(fields=["archived_on", "id"], name="archiving_by_day")]


class Consultation(LedgeredModel):
    """Somebody consults archived copies (查阅档案) on the spot, and may excerpt or quote them."""

    person = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    consulting_unit = models.CharField(max_length=120)  # 查档单位, as it stands on the slip
    purpose = models.CharField(max_length=200)
    place = models.ForeignKey(
        "office.Room", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    level = models.SmallIntegerField(choices=LEVELS)  # the highest of its copies
    began_on = models.DateField()
    due_on = models.DateField()
    excerpts = models.BooleanField()  # 摘录、引用: approved of its own
    excerpt_use = models.CharField(max_length=200)  # empty: nothing is excerpted
    registered_by = models.ForeignKey(
        "office.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    op = models.UUIDField(db_index=True)
    voided_by = models.UUIDField(null=True)

    class Meta:
        db_table = "custody_consultation"
        indexes = [models.Index(fields=["began_on", "id"], name="consultation_by_day")]


class ConsultationLine(LedgeredModel):
    """One copy that is consulted, and how that ended. ``ended_on`` None: it still goes on."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    taken_back_by = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    excerpted = models.CharField(max_length=300)  # what was excerpted or quoted; empty: nothing
    excerpt_kept = models.CharField(max_length=200)  # where the excerpt went
    end_op = models.UUIDField(null=True, db_index=True)

    class Meta:
        db_table = "custody_consultation_line"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "copy"], name="consulted_once")
        ]
