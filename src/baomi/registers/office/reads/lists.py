"""The register's lists: Chinese headings and the rows that somebody may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from baomi.kernel.labels import make_label
from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person, Post
from baomi.registers.office.reads.visible import sees_details, visible_to

_SEALED = "（已密封）"
_HIDDEN = ""
_STATES = {"active": "在用", "suspended": "停用", "closed": "注销"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it is shown or exported: keys with their headings, and rows of plain values."""

    columns: tuple[tuple[str, str], ...]
    rows: list[tuple[Any, ...]]


Lister = Callable[[Person, Terms], Listing]


def _units(actor: Person, terms: Terms) -> Listing:
    """Units with the unit above and the days of opening and closing."""
    rows = visible_to(actor, "office.unit").order_by("opened_on", "id")
    return _listing(
        {"name": "单位", "within": "上级单位", "opened_on": "设立日期", "closed_on": "撤销日期"},
        rows.values_list("name", "within__name", "opened_on", "closed_on"),
    )


def _people(actor: Person, terms: Terms) -> Listing:
    """People; rank, class, badge and days only for those whose work needs them."""
    details = sees_details(actor)
    rows = visible_to(actor, "office.person").order_by("badge_serial").values()
    names = dict(visible_to(actor, "office.unit").values_list("id", "name"))
    return _listing(
        {
            "name": "姓名",
            "unit": "单位",
            "rank": "职级",
            "personnel_class": "涉密等级",
            "badge": "工牌",
            "joined_on": "到岗日期",
            "left_on": "离岗日期",
            "phone": "联系电话",
            "identity_number": "公民身份号码",
        },
        (
            (row["name"], names[row["unit_id"]], *_details_of(row, terms, shown=details))
            for row in rows
        ),
    )


def _details_of(row: Mapping[str, Any], terms: Terms, *, shown: bool) -> tuple[Any, ...]:
    if not shown:
        return (_HIDDEN,) * 7
    return (
        row["rank"],
        terms.class_title(row["personnel_class"]),
        make_label("P", row["badge_serial"]),
        row["joined_on"],
        row["left_on"],
        _SEALED if row["phone"] else _HIDDEN,
        _SEALED if row["identity_number"] else _HIDDEN,
    )


def _posts(actor: Person, terms: Terms) -> Listing:
    """Who held which post, for which unit, from when to when, by which letter."""
    rows = visible_to(actor, "office.post_holding").order_by("from_on", "id")
    values = rows.values_list(
        "person__name", "post", "unit__name", "from_on", "until_on", "letter", "ex_officio"
    )
    return _listing(
        {
            "person": "姓名",
            "post": "职务",
            "unit": "任职单位",
            "from_on": "任职日期",
            "until_on": "任职至",
            "letter": "任命文号",
            "ex_officio": "兼任",
        },
        (
            (person, terms.post_title(Post(post)), unit, first, last, letter, _yes(carried))
            for person, post, unit, first, last, letter, carried in values
        ),
    )


def _deputations(actor: Person, terms: Terms) -> Listing:
    """Who stands in for whom."""
    rows = visible_to(actor, "office.deputation").order_by("from_on", "id")
    values = rows.values_list(
        "deputy__name", "principal__name", "post", "unit__name", "from_on", "until_on", "ground"
    )
    return _listing(
        {
            "deputy": "代理人",
            "principal": "被代理人",
            "post": "职务",
            "unit": "任职单位",
            "from_on": "代理自",
            "until_on": "代理至",
            "ground": "事由",
        },
        (
            (deputy, principal, terms.post_title(Post(post)), *rest)
            for deputy, principal, post, *rest in values
        ),
    )


def _outside_bodies(actor: Person, terms: Terms) -> Listing:
    """Bodies outside the office."""
    rows = visible_to(actor, "office.outside_body").order_by("name")
    return _listing(
        {"name": "单位全称", "kind": "类别", "central_or_provincial": "中央或省级机关"},
        (
            (name, kind, _yes(high))
            for name, kind, high in rows.values_list("name", "kind", "central_or_provincial")
        ),
    )


def _rooms(actor: Person, terms: Terms) -> Listing:
    """Rooms; the protective measures only for those whose work needs them."""
    details = sees_details(actor)
    rows = visible_to(actor, "office.room").order_by("name")
    values = rows.values_list("name", "unit__name", "responsible__name", "keeps_papers", "measures")
    return _listing(
        {
            "name": "房间",
            "unit": "使用单位",
            "responsible": "责任人",
            "keeps_papers": "存放文件",
            "measures": "防护措施",
        },
        (
            (name, unit, responsible, _yes(keeps), measures if details else _HIDDEN)
            for name, unit, responsible, keeps, measures in values
        ),
    )


def _cabinets(actor: Person, terms: Terms) -> Listing:
    """Cabinets, where they stand, and up to which level they may hold."""
    rows = visible_to(actor, "office.cabinet").order_by("label_serial")
    values = rows.values_list(
        "name", "room__name", "level", "unit__name", "label_serial", "closed_on"
    )
    return _listing(
        {
            "name": "文件柜",
            "room": "所在房间",
            "level": "最高密级",
            "unit": "使用单位",
            "label": "柜标签",
            "closed_on": "停用日期",
        },
        (
            (name, room, Level(level).title, unit, make_label("K", serial), closed)
            for name, room, level, unit, serial, closed in values
        ),
    )


def _accounts(actor: Person, terms: Terms) -> Listing:
    """Accounts: all of them for the three administrators, one's own for everybody else."""
    rows = visible_to(actor, "office.account").order_by("login")
    values = rows.values_list("login", "person__name", "state", "password_set_on")
    return _listing(
        {"login": "登录名", "person": "姓名", "state": "状态", "password_set_on": "口令修改日期"},
        ((login, person, _STATES[state], set_on) for login, person, state, set_on in values),
    )


def _listing(headings: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> Listing:
    return Listing(tuple(headings.items()), list(rows))


def _yes(value: bool) -> str:  # noqa: FBT001 — the value is what is worded
    return "是" if value else "否"


LISTS: Mapping[str, Lister] = {
    "office.unit": _units,
    "office.person": _people,
    "office.post": _posts,
    "office.deputation": _deputations,
    "office.outside_body": _outside_bodies,
    "office.room": _rooms,
    "office.cabinet": _cabinets,
    "office.account": _accounts,
}
