"""How a duty stands, in words: coming, due today, overdue by so many days, done in time or late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from baomi.kernel.calendar import is_uncertain
from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person, Post
from baomi.registers.custody import load as custody
from baomi.registers.duties.reads.visible import overdue_days, reported_as_far_as
from baomi.registers.office.load import people_stood_in_for

VACANT: Final = "（岗位空缺）"
LEFT: Final = "（已离岗）"
STATES: Final = {"open": "未办", "done": "已办", "void": "已撤销", "waived": "免办"}
UNCERTAIN: Final = "该年放假安排尚未登记，日期可能变动"
Row = dict[str, Any]


def fill_in(rows: list[Row], actor: Person, terms: Terms) -> None:
    """Who owes each, what it speaks of, whether it is the reader's own, how it stands."""
    day = clock.today()
    holders = _holders({row["owner_post"] for row in rows if not row["owner"]}, day)
    names = _names({row["owner"] for row in rows if row["owner"]}, day)
    matters = custody.references({row["subject"] for row in rows})
    sees_copies = actor.in_service and Post.REGISTRAR in actor.posts
    for row in rows:
        row["mine"] = _is_own(row, actor)
        is_seen = sees_copies or (row["mine"] and row["state"] == "open")
        row["names"] = names.get(row["owner"], "") if row["owner"] else _held_by(row, holders)
        named = matters.get(row["subject"], "")
        row["matter"] = named or row["about"]
        row["copy"] = row["subject"] if named and is_seen else None
        row["overdue"] = overdue_days(row["due_on"], row["state"], day)
        row["stands"] = stands(row, day, terms)
        row["reported"] = _reported(row, terms)
        row["uncertain"] = _uncertain(row, terms)


def stands(row: Mapping[str, Any], day: date, terms: Terms) -> str:
    """Where a duty is: never stored, so that no clock has to turn it."""
    state, due = row["state"], row["due_on"]
    if state == "done":
        return "按期办结" if row["closed_on"] <= due else "逾期办结"
    if state != "open":
        return STATES[state]
    left = (due - day).days
    if left < 0:
        return f"逾期 {-left} 天"
    if left == 0:
        return "今日到期"
    return "近期到期" if left <= terms.number("duty_lead_days") else "未到期"


def _reported(row: Mapping[str, Any], terms: Terms) -> str:
    if not row["overdue"]:
        return ""
    post = reported_as_far_as(row["overdue"], terms)
    return terms.post_title(post) if post else ""


def _uncertain(row: Mapping[str, Any], terms: Terms) -> str:
    counted, days = row["counted_from"], row["due_workdays"]
    if row["state"] != "open" or counted is None:
        return ""
    return UNCERTAIN if is_uncertain(row["due_on"], counted, days, terms.calendar) else ""


def _holders(posts: set[str], day: date) -> list[tuple[str, UUID | None, str]]:
    """Post, unit and name of whoever holds one of some posts."""
    if not posts:
        return []
    on_day = Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))
    rows = apps.get_model("office", "PostHolding").objects.filter(on_day, post__in=posts)
    return list(rows.values_list("post", "unit", "person__name"))


def _held_by(row: Mapping[str, Any], holders: list[tuple[str, UUID | None, str]]) -> str:
    """Who holds the post to which the duty falls; a vacant post says so."""
    names = {
        name
        for post, unit, name in holders
        if post == row["owner_post"] and row["owner_unit"] in (None, unit)
    }
    return "、".join(sorted(names)) or VACANT


def _is_own(row: Mapping[str, Any], actor: Person) -> bool:
    if row["owner"]:
        return row["owner"] == actor.id or row["owner"] in people_stood_in_for(actor)
    units = actor.keeps_for | {actor.unit}
    return row["owner_post"] in actor.posts and row["owner_unit"] in (None, *units)


def _names(people: set[UUID], day: date) -> Mapping[UUID, str]:
    rows = apps.get_model("office", "Person").objects.filter(id__in=people)
    return {
        key: f"{name}{LEFT}" if left_on is not None and left_on < day else name
        for key, name, left_on in rows.values_list("id", "name", "left_on")
    }
