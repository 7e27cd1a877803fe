"""The box at the top of every page: whatever was scanned or typed, found among what he may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.engine.face.reading import books, names_of, pick
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.wanted import Wanted, is_offered
from baomi.kernel.labels import LabelError
from baomi.kernel.spelling import squeeze
from baomi.kernel.verdict import BadInput
from baomi.registers import paging
from baomi.registers.listing import Link
from baomi.registers.office import load as office
from baomi.registers.wording import plain

# the same for what does not exist and for what may not be seen
NOT_FOUND: Final = "没有找到，或者您无权查看"
LONGEST: Final = 200
_BY_LETTER: Final[Mapping[str, str]] = {
    "A": "approvals.request",
    "C": "custody.copy",
    "P": "office.person",
    "K": "office.cabinet",
    "S": "custody.slip",
}
_EXACT: Final[Mapping[str, str]] = {
    "custody.paper": "文件",
    "custody.copy": "文件的一份",
    "office.person": "人员",
    "office.cabinet": "文件柜",
    "office.room": "房间",
    "office.unit": "单位",
    "office.outside_body": "外单位",
}
_SEARCHED: Final = ("custody.paper", "custody.copy", "office.person")
_BLOCKED: Final = "挂失"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that was meant, perhaps: what kind of thing, how it is called, where it is."""

    kind: str
    name: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of it: things that are called so, a search, or why there is neither."""

    hits: tuple[Hit, ...] = ()
    search: Wanted | None = None
    sentence: str = ""


def find(who: Who, text: str) -> Found:
    """What a text means to somebody: a label, a number, a name, else words of a title."""
    typed = text.strip(" \t\r\n\u3000")
    if not typed:
        return Found(sentence="请扫描标签，或输入编号、姓名、标题后按回车")
    if len(typed) > LONGEST:
        return Found(sentence=f"要查找的内容最多 {LONGEST} 个字，请缩短后再试")
    if squeeze(typed).upper().startswith("BM"):
        return _by_label(who, typed)
    try:
        typed = plain(typed)
    except ValueError as unseen:
        return Found(sentence=str(unseen))
    hits, sentence = _called_so(who, typed)
    if hits:
        return Found(hits=hits)
    return _searched(who, typed, sentence)


def _by_label(who: Who, text: str) -> Found:
    try:
        label = office.label_in(text)
    except LabelError as wrong:
        return Found(sentence=str(wrong))
    kind = _BY_LETTER.get(label.kind, "")
    try:
        key = pick(who.person, kind, text)
    except BadInput as fault:
        lost = fault.sentence if _BLOCKED in fault.sentence else ""
        return Found(sentence=lost or NOT_FOUND)
    return Found(hits=(Hit(kind="标签", name="", link=(kind, key)),))


def _called_so(who: Who, text: str) -> tuple[tuple[Hit, ...], str]:
    """Things whose number or name this is, and what is said where it is that of several."""
    hits: list[Hit] = []
    several = ""
    for kind, title in _EXACT.items():
        try:
            key = pick(who.person, kind, text)
        except BadInput as fault:
            # a name that several bear is asked about by the picker, what is unknown is not
            several = several or (fault.sentence if _asks(fault.sentence) else "")
            continue
        hits.append(Hit(kind=title, name=_name(who, kind, key), link=(kind, key)))
    return tuple(hits), several


def _asks(sentence: str) -> bool:
    return sentence.startswith(("有", "“"))


def _name(who: Who, kind: str, key: UUID) -> str:
    return names_of(who.person, kind, [key], who.terms).get(key, "")


def _searched(who: Who, text: str, several: str) -> Found:
    """The register in which words are found: papers first, then copies, then people."""
    sentence = ""
    for name in _SEARCHED:
        book = books()[name]
        if not is_offered(book, who):
            continue
        try:
            page = paging.page(book, who.person, who.terms, search=text, size=2)
        except BadInput as fault:
            sentence = sentence or fault.sentence
            continue
        if len(page.ids) == 1 and not several:
            return Found(hits=(Hit(kind=book.title, name="", link=(book.kind, page.ids[0])),))
        if page.ids:
            return Found(search=Wanted(book=book, search=text), sentence=several)
    return Found(sentence=several or sentence or NOT_FOUND)
