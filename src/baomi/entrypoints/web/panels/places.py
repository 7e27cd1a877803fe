"""The pages of units, rooms, cabinets and outside bodies."""

from __future__ import annotations

from typing import Final

from baomi.entrypoints.web.panels.panel import Face, Head, Seen, rows_of


def _unit(seen: Seen) -> Head:
    closed, within = seen.cell("closed_on"), seen.cell("within")
    told = (f"属于{within}" if within else "", f"{closed.isoformat()} 撤销" if closed else "")
    return Head(number=seen.cell("name"), whereabouts="，".join(filter(None, told)))


def _room(seen: Seen) -> Head:
    told = f"{seen.cell('unit')}使用，责任人 {seen.cell('responsible')}"
    return Head(number=seen.cell("name"), whereabouts=told)


def _cabinet(seen: Seen) -> Head:
    closed = seen.cell("closed_on")
    gone = f"，{closed.isoformat()} 停用" if closed else ""
    return Head(
        number=seen.cell("name"),
        level=seen.cell("level"),
        whereabouts=f"在{seen.cell('room')}，{seen.cell('unit')}使用{gone}",
    )


def _outside_body(seen: Seen) -> Head:
    return Head(number=seen.cell("name"), whereabouts=seen.cell("kind"))


UNIT: Final = Face(
    head=_unit,
    left_out=frozenset({"name"}),
    panels=(
        rows_of("office.person", "人员", "unit", columns=("name", "rank", "personnel_class")),
        rows_of(
            "office.post",
            "任职",
            "unit",
            columns=("person", "post", "from_on", "until_on"),
            standing="yes",
        ),
        rows_of("office.room", "房间", "unit", columns=("name", "responsible", "keeps_papers")),
        rows_of("office.cabinet", "文件柜", "unit", columns=("name", "room", "level")),
    ),
)
ROOM: Final = Face(
    head=_room,
    left_out=frozenset({"name"}),
    panels=(
        rows_of("office.cabinet", "房间里的文件柜", "room", columns=("name", "level", "label")),
    ),
)
CABINET: Final = Face(
    head=_cabinet,
    left_out=frozenset({"name", "level"}),
    panels=(
        rows_of(
            "custody.copy",
            "柜内的文件",
            "cabinet",
            columns=("registered_number", "copy_number", "title", "level", "since"),
            empty="柜内没有文件，或者您无权查看。",
        ),
    ),
)
OUTSIDE_BODY: Final = Face(head=_outside_body, left_out=frozenset({"name"}))
