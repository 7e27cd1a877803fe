"""Make a PDF from a template and data: the same bytes for the same data on the same day.

Everything stays in memory. Data goes in as one JSON text, which a template reads and never runs.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import typst

from baomi.engine.papers.fonts import Typefaces, typefaces
from baomi.kernel.clock import OFFICE_TIME
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level

TEMPLATES: Final = Path(__file__).parent / "templates"
MISSING_SIGN: Final = "〓"  # printers' sign for a character that no font has
_MOST_MISSING = 200
_NOT_IN_FONT = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A paper ready for the printer. ``name`` is a neutral file name."""

    content: bytes
    name: str
    level: Level
    rows: int


def press(template: str, data: Mapping[str, Any], *, day: date) -> bytes:
    """The PDF (PDF/A-2b) of a template, dated ``day``.

    A character that no font has becomes 〓, and the foot of the paper says so. Raises ``BadInput``
    where there is no Chinese font.
    """
    faces = typefaces()
    text = json.dumps(
        {
            **shown(dict(data)),
            "date": [day.year, day.month, day.day],
            "faces": {
                "text": faces.text,
                "headline": faces.headline,
                "heading": faces.heading,
                "mono": faces.mono,
            },
        },
        ensure_ascii=False,
    )
    lacking: list[str] = []
    for _ in range(_MOST_MISSING):
        try:
            return _compiled(faces, template, text, day, is_lacking=bool(lacking))
        except typst.TypstError as fault:
            missing = _missing_character(fault)
        # outside of the handler: what the error quotes of a title goes no further
        if missing is None:
            raise PaperFault(template)
        lacking.append(missing)
        text = text.replace(missing, MISSING_SIGN)
    raise BadInput("有很多字在本机的字体中没有，不能打印：请系统管理员安装字符更全的中文字体")


class PaperFault(RuntimeError):
    """A template cannot be set: a fault of the program. Quotes nothing of the data."""


def _compiled(faces: Typefaces, template: str, text: str, day: date, *, is_lacking: bool) -> bytes:
    compiler = typst.Compiler(
        input=str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=faces.fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": text, "lacking": MISSING_SIGN if is_lacking else ""},
    )
    made = compiler.compile(
        format="pdf",
        pdf_standards=["a-2b"],
        pdf_tags=False,
        timestamp=datetime.combine(day, time(), OFFICE_TIME),
    )
    if not isinstance(made, bytes):
        raise PaperFault(template)
    return made


def shown(value: Any) -> Any:
    """The data without what nobody sees: joiners and turned writing go, controls are marked."""
    if isinstance(value, str):
        kinds = ((sign, unicodedata.category(sign)) for sign in value)
        return "".join(
            MISSING_SIGN if kind == "Cc" and sign not in "\n\t" else sign
            for sign, kind in kinds
            if kind != "Cf"
        )
    if isinstance(value, Mapping):
        return {key: shown(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    return value


def _missing_character(fault: typst.TypstError) -> str | None:
    found = _NOT_IN_FONT.search(fault.message)
    if found is None:
        return None
    plain = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    return plain if plain and plain != MISSING_SIGN else None
