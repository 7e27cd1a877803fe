"""The importer's questions at the terminal, one after the other; answers may be left for later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from baomi.entrypoints.cli.answer import say_while_working
from baomi.entrypoints.cli.ask import ask

NOT_THIS_ROW = "不登记"


class Open(Protocol):
    """A question as it is put to a human."""

    @property
    def sheet(self) -> str:
        """The sheet of the book."""

    @property
    def row(self) -> int:
        """The row, counted from 1."""

    @property
    def text(self) -> str:
        """The question, without a title."""

    @property
    def choices(self) -> Sequence[str]:
        """The answers that lie near."""

    @property
    def allowed(self) -> str:
        """What may be answered, in words."""


Asked = TypeVar("Asked", bound=Open)


def put(asked: Iterable[Asked]) -> Iterator[tuple[Asked, str]]:
    """Each question that was answered, with its answer: a choice by its number, or as typed."""
    for question in asked:
        place = (
            f"“{question.sheet}”第 {question.row} 行" if question.sheet else f"第 {question.row} 行"
        )
        say_while_working(f"{place}：{question.text}")
        choices = (*question.choices, NOT_THIS_ROW)
        for number, choice in enumerate(choices, start=1):
            say_while_working(f"  {number}. {choice}")
        say_while_working(f"  可以填：{question.allowed}")
        answer = ask("回答（序号或内容，回车跳过）", needed=False)
        if answer:
            yield question, _chosen(answer, choices)


def _chosen(answer: str, choices: Sequence[str]) -> str:
    place = int(answer) if answer.isdecimal() and not answer.startswith("0") else 0
    return choices[place - 1] if 0 < place <= len(choices) else answer
