"""Tables of the search by titles. Derived, never ledgered."""

from __future__ import annotations

from django.db import models


class TitleShadow(models.Model):
    """A paper's title, issuer and number as a search compares them. Derived, never ledgered."""

    paper = models.UUIDField(primary_key=True)
    folded = models.TextField()

    class Meta:
        db_table = "custody_title_shadow"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"shadow of {self.paper}"


class TitlePair(models.Model):
    """Two neighbouring signs of a paper's shadow. Derived, never ledgered."""

    pk = models.CompositePrimaryKey("pair", "paper")
    pair = models.CharField(max_length=2)
    paper = models.UUIDField()

    class Meta:
        db_table = "custody_title_pair"

    def __str__(self) -> str:
        """A neutral reference."""
        return f"pair of {self.paper}"
