"""What somebody is offered at the left of every page: by his posts, never what he may not open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import NoReverseMatch, reverse

from baomi.kernel.words import Post

if TYPE_CHECKING:
    from baomi.entrypoints.guarding.logged_in import Who

CUSTODIANS: Final = frozenset({Post.REGISTRAR, Post.UNIT_KEEPER})
VERIFIERS: Final = frozenset({Post.REGISTRAR, Post.AUDITOR})
ACCOUNT_KEEPERS: Final = frozenset({Post.SYSTEM_ADMIN})
POST_KEEPERS: Final = frozenset({Post.SECURITY_ADMIN})


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: the view's name, its title, its icon, and for whom (None: everybody)."""

    view: str
    title: str
    icon: str
    posts: frozenset[Post] | None


_ITEMS: Final = (
    Item("home", "工作台", "home", None),
    Item("scan", "扫码台", "barcode", CUSTODIANS),
    Item("registers", "台账", "clipboard-list", None),
    Item("printing", "打印标签", "printer", CUSTODIANS),
    Item("attach_return", "扫描件回收", "upload", CUSTODIANS),
    Item("deeds", "办理", "list-check", None),
    Item("approvals", "审批", "checkbox", None),
    Item("calendar", "日历", "calendar", None),
    Item("import", "导入登记簿", "upload", frozenset({Post.REGISTRAR})),
    Item("accounts", "账号管理", "users", ACCOUNT_KEEPERS),
    Item("posts", "岗位与涉密等级", "id-badge-2", POST_KEEPERS),
    Item("ledger", "台账校验", "shield-check", VERIFIERS),
    Item("refusals", "不予办理记录", "circle-x", frozenset({Post.AUDITOR})),
    Item("rulebook", "制度", "book", None),
    Item("jobs", "后台作业", "clock", None),
    Item("account", "我的账户", "user-circle", None),
)


def menu_of(who: Who) -> tuple[Item, ...]:
    """The entries for somebody, in order."""
    return tuple(
        item
        for item in _ITEMS
        if (item.posts is None or item.posts & who.person.posts) and _there(item.view)
    )


def _there(view: str) -> bool:
    try:
        reverse(view)
    except NoReverseMatch:
        return False
    return True
