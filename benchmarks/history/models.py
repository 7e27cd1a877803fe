"""A copy and who has it, with a row of history for each save."""

from __future__ import annotations

import uuid

from django.db import models
from simple_history.models import HistoricalRecords


class Person(models.Model):
    """Somebody who holds copies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=40)

    class Meta:
        app_label = "history"

    def __str__(self) -> str:
        return f"person {self.pk}"


class Cabinet(models.Model):
    """Where copies stand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=80)

    class Meta:
        app_label = "history"

    def __str__(self) -> str:
        return f"cabinet {self.pk}"


class Copy(models.Model):
    """One numbered copy, with the columns and indexes that custody's own table has."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    copy_number = models.CharField(max_length=40, db_index=True)
    office_numbered = models.BooleanField(default=False)
    label_serial = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=12, db_index=True)
    cabinet = models.ForeignKey(Cabinet, null=True, on_delete=models.PROTECT, related_name="+")
    home_cabinet = models.ForeignKey(Cabinet, null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10)
    since = models.DateField(db_index=True)
    ver = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(history_user_id_field=models.UUIDField(null=True))

    class Meta:
        app_label = "history"

    def __str__(self) -> str:
        return f"copy {self.pk}"
