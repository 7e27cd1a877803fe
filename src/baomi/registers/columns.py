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
ROWS_AT_ONCE = 500
_PLAIN = (bool, int, str, list, dict)
_AS_IT_IS = frozenset({*_PLAIN, type(None)})
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

    @classmethod
    def images_after(cls, key: UUID | None) -> list[tuple[str, Image]]:
        """Ids and images of the next ``ROWS_AT_ONCE`` rows by id; None: of the first.

        Raises ``ValueError`` or ``TypeError`` where one of them is unreadable.
        """
        columns, first, next_ = _pages_of(cls)
        rows = first.images() if key is None else next_.images(key)
        return [
            (
                row[0],
                dict(zip(columns, row, strict=True))
                if _AS_IT_IS.issuperset(map(type, row))
                else dict(zip(columns, map(imaged_value, row), strict=True)),
            )
            for row in rows
        ]


@cache
def _images_of(model: type[LedgeredModel]) -> tuple[tuple[str, ...], Prepared]:
    """Names of the imaged columns and the query that reads them; the id is the first."""
    imaged = model.imaged_columns()
    names = [field.attname for field in model._meta.concrete_fields if field.column in imaged]
    query = Prepared(lambda ids: model._default_manager.filter(pk__in=ids).values_list(*names))
    return imaged, query


@cache
def _pages_of(model: type[LedgeredModel]) -> tuple[tuple[str, ...], Prepared, Prepared]:
    """Names of the imaged columns, and the queries for the first page and for those after it."""
    imaged = model.imaged_columns()
    names = [field.attname for field in model._meta.concrete_fields if field.column in imaged]

    def page(rows: models.QuerySet[Any]) -> models.QuerySet[Any, Any]:
        return rows.order_by("pk").values_list(*names)[:ROWS_AT_ONCE]

    every = model._default_manager
    first = Prepared(lambda: page(every.all()))
    return imaged, first, Prepared(lambda key: page(every.filter(pk__gt=key)))


def imaged_value(value: Any) -> Any:
    """A column's value as canonical JSON knows it. Raises ``TypeError`` for anything else."""
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no image for {type(value).__name__}")
