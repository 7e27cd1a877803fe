"""The pages' templates: Jinja2, everything escaped, and what each of them may call."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from baomi.entrypoints.web.bell import bell_of
from baomi.entrypoints.web.menu import menu_of
from baomi.kernel.clock import OFFICE_TIME, instant
from baomi.kernel.words import Level


def environment(**options: Any) -> Environment:
    """Made once by Django; an unknown name in a template is a fault, never an empty place."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=options["loader"],
        auto_reload=False,
    )
    made.globals.update(icon=icon, asset=asset, url=reverse, thing=thing)
    made.globals.update(menu_of=menu_of, bell_of=bell_of)
    made.filters.update(shown=shown, when=when)
    made.tests.update(declared_loss=_tells_of_a_loss)
    return made


def _tells_of_a_loss(line: str) -> bool:
    return line.startswith("DECLARED LOSS")


@cache
def asset(name: str) -> str:
    """The address of a file of ours; it changes with the content, so that it may be kept."""
    content = (settings.STATIC_ROOT / name).read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


@cache
def icon(name: str) -> Markup:
    """An icon's own drawing. Raises ``FileNotFoundError`` for one that is not vendored."""
    path = settings.STATIC_ROOT / "vendored" / "icons" / f"{name}.svg"
    drawing = path.read_text(encoding="utf-8").replace("<svg", '<svg aria-hidden="true"', 1)
    return Markup(drawing)  # noqa: S704 — our own file


def thing(link: tuple[str, object]) -> str:
    """The address of a thing by its kind and id: made by the hundred on a page of a register."""
    return f"{_things()}{link[0]}/{link[1]}"


@cache
def _things() -> str:
    return reverse("object", args=["k", UUID(int=0)]).partition("k/")[0]


def shown(value: Any) -> Any:
    """A value as a person reads it: 机密, 2026-01-31, 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Level):
        return value.title
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "、".join(str(shown(each)) for each in value)
    return value


def when(at_us: int) -> str:
    """An instant (µs since 1970 UTC) as the office's clock shows it."""
    return f"{instant(at_us).astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}"
