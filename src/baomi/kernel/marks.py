"""Secrecy marks as books give them: 秘　密, 机密★10年, 秘密★6个月, 绝密★长期, 机密★启用前.

The national mark is 密级★保密期限, a day of declassification, or a condition (保密法 22).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from baomi.kernel.chinese_dates import DateError, parse_date
from baomi.kernel.spelling import chinese_integer, has_bidi_control, simplified, squeeze

LEVEL_TITLES = {
    "none": "未注密级",
    "internal": "内部",
    "work_secret": "工作秘密",
    "confidential": "秘密",
    "secret": "机密",
    "top_secret": "绝密",
}
_WORDS = {
    "none": (
        "无 未注密级 未标密级 未定密 未注 不涉密 非密 非涉密 无密级 普通 普件 平件 一般 公开 "
        "主动公开 依申请公开 不予公开 - -- / — \\ "
    ),
    "internal": "内部 内部资料 内部文件 内部件 内部材料 内部使用 内部公开 内部掌握",
    "work_secret": "工作秘密 工作秘密件",
    "confidential": "秘密 秘密级 秘密件",
    "secret": "机密 机密级 机密件",
    "top_secret": "绝密 绝密级 绝密件",
}
_CODE_OF = {word: code for code, words in _WORDS.items() for word in words.split()}
_STARS = re.compile(r"[★☆*✩✭⭐※·•|]+")
_BARE_TERM = re.compile(
    r"(?P<level>绝密级?|机密级?|工作秘密|秘密级?|内部)"
    r"\(?(?P<term>[0-9一二三四五六七八九十长启].*?)\)?"
)
_PERIOD = re.compile(r"(?P<count>[0-9]{1,3}|[一二三四五六七八九十两]{1,3})(?P<unit>年|个月|月)")
_CONDITION = re.compile(r".{0,30}(前|后|止|时)")
_NO_TERM = frozenset({"", "-", "--", "/", "\\", "无", "未注"})
_SECRETS = frozenset({"confidential", "secret", "top_secret"})
_LONGEST_YEARS = {"confidential": 10, "secret": 20, "top_secret": 30}
_PERMANENT = frozenset({"长期", "永久"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long a secret lasts.

    ``kind``: ``years`` or ``months`` (``value`` a count), ``until`` (an ISO day), ``condition``
    (the words of the mark, 启用前 or 长期).
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkQuestion:
    """What a human must say about a mark: a Chinese sentence and the answers that lie near."""

    code: str
    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark read from a book. ``level_code`` is ``none`` while a question about it stands."""

    level_code: str
    term: Term | None
    typed: str
    questions: tuple[MarkQuestion, ...]


def parse_mark(level_text: str, term_text: str = "") -> Mark:
    """The mark of a row, from the column 密级 and, where there is one, the column 保密期限."""
    typed = f"{level_text.strip()}|{term_text.strip()}".strip("|")
    questions: list[MarkQuestion] = []
    level, own_term_text = _split(level_text)
    if has_bidi_control(level_text + term_text):
        level = "?"
    code = _CODE_OF.get(level, "none") if level else "none"
    if level and level not in _CODE_OF:
        questions.append(_unknown_level(level_text))
    term = _term(own_term_text, questions)
    column_term = _term(simplified(squeeze(term_text)), questions)
    questions.extend(_contradictions(code, term, column_term))
    questions.extend(_too_long(code, term or column_term))
    return Mark(level_code=code, term=term or column_term, typed=typed, questions=tuple(questions))


def parse_term(text: str) -> Term | None:
    """A term alone: 10年, 6个月, 2030年1月1日, 长期, 启用前; None when it says nothing known."""
    plain = simplified(squeeze(text)).strip("()★☆")
    if found := _PERIOD.fullmatch(plain):
        count = found["count"]
        number = int(count) if count.isdecimal() else chinese_integer(count)
        if number and found["unit"] != "月":
            return Term(kind="years" if found["unit"] == "年" else "months", value=str(number))
        return None
    if plain in _PERMANENT:
        return Term(kind="condition", value="长期")
    until = re.sub(r"^(至|到|于)|(解密|止)$", "", plain)
    try:
        return Term(kind="until", value=parse_date(until).day.isoformat())
    except DateError:
        return Term(kind="condition", value=plain) if _CONDITION.fullmatch(plain) else None


def term_words(term: Term) -> str:
    """The term as it is written on a paper: 10年, 6个月, 2030-01-01, 启用前."""
    return term.value + {"years": "年", "months": "个月"}.get(term.kind, "")


def _split(level_text: str) -> tuple[str, str]:
    plain = simplified(squeeze(level_text)).strip("[]()【】〔〕")
    if plain in _CODE_OF:
        return plain, ""
    pieces = [p for p in _STARS.split(plain) if p]
    if len(pieces) == 2:
        return pieces[0], pieces[1]
    if len(pieces) == 1 and (found := _BARE_TERM.fullmatch(pieces[0])):
        return found["level"], found["term"]
    return (pieces[0] if len(pieces) == 1 else plain), ""


def _term(text: str, questions: list[MarkQuestion]) -> Term | None:
    if text in _NO_TERM:
        return None
    term = parse_term(text)
    if term is None:
        number = re.match(r"[0-9]+", text)
        questions.append(
            MarkQuestion(
                code="term_unclear",
                text=f"保密期限“{text}”看不懂，请写成 10年、6个月、长期 或 启用前。",
                choices=(f"{number[0]}年", f"{number[0]}个月") if number else (),
            )
        )
    return term


def _unknown_level(level_text: str) -> MarkQuestion:
    return MarkQuestion(
        code="level_unknown",
        text=f"密级“{level_text.strip()}”不认识，请选一个密级。",
        choices=tuple(LEVEL_TITLES.values()),
    )


def _contradictions(code: str, own: Term | None, column: Term | None) -> list[MarkQuestion]:
    if own and column and _length(own) != _length(column):
        choices = (term_words(own), term_words(column))
        text = f"密级栏写的期限是{choices[0]}，期限栏写的是{choices[1]}，以哪个为准？"
        return [MarkQuestion(code="term_contradiction", text=text, choices=choices)]
    term = own or column
    if term and code not in _SECRETS:
        text = f"{LEVEL_TITLES[code]}没有保密期限，这里却写了{term_words(term)}，密级是什么？"
        return [
            MarkQuestion(code="term_without_level", text=text, choices=("秘密", "机密", "绝密"))
        ]
    return []


def _too_long(code: str, term: Term | None) -> list[MarkQuestion]:
    """保密法 20: at most 10, 20 and 30 years, unless it is provided otherwise."""
    longest = _LONGEST_YEARS.get(code)
    if term is None or term.kind != "years" or longest is None or int(term.value) <= longest:
        return []
    text = f"{LEVEL_TITLES[code]}一般不超过{longest}年，这里写的是{term.value}年，密级和期限对吗？"
    return [MarkQuestion(code="term_too_long", text=text, choices=("照原样", f"{longest}年"))]


def _length(term: Term) -> tuple[str, str]:
    """Twelve months are one year: the same term in other words contradicts nothing."""
    if term.kind == "years":
        return "months", str(int(term.value) * 12)
    return term.kind, term.value
