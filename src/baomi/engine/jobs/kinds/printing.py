"""Job ``print``: papers and label sheets that take longer than a page may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from baomi.engine.jobs.kind import Kind, Outcome, Work, job
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person

Printer = Callable[[Person, Mapping[str, Any]], tuple[bytes, str]]
"""Who asks and what was asked for (``ids`` …) → the PDF and its neutral file name."""

PRINTERS: dict[str, Printer] = {}
"""By the paper's name; a printer reads only what its asker may see."""


@job(Kind(name="print", title="打印"))
def print_paper(work: Work) -> Outcome:
    """Asked: ``paper`` and what its printer takes. Raises ``BadInput``."""
    printer = PRINTERS.get(str(work.asked.get("paper") or ""))
    if printer is None:
        raise BadInput("没有这种打印件，请从页面上选取。")
    work.progress(0, 0)
    content, name = printer(work.asker, work.asked)
    return Outcome(told={"bytes": len(content)}, file=content, file_name=name)
