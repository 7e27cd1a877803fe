"""The tables of the notices on holidays, and of the days that they name."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LedgeredModel


class Notice(LedgeredModel):
    """A notice of the State Council's office on the holidays of a year, as it was published."""

    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60)  # 国办发明电〔2025〕7号
    published_on = models.DateField()
    text = models.TextField()
    recorded_by = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()

    class Meta:
        db_table = "holidays_notice"


class Day(LedgeredModel):
    """A day that a notice names: off, worked, or as on any other week again."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=8)  # off, work, ordinary
    name = models.CharField(max_length=40)  # 春节; empty: none was given

    class Meta:
        db_table = "holidays_day"
        constraints = [models.UniqueConstraint(fields=["notice", "day"], name="holiday_day_once")]
        indexes = [models.Index(fields=["day", "id"], name="holiday_by_day")]
