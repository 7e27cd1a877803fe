"""A register book as its importing is asked for at the pages: columns, answers, earlier looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from baomi.engine.jobs.queue import JobSeen

LARGEST: Final = 32 * 1024 * 1024
BOOKS: Final = (".xlsx", ".xls", ".csv")
IGNORED: Final = "（略过这一列）"
DECLINE: Final = "不登记"
LONGEST: Final = 200
MOST_COLUMNS: Final = 30
SPARE_COLUMNS: Final = 2
FATES: Final = {
    "done": "登记",
    "known": "已登记过",
    "question": "疑问",
    "refused": "拒收",
    "skipped": "略过",
}
FIELDS: Final = (
    *("序号", "收文日期", "发文日期", "来文机关", "文件字号", "文件标题", "密级", "保密期限"),
    *("份数", "份号", "收文编号", "承办单位", "领取人", "送出时间", "退回时间", "退回份数"),
    *("应还时间", "发布层次", "传达要求", "备注", "其他"),
)
COUNTS: Final = {
    "rows": "行数",
    "done": "登记",
    "noted": "其中有注",
    "questions": "疑问",
    "refused": "拒收",
    "skipped": "略过",
    "papers": "文件",
    "copies": "份数",
}
_UNKNOWN = re.compile(
    r"^((?:（\d+ 个工作表）)?“.*”一栏不认识，或与别的栏重复，内容未读入)；请用 --map .*$"
)
_FOR_TERMINALS: Final = {
    "请重新导出疑问（--questions），在新的一份里回答": "请重新预览，再回答",
    "请删去这一行回答": "请清除这个回答",
}
_ANSWER: Final = "answer."
Place = tuple[str, int, str, str]
"""Which question: sheet, row, code and check letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a heading of the book means: as it was chosen, or still to be chosen."""

    heading: str
    field: str = ""
    is_ignored: bool = False


def for_page(sentence: str) -> str:
    """A sentence of the importer, telling what to do at the page and not at the command line."""
    unknown = _UNKNOWN.match(sentence)
    if unknown:
        return f"{unknown[1]}；请在“各栏的含义”中指明它是什么，或略过这一栏。"
    for typed, said in _FOR_TERMINALS.items():
        sentence = sentence.replace(typed, said)
    return sentence


def fault_of_file(name: str, size: int) -> str:
    """Why a file cannot be a book, before it is read; empty: it may be one."""
    kind = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if kind not in BOOKS:
        return "只能导入 .xlsx、.xls 或 .csv，请在表格软件里另存一份。"
    if size > LARGEST:
        return "文件超过 32 MB，不像登记簿，请按年拆成几份再导入。"
    return "" if size else "文件是空的，请核对是否选错了文件。"


def mapping_in(posted: QueryDict) -> tuple[dict[str, str], str]:
    """Heading → field as they were posted, and what is wrong with them."""
    found: dict[str, str] = {}
    headings, fields = posted.getlist("heading"), posted.getlist("field")
    for heading, field in list(zip(headings, fields, strict=False))[:MOST_COLUMNS]:
        heading = heading.strip()[:LONGEST]
        if not field:
            continue
        if not heading:
            return found, "请填写列名，照登记簿表头上的原样。"
        if field != IGNORED and field not in FIELDS:
            return found, "“各栏的含义”请从列出的栏目中选取。"
        found[heading] = "" if field == IGNORED else field
    return found, ""


def columns_of(job: JobSeen) -> list[Column]:
    """The headings that were given a meaning, those that have none yet, and empty ones."""
    chosen: Mapping[str, str] = job.asked.get("mapping") or {}
    told = [
        Column(heading=heading, field=field, is_ignored=not field)
        for heading, field in chosen.items()
    ]
    unknown = dict.fromkeys(
        each["column"]
        for each in job.told.get("problems", ())
        if each["column"] and not each["rows"] and each["column"] not in chosen
    )
    told += [Column(heading=heading) for heading in unknown]
    return [*told, *(Column(heading="") for _ in range(SPARE_COLUMNS))][:MOST_COLUMNS]


def answers_in(posted: QueryDict, asked: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The answers that were given to the questions of a preview, each bound to its question."""
    told = []
    for number, each in enumerate(asked):
        text = posted.get(f"{_ANSWER}{number}", "").strip()[:LONGEST]
        if text:
            bound = {key: each[key] for key in ("sheet", "row", "code", "check")}
            told.append(bound | {"answer": text})
    return told


def typed_answers(again: JobSeen | None) -> dict[Place, str]:
    """What was answered in a look that could not be taken, by the question's place."""
    return by_place((again.asked.get("answers") or ()) if again else ())


def by_place(answers: Iterable[Mapping[str, Any]]) -> dict[Place, str]:
    """Answers by the place of their questions."""
    return {_place(each): str(each["answer"]) for each in answers}


def questions_of(job: JobSeen, typed: Mapping[Place, str]) -> list[dict[str, Any]]:
    """The questions that stand, each with its field's name and what was typed before."""
    return [
        {
            **each,
            "name": f"{_ANSWER}{number}",
            "choices": [*each["choices"], DECLINE],
            "value": typed.get(_place(each), ""),
        }
        for number, each in enumerate(job.told.get("asked", ()))
    ]


def _place(each: Mapping[str, Any]) -> Place:
    return each["sheet"], each["row"], each["code"], each["check"]
