"""What was chosen to be done something with: never nothing, never too much, in the right state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from baomi.kernel.action import Asked
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import facts, load
from baomi.registers.office import load as office
from baomi.registers.office.facts import Cabinet

MOST_COPIES = 300  # a ledger entry holds at most 1,000 rows: a copy, its movement and its duty
NO_CABINET = "选中的文件还没有固定的柜，请填写文件柜"

_STANDS = {
    facts.State.UNSTORED: "还没有入柜",
    facts.State.STORED: "在文件柜里",
    facts.State.HELD: "在有关人员手中",
    facts.State.ARCHIVED: "已经归档",
    facts.State.MISSING: "已报告下落不明",
}
_AWAY = {
    facts.CARRYING: "已携带外出，请先办理“带回”",
    facts.CONSULTING: "正在查阅，请先办理“归还档案”",
}
_NOT_AWAY = {
    facts.CARRYING: "没有携带外出，不用带回",
    facts.CONSULTING: "没有查阅，不用归还",
}


def chosen(
    copies: Sequence[facts.Copy],
    *,
    states: Collection[facts.State],
    on: date | None = None,
    away: str | None = "",
) -> Sequence[facts.Copy]:
    """The copies, if there are any and all stand so that it can be done. Raises ``BadInput``.

    ``on``: the day on which it happened; nothing is done before what was done last. ``away``:
    the purpose for which all of them must be away; empty: none of them may be; None: any may be.
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
    for copy in copies:
        if away is not None and copy.purpose != away and (away or copy.purpose in _AWAY):
            sentence = _NOT_AWAY[away] if away else _AWAY[copy.purpose]
            raise BadInput(f"{copy.paper.reference} 第{copy.number}份{sentence}", field="targets")
    return copies


def standing_ready(
    asked: Asked, *, states: Collection[facts.State], away: str | None = ""
) -> tuple[facts.Copy, ...]:
    """The targets, none of them yet or all so that it can be done: what makes a button live.

    Raises ``BadInput``.
    """
    copies = load.copies(asked.targets, asked.terms, asked.today)
    if copies:
        chosen(copies, states=states, on=asked.today, away=away)
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


def answers_for(copies: Iterable[facts.Copy], actor: Person) -> None:
    """Stop who is neither the registrar nor the unit's keeper of these copies.

    Raises ``BadInput``.
    """
    if Post.REGISTRAR in actor.posts:
        return
    if any(facts.keeper_through(copy, actor) is None for copy in copies):
        raise BadInput("选中的文件不由您经管，请经管的专人或者保密员办理", field="targets")


def cabinets_of(copies: Sequence[facts.Copy], chosen_one: UUID | None) -> Mapping[UUID, Cabinet]:
    """Where each copy goes: into the cabinet chosen, or into its own. Raises ``BadInput``."""
    if chosen_one is not None:
        return dict.fromkeys((copy.id for copy in copies), office.cabinet(chosen_one))
    homes = {copy.id: copy.home_cabinet for copy in copies if copy.home_cabinet}
    if len(homes) < len(copies):
        raise BadInput(NO_CABINET, field="cabinet")
    found = office.cabinets(homes.values())
    return {copy: found[cabinet] for copy, cabinet in homes.items()}
