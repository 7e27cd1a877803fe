"""The table of duties (应办事项)."""

from __future__ import annotations

from django.db import models

from baomi.registers.columns import LedgeredModel


class Duty(LedgeredModel):
    """A dated obligation. Whether it is overdue is computed when read, never stored."""

    clause = models.CharField(max_length=16)
    name = models.CharField(max_length=64)
    title = models.CharField(max_length=80)
    subject = models.UUIDField()
    about = models.CharField(max_length=120, default="")  # what it is called, never by a title
    period = models.CharField(max_length=40)
    owner = models.UUIDField(null=True)  # a person
    owner_post = models.CharField(max_length=40)  # or whoever holds a post; empty: a person
    owner_unit = models.UUIDField(null=True)
    opened_on = models.DateField()
    due_on = models.DateField()
    opened_by = models.UUIDField()  # operation
    closed_by = models.UUIDField(null=True)
    closed_on = models.DateField(null=True)
    state = models.CharField(max_length=8)  # open, done, void, waived
    remark = models.CharField(max_length=200, default="")  # why it was passed on, or waived
    # counted in workdays from a day: recounted when a year's days off become known
    due_workdays = models.PositiveIntegerField(null=True)
    counted_from = models.DateField(null=True)
    waived_by = models.UUIDField(null=True)  # a person
    waived_under = models.CharField(max_length=16, default="")  # the clause that allows it

    class Meta:
        db_table = "duties_duty"
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "name", "subject", "period"], name="duty_once"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="duty_by_owner"),
            models.Index(fields=["subject", "state"], name="duty_by_subject"),
            models.Index(fields=["state", "due_on", "id"], name="duty_by_due"),
            models.Index(fields=["due_on", "id"], name="duty_by_day"),
        ]
