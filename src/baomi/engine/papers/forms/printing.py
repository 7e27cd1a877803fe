"""Print an official form of one thing: what stands in it is what the actor may see of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from baomi.engine.books import sees_positions
from baomi.engine.evidence import is_observed, observe
from baomi.engine.papers.forms import own
from baomi.engine.papers.forms.content import NO_RECEIPT, Content, content_of
from baomi.engine.papers.forms.filling import check, fill
from baomi.engine.papers.forms.kinds import forms
from baomi.engine.papers.forms.pdf import render_pdf
from baomi.engine.papers.forms.reading_back import compare_docx, compare_pdf
from baomi.engine.papers.press import Printed
from baomi.engine.papers.slips import chinese_day
from baomi.engine.receipts import receipts_of
from baomi.engine.snapshot import snapshot
from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door, Person
from baomi.registers.approvals.reads.used import decisions_used_by
from baomi.registers.office.models import Office
from baomi.registers.official import Filled, Form

PDF: Final = "pdf"
DOCX: Final = "docx"
FORMATS: Final = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def print_form(
    actor: Person, terms: Terms, name: str, key: UUID, written: str, *, door: Door
) -> Printed | None:
    """The form of a thing as a file; None: for him there is no such form or no such thing.

    ``written``: ``pdf`` or ``docx``. Raises ``BadInput`` for an office's template that is unfit,
    and where the machine has no Chinese font.
    """
    form = forms().get(name)
    if form is None or written not in FORMATS:
        return None
    if form.may_print is not None and not form.may_print(actor):
        return None
    with snapshot():
        filled = form.load(actor, key, terms)
        content = (
            None if filled is None else _content(form, _with_decisions(form, filled, terms), actor)
        )
    if content is None:
        return None
    today = clock.today()
    made = render_pdf(content, day=today) if written == PDF else docx_of(content)
    if is_observed():
        _witness(content, made, written, today, door)
    return Printed(
        content=made,
        name=f"{form.name.replace('.', '-')}.{written}",
        level=content.level,
        rows=1,
    )


def docx_of(content: Content) -> bytes:
    """The form in the office's own template, or the program's. Raises ``BadInput``."""
    form = content.form
    try:
        return fill(own.template_of(form), content)
    except BadInput as fault:
        if not own.has_own(form):
            raise
        where = f"本单位的模板 {own.path_of(form).name} 不能使用"
        raise BadInput(f"{where}：{fault.sentence}。请改好，或移走后使用自带的模板") from None


def _with_decisions(form: Form, filled: Filled, terms: Terms) -> Filled:
    """Who approved the deed that the form tells of, where it is to be read on it."""
    if not form.decided_in or filled.op is None:
        return filled
    found = "\n".join(decisions_used_by(filled.op, terms))
    return replace(filled, values={**filled.values, form.decided_in: found})


def _content(form: Form, filled: Filled, actor: Person) -> Content:
    always = {
        "office": str(Office.objects.values_list("name", flat=True).get()),
        "printed_by": actor.name,
        "printed_on": chinese_day(clock.today()),
        "receipt": _receipt(filled, actor),
    }
    return content_of(form, filled, always)


def _receipt(filled: Filled, actor: Person) -> str:
    """Places in the ledger are shown to those whose business they are, and to who did the deed."""
    if filled.op is None or not (sees_positions(actor) or filled.done_by == actor.id):
        return NO_RECEIPT
    return receipts_of([filled.op]).get(filled.op, NO_RECEIPT)


def _witness(content: Content, made: bytes, written: str, day: date, door: Door) -> None:
    """Read both papers back, the one that was asked for and the other, and say that it was seen."""
    form = content.form
    pdf = made if written == PDF else render_pdf(content, day=day)
    try:
        docx = made if written == DOCX else docx_of(content)
    except BadInput:  # an office's template that is unfit: nothing was asked of it here
        return
    observe("form", form.name, "rendered", door=door.value)
    used = check(form, own.template_of(form)).used if own.has_own(form) else None
    compare_pdf(pdf, content)
    compare_docx(docx, content, used=used)
    observe("form", form.name, "compared", door=door.value)
