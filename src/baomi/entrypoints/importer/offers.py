"""What may be answered to each question: the choices, and the kind of value that may be typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from baomi.entrypoints.importer.entries import BookRow, Question
from baomi.entrypoints.importer.fields import MAIN_DAY

OWN, SAME, KEEP, AGAIN, ACCEPT = "own", "same", "keep", "again", "accept"
"""A paper of its own; the paper it was compared with; the mark that stands there; its copies went
out once more; right as it stands in the book."""
DECLINE = "decline"
DECLINE_WORDS = "不登记"

_SAME = "同一份文件"
_OWN = "两份不同的文件"
_AS_WRITTEN = {"照簿登记": ACCEPT}
_ONE_OR_TWO = {_SAME: SAME, _OWN: OWN}
_ONCE_MORE = {"重复登记": DECLINE}
_DECISIONS: Mapping[str, Mapping[str, str]] = {
    "book_year": _AS_WRITTEN,
    "copies_again": {"又送出一次": AGAIN, _OWN: OWN, **_ONCE_MORE},
    "due_before_out": _AS_WRITTEN,
    "due_missing": {"没有约定": ACCEPT},
    "mark_differs": {"已登记的": KEEP, "前一行": KEEP, _OWN: OWN},
    "near_number": _ONE_OR_TWO,
    "number_missing": {"没有文号": ACCEPT},
    "number_unclear": _AS_WRITTEN,
    "paper_again": {"另外几份": SAME, **_ONE_OR_TWO, **_ONCE_MORE},
    "running_number_unclear": _AS_WRITTEN,
    "running_number_year": _AS_WRITTEN,
    "same_again": {"又收了一次": ACCEPT, **_ONE_OR_TWO, **_ONCE_MORE},
    "same_number": _ONE_OR_TWO,
    "still_out": _AS_WRITTEN,
    "voided": {"作废": DECLINE, "不是作废": ACCEPT},
}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "book_year": ("day",),
    "copies_merged": ("copies",),
    "copies_unclear": ("copies",),
    "copy_missing": ("copy_numbers",),
    "copy_unknown": ("copy_numbers",),
    "count_missing": ("count",),
    "count_unclear": ("count",),
    "day_missing": ("day",),
    "day_unclear": ("day",),
    "due_before_out": ("day",),
    "due_missing": ("day",),
    "holder_missing": ("unit", "person"),
    "issuer_missing": ("issuer",),
    "keeper_missing": ("person",),
    "keeper_unclear": ("person",),
    "level_missing": ("level",),
    "level_unknown": ("level",),
    "number_missing": ("number",),
    "number_unclear": ("number",),
    "number_year": ("number", "day"),
    "out_missing": ("day",),
    "person_elsewhere": ("person",),
    "person_unknown": ("person",),
    "running_number_unclear": ("receiving_number",),
    "running_number_year": ("day",),
    "several_people": ("person",),
    "term_contradiction": ("term",),
    "term_too_long": ("term",),
    "term_unclear": ("term",),
    "term_without_level": ("level",),
    "unit_unknown": ("unit",),
    "year_turns": ("day",),
}
_TURNED = {
    "copy_numbers": "copies",
    "count": "count",
    "number": "number",
    "receiving_number": "receiving_number",
    "term": "term",
}
_HINTS = {
    "copies": "份号（如 000651-000652），或者份数（如 2份）",
    "copy_numbers": "份号（如 000651；开头的零要写全，在表格软件里先打一个英文单引号）",
    "count": "份数（整数）",
    "day": "日期（如 2021-03-01）",
    "issuer": "来文机关的名称",
    "level": "密级，可带期限（如 机密★10年）",
    "number": "文号（如 ×办发〔2021〕114号）",
    "person": "本机关人员的姓名（同名的写 姓名@单位）",
    "receiving_number": "收文编号（如 2021-001）",
    "term": "期限（如 10年、6个月、长期）",
    "unit": "本机关单位的名称",
}
# choices that the sentence offers, which nothing in an import can follow
_CANNOT = frozenset({"这一行", "按顺序各一份", "另有其人", "照原样"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The answers to one question: ``choices`` as they may be written, ``kinds`` of values."""

    choices: tuple[str, ...]
    kinds: tuple[str, ...]
    decisions: Mapping[str, str]

    @property
    def words(self) -> str:
        """What may be answered, in one sentence."""
        hints = [f"或填{_HINTS[kind]}" for kind in self.kinds]
        told = "；".join(filter(None, ["、".join(self.choices), *hints]))
        if not told:
            return f"{DECLINE_WORDS}（别的办法只有改簿册）"
        return f"{told.removeprefix('或')}；{DECLINE_WORDS}"


def offer_of(question: Question) -> Offer:
    """What may be answered to a question; ``不登记`` always may, beside it."""
    code = question.code
    decisions = _DECISIONS.get(code, {})
    kinds = (_TURNED[question.about],) if code == "turned_into_day" else _KINDS.get(code, ())
    near = [each for each in question.choices if each not in _CANNOT]
    if code == "copies_unclear":
        # the first one is what the numbers contradict: it takes the numbers, not a count
        near = near[1:]
    if not kinds and code not in ("person_elsewhere", "same_number"):
        near = [each for each in near if each in decisions]
    wider = [each for each in decisions if each not in near and _belongs(each, question)]
    return Offer(choices=(*near, *wider), kinds=kinds, decisions=decisions)


def _belongs(choice: str, question: Question) -> bool:
    """Of two words for one thing only the one that the question uses; no one paper of several."""
    if choice == _SAME:
        return question.code != "same_number" or choice in question.choices
    if question.code == "mark_differs":
        return choice in question.choices or choice == _OWN
    return True


def main_day_of(row: BookRow, question: Question) -> str:
    """The field that a day answers."""
    stated = {
        "due_before_out": "due_on",
        "due_missing": "due_on",
        "out_missing": "out_on",
    }
    return question.about or stated.get(question.code) or MAIN_DAY[row.kind]
