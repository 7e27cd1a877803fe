"""Single entries of the ledger, for those who may see its positions."""

from __future__ import annotations

import json
from typing import Literal, overload

from baomi.engine import ledger
from baomi.engine.head import read_head
from baomi.engine.pen import NotFounded
from baomi.entrypoints.cli.answer import ExitCode, Stop
from baomi.entrypoints.cli.session import Asker
from baomi.kernel.words import Post

MAY_SEE = frozenset({Post.REGISTRAR, Post.AUDITOR})


def for_auditors(who: Asker) -> None:
    """Raises ``Stop`` for anybody but registrar and auditor."""
    if not who.person.posts & MAY_SEE:
        titles = "、".join(sorted(who.terms.post_title(post) for post in MAY_SEE))
        raise Stop(f"日志的序号和散列值只供{titles}查看。", code=ExitCode.REFUSED)


def sequence_number(text: str) -> int:
    """The number of an entry. Raises ``Stop``."""
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise Stop("日志的序号应当是从 0 起的整数。")
    return int(text)


@overload
def entry(seq: int) -> ledger.Stored: ...
@overload
def entry(seq: int, *, needed: Literal[False]) -> ledger.Stored | None: ...
def entry(seq: int, *, needed: bool = True) -> ledger.Stored | None:
    """One entry. Raises ``Stop`` where there is none and it is needed."""
    head = read_head()
    if head is None:
        raise NotFounded
    found = next(ledger.read(head.log_id, seq, seq + 1), None)
    if found is None and needed:
        raise Stop(f"没有第 {seq} 条日志。")
    return found


def note_of(seq: int) -> str:
    """The note of a checkpoint entry. Raises ``Stop`` for another kind of entry."""
    found = entry(seq)
    if found.kind != "ledger.checkpoint" or found.body is None:
        raise Stop(f"第 {seq} 条不是封存。")
    return str(json.loads(found.body)["note"])
