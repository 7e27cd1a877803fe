"""The book of movements (传阅登记), and the history of one copy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.custody.reads import worded
from baomi.registers.custody.reads.picking import UNKNOWN_COPY
from baomi.registers.custody.reads.visible import movements_for, of_person, visible_to
from baomi.registers.filters import between_days, choices, of_row, one_of
from baomi.registers.listing import Book, Column, Filter, Listing, Order
from baomi.registers.paging import listing


def _movements(actor: Person) -> QuerySet[Any]:
    if worded.is_registrar(actor):
        return movements_for(actor)
    return movements_for(actor).filter(copy__in=visible_to(actor).copies.values("id"))


_MOVERS: Final = ("actor", "from_holder", "to_holder")


def _name_movers(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """The people of the movements, fetched apart: nine tables at once are long in planning."""
    ids = {row[key] for row in rows for key in _MOVERS if row[key]}
    people = apps.get_model("office", "Person").objects.filter(id__in=ids)
    names = dict(people.values_list("id", "name"))
    for row in rows:
        for key in _MOVERS:
            row[f"{key}_name"] = names.get(row[key])


def _mover(key: str, heading: str) -> Column:
    return Column(
        key=key,
        heading=heading,
        reads=(key,),
        word=lambda row, terms: row[f"{key}_name"],
        opens="office.person",
        opens_by=key,
        is_narrow=True,
    )


MOVEMENTS: Final = Book(
    name="custody.movement",
    title="传阅登记簿",
    help="文件每一次交接的经过。办理交阅、收回、入柜以后，自动登记在这里。",
    kind="",
    rows=_movements,
    level="copy__paper__level",
    fill_in=_name_movers,
    filled=tuple(f"{key}_name" for key in _MOVERS),
    written_in="oldest",
    columns=(
        Column(
            key="registered_number",
            heading="收文编号",
            reads=("copy__paper__registered_number",),
            opens="custody.paper",
            opens_by="copy__paper",
            is_narrow=True,
        ),
        Column(key="number", heading="文号", reads=("copy__paper__number",), is_narrow=True),
        Column(
            key="level",
            heading="密级",
            reads=("copy__paper__level",),
            word=worded.level_of("copy__paper__level"),
            is_narrow=True,
        ),
        Column(
            key="copy_number",
            heading="份号",
            reads=("copy__copy_number",),
            opens="custody.copy",
            opens_by="copy",
            is_narrow=True,
        ),
        Column(key="title", heading="标题", reads=("copy__paper__title",)),
        Column(
            key="kind",
            heading="事项",
            reads=("kind",),
            word=worded.by("kind", worded.KINDS),
            is_narrow=True,
        ),
        Column(key="happened_on", heading="日期", reads=("happened_on",), is_narrow=True),
        _mover("actor", "经手人"),
        _mover("from_holder", "交出人"),
        Column(key="from_cabinet", heading="原在柜", reads=("from_cabinet__name",)),
        _mover("to_holder", "接收人"),
        Column(key="to_cabinet", heading="存入柜", reads=("to_cabinet__name",)),
        Column(
            key="purpose",
            heading="用途",
            reads=("purpose",),
            word=worded.by("purpose", worded.PURPOSES),
            is_narrow=True,
        ),
        Column(
            key="place",
            heading="阅办处所",
            reads=("place__name",),
            opens="office.room",
            opens_by="place",
        ),
        Column(key="remark", heading="备注", reads=("remark",), is_shown=False),
        Column(
            key="voided",
            heading="已撤销",
            reads=("voided_by",),
            word=worded.voided,
            is_narrow=True,
        ),
        Column(
            key="notes",
            heading="补录提示",
            reads=("notes",),
            word=worded.notes_of,
            is_shown=False,
        ),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-happened_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("happened_on", "id")),
    ),
    filters=(
        one_of("kind", "事项", "kind", choices(worded.KINDS), sees_whole=worded.is_registrar),
        *between_days("happened", "日期", "happened_on"),
        Filter(
            key="person",
            heading="人员",
            kind="office.person",
            narrow=lambda rows, person, actor: rows.filter(id__in=of_person(person)),
        ),
        of_row("copy", "份", "copy", "custody.copy"),
        of_row("paper", "文件", "copy__paper", "custody.paper"),
    ),
)
# of one copy, so that its turns are the order
_HISTORY: Final = Order(key="turns", heading="先后", by=("turn",))


def history(actor: Person, copy: UUID, terms: Terms) -> Listing:
    """What befell one copy, in order, as far as it concerns the actor.

    Raises ``BadInput`` for a copy that he may not see.
    """
    if not visible_to(actor).copies.filter(id=copy).exists():
        raise BadInput(UNKNOWN_COPY)
    of_copy = replace(
        MOVEMENTS,
        rows=lambda reader: movements_for(reader).filter(copy=copy),
        orders=(_HISTORY,),
        written_in="",
    )
    return listing(of_copy, actor, terms)
