"""Sessions and log-in attempts. No title, no password stands here; no backup carries it."""

from __future__ import annotations

from django.db import models


class Session(models.Model):
    """An open session: the token itself is kept by its user only, here stands its SHA-256."""

    token_hash = models.CharField(primary_key=True, max_length=64)
    account = models.UUIDField(db_index=True)
    person = models.UUIDField()
    opened_us = models.BigIntegerField()
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
