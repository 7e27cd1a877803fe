"""The pages of a person, his posts, deputations and account, and of a duty."""

from __future__ import annotations

from typing import Final

from baomi.entrypoints.web.panels.panel import Face, Head, Seen, rows_of

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
    return Head(number=number, whereabouts=f"{seen.cell('post')}，{days}")


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
DEPUTATION: Final = Face(head=_deputation)
ACCOUNT: Final = Face(head=_account, left_out=frozenset({"login"}))
DUTY: Final = Face(head=_duty, left_out=frozenset({"id", "title", "mine"}))
