"""Columns that several of custody's books have."""

from __future__ import annotations

from baomi.registers.custody.reads import worded
from baomi.registers.listing import Column


def person(key: str, heading: str) -> Column:
    """Somebody's name, which leads to him."""
    return Column(
        key=key,
        heading=heading,
        reads=(f"{key}__name",),
        opens="office.person",
        opens_by=key,
        is_narrow=True,
    )


def copy_columns() -> tuple[Column, ...]:
    """Which copy it is, where a row names one: numbers, level, title."""
    return (
        Column(
            key="registered_number",
            heading="收文编号",
            reads=("copy__paper__registered_number",),
            is_narrow=True,
        ),
        Column(
            key="copy_number",
            heading="份号",
            reads=("copy__copy_number",),
            opens="custody.copy",
            opens_by="copy",
            is_narrow=True,
        ),
        Column(
            key="level",
            heading="密级",
            reads=("copy__paper__level",),
            word=worded.level_of("copy__paper__level"),
            is_narrow=True,
        ),
        Column(key="title", heading="标题", reads=("copy__paper__title",)),
    )
