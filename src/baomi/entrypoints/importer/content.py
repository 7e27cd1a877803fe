"""The key of an entry's content: the same for the same entry, wherever and however it is typed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from baomi.entrypoints.importer.entries import BookRow, Problem, Question
from baomi.kernel.spelling import simplified, squeeze


def with_content_key(
    entry: BookRow,
    questions: tuple[Question, ...],
    refusal: Problem | None,
    unread: Sequence[str],
) -> BookRow:
    """The entry with its key, questions and refusal; ``unread``: texts that gave no value."""
    key = content_key(entry, unread)
    return replace(entry, questions=questions, refusal=refusal, content_key=key)


def content_key(entry: BookRow, unread: Sequence[str]) -> str:
    """A digest of the normalised values, without sheet, row and running line number (序号).

    What could not be read counts as typed, so that two unreadable rows stay apart.
    """
    number = entry.number.key if entry.number else _same(entry.number_typed)
    running = entry.receiving_number
    values = [
        entry.kind,
        *(str(day or "") for day in (entry.received_on, entry.issued_on)),
        *(str(day or "") for day in (entry.out_on, entry.back_on, entry.due_on)),
        _same(entry.issuer),
        number,
        _same(entry.title),
        [entry.mark.level_code, str(entry.mark.term)],
        entry.count,
        entry.copies.numbers,
        list(running.key or [_same(running.typed)]) if running else [],
        *(_same(text) for text in (entry.unit, entry.person, entry.release_level)),
        *(_same(text) for text in (entry.conveyance, entry.remarks)),
        [_same(text) for text in unread],
    ]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _same(text: str) -> str:
    return simplified(squeeze(text))
