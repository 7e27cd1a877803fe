"""Job ``export``: a book into a workbook or a CSV file, recorded before it is written."""

from __future__ import annotations

from baomi.engine.evidence import observe
from baomi.engine.exporting.reading import read_listing, shown
from baomi.engine.exporting.recording import record_export, watermark
from baomi.engine.exporting.sheet import KINDS, Sheet, cell, octets
from baomi.engine.face.listed import register_of
from baomi.engine.face.reading import book
from baomi.engine.jobs.kind import Kind, Outcome, Work, job
from baomi.kernel.ids import derived_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door

_STEPS = 3


@job(
    # begun again it would be recorded twice, and what was recorded first would never have left
    Kind(name="export", title="导出台账", is_repeatable=False)
)
def export(work: Work) -> Outcome:
    """Asked: ``book``, ``reason``, ``format`` (``.xlsx``), ``door``; ``filters`` and the like.

    Told: ``book``, ``rows``, ``level``, ``receipt``. Raises what ``record_export`` raises.
    """
    asked = work.asked
    kind = str(asked.get("format") or ".xlsx")
    if kind not in KINDS:
        raise BadInput("只能导出为 .xlsx 或 .csv。")
    name = str(asked.get("book") or "")
    door = Door(str(asked.get("door") or Door.WEB.value))
    work.progress(0, _STEPS)
    found = read_listing(name, work.asker, work.terms, asked)
    work.progress(1, _STEPS)
    receipt = record_export(
        work.asker.id,
        book=name,
        reason=str(asked.get("reason") or ""),
        rows=len(found.rows),
        level=found.level,
        door=door,
        op_id=derived_id(work.id, "export"),
    )
    rows = [[cell(shown(value)) for value in row] for row in found.rows]
    head = [heading for _, heading in found.columns]
    mark = watermark(work.asker, receipt, found.level)
    content = octets(Sheet(book(name).title, mark, head, rows), kind)
    observe("register", register_of(name), "exported", door=door.value)
    told = {
        "book": name,
        "title": book(name).title,
        "rows": len(rows),
        "level": found.level.code,
        "level_title": found.level.title,
        "receipt": receipt.text,
    }
    # a neutral name: what the list holds is told by nothing outside it
    file_name = f"{name.replace('.', '-')}-{receipt.seq}{kind}"
    return Outcome(told=told, file=content, file_name=file_name)
