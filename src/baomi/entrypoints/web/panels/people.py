"""The pages of a person, his posts, deputations and account, and of a duty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from baomi.engine.face.reading import books
from baomi.entrypoints.web.panels.panel import Face, Head, Panel, Seen, rows_of, rows_within
from baomi.registers.office import load as office
from baomi.registers.office.reads.visible import sees_details

_HELD: Final = ("registered_number", "copy_number", "title", "level", "state", "purpose", "since")


def _person(seen: Seen) -> Head:
    left = seen.cell("left_on")
    gone = f"，{left.isoformat()} 离岗" if left else ""
    return Head(number=seen.cell("name"), whereabouts=f"{seen.cell('unit')}{gone}")


def _holding(seen: Seen) -> Head:
    until = seen.cell("until_on")
    since = f"自 {seen.cell('from_on').isoformat()} 起"
    till = f"，至 {until.isoformat()}" if until else ""
    return Head(
        number=f"{seen.cell('person')}　{seen.cell('unit') or ''}{seen.cell('post')}",
        whereabouts=f"{since}{till}",
    )


def _deputation(seen: Seen) -> Head:
    days = f"{seen.cell('from_on').isoformat()} 至 {seen.cell('until_on').isoformat()}"
    number = f"{seen.cell('deputy')} 代 {seen.cell('principal')}"
    stands = seen.cell("stands")
    return Head(
        number=number,
        whereabouts=f"{seen.cell('unit') or ''}{seen.cell('post')}，{days}，{stands}",
        is_late=stands.endswith("失效"),
    )


def _account(seen: Seen) -> Head:
    return Head(
        number=seen.cell("login"),
        whereabouts=f"{seen.cell('person')}，{seen.cell('state')}",
        is_late=seen.cell("state") != "在用",
    )


def _duty(seen: Seen) -> Head:
    late = seen.cell("overdue_days")
    state = f"{seen.cell('due_on').isoformat()} 前办完，{seen.cell('state')}"
    overdue = f"，逾期 {late} 天" if late else ""
    return Head(
        number=seen.cell("title"),
        whereabouts=f"责任人：{seen.cell('owner')}；{state}{overdue}",
        is_late=bool(late),
    )


def _stood_in(by: str, title: str, empty: str) -> Callable[[Seen], Panel]:
    other = "principal" if by == "deputy" else "deputy"
    columns = (other, "post", "unit", "from_on", "until_on", "stands")
    return rows_of("office.deputation", title, by, columns=columns, empty=empty)


def _same_human(seen: Seen) -> Panel | None:
    """The other rows of the same human being, for those who see such details."""
    if not sees_details(seen.who.person):
        return None
    book = books()["office.person"]
    others = [key for key in office.rows_of_human(seen.key) if key != seen.key]
    columns = ("name", "unit", "joined_on", "left_on")
    return (
        rows_within(book, seen, "同一人的其他登记", columns=columns, id__in=others)
        if others
        else None
    )


PERSON: Final = Face(
    head=_person,
    left_out=frozenset({"name", "unit"}),
    panels=(
        rows_of(
            "office.post",
            "任职",
            "person",
            columns=("post", "unit", "from_on", "until_on", "letter", "ex_officio"),
            empty="没有任职。",
        ),
        _stood_in("deputy", "代理他人", "没有代理他人。"),
        _stood_in("principal", "由他人代理", "没有由他人代理。"),
        _same_human,
        rows_of(
            "custody.copy",
            "持有的文件",
            "holder",
            columns=_HELD,
            empty="没有持有文件，或者您无权查看。",
        ),
        rows_of(
            "office.account",
            "账号",
            "person",
            columns=("login", "state", "password_set_on"),
            empty="没有账号，或者您无权查看。",
        ),
    ),
)
HOLDING: Final = Face(head=_holding, left_out=frozenset({"post"}))
DEPUTATION: Final = Face(head=_deputation, left_out=frozenset({"stands"}))
ACCOUNT: Final = Face(head=_account, left_out=frozenset({"login"}))
DUTY: Final = Face(head=_duty, left_out=frozenset({"id", "title", "mine"}))
