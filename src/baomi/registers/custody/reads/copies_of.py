"""The copies that an outing or a consultation lists, by their numbers: never by title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


def numbers_of_lines(lines: QuerySet[Any], of: str) -> Mapping[UUID, list[str]]:
    """收文编号 and 份号 of the copies that lines list, by what lists them."""
    found: dict[UUID, list[str]] = {}
    rows = lines.values_list(of, "copy__paper__registered_number", "copy__copy_number")
    for key, registered, number in rows:
        found.setdefault(key, []).append(f"{registered} 第{number}份")
    return found
