"""The importer's jobs: a book that was handed in is previewed, and done, by the worker.

The book is never laid down in clear: it is unsealed into memory, and read from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from baomi.engine.exporting.sheet import Sheet, octets
from baomi.engine.jobs.kind import Outcome, Work, job
from baomi.engine.jobs.kinds.importing import IMPORT, PREVIEW
from baomi.engine.sealer import can_seal, seal_when_due
from baomi.entrypoints.importer import answer_sheet, preview_lines, run
from baomi.entrypoints.importer.cells import UnreadableBook
from baomi.entrypoints.importer.closing import closing, gathered
from baomi.entrypoints.importer.run import Given, Problem
from baomi.kernel.verdict import BadInput

MOST_TOLD = 200  # lines, questions or problems on a page; the file has them all
COUNTS = ("rows", "done", "noted", "questions", "refused", "skipped", "papers", "copies")
PROBLEMS_HEAD = ("工作表", "行", "列", "问题和改法")


@job(PREVIEW)
def preview_book(work: Work) -> Outcome:
    """Asked: ``name`` of the book, ``mapping``, ``answers``; ``wanted``: ``questions`` or lines.

    Told: the counts, ``lines``, ``asked``, ``problems`` (the first 200 each), ``more``. The file
    has every line, or every question to be answered.
    """
    work.progress(0, 0)
    with _book(work) as book:
        seen = run.preview(book, actor=work.asker.id, **_options(work.asked))
    told = _told(seen) | {
        "lines": [asdict(each) for each in seen.lines[:MOST_TOLD]],
        "asked": [asdict(each) for each in seen.asked[:MOST_TOLD]],
        "more": {"lines": len(seen.lines) > MOST_TOLD, "asked": len(seen.asked) > MOST_TOLD},
    }
    if work.asked.get("wanted") == "questions":
        how = "导入疑问清单：在“回答”一栏填写后保存，其余各栏请勿改动"
        lines = answer_sheet.lines_of(seen.asked)
        return Outcome(
            told=told,
            file=octets(Sheet("疑问", how, answer_sheet.HEAD, lines), ".csv"),
            file_name="import-questions.csv",
        )
    how = "导入预览：逐行说明将怎样登记，尚未登记任何内容"
    cells = [preview_lines.cells_of(each) for each in seen.lines]
    return Outcome(
        told=told,
        file=octets(Sheet("预览", how, preview_lines.HEAD, cells), ".xlsx"),
        file_name="import-preview.xlsx",
    )


@job(IMPORT)
def import_book(work: Work) -> Outcome:
    """Asked as for the preview. Told: the counts, ``closing``, ``problems`` (the first 200).

    The file lists every row that was not recorded, and why. Begun again after an interruption it
    goes on where it stopped.
    """
    work.progress(0, 0)

    def after_entry(done: int, total: int) -> None:
        work.progress(done, total)
        work.breathe()

    with _book(work) as book:
        result = run.do(
            book,
            actor=work.asker.id,
            progress=after_entry,
            after_batch=_seal,
            **_options(work.asked),
        )
    told = _told(result) | {"closing": closing(result)}
    if not result.problems:
        return Outcome(told=told)
    rows = list(_problem_rows(result.problems))
    how = "导入后尚待处理的各行：改好后再次导入即可，已登记的不会重复"
    return Outcome(
        told=told,
        file=octets(Sheet("待处理", how, PROBLEMS_HEAD, rows), ".xlsx"),
        file_name="import-problems.xlsx",
    )


def _told(seen: run.Preview) -> dict[str, Any]:
    problems = gathered(seen.problems)
    return {
        **{key: getattr(seen, key) for key in COUNTS},
        "skipped_because": dict(seen.skipped_because),
        "problems": [
            {"sheet": each.sheet, "rows": each.rows, "column": each.column, "text": each.sentence}
            for each in problems[:MOST_TOLD]
        ],
        "problems_in_all": len(problems),
    }


def _problem_rows(problems: Iterable[Problem]) -> Iterator[Sequence[str | int]]:
    for each in problems:
        yield each.sheet, "" if each.row is None else each.row, each.column, each.text


def _options(asked: Mapping[str, Any]) -> dict[str, Any]:
    mapping = asked.get("mapping") or {}
    answers = [
        Given(
            line=number,
            sheet=str(each["sheet"]),
            row=int(each["row"]),
            code=str(each["code"]),
            check=str(each["check"]),
            answer=str(each["answer"]),
        )
        for number, each in enumerate(asked.get("answers") or (), start=1)
    ]
    return {"mapping": mapping, "answers": answers, "name": str(asked.get("name") or "")}


@contextmanager
def _book(work: Work) -> Iterator[Path]:
    """The book in memory, as a path. What speaks against it is told as bad input."""
    handle = os.memfd_create("book", os.MFD_CLOEXEC)
    try:
        with os.fdopen(handle, "wb", closefd=False) as file:
            file.write(work.file())
        # by the process, not by "self": a child that reads it has another self
        yield Path(f"/proc/{os.getpid()}/fd/{handle}")
    except UnreadableBook as unreadable:
        raise BadInput(unreadable.message) from None
    except run.UnsoundAnswers as unsound:
        faults = [f"第 {each.line} 个回答：{each.sentence}" for each in unsound.faults[:MOST_TOLD]]
        raise BadInput("".join([*faults, "没有登记任何内容：请改好回答后再试。"])) from None
    finally:
        os.close(handle)


def _seal() -> None:
    if can_seal():
        seal_when_due()
