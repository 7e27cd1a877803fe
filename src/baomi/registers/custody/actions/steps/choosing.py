"""What was chosen to be done something with: never nothing, never too much, in the right state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from baomi.kernel.action import Asked
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.custody import facts, load
from baomi.registers.office import load as office

MOST_COPIES = 300  # a ledger entry holds at most 1,000 rows: a copy, its movement and its duty

_STANDS = {
    facts.State.UNSTORED: "还没有入柜",
    facts.State.STORED: "在文件柜里",
    facts.State.HELD: "在有关人员手中",
    facts.State.MISSING: "已报告下落不明",
}


def chosen(
    copies: Sequence[facts.Copy], *, states: Collection[facts.State], on: date | None = None
) -> Sequence[facts.Copy]:
    """The copies, if there are any and all stand so that it can be done. Raises ``BadInput``.

    ``on``: the day on which it happened; nothing is done before what was done last.
    """
    if not copies:
        raise BadInput("没有选中文件，请先扫描或选择", field="targets")
    if len(copies) > MOST_COPIES:
        raise BadInput(f"一次最多办理 {MOST_COPIES} 份，请分批办理", field="targets")
    if on is not None and (later := max(copy.since for copy in copies)) > on:
        sentence = f"选中的文件在 {later.isoformat()} 已有办理记录，补记的日期不能更早"
        raise BadInput(sentence, field="happened_on")
    wrong = [copy for copy in copies if copy.state not in states]
    if wrong:
        numbers = "、".join(f"{copy.paper.reference} 第{copy.number}份" for copy in wrong[:5])
        more = f"等 {len(wrong)} 份" if len(wrong) > 5 else ""
        sentence = f"{numbers}{more}{_STANDS[wrong[0].state]}，不能这样办理，请核对后重新选择"
        raise BadInput(sentence, field="targets")
    return copies


def standing_ready(asked: Asked, *, states: Collection[facts.State]) -> tuple[facts.Copy, ...]:
    """The targets, none of them yet or all so that it can be done: what makes a button live.

    Raises ``BadInput``.
    """
    copies = load.copies(asked.targets, asked.terms, asked.today)
    if copies:
        chosen(copies, states=states, on=asked.today)
    return copies


def one_paper(asked: Asked) -> facts.Paper:
    """The one paper that a deed is about. Raises ``BadInput``."""
    if len(set(asked.targets)) != 1:
        raise BadInput("请选定一份文件，一次只办理一份", field="targets")
    return load.paper(asked.targets[0], asked.terms, asked.today)


def known_people(deed: Deed[Any], ids: Iterable[UUID], *, field: str) -> dict[UUID, Person]:
    """People by id on the day of the deed. Raises ``BadInput`` if one is unknown."""
    wanted = set(ids)
    found = dict(office.people(wanted, deed.today, deed.terms)) if wanted else {}
    if len(found) < len(wanted):
        raise BadInput("查无此人，请核对姓名或证件标签", field=field)
    return found
