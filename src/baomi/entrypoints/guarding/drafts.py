"""What somebody typed into a form whose session had ended: kept sealed for a day, his alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, QueryDict

from baomi.engine import login
from baomi.engine.runtime.drafts import open_draft, put_draft

# never laid down, not even sealed
SECRET: Final = re.compile(r"password|(^|[._])pin$|^csrf|^op_id$", re.I)
LARGEST: Final = 400_000  # characters


@dataclass(frozen=True, slots=True)
class Draft:
    """Where it was typed, and what."""

    path: str
    fields: QueryDict


def keep(request: HttpRequest, token: str) -> UUID | None:
    """Keep what was posted for the account behind an ended session. None: there is none."""
    account = login.account_behind(token) if token else None
    if account is None:
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not SECRET.search(name)
        for value in values
    ]
    if sum(len(str(value)) for _, value in fields) > LARGEST:
        return None
    return put_draft(account, {"path": request.path, "fields": fields})


def found(key: UUID, account: UUID) -> Draft | None:
    """The draft, if it is his own."""
    content: dict[str, Any] | None = open_draft(key, account)
    if content is None:
        return None
    fields = QueryDict(mutable=True)
    for name, value in content["fields"]:
        fields.appendlist(name, str(value))
    return Draft(str(content["path"]), fields)
