"""The books of pledges (责任书) and of who oversees which unit (分管)."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from baomi.registers.filters import choices, flag, of_row, of_year, one_of
from baomi.registers.governance.facts import Role
from baomi.registers.governance.reads import visible
from baomi.registers.governance.reads.columns import day, person, standing, text, unit
from baomi.registers.listing import Book, Column, Order

ROLES: Final = {each.value: each.word for each in Role}

PLEDGES: Final = Book(
    name="governance.pledge",
    title="保密责任书登记簿",
    help="领导与委（办）室负责人每年的保密责任书。先拟订、印出，双方签字后登记签订。",
    kind="governance.pledge",
    rows=visible.pledges,
    is_counted=True,
    written_in="oldest",
    begin_with=("governance.draw_up_pledge",),
    columns=(
        Column(
            key="year",
            heading="年度",
            reads=("year",),
            opens="governance.pledge",
            opens_by="id",
            is_narrow=True,
        ),
        unit("unit", "委（办）室"),
        person("head", "委（办）室负责人"),
        day("head_signed_on", "负责人签字日期"),
        person("leader", "签订领导"),
        text("leader_post", "领导职务"),
        Column(
            key="role",
            heading="领导的责任",
            reads=("role",),
            word=lambda row, terms: ROLES[row["role"]],
        ),
        day("leader_signed_on", "领导签字日期"),
        text("text_version", "文本版本"),
        text("copies", "一式份数"),
        text("place", "存放处"),
        day("recorded_on", "登记日期"),
        person("recorded_by", "登记人"),
        day("drawn_up_on", "拟订日期"),
        person("drawn_up_by", "拟订人"),
        day("cancelled_on", "作废日期"),
        text("cancelled_because", "作废理由", is_shown=False),
    ),
    orders=(
        Order(key="newest", heading="近年在前", by=("-year", "-id")),
        Order(key="oldest", heading="早年在前", by=("year", "id")),
    ),
    filters=(
        of_year("year", "年度", "year"),
        flag("signed", "已经签订的", lambda rows, actor: rows.exclude(recorded_on=None)),
        flag(
            "waiting",
            "还没有签订的",
            lambda rows, actor: rows.filter(recorded_on=None, cancelled_on=None),
        ),
        one_of("role", "领导的责任", "role", choices(ROLES)),
        of_row("unit", "委（办）室", "unit", "office.unit"),
        of_row("leader", "签订领导", "leader", "office.person"),
        of_row("head", "委（办）室负责人", "head", "office.person"),
        flag(
            "mine",
            "本人签订的",
            lambda rows, actor: rows.filter(Q(leader=actor.id) | Q(head=actor.id)),
        ),
    ),
)
OVERSIGHTS: Final = Book(
    name="governance.oversight",
    title="领导分管登记簿",
    help="领导班子成员各自主管哪个委（办）室、自何日至何日。",
    kind="governance.oversight",
    rows=visible.oversights,
    is_counted=True,
    written_in="oldest",
    begin_with=("governance.assign_oversight",),
    columns=(
        Column(
            key="from_on",
            heading="分管自",
            reads=("from_on",),
            opens="governance.oversight",
            opens_by="id",
            is_narrow=True,
        ),
        day("until_on", "分管至"),
        person("leader", "分管领导"),
        unit("unit", "分管单位"),
        text("scope", "分管业务"),
        text("letter", "分工文号"),
        person("recorded_by", "登记人"),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-from_on", "-id")),
        Order(key="oldest", heading="早的在前", by=("from_on", "id")),
    ),
    filters=(
        of_row("leader", "分管领导", "leader", "office.person"),
        of_row("unit", "分管单位", "unit", "office.unit"),
        flag("standing", "现在分管的", standing),
    ),
)
