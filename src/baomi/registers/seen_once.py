"""Look once: while a page is explained, the same question is put to the registers once.

Active only inside ``looking()``, where nothing is changed. A deed under the pen never looks
back at what was seen before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

P = ParamSpec("P")
R = TypeVar("R")
_seen: ContextVar[dict[Any, Any] | None] = ContextVar("seen_once", default=None)


@contextmanager
def looking() -> Iterator[None]:
    """What is asked more than once in this block is read once. Blocks may lie in each other."""
    if _seen.get() is not None:
        yield
        return
    mark = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(mark)


@contextmanager
def looking_afresh() -> Iterator[None]:
    """Read everything as it stands now, whoever looks around it: for deeds."""
    mark = _seen.set(None)
    try:
        yield
    finally:
        _seen.reset(mark)


def seen_once(read: Callable[P, R]) -> Callable[P, R]:
    """Remember what a pure reading function answered, inside ``looking()``. Faults are not kept.

    Its answer must be one that nobody changes.
    """

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        seen = _seen.get()
        if seen is None:
            return read(*args, **kwargs)
        args = tuple(_fixed(each) for each in args)  # type: ignore[assignment]  # lists become tuples
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in seen:
            seen[key] = read(*args, **kwargs)
        answer: R = seen[key]
        return answer

    return reading


def _fixed(argument: Any) -> Any:
    """The argument as it can be compared: whatever is run through once becomes a tuple."""
    if isinstance(argument, str | UUID | date):
        return argument
    if isinstance(argument, set | frozenset):
        return frozenset(argument)
    return tuple(argument) if isinstance(argument, Iterable) else argument
