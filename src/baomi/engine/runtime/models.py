"""What lives for a while only: sessions, attempts, drafts, searches, jobs. No backup carries it.

Nothing stands here in clear that a register would guard: what people typed is kept sealed.
"""

from __future__ import annotations

from django.db import models


class Session(models.Model):
    """An open session: the token itself is kept by its user only, here stands its SHA-256."""

    token_hash = models.CharField(primary_key=True, max_length=64)
    account = models.UUIDField(db_index=True)
    person = models.UUIDField()
    opened_us = models.BigIntegerField()
    seen_us = models.BigIntegerField(default=0)  # the last request of a person, not of a poll
    idle_us = models.BigIntegerField(default=0)  # may be quiet so long; 0: until it expires
    expires_us = models.BigIntegerField()

    class Meta:
        db_table = "runtime_session"

    def __str__(self) -> str:
        """A neutral reference."""
        return "session"


class LoginAttempt(models.Model):
    """A failed log-in, by a keyed hash of the name typed: it may not exist."""

    name_hash = models.CharField(max_length=64, db_index=True)
    at_us = models.BigIntegerField()

    class Meta:
        db_table = "runtime_login_attempt"

    def __str__(self) -> str:
        """A neutral reference."""
        return "log-in attempt"


class Draft(models.Model):
    """What somebody typed into a form whose session ended: his again when he is back."""

    id = models.UUIDField(primary_key=True)
    account = models.UUIDField(db_index=True)
    content = models.BinaryField()  # sealed
    at_us = models.BigIntegerField()

    class Meta:
        db_table = "runtime_draft"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"draft {self.pk}"


class StoredSearch(models.Model):
    """What somebody searched and filtered for, under an id that says nothing."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    content = models.BinaryField()  # sealed
    at_us = models.BigIntegerField()

    class Meta:
        db_table = "runtime_stored_search"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"search {self.pk}"


class Job(models.Model):
    """Work over a second long: done by the worker, watched by its asker."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)  # verify, export, import_preview, import, print
    person = models.UUIDField(db_index=True)
    state = models.CharField(max_length=12, db_index=True)  # waiting, running, done, failed, ended
    asked = models.BinaryField()  # sealed: what was asked for
    told = models.BinaryField(null=True)  # sealed: what came of it
    file = models.CharField(max_length=80)  # random name of a sealed file; empty: none
    file_name = models.CharField(max_length=80)  # neutral name under which it is given out
    done = models.BigIntegerField()
    total = models.BigIntegerField()  # 0: not known yet
    fault = models.CharField(max_length=400)  # Chinese sentence, no title in it
    worker = models.CharField(max_length=80)  # who runs it; empty: nobody
    asked_us = models.BigIntegerField(db_index=True)
    beat_us = models.BigIntegerField()  # the worker's last sign of life
    ended_us = models.BigIntegerField()  # 0: not ended
    is_stopping = models.BooleanField(default=False)  # its asker wants it stopped

    class Meta:
        db_table = "runtime_job"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"job {self.pk}"
