"""The base of every ledgered table: which columns stand in an after-image, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from baomi.kernel.ids import new_id
from baomi.kernel.words import Level
from baomi.registers.prepared import Prepared

Image = dict[str, Any]
_PLAIN = (bool, int, str, list, dict)
LEVELS = [(level.value, level.title) for level in Level]


class LedgeredModel(models.Model):
    """A row that the ledger vouches for: after each deed its image stands in the entry.

    Columns are *plain* (imaged as they are), *sealed* (stored and imaged as ciphertext under a
    key of their subject) or *derived* (never imaged: search shadows, counters).
    """

    sealed_columns: ClassVar[tuple[str, ...]] = ()
    derived_columns: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """A neutral reference: a title never leaks through a log or an error text."""
        return f"{self._meta.db_table} {self.pk}"

    @classmethod
    def imaged_columns(cls) -> tuple[str, ...]:
        """Columns that an after-image holds, by their names in the database."""
        columns = (field.column for field in cls._meta.concrete_fields)
        return tuple(c for c in columns if c is not None and c not in cls.derived_columns)

    @classmethod
    def images(cls, ids: Iterable[UUID]) -> Mapping[UUID, Image]:
        """The rows' images as they stand now; an id without a row is left out."""
        columns, query = _images_of(cls)
        return {
            UUID(row[0]): dict(zip(columns, map(imaged_value, row), strict=True))
            for row in query.images(ids)
        }


@cache
def _images_of(model: type[LedgeredModel]) -> tuple[tuple[str, ...], Prepared]:
    """Names of the imaged columns and the query that reads them; the id is the first."""
    imaged = model.imaged_columns()
    names = [field.attname for field in model._meta.concrete_fields if field.column in imaged]
    query = Prepared(lambda ids: model._default_manager.filter(pk__in=ids).values_list(*names))
    return imaged, query


def imaged_value(value: Any) -> Any:
    """A column's value as canonical JSON knows it. Raises ``TypeError`` for anything else."""
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no image for {type(value).__name__}")
