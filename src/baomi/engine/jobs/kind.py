"""Kinds of jobs: what each is called, who may ask for it, and the function that does it.

A kind is declared where every process can read it; its function may live in an entrypoint that
only the worker loads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post

_PACKAGE = "baomi.engine.jobs.kinds"
_BREATH_SECONDS = 0.002


class JobStopped(Exception):
    """Its asker wants the job stopped, or the worker ends: raised where progress is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of job. ``is_repeatable``: it may be begun again when its worker has died."""

    name: str
    title: str
    posts: frozenset[Post] = frozenset()  # empty: whoever has an account
    is_repeatable: bool = True
    when_stopped: str = "已按要求停止。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job: figures for the page, and perhaps a file under a neutral name."""

    told: Mapping[str, Any]
    file: bytes | None = None
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A job in hand: who asked, with the rights of today, for what, and how to tell progress."""

    id: UUID
    asker: Person
    terms: Terms
    asked: Mapping[str, Any]
    read_file: Callable[[], bytes | None]
    report: Callable[[int, int], None] = field(repr=False)
    is_stopping: Callable[[], bool] = field(repr=False)

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is (``total`` 0: not known). Raises ``JobStopped``; see that it may."""
        self.report(done, total)

    def file(self) -> bytes:
        """What was handed in with it. Raises ``BadInput`` where there is nothing any more."""
        content = self.read_file()
        if content is None:
            raise BadInput("上传的文件已清理：请重新上传。")
        return content

    def breathe(self) -> None:
        """Stand aside for a moment, so that somebody at a counter gets the pen first."""
        time.sleep(_BREATH_SECONDS)


Doer = Callable[[Work], Outcome]
_kinds: dict[str, Kind] = {}
_doers: dict[str, Doer] = {}


def declare(kind: Kind) -> Kind:
    """Make a kind known to every process."""
    _kinds[kind.name] = kind
    return kind


def job(kind: Kind) -> Callable[[Doer], Doer]:
    """Declare the function that does the jobs of a kind."""
    declare(kind)

    def decorate(doer: Doer) -> Doer:
        _doers[kind.name] = doer
        return doer

    return decorate


def kind_of(name: str) -> Kind | None:
    """The kind of a name."""
    _load()
    return _kinds.get(name)


def doer_of(name: str) -> Doer | None:
    """The function that does it, where this process has it."""
    _load()
    return _doers.get(name)


def kinds_done_here() -> frozenset[str]:
    """The kinds that this process can do."""
    _load()
    return frozenset(_doers)


def demand(kind: Kind, asker: Person, terms: Terms) -> None:
    """Raises ``BadInput``: who asks holds none of the posts of the kind today."""
    if not asker.in_service:
        raise BadInput("账号已不可用，不能再办理后台作业。")
    if kind.posts and not asker.posts & kind.posts:
        titles = "、".join(sorted(terms.post_title(post) for post in kind.posts))
        raise BadInput(f"“{kind.title}”只供{titles}办理。")


@cache
def _load() -> None:
    package = import_module(_PACKAGE)
    for found in iter_modules(package.__path__, prefix=f"{_PACKAGE}."):
        import_module(found.name)
