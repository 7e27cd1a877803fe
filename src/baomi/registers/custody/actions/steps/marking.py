"""Level and term, as a paper bears them or as its handler sets them."""

from __future__ import annotations

from dataclasses import dataclass

from baomi.kernel.marks import parse_mark, parse_term, term_words
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.custody import facts

NO_TERM = facts.Term(kind="", value="", presumed=False)
_LONGEST = 60
_CODES = {level.code: level.title for level in Level}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A level and a term, and the mark as it stands on the paper (empty: it bears none)."""

    level: Level
    term: facts.Term
    typed: str


def read_mark(level_text: str, term_text: str, issuer: str, terms: Terms, *, field: str) -> Marked:
    """The mark of a paper that comes from elsewhere.

    No word about the level at all: 内部 for a central or provincial issuer, else none. No term:
    the presumed one. Raises ``BadInput`` for what only a human can say.
    """
    level_text = _CODES.get(level_text, level_text)
    mark = parse_mark(level_text, term_text)
    if mark.questions:
        raise BadInput(mark.questions[0].text, field=field)
    level = Level.INTERNAL if mark.level_code == "work_secret" else Level.of(mark.level_code)
    typed = mark.typed if level is not Level.NONE else ""
    if len(typed) > _LONGEST:
        raise BadInput(f"密级和保密期限的文字超过 {_LONGEST} 字，请缩短", field=field)
    if not level_text and terms.is_central_or_provincial(issuer):
        level = Level.INTERNAL
    if mark.term is not None:
        term = facts.Term(kind=mark.term.kind, value=mark.term.value, presumed=False)
        return Marked(level=level, term=term, typed=typed)
    return Marked(level=level, term=_presumed(level, terms), typed=typed)


def set_mark(level: Level, term_text: str) -> Marked:
    """The mark that a handler puts on a paper of our own. Raises ``BadInput`` for its term."""
    if level is Level.NONE and not term_text:
        return Marked(level=level, term=NO_TERM, typed="")
    if not term_text:
        return Marked(level=level, term=NO_TERM, typed=level.title)
    if level <= Level.INTERNAL:
        raise BadInput(f"{level.title}没有保密期限，请清空期限或改选密级", field="term")
    found = parse_term(term_text)
    if found is None:
        raise BadInput("保密期限看不懂，请写成 10年、6个月、2030年1月1日 或 启用前", field="term")
    typed = f"{level.title}★{term_words(found)}"
    if len(typed) > _LONGEST:
        raise BadInput(f"保密期限的文字太长，标志须在 {_LONGEST} 字以内", field="term")
    term = facts.Term(kind=found.kind, value=found.value, presumed=False)
    return Marked(level=level, term=term, typed=typed)


def _presumed(level: Level, terms: Terms) -> facts.Term:
    years = terms.presumed_years(level)
    if years is None:
        return NO_TERM
    return facts.Term(kind="years", value=str(years), presumed=True)
