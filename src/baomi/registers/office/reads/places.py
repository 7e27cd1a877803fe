"""The books of units, rooms, cabinets and outside bodies."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from baomi.kernel.words import Level, Person
from baomi.registers.filters import flag, of_level, of_row, of_text
from baomi.registers.listing import Book, Column, Order
from baomi.registers.office import load
from baomi.registers.office.reads.people import yes_of
from baomi.registers.office.reads.visible import sees_details, visible_to


def _in_use(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(closed_on=None)


_ENTERED: Final = (
    Order(key="entered", heading="按登记先后", by=("id",)),
    Order(key="newest", heading="新登记的在前", by=("-id",)),
)
_UNIT = Column(
    key="unit", heading="使用单位", reads=("unit__name",), opens="office.unit", opens_by="unit"
)

UNITS: Final = Book(
    name="office.unit",
    title="内设机构名册",
    help="本机关的委（办）室和科室。",
    kind="office.unit",
    rows=lambda actor: visible_to(actor, "office.unit"),
    begin_with=("office.add_unit",),
    is_counted=True,
    columns=(
        Column(key="name", heading="单位", reads=("name",), opens="office.unit", opens_by="id"),
        Column(
            key="within",
            heading="上级单位",
            reads=("within__name",),
            opens="office.unit",
            opens_by="within",
        ),
        Column(key="opened_on", heading="设立日期", reads=("opened_on",), is_narrow=True),
        Column(key="closed_on", heading="撤销日期", reads=("closed_on",), is_narrow=True),
    ),
    orders=(
        Order(key="oldest", heading="按设立日期", by=("opened_on", "id")),
        Order(key="newest", heading="新设立的在前", by=("-opened_on", "-id")),
    ),
    filters=(flag("open", "现有的", _in_use),),
)
OUTSIDE_BODIES: Final = Book(
    name="office.outside_body",
    title="外单位名册",
    help="来文、批准或者接收文件的外单位。",
    kind="office.outside_body",
    rows=lambda actor: visible_to(actor, "office.outside_body"),
    begin_with=("office.add_outside_body",),
    is_counted=True,
    columns=(
        Column(
            key="name",
            heading="单位全称",
            reads=("name",),
            opens="office.outside_body",
            opens_by="id",
        ),
        Column(key="kind", heading="类别", reads=("kind",)),
        Column(
            key="central_or_provincial",
            heading="中央或省级机关",
            reads=("central_or_provincial",),
            word=yes_of("central_or_provincial"),
            is_narrow=True,
        ),
    ),
    orders=_ENTERED,
    filters=(of_text("name", "单位全称", "name__contains"),),
)
ROOMS: Final = Book(
    name="office.room",
    title="房间登记簿",
    help="使用单位、责任人和防护措施。存放涉密文件的房间须有防护措施。",
    kind="office.room",
    rows=lambda actor: visible_to(actor, "office.room"),
    begin_with=("office.add_room",),
    is_counted=True,
    columns=(
        Column(key="name", heading="房间", reads=("name",), opens="office.room", opens_by="id"),
        _UNIT,
        Column(
            key="responsible",
            heading="责任人",
            reads=("responsible__name",),
            opens="office.person",
            opens_by="responsible",
            is_narrow=True,
        ),
        Column(
            key="keeps_papers",
            heading="存放文件",
            reads=("keeps_papers",),
            word=yes_of("keeps_papers"),
            is_narrow=True,
        ),
        Column(key="measures", heading="防护措施", reads=("measures",), only=sees_details),
    ),
    orders=_ENTERED,
    filters=(
        of_row("unit", "使用单位", "unit", "office.unit"),
        flag("keeps_papers", "存放文件的", lambda rows, actor: rows.filter(keeps_papers=True)),
    ),
)
CABINETS: Final = Book(
    name="office.cabinet",
    title="文件柜登记簿",
    help="文件柜所在房间、可存放的最高密级和柜标签。",
    kind="office.cabinet",
    rows=lambda actor: visible_to(actor, "office.cabinet"),
    begin_with=("office.add_cabinet",),
    is_counted=True,
    columns=(
        Column(
            key="name", heading="文件柜", reads=("name",), opens="office.cabinet", opens_by="id"
        ),
        Column(
            key="room",
            heading="所在房间",
            reads=("room__name",),
            opens="office.room",
            opens_by="room",
        ),
        Column(
            key="level",
            heading="最高密级",
            reads=("level",),
            word=lambda row, terms: Level(row["level"]).title,
            is_narrow=True,
        ),
        _UNIT,
        Column(
            key="label",
            heading="柜标签",
            reads=("label_serial",),
            word=lambda row, terms: load.label("K", row["label_serial"]),
            is_narrow=True,
        ),
        Column(key="closed_on", heading="停用日期", reads=("closed_on",), is_narrow=True),
    ),
    orders=(
        Order(key="entered", heading="按登记先后", by=("label_serial",)),
        Order(key="newest", heading="新登记的在前", by=("-label_serial",)),
    ),
    filters=(
        of_level("level", heading="最高密级"),
        of_row("room", "所在房间", "room", "office.room"),
        of_row("unit", "使用单位", "unit", "office.unit"),
        flag("in_use", "在用的", _in_use),
    ),
)
