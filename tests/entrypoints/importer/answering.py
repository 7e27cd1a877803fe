"""Answering as tests do it: the questions of a preview, and an answer to each."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from baomi.entrypoints.importer import run
from baomi.entrypoints.importer.answers import Given
from tests.entrypoints.importer.importing import figures, says


def asked(path: Path, office: Any, given: Any = ()) -> tuple[Any, ...]:
    """The questions that a preview with these answers leaves."""
    return run.preview(path, actor=office.registrar, answers=given).asked


def answers(path: Path, office: Any, said: str | Mapping[str, str], given: Any = ()) -> list[Given]:
    """The answers so far, and one to each question that stands: the same, or by its code."""
    found = list(given)
    for question in asked(path, office, given):
        text = said if isinstance(said, str) else said.get(question.code)
        if text is not None:
            found.append(
                Given(
                    line=len(found) + 3,
                    sheet=question.sheet,
                    row=question.row,
                    code=question.code,
                    check=question.check,
                    answer=text,
                )
            )
    return found


def import_with(path: Path, office: Any, given: list[Given]) -> run.Result:
    """Import with these answers; the preview must have told the same."""
    seen = run.preview(path, actor=office.registrar, answers=given)
    told = run.do(path, actor=office.registrar, answers=given)
    assert figures(told) == figures(seen)
    assert says(told) == says(seen)
    assert told.skipped_because == seen.skipped_because
    assert told.rows == told.done + told.questions + told.refused + told.skipped
    return told


def changed(given: Given, **change: Any) -> Given:
    """The answer, altered in one respect."""
    return replace(given, **change)
