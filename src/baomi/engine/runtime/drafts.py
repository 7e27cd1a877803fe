"""Drafts: what somebody typed when his session had ended, sealed, for a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from baomi.engine.runtime.models import Draft
from baomi.engine.runtime.sealed import Unsealable, seal, unseal
from baomi.kernel.clock import clock

KEPT_US = 24 * 3600 * 1_000_000
MOST = 20  # of one account: the newest stay


def put_draft(account: UUID, content: Mapping[str, Any]) -> UUID:
    """Keep a draft. Returns the id under which its owner finds it."""
    key = uuid4()
    older = Draft.objects.filter(account=account).order_by("-at_us").values_list("id", flat=True)
    Draft.objects.filter(id__in=list(older[MOST - 1 :])).delete()
    Draft.objects.create(
        id=key, account=account, content=seal(content, of=f"draft/{key}"), at_us=clock.now_us()
    )
    return key


def open_draft(key: UUID, account: UUID) -> Any | None:
    """A draft's content, if it is the account's own and not older than a day."""
    since = clock.now_us() - KEPT_US
    row = Draft.objects.filter(id=key, account=account, at_us__gt=since).values_list("content")
    found = row.first()
    if found is None:
        return None
    try:
        return unseal(bytes(found[0]), of=f"draft/{key}")
    except Unsealable:
        return None


def drop_draft(key: UUID, account: UUID) -> None:
    """Forget a draft."""
    Draft.objects.filter(id=key, account=account).delete()


def sweep_drafts() -> int:
    """Remove what is older than a day. Returns how many."""
    return Draft.objects.filter(at_us__lte=clock.now_us() - KEPT_US).delete()[0]
