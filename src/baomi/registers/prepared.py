"""Queries that Django compiles once and that are run many times.

Building and compiling a query takes Django several times as long as SQLite takes to answer it.
A ``Prepared`` query is still written as a queryset, so that columns, joins and both databases
stay Django's affair; only its parameters change from run to run.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import DateField, QuerySet, UUIDField

from baomi.registers.statements import run_one

Scalar = UUID | date | str
Argument = Scalar | Iterable[UUID] | Iterable[str]
Build = Callable[..., "QuerySet[Any, Any]"]
Convert = Callable[[Any], Any]
_LONGEST_LIST: Final = 1024  # queries with longer ones are compiled each time
_HEX_DIGITS: Final = 32
_SCALAR: Final = (UUID, date, str)
_every: list[Prepared] = []


class Prepared:
    """A queryset of ``values_list``, made from scalars and lists, as a function of them.

    ``build`` must ask the same whatever its arguments' values are: they may stand only where
    the database takes a parameter. No argument is None.
    """

    def __init__(self, build: Build) -> None:
        self.build = build
        self._compiled: dict[tuple[Any, ...], _Compiled] = {}
        _every.append(self)

    def __call__(self, *arguments: Argument) -> list[tuple[Any, ...]]:
        """The rows for these arguments, whole tuples even of one column."""
        given = [_as_given(each) for each in arguments]
        compiled = self._fitting(given)
        if compiled is None:
            return list(self.build(*given))
        return compiled.rows(given, compiled.converters)

    def images(self, *arguments: Argument) -> list[tuple[Any, ...]]:
        """The rows with ids and days as the texts that an after-image holds."""
        given = [_as_given(each) for each in arguments]
        compiled = self._fitting(given)
        if compiled is None:
            return [tuple(_as_text(value) for value in row) for row in self.build(*given)]
        return compiled.rows(given, compiled.imagers)

    def _fitting(self, given: Sequence[Any]) -> _Compiled | None:
        """The compiled query for lists of about these lengths; None: better asked as it is."""
        lengths = [_padded(len(each)) for each in given if type(each) is list]
        if any(not 0 < length <= _LONGEST_LIST for length in lengths):
            return None
        # an installation has one database, and a process one kind of it
        shape = tuple(lengths)
        if shape not in self._compiled:
            self._compiled[shape] = _compile(self.build, given)
        return self._compiled[shape]


def every_prepared() -> Sequence[Prepared]:
    """All of them: a test compares each with the queryset that it stands for."""
    return tuple(_every)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL, where its parameters come from, and what is done to the columns of a row."""

    sql: str
    adapt: Convert
    order: tuple[int, ...]  # places in the flat arguments, followed by the constants
    constants: tuple[Any, ...]
    converters: tuple[tuple[int, Convert], ...]
    imagers: tuple[tuple[int, Convert], ...]

    def rows(
        self, given: Sequence[Any], changes: tuple[tuple[int, Convert], ...]
    ) -> list[tuple[Any, ...]]:
        flat = [*_flat(given, self.adapt), *self.constants]
        found = run_one(self.sql, [flat[place] for place in self.order]).rows
        return [_changed(row, changes) for row in found] if changes else found


def _changed(row: tuple[Any, ...], changes: tuple[tuple[int, Convert], ...]) -> tuple[Any, ...]:
    values = list(row)
    for place, change in changes:
        if values[place] is not None:
            values[place] = change(values[place])
    return tuple(values)


def _as_given(argument: Argument) -> Any:
    return argument if isinstance(argument, _SCALAR) else list(argument)


def _padded(length: int) -> int:
    """Lists are filled up to a power of two, so that few lengths need compiling."""
    return 1 << (length - 1).bit_length() if length else 0


def _flat(given: Sequence[Any], adapt: Convert) -> list[Any]:
    """The arguments one after another, as the database takes them."""
    flat: list[Any] = []
    for each in given:
        if type(each) is list:
            adapted = [adapt(item) for item in each]
            # a value may stand twice in an IN list
            flat += adapted + adapted[-1:] * (_padded(len(adapted)) - len(adapted))
        else:
            flat.append(adapt(each))
    return flat


def _as_it_is(value: Scalar) -> Any:
    return value


def _for_sqlite(value: Scalar) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def _compile(build: Build, given: Sequence[Any]) -> _Compiled:
    """Compile with values that occur nowhere else, and see where they come out."""
    marks = [
        [_mark(each[0]) for _ in range(_padded(len(each)))] if type(each) is list else _mark(each)
        for each in given
    ]
    query = build(*marks).query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    adapt = _for_sqlite if connection.vendor == "sqlite" else _as_it_is
    if not sql.lstrip("(").startswith("SELECT "):  # PostgreSQL brackets the parts of a union
        raise LookupError(f"{build.__qualname__} is no query")
    places = {mark: place for place, mark in enumerate(_flat(marks, adapt))}
    if not places.keys() <= {each for each in params if isinstance(each, _SCALAR)}:
        raise LookupError(f"an argument of {build.__qualname__} does not reach the database")
    order: list[int] = []
    constants: list[Any] = []
    for each in params:
        if isinstance(each, _SCALAR) and each in places:
            order.append(places[each])
        else:
            order.append(len(places) + len(constants))
            constants.append(each)
    columns = [each for each, *_ in compiler.select[: compiler.col_count]]
    found = compiler.get_converters(columns)
    converters = {place: _converter(*each) for place, each in found.items()}
    imagers = converters | {
        place: _imager(converters.get(place))
        for place, column in enumerate(columns)
        if isinstance(column.output_field, UUIDField | DateField)
        or isinstance(getattr(column.output_field, "target_field", None), UUIDField)
    }
    return _Compiled(
        sql=sql,
        adapt=adapt,
        order=tuple(order),
        constants=tuple(constants),
        converters=tuple(converters.items()),
        imagers=tuple(imagers.items()),
    )


def _mark(like: Scalar) -> Scalar:
    if isinstance(like, UUID):
        return uuid4()
    if isinstance(like, date):
        return date(3000, 1, 1) + timedelta(days=secrets.randbelow(2_000_000))
    return secrets.token_hex(8)


def _converter(converters: Sequence[Callable[..., Any]], expression: Any) -> Convert:
    """What Django does to a column's values, as one function; None never comes here."""
    uuid = getattr(connection.ops, "convert_uuidfield_value", None)
    if list(converters) == [uuid]:
        return UUID

    def convert(value: Any) -> Any:
        for each in converters:
            value = each(value, expression, connection)
        return value

    return convert


def _imager(convert: Convert | None) -> Convert:
    def image(value: Any) -> Any:
        if type(value) is str and len(value) == _HEX_DIGITS:
            return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
        return _as_text(convert(value) if convert else value)

    return image


def _as_text(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
