"""Every address of the product, with what stands in it, as the resolver knows them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from baomi.engine import registry
from baomi.engine.face.reading import books
from baomi.kernel.clock import clock
from baomi.kernel.words import Post
from baomi.registers.office import load as office
from baomi.registers.office import models
from baomi.rulebook.terms import Terms

NOBODY = "nobody"
READER = "reader"
MISSING = UUID("00000000-0000-4000-8000-000000000000")
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>|{(?:\w+:)?(\w+)}")


@dataclass(frozen=True)
class Address:
    """An address as it is called, and how the table writes it: ``o/custody.copy/{copy}``."""

    written: str
    path: str
    route: str


def addresses(things: Mapping[str, tuple[str, UUID]]) -> list[Address]:
    """Every address. ``things``: a name in the table, its kind and id: what there is to see."""
    found: dict[str, Address] = {}
    for route in routes(get_resolver().url_patterns):
        for address in _filled(route, things):
            found[address.written] = address
    return [found[key] for key in sorted(found)]


def one_of_each_route(things: Mapping[str, tuple[str, UUID]]) -> list[Address]:
    """The first address of every route: a view is found by the route, whatever stands in it."""
    every = sorted(set(routes(get_resolver().url_patterns)))
    return [next(_filled(route, things)) for route in every]


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """The routes, those of included modules as well."""
    for each in patterns:
        here = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, here)
        else:
            yield here


def _filled(route: str, things: Mapping[str, tuple[str, UUID]]) -> Iterator[Address]:
    places = [first or second for first, second in _PLACE.findall(route)]
    if not places:
        yield Address(f"/{route}", f"/{route}", route)
        return
    for values in _values(route, places, things):
        written = path = f"/{route}"
        for place, (name, value) in values.items():
            pattern = re.compile(r"[<{](?:\w+:)?" + place + r"[>}]")
            written, path = pattern.sub(name, written), pattern.sub(value, path)
        yield Address(written, path, route)


def _values(
    route: str, places: list[str], things: Mapping[str, tuple[str, UUID]]
) -> Iterator[dict[str, tuple[str, str]]]:
    """What may stand in a route: every action, every register, one thing of each kind."""
    if places == ["kind", "key"]:
        for name, (kind, key) in things.items():
            yield {"kind": (kind, kind), "key": (f"{{{name}}}", str(key))}
        yield {"kind": ("custody.copy",) * 2, "key": ("{missing}", str(MISSING))}
        return
    for first in _names(route, places[0]):
        rest = {place: ("{missing}", str(MISSING)) for place in places[1:]}
        yield {places[0]: first, **rest}


def _names(route: str, place: str) -> list[tuple[str, str]]:
    if place in ("name", "action") and ("do/" in route or "judge/" in route or "actions/" in route):
        return [(each, each) for each in registry.actions()]
    if place in ("name", "book", "register"):
        return [(each, each) for each in books()]
    if place == "kind":
        return [(each, each) for each in ("office.person", "custody.paper", "no.such")]
    if place in ("clause_id", "clause"):
        return [("GZ2.3.1b", "GZ2.3.1b"), ("NO9", "NO9")]
    if place == "seq":
        return [("1", "1"), ("999999", "999999")]
    return [("{missing}", str(MISSING))]


def people() -> dict[str, UUID | None]:
    """Nobody, one holder of each post that somebody holds, and a reader without a post."""
    today = clock.today()
    found: dict[str, UUID | None] = {NOBODY: None}
    for post in Post:
        holders = office.holders(post, today)
        if holders and post is not Post.ANYONE:
            found[post.value] = holders[0]
    found[READER] = _without_a_post()
    return found


def _without_a_post() -> UUID:
    """Somebody who only reads what he is given."""
    today = clock.today()
    ids = models.Account.objects.order_by("login").values_list("person", flat=True)
    known = office.people(ids, today, Terms.on(today))
    return next(key for key, person in known.items() if person.posts <= {Post.ANYONE})
