"""Placeholders in a docx: «key», {{key}} or a mail-merge field.

Where the writing program cut them into pieces they are put together again. A placeholder is looked
up in a dictionary; nothing is evaluated, and what was put in is never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PLACEHOLDER: Final = re.compile(r"\{\{\s*([^{}«»]{1,80}?)\s*\}\}|«\s*([^{}«»]{1,80}?)\s*»")
_MERGE: Final = re.compile(r'\s*MERGEFIELD\s+(?:"([^"]{1,80})"|(\S{1,80}))', re.I)
# what Word counts itself; every other field would fetch or work something out
_COUNTED: Final = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"})
_P, _R, _T = qn("w:p"), qn("w:r"), qn("w:t")
_SIMPLE, _CHAR, _INSTRUCTION = qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class UnfitField(Exception):
    """A field that is no mail-merge field. ``str()`` names it."""


@dataclass
class _Open:
    """A field that has begun: its elements so far, and its instruction."""

    elements: list[Any]
    instruction: str = ""


def names_in(paragraph: Any) -> list[str]:
    """The placeholders of a paragraph whose fields are texts already, in their order."""
    joined = "".join(text.text or "" for text in texts_of(paragraph))
    return [found[1] or found[2] for found in PLACEHOLDER.finditer(joined)]


def put_in(paragraph: Any, word_for: Callable[[str], str]) -> None:
    """Put words in the place of a paragraph's placeholders, in the type of their first letter."""
    texts = texts_of(paragraph)
    joined = "".join(text.text or "" for text in texts)
    for found in reversed(list(PLACEHOLDER.finditer(joined))):
        _splice(texts, found.start(), found.end(), word_for(found[1] or found[2]))
    for text in texts:
        _break_lines(text)


def texts_of(paragraph: Any) -> list[Any]:
    """A paragraph's own pieces of text, not those of a text box that hangs on it."""
    return [each for each in paragraph.iter(_T) if _nearest(each, _P) is paragraph]


def _splice(texts: list[Any], start: int, end: int, word: str) -> None:
    at = 0
    is_put = False
    for text in texts:
        content = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(content))
        at += len(content)
        if first >= len(content) or last <= 0:
            continue
        put = "" if is_put else word
        text.text = content[:first] + put + content[last:]
        text.set(_SPACE, "preserve")
        is_put = True


def _break_lines(text: Any) -> None:
    first, *rest = (text.text or "").split("\n")
    if not rest:
        return
    text.text = first
    after = text
    for line in rest:
        for new in (OxmlElement("w:br"), OxmlElement("w:t")):
            after.addnext(new)
            after = new
        after.text = line
        after.set(_SPACE, "preserve")


def make_texts_of_fields(paragraph: Any) -> None:
    """Turn a paragraph's mail-merge fields into «key». Raises ``UnfitField``."""
    for field in [each for each in paragraph.iter(_SIMPLE) if _nearest(each, _P) is paragraph]:
        name = _merged(field.get(qn("w:instr"), ""))
        if name:
            _unwrap(field, name)
    for opened in list(_complex_fields(paragraph)):
        name = _merged(opened.instruction)
        if name:
            _replace(opened.elements, name)


def _merged(instruction: str) -> str:
    """The name in a mail-merge field; empty for what Word counts. Raises ``UnfitField``."""
    found = _MERGE.match(instruction)
    if found:
        return found[1] or found[2]
    kind = instruction.split()[0].upper() if instruction.split() else ""
    if kind in _COUNTED:
        return ""
    raise UnfitField(kind or "（空白）")


def _unwrap(field: Any, name: str) -> None:
    run = next(iter(field.iter(_R)), None)
    if run is None:
        run = OxmlElement("w:r")
    for each in run.findall(_T):
        run.remove(each)
    run.append(_text(name))
    field.addprevious(run)
    field.getparent().remove(field)


def _complex_fields(paragraph: Any) -> Iterator[_Open]:
    """Fields of a begin, an instruction, a result and an end. Raises ``UnfitField``."""
    opened: list[_Open] = []
    for element in paragraph.iter(_CHAR, _INSTRUCTION, _T):
        if _nearest(element, _P) is not paragraph:
            continue
        kind = element.get(qn("w:fldCharType")) if element.tag == _CHAR else ""
        if kind == "begin":
            opened.append(_Open([]))
        for each in opened:
            each.elements.append(element)
        if opened and element.tag == _INSTRUCTION:
            opened[-1].instruction += element.text or ""
        if kind == "end" and opened:
            yield opened.pop()
    if opened:
        raise UnfitField(f"{opened[-1].instruction.strip()[:40]}（没有写完）")


def _replace(elements: list[Any], name: str) -> None:
    """Put «name» where the field's result stood, or where the field began."""
    results = [each for each in elements if each.tag == _T]
    if results:
        results[0].text = f"«{name}»"
    else:
        elements[0].addprevious(_text(name))
    for each in elements:
        if each.getparent() is not None and (each.tag != _T or each in results[1:]):
            each.getparent().remove(each)


def _text(name: str) -> Any:
    made = OxmlElement("w:t")
    made.text = f"«{name}»"
    return made


def _nearest(element: Any, tag: str) -> Any:
    """The closest ancestor of a kind; None: there is none."""
    return next(element.iterancestors(tag), None)
