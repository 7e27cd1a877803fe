"""What a text means to somebody: a name, initials, a badge, a cabinet's label, an id.

What names nobody, or what one may not see, is unknown in the same words; what names several is
asked about, never guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.labels import LabelError
from baomi.kernel.spelling import fold, squeeze
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.office import load, models
from baomi.registers.office.reads.visible import visible_to

_UNKNOWN = {
    "office.unit": "没有这个单位，请核对名称",
    "office.person": "查无此人，请核对姓名、拼音首字母或工牌",
    "office.post_holding": "没有这项任职，请写 姓名/职务代码，如 张伟/registrar",
    "office.deputation": "没有这项代理，请写代理人的姓名",
    "office.outside_body": "没有这个外单位，请核对全称",
    "office.room": "没有这个房间，请核对名称",
    "office.cabinet": "没有这个文件柜，请核对名称或柜标签",
    "office.account": "没有这个账号，请核对登录名或姓名",
}
_LABELLED = {"office.person": ("P", "badge_serial"), "office.cabinet": ("K", "label_serial")}
_COUNTS = {2: "两", 3: "三", 4: "四", 5: "五"}
_LONGEST = 200


def find(actor: Person, kind: str, text: str) -> UUID:
    """The row that a text means to somebody. Raises ``BadInput``: unknown, or which of several."""
    typed = unicodedata.normalize("NFC", text.strip())
    rows = visible_to(actor, kind)
    if not typed or len(typed) > _LONGEST:
        raise BadInput(_UNKNOWN[kind])
    key = _as_id(typed)
    if key is not None:
        return _only(kind, list(rows.filter(id=key).values_list("id", flat=True)))
    if kind in _LABELLED and squeeze(typed).upper().startswith("BM"):
        return _by_label(kind, rows, typed)
    return _BY_NAME[kind](actor, rows, typed)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _only(kind: str, found: Sequence[UUID]) -> UUID:
    if not found:
        raise BadInput(_UNKNOWN[kind])
    return found[0]


def _by_label(kind: str, rows: QuerySet[Any], typed: str) -> UUID:
    letter, column = _LABELLED[kind]
    try:
        label = load.label_in(typed)
    except LabelError as wrong:
        raise BadInput(str(wrong)) from None
    if label.kind != letter:
        raise BadInput(_UNKNOWN[kind])
    found = list(rows.filter(**{column: label.serial}).values_list("id", flat=True))
    lost = models.BadgeRecord.objects.filter(kind="blocked", serial=label.serial)
    if letter == "P" and not found and lost.exists():
        raise BadInput("这张工牌已挂失，请交还保密员，改用新工牌")
    return _only(kind, found)


def _person(actor: Person, rows: QuerySet[Any], typed: str) -> UUID:
    name, _, unit = squeeze(typed).partition("@")
    candidates = rows.filter(unit=find(actor, "office.unit", unit)) if unit else rows
    here = _in_service(candidates)
    for found in (_named(here, name), _by_initials(here, name), _named(candidates, name)):
        if len(found) > 1:
            raise BadInput(_which_of(name, found))
        if found:
            return UUID(str(found[0]["id"]))
    raise BadInput(_UNKNOWN["office.person"])


def _in_service(rows: QuerySet[Any]) -> QuerySet[Any]:
    today = clock.today()
    return rows.filter(Q(left_on=None) | Q(left_on__gte=today), joined_on__lte=today)


_PERSON_COLUMNS = ("id", "name", "unit__name", "badge_serial")


def _named(rows: QuerySet[Any], name: str) -> list[dict[str, Any]]:
    exact = list(rows.filter(name=name).order_by("badge_serial").values(*_PERSON_COLUMNS))
    if exact:
        return exact
    # full-width letters, spaces and middle dots differ from book to book: compared as ink
    wanted = fold(name)
    near = rows.order_by("badge_serial").values(*_PERSON_COLUMNS)
    return [row for row in near if fold(row["name"]) == wanted] if wanted else []


def _by_initials(rows: QuerySet[Any], text: str) -> list[dict[str, Any]]:
    if not (text.isascii() and text.isalpha()):
        return []
    found = rows.filter(initials=text.lower()).order_by("badge_serial")
    return list(found.values(*_PERSON_COLUMNS))


def _which_of(name: str, found: Sequence[Mapping[str, Any]]) -> str:
    count = _COUNTS.get(len(found), str(len(found)))
    names = {row["name"] for row in found}
    units = [row["unit__name"] for row in found]
    if len(names) > 1:
        choices = "、".join(f"{row['name']}（{row['unit__name']}）" for row in found)
        return f"“{name}”对应{count}个人：{choices}，请写全姓名"
    if len(set(units)) == len(units):
        shown = found[0]["name"]
        return f"有{count}位{shown}：{'、'.join(units)}，请写明单位，如 {shown}@{units[0]}"
    badges = "、".join(
        f"{row['unit__name']} {load.label('P', row['badge_serial'])}" for row in found
    )
    return f"有{count}位{found[0]['name']}：{badges}，请扫描或填写工牌"


def _unit(actor: Person, rows: QuerySet[Any], typed: str) -> UUID:
    units = list(rows.order_by("closed_on", "id").values_list("id", "name", "closed_on"))
    wanted = fold(typed)
    found = [row for row in units if fold(row[1]) == wanted]
    standing = [row for row in found if row[2] is None]
    return _only("office.unit", [row[0] for row in standing or found])


def _by_column(kind: str, column: str, actor: Person, rows: QuerySet[Any], typed: str) -> UUID:
    found = list(rows.filter(**{column: typed}).values_list("id", flat=True))
    if not found:
        wanted = fold(typed)
        near = rows.values_list("id", column)
        found = [key for key, text in near if fold(text) == wanted]
    return _only(kind, found)


def _account(actor: Person, rows: QuerySet[Any], typed: str) -> UUID:
    login = squeeze(typed).casefold()
    found = list(rows.filter(login=login).values_list("id", flat=True))
    if not found:
        try:
            person = find(actor, "office.person", typed)
        except BadInput as fault:
            several = fault.sentence != _UNKNOWN["office.person"]
            raise (fault if several else BadInput(_UNKNOWN["office.account"])) from None
        found = list(rows.filter(person=person).values_list("id", flat=True))
    return _only("office.account", found)


def _holding(actor: Person, rows: QuerySet[Any], typed: str) -> UUID:
    who, _, post_and_unit = typed.partition("/")
    post, _, unit = post_and_unit.partition("@")
    today = clock.today()
    standing = rows.filter(
        Q(until_on=None) | Q(until_on__gte=today), person=find(actor, "office.person", who)
    )
    if post:
        standing = standing.filter(post=post.strip().lower())
    if unit:
        standing = standing.filter(unit=find(actor, "office.unit", unit))
    found = list(standing.order_by("from_on", "id").values("id", "post", "unit__name"))
    if len(found) > 1:
        choices = "、".join(
            f"{row['post']}@{row['unit__name']}" if row["unit__name"] else row["post"]
            for row in found
        )
        raise BadInput(
            f"{who.strip()}有几项任职：{choices}，请写明，如 {who.strip()}/{found[0]['post']}"
        )
    return _only("office.post_holding", [row["id"] for row in found])


def _deputation(actor: Person, rows: QuerySet[Any], typed: str) -> UUID:
    standing = rows.filter(
        deputy=find(actor, "office.person", typed), until_on__gte=clock.today()
    ).order_by("from_on", "id")
    found = list(standing.values("id", "post", "principal__name"))
    if len(found) > 1:
        choices = "、".join(f"代{row['principal__name']} {row['id']}" for row in found)
        raise BadInput(f"这个人有几项代理：{choices}，请填写代理的编号")
    return _only("office.deputation", [row["id"] for row in found])


_BY_NAME: Mapping[str, Callable[[Person, QuerySet[Any], str], UUID]] = {
    "office.unit": _unit,
    "office.person": _person,
    "office.post_holding": _holding,
    "office.deputation": _deputation,
    "office.outside_body": partial(_by_column, "office.outside_body", "name"),
    "office.room": partial(_by_column, "office.room", "name"),
    "office.cabinet": partial(_by_column, "office.cabinet", "name"),
    "office.account": _account,
}


def _picker(kind: str) -> Callable[[Person, str], UUID]:
    def pick(actor: Person, text: str) -> UUID:
        return find(actor, kind, text)

    return pick


PICKERS: Mapping[str, Callable[[Person, str], UUID]] = {kind: _picker(kind) for kind in _BY_NAME}
