"""What a command answers: text for people, or one JSON document for programs."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

import click


class ExitCode(IntEnum):
    """What the shell is told."""

    DONE = 0
    FAULT = 1  # findings, or something is wrong with the installation
    BAD_INPUT = 2
    REFUSED = 3
    NOT_LOGGED_IN = 4
    INTERRUPTED = 130  # as every shell says it: 128 + SIGINT


class Stop(Exception):
    """A command cannot go on; each sentence says what is wrong and how to mend it."""

    def __init__(self, *sentences: str, code: ExitCode = ExitCode.BAD_INPUT) -> None:
        self.sentences = sentences
        self.code = code
        super().__init__(code.name)


class Shown(Protocol):
    """Something that can write itself to the terminal: a table."""

    def show(self) -> None:
        """Write it to the standard output."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``data`` goes out as JSON, ``text`` to people; never both."""

    data: Any
    text: Sequence[str | Shown] = field(default=())
    code: ExitCode = ExitCode.DONE

    def show(self, *, as_json: bool) -> None:
        """Write the answer to the standard output."""
        if as_json:
            click.echo(json.dumps(self.data, ensure_ascii=False, default=str))
            return
        for piece in self.text:
            if isinstance(piece, str):
                click.echo(printable(piece))
            else:
                piece.show()


def printable(text: str) -> str:
    """The text without what a terminal would obey: escape sequences, reversed writing."""
    return "".join(" " if _commands_a_terminal(character) else character for character in text)


def _commands_a_terminal(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")


def say_while_working(text: str) -> None:
    """A line to the person at the terminal, beside the answer (standard error)."""
    click.echo(printable(text), err=True)


def show_stop(sentences: Sequence[str], *, as_json: bool) -> None:
    """Say why a command stopped: to the standard error, or as ``{"error": …}``."""
    if as_json:
        click.echo(json.dumps({"error": " ".join(sentences)}, ensure_ascii=False))
        return
    for sentence in sentences:
        click.echo(printable(sentence), err=True)
    sys.stderr.flush()
