"""Stored searches and selections: what somebody looked for, under an id that says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from baomi.engine.runtime.models import StoredSearch
from baomi.engine.runtime.sealed import Unsealable, seal, unseal
from baomi.kernel.clock import clock

KEPT_US = 24 * 3600 * 1_000_000
MOST = 200  # of one person: the newest stay


def put_search(person: UUID, content: Mapping[str, Any]) -> UUID:
    """Keep what somebody looks for. Returns its id."""
    key = uuid4()
    older = StoredSearch.objects.filter(person=person).order_by("-at_us")
    StoredSearch.objects.filter(
        id__in=list(older.values_list("id", flat=True)[MOST - 1 :])
    ).delete()
    StoredSearch.objects.create(
        id=key, person=person, content=seal(content, of=f"search/{key}"), at_us=clock.now_us()
    )
    return key


def open_search(key: UUID, person: UUID) -> Any | None:
    """What it was, if it is the person's own and not older than a day."""
    since = clock.now_us() - KEPT_US
    row = StoredSearch.objects.filter(id=key, person=person, at_us__gt=since)
    found = row.values_list("content").first()
    if found is None:
        return None
    try:
        return unseal(bytes(found[0]), of=f"search/{key}")
    except Unsealable:
        return None


def sweep_searches() -> int:
    """Remove what is older than a day. Returns how many."""
    return StoredSearch.objects.filter(at_us__lte=clock.now_us() - KEPT_US).delete()[0]
