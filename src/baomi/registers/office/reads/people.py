"""The books of people, their posts and accounts."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person, PersonnelClass, Post
from baomi.registers.filters import choices, flag, of_row, one_of
from baomi.registers.listing import Book, Choice, Column, Filter, Order, Values
from baomi.registers.office import load
from baomi.registers.office.appointments import NOT_APPOINTED
from baomi.registers.office.reads.visible import sees_details, visible_to

_SEALED = "（已密封）"
_STATES: Final = {"active": "在用", "suspended": "停用", "closed": "注销"}


def yes_of(column: str) -> Any:
    """Whether a column holds: 是 or 否."""
    return lambda row, terms: "是" if row[column] else "否"


def _sealed(column: str) -> Any:
    return lambda row, terms: _SEALED if row[column] else ""


def _post_title(row: Values, terms: Terms) -> str:
    return terms.post_title(Post(row["post"]))


def _class_title(row: Values, terms: Terms) -> str:
    return terms.class_title(row["personnel_class"])


def _posts(terms: Terms) -> list[Choice]:
    offered = (post for post in Post if post not in NOT_APPOINTED)
    return [Choice(code=post.value, title=terms.post_title(post)) for post in offered]


def _classes(terms: Terms) -> list[Choice]:
    return [Choice(code=each.value, title=terms.class_title(each)) for each in PersonnelClass]


def _named(rows: QuerySet[Any], text: str, actor: Person) -> QuerySet[Any]:
    """People by a part of the name, or by the initials' beginning."""
    if text.isascii() and text.isalpha():
        return rows.filter(initials__startswith=text.lower())
    return rows.filter(name__contains=text)


def _in_service(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    today = clock.today()
    return rows.filter(Q(left_on=None) | Q(left_on__gte=today), joined_on__lte=today)


def _standing(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    today = clock.today()
    return rows.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today)


def _unchanged(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(password_set_on=None, state="active")


def person_column(key: str, heading: str) -> Column:
    """Somebody's name, which leads to him."""
    return Column(
        key=key,
        heading=heading,
        reads=(f"{key}__name",),
        opens="office.person",
        opens_by=key,
        is_narrow=True,
    )


UNIT: Final = Column(
    key="unit", heading="任职单位", reads=("unit__name",), opens="office.unit", opens_by="unit"
)
POST: Final = Column(key="post", heading="职务", reads=("post",), word=_post_title)

PEOPLE: Final = Book(
    name="office.person",
    title="人员名册",
    help="本机关的人员、单位和涉密等级。新到的人员，先办理人员登记。",
    kind="office.person",
    rows=lambda actor: visible_to(actor, "office.person"),
    search=_named,
    begin_with=("office.add_person",),
    is_counted=True,
    columns=(
        Column(
            key="name",
            heading="姓名",
            reads=("name",),
            opens="office.person",
            opens_by="id",
            is_narrow=True,
        ),
        Column(
            key="unit", heading="单位", reads=("unit__name",), opens="office.unit", opens_by="unit"
        ),
        Column(key="rank", heading="职级", reads=("rank",), only=sees_details, is_narrow=True),
        Column(
            key="personnel_class",
            heading="涉密等级",
            reads=("personnel_class",),
            word=_class_title,
            only=sees_details,
            is_narrow=True,
        ),
        Column(
            key="badge",
            heading="工牌",
            reads=("badge_serial",),
            word=lambda row, terms: load.label("P", row["badge_serial"]),
            only=sees_details,
            is_narrow=True,
        ),
        Column(
            key="joined_on",
            heading="到岗日期",
            reads=("joined_on",),
            only=sees_details,
            is_narrow=True,
        ),
        Column(
            key="left_on",
            heading="离岗日期",
            reads=("left_on",),
            only=sees_details,
            is_narrow=True,
        ),
        Column(
            key="phone",
            heading="联系电话",
            reads=("phone",),
            word=_sealed("phone"),
            only=sees_details,
            is_shown=False,
        ),
        Column(
            key="same_as",
            heading="同一人的先前登记",
            reads=("same_as__name",),
            opens="office.person",
            opens_by="same_as",
            only=sees_details,
            is_shown=False,
        ),
        Column(
            key="identity_number",
            heading="公民身份号码",
            reads=("identity_number",),
            word=_sealed("identity_number"),
            only=sees_details,
            is_shown=False,
        ),
    ),
    orders=(
        # not by the badge, which not everybody sees: an order's values stand in a page's address
        Order(key="entered", heading="按登记先后", by=("id",)),
        Order(key="newest", heading="新登记的在前", by=("-id",)),
    ),
    filters=(
        of_row("unit", "单位", "unit", "office.unit"),
        Filter(
            key="personnel_class",
            heading="涉密等级",
            kind="choice",
            narrow=lambda rows, code, actor: rows.filter(personnel_class=code),
            choices=_classes,
            only=sees_details,
        ),
        flag("in_service", "在岗的", _in_service, only=sees_details),
    ),
)
POSTS: Final = Book(
    name="office.post",
    title="任职登记簿",
    help="谁任什么职务、自何日至何日、依据哪一份任命文件。",
    kind="office.post_holding",
    rows=lambda actor: visible_to(actor, "office.post_holding"),
    begin_with=("office.appoint",),
    is_counted=True,
    columns=(
        person_column("person", "姓名"),
        POST,
        UNIT,
        Column(key="from_on", heading="任职日期", reads=("from_on",), is_narrow=True),
        Column(key="until_on", heading="任职至", reads=("until_on",), is_narrow=True),
        Column(key="letter", heading="任命文号", reads=("letter",)),
        Column(
            key="ex_officio",
            heading="兼任",
            reads=("ex_officio",),
            word=yes_of("ex_officio"),
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="oldest", heading="按任职日期", by=("from_on", "id")),
        Order(key="newest", heading="新任职的在前", by=("-from_on", "-id")),
    ),
    filters=(
        one_of("post", "职务", "post", _posts),
        of_row("unit", "任职单位", "unit", "office.unit"),
        of_row("person", "姓名", "person", "office.person"),
        flag("standing", "现任的", _standing),
        flag("mine", "本人的", lambda rows, actor: rows.filter(person=actor.id)),
    ),
)
ACCOUNTS: Final = Book(
    name="office.account",
    title="账号登记簿",
    help="登录账号和状态。三员可看全部，其他人员只看本人的。",
    kind="office.account",
    rows=lambda actor: visible_to(actor, "office.account"),
    begin_with=("office.grant_account",),
    is_counted=True,
    columns=(
        Column(
            key="login",
            heading="登录名",
            reads=("login",),
            opens="office.account",
            opens_by="id",
            is_narrow=True,
        ),
        person_column("person", "姓名"),
        Column(
            key="state",
            heading="状态",
            reads=("state",),
            word=lambda row, terms: _STATES[row["state"]],
            is_narrow=True,
        ),
        Column(
            key="password_set_on",
            heading="口令修改日期",
            reads=("password_set_on",),
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="granted", heading="按开通先后", by=("id",)),
        Order(key="newest", heading="新开通的在前", by=("-id",)),
    ),
    filters=(
        one_of("state", "状态", "state", choices(_STATES)),
        flag("unchanged", "一次性口令还未修改的", _unchanged),
        of_row("person", "姓名", "person", "office.person"),
        flag("mine", "本人的", lambda rows, actor: rows.filter(person=actor.id)),
    ),
)
