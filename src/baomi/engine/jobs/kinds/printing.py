"""Job ``print``: papers and label sheets that take longer than a page may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from baomi.engine.evidence import observe
from baomi.engine.exporting.reading import read_listing
from baomi.engine.exporting.recording import record_export
from baomi.engine.face.listed import register_of
from baomi.engine.face.reading import book
from baomi.engine.jobs.kind import Kind, Outcome, Work, job
from baomi.engine.papers import printing
from baomi.engine.papers.labels import BADGES, SHEETS, LabelSheet
from baomi.engine.papers.press import Printed
from baomi.kernel.clock import clock
from baomi.kernel.ids import derived_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door, Person, Post
from baomi.rulebook.terms import Terms

Printer = Callable[[Person, Mapping[str, Any]], tuple[bytes, str]]
"""Who asks and what was asked for (``ids`` …) → the PDF and its neutral file name."""

USUAL_SHEET: Final = "a4_21"
SEES_SEALINGS: Final = frozenset({Post.REGISTRAR, Post.AUDITOR})
NO_SUCH_PAPER: Final = "没有这种打印件，请从页面上选取。"


def _labels(asker: Person, asked: Mapping[str, Any]) -> tuple[bytes, str]:
    made = printing.labels_for(asker, ids_in(asked), sheet=sheet_in(asked), used=used_in(asked))
    return _bytes_of(made)


def _badges(asker: Person, asked: Mapping[str, Any]) -> tuple[bytes, str]:
    return _bytes_of(printing.badges_for(asker, ids_in(asked), used=used_in(asked)))


def _cabinet_labels(asker: Person, asked: Mapping[str, Any]) -> tuple[bytes, str]:
    ids, sheet, used = ids_in(asked), sheet_in(asked), used_in(asked)
    return _bytes_of(printing.cabinet_labels_for(asker, ids, sheet=sheet, used=used))


def _slip(asker: Person, asked: Mapping[str, Any]) -> tuple[bytes, str]:
    ids = ids_in(asked)
    if len(ids) != 1:
        raise BadInput("请选定一张交接清单", field="targets")
    return _bytes_of(printing.slip_for(asker, ids[0]))


def _checkpoint(asker: Person, asked: Mapping[str, Any]) -> tuple[bytes, str]:
    if not asker.posts & SEES_SEALINGS:
        raise BadInput(NO_SUCH_PAPER)
    return _bytes_of(printing.checkpoint_sheet())


def _register(asker: Person, asked: Mapping[str, Any]) -> tuple[bytes, str]:
    """A list is recorded before it is printed, as every export is; again, it is the same deed."""
    name, door = str(asked.get("book") or ""), Door(str(asked.get("door") or Door.WEB.value))
    found = read_listing(name, asker, Terms.on(clock.today()), asked)
    receipt = record_export(
        asker.id,
        book=name,
        reason=str(asked.get("reason") or ""),
        rows=len(found.rows),
        level=found.level,
        door=door,
        op_id=derived_id(UUID(str(asked["job"])), "print"),
    )
    observe("register", register_of(name), "exported", door=door.value)
    return _bytes_of(printing.book_for(asker, book(name).title, found, receipt=receipt.text))


PRINTERS: dict[str, Printer] = {
    "labels": _labels,
    "badges": _badges,
    "cabinet_labels": _cabinet_labels,
    "slip": _slip,
    "checkpoint": _checkpoint,
    "register": _register,
}
"""By the paper's name; a printer reads only what its asker may see."""


@job(Kind(name="print", title="打印"))
def print_paper(work: Work) -> Outcome:
    """Asked: ``paper`` and what its printer takes. Raises ``BadInput``."""
    printer = PRINTERS.get(str(work.asked.get("paper") or ""))
    if printer is None:
        raise BadInput(NO_SUCH_PAPER)
    work.progress(0, 0)
    content, name = printer(work.asker, {**work.asked, "job": str(work.id)})
    return Outcome(told={"bytes": len(content)}, file=content, file_name=name)


def ids_in(asked: Mapping[str, Any]) -> list[UUID]:
    """The rows that are printed. Raises ``BadInput``."""
    try:
        return [UUID(str(each)) for each in asked.get("ids") or ()]
    except ValueError:
        raise BadInput("选中的内容无法识别，请返回重新选择", field="targets") from None


def sheet_in(asked: Mapping[str, Any]) -> LabelSheet:
    """The label sheet that was chosen. Raises ``BadInput``."""
    found = SHEETS.get(str(asked.get("sheet") or USUAL_SHEET))
    if found is None:
        raise BadInput("没有这种标签纸，请从列表中选取", field="sheet")
    return found


def used_in(asked: Mapping[str, Any]) -> int:
    """How many places of the first sheet are gone. Raises ``BadInput``."""
    text = str(asked.get("used") or "0").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        raise BadInput("已用的格数应是整数，没有用过的填 0", field="used")
    return int(text)


def pages_of(paper: str, asked: Mapping[str, Any]) -> int:
    """How many pages a sheet of labels or badges takes. Raises ``BadInput``."""
    sheet = BADGES if paper == "badges" else sheet_in(asked)
    return -(-(len(ids_in(asked)) + used_in(asked)) // sheet.places)


def _bytes_of(made: Printed) -> tuple[bytes, str]:
    return made.content, made.name
