"""Tables of copies that were carried out of the office (携带外出), and of their coming back."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LEVELS, LedgeredModel
from baomi.registers.custody.models.copies import Copy


class Outing(LedgeredModel):
    """One journey of one or more copies: who carries and keeps them, where to, until when."""

    serial_year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()  # 编号, by year, never used twice
    registered_on = models.DateField()
    registered_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(  # the carrier's on that day: 责任部门
        "office.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    keeper = models.ForeignKey(  # 本人或指定专人
        "office.Person", on_delete=models.PROTECT, related_name="+"
    )
    business_trip = models.BooleanField()  # 因公外出
    public_place = models.BooleanField()  # 公共场所
    social_occasion = models.BooleanField()  # 社交活动
    destination = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    measures = models.CharField(max_length=500)
    level = models.SmallIntegerField(choices=LEVELS)  # the highest of its copies
    leaves_on = models.DateField()
    back_until = models.DateField()
    op = models.UUIDField(db_index=True)  # operation: leads to the ledger entry
    voided_by = models.UUIDField(null=True)  # operation that took it back

    class Meta:
        db_table = "custody_outing"
        constraints = [
            models.UniqueConstraint(fields=["serial_year", "serial"], name="outing_number_once")
        ]
        indexes = [models.Index(fields=["back_until", "id"], name="outing_by_day")]


class OutingLine(LedgeredModel):
    """One copy that is carried out, and how it came back. ``back_on`` None: it is still out."""

    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    back_on = models.DateField(null=True)
    checked_by = models.ForeignKey(
        "office.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    findings = models.CharField(max_length=500)  # 返回检查情况
    back_op = models.UUIDField(null=True, db_index=True)

    class Meta:
        db_table = "custody_outing_line"
        constraints = [models.UniqueConstraint(fields=["outing", "copy"], name="outing_once")]


class OutingCompanion(LedgeredModel):
    """Somebody who goes along: 绝密 is never carried by one person alone."""

    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "custody_outing_companion"
        constraints = [models.UniqueConstraint(fields=["outing", "person"], name="goes_once")]
