"""The docx template that the program makes of a form's declaration, for an office to begin with."""

from __future__ import annotations

from typing import Any, Final

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from baomi.engine.papers.forms.layout import Lines, blocks_of
from baomi.engine.papers.forms.package import octets
from baomi.registers.official import PLACE, Field, Form

HEADLINE: Final = "方正小标宋简体"
TEXT: Final = "仿宋_GB2312"
BLACK: Final = "黑体"
ITALIC: Final = "楷体_GB2312"
SONG: Final = "宋体"
_WIDTH: Final = 156.0  # millimetres, what GB/T 9704 leaves for text
_LABEL: Final = 30.0
_TO_SIGN: Final = "签名：　　　　　　　　　　年　　月　　日"


def default_template(form: Form) -> bytes:
    """The template: the form's own layout, {{key}} in every place that is filled."""
    document = _empty()
    _head(document)
    _line(document, "{{mark}}", BLACK, 16)
    _line(document, "{{title}}", HEADLINE, 22, ALIGN.CENTER, after=12)
    for block in blocks_of(form):
        if isinstance(block, Lines):
            _lines(document, block)
        else:
            _rows(document, block)
    for text in form.body:
        written = _line(document, PLACE.sub(r"{{\1}}", text), TEXT, 16, ALIGN.JUSTIFY)
        written.paragraph_format.first_line_indent = Pt(32)
        written.paragraph_format.line_spacing = Pt(28)
    opinions = [each for each in form.signatures if each.is_opinion]
    if opinions:
        table = _table(document, [_LABEL, _WIDTH - _LABEL])
        for each in opinions:
            label, box = table.add_row().cells
            _write(label.paragraphs[0], each.title, BLACK, 12, ALIGN.CENTER)
            _write(box.paragraphs[0], f"{{{{{each.key}}}}}", TEXT, 12)
            _write(box.add_paragraph(), "", TEXT, 12)
            _write(box.add_paragraph(), _TO_SIGN, ITALIC, 12, ALIGN.RIGHT)
        _end_table(document)
    for each in (each for each in form.signatures if not each.is_opinion):
        line = f"{each.title}：{{{{{each.key}}}}}　　　　　　　　年　　月　　日"
        _line(document, line, ITALIC, 16, ALIGN.RIGHT, before=18)
    if form.note:
        _line(document, f"注：{form.note}", ITALIC, 10.5, before=6)
    _foot(document)
    return octets(document)


def _empty() -> Docx:
    """A4 with the margins of GB/T 9704, without the library's own pictures of itself."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = TEXT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT)
    normal.paragraph_format.space_after = Pt(0)
    return document


def _line(
    document: Docx,
    text: str,
    face: str,
    size: float,
    align: ALIGN = ALIGN.LEFT,
    *,
    before: float = 0,
    after: float = 0,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    _write(paragraph, text, face, size, align)
    return paragraph


def _write(paragraph: Any, text: str, face: str, size: float, align: ALIGN = ALIGN.LEFT) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    paragraph.alignment = align
    return run


def _table(document: Docx, widths: list[float]) -> Any:
    table: Any = document.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _end_table(document: Docx) -> None:
    """A hair's breadth: tables that touch become one, whose headings are not repeated."""
    line = _line(document, "", TEXT, 1)
    line.paragraph_format.line_spacing = Pt(1)


def _lines(document: Docx, block: Lines) -> None:
    value = _WIDTH / 2 - _LABEL
    table = _table(document, [_LABEL, value, _LABEL, value])
    for line in block.lines:
        cells = table.add_row().cells
        if len(line) == 1:
            cells[1].merge(cells[3])
        for place, field in enumerate(line):
            _write(cells[2 * place].paragraphs[0], field.label, BLACK, 12, ALIGN.CENTER)
            _write(cells[2 * place + 1].paragraphs[0], f"{{{{{field.key}}}}}", TEXT, 12)
    _end_table(document)


def _rows(document: Docx, field: Field) -> None:
    count = len(field.columns)
    table = _table(document, [_WIDTH / count] * count)
    head = table.add_row().cells
    head[0].merge(head[-1])
    _write(head[0].paragraphs[0], field.label, BLACK, 12, ALIGN.CENTER)
    names, values = table.add_row(), table.add_row()
    for place, (key, heading) in enumerate(field.columns):
        _write(names.cells[place].paragraphs[0], heading, BLACK, 12, ALIGN.CENTER)
        _write(values.cells[place].paragraphs[0], f"{{{{{field.key}.{key}}}}}", TEXT, 12)
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _end_table(document)


def _head(document: Docx) -> None:
    """Label and code on every page: each may come back alone, signed and scanned."""
    section = document.sections[0]
    section.header_distance = Mm(12)
    _write(section.header.paragraphs[0], "{{label}}　{{qr}}", TEXT, 9, ALIGN.RIGHT)


def _foot(document: Docx) -> None:
    """The page's number, and the receipt below it."""
    footer = document.sections[0].footer
    number = footer.paragraphs[0]
    _write(number, "— ", SONG, 14, ALIGN.CENTER)
    run = _write(number, "", SONG, 14, ALIGN.CENTER)
    for kind in ("begin", "PAGE", "end"):
        is_code = kind == "PAGE"
        element = OxmlElement("w:instrText" if is_code else "w:fldChar")
        if is_code:
            element.text = kind
        else:
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)
    _write(number, " —", SONG, 14, ALIGN.CENTER)
    told = "{{office}}　打印：{{printed_by}}　{{printed_on}}　存证回执：{{receipt}}"
    _write(footer.add_paragraph(), told, SONG, 9, ALIGN.LEFT)
