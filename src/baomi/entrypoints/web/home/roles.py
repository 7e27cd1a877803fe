"""Who sees what on his home page, and what he does first: the more urgent office stands higher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from baomi.entrypoints.web.home.declared import Role, Step
from baomi.kernel.words import Post

_REPORTED: Final = Step(
    tile="reported", text="有 {} 项逾期上报到您这里，先催办", button="列出逾期的", is_late=True
)
_NOTHING_TO_DECIDE: Final = Step(
    tile="",
    text="没有等您决定的，也没有上报的逾期；要查已经决定的，打开审批",
    button="打开审批",
    view="approvals",
)
REGISTRAR: Final = Role(
    tiles=(
        *("due_today", "overdue", "unsigned", "granted", "outings", "outings_late"),
        *("unstored", "missing"),
    ),
    panels=("due_today", "granted", "outings", "unsigned"),
    steps=(
        Step(
            tile="overdue", text="有 {} 份文件逾期未还，先催还", button="列出逾期的", is_late=True
        ),
        Step(
            tile="outings_late",
            text="有 {} 次携带外出逾期没有带回，先催",
            button="列出逾期的",
            is_late=True,
        ),
        Step(tile="missing", text="有 {} 份文件下落不明，先查找", button="列出这些", is_late=True),
        Step(tile="granted", text="有 {} 件已经批准，等您办理", button="列出这些"),
        Step(tile="due_today", text="有 {} 份文件到期，今天收回", button="打开扫码台", view="scan"),
        Step(tile="unsigned", text="有 {} 张交接清单没有签字确认", button="列出这些"),
        Step(tile="unstored", text="有 {} 份文件还没有入柜", button="列出这些"),
    ),
    otherwise=Step(
        tile="", text="收文、交阅、收回都从扫码台开始", button="打开扫码台", view="scan"
    ),
)
KEEPER: Final = Role(
    tiles=("lent", "held"),
    panels=("lent", "standing_in"),
    steps=(
        Step(tile="lent", text="您交出的 {} 份文件还没有收回", button="打开扫码台", view="scan"),
    ),
    otherwise=Step(
        tile="", text="为本单位交阅、收回文件，从扫码台开始", button="打开扫码台", view="scan"
    ),
)
ARCHIVIST: Final = Role(
    tiles=("consulted", "consulted_late", "archived"),
    panels=("consulted",),
    steps=(
        Step(
            tile="consulted_late",
            text="有 {} 件查阅的档案逾期没有归还，先催还",
            button="列出逾期的",
            is_late=True,
        ),
        Step(tile="consulted", text="有 {} 件档案正在查阅，当日收回", button="列出这些"),
    ),
    otherwise=Step(
        tile="",
        text="没有在外的档案。有文件移交档案室时，先办归档",
        button="归档",
        view="deed",
        args=("custody.put_into_archive",),
    ),
)
DIRECTOR: Final = Role(
    tiles=("decisions", "reported", "vacant", "pledges", "plan", "summary"),
    panels=("reported", "vacant", "pledges"),
    steps=(
        _REPORTED,
        Step(
            tile="vacant", text="有 {} 个职务空缺，先提请补任", button="看空缺的职务", is_late=True
        ),
        Step(tile="pledges", text="有 {} 份责任书已拟订，还没有签订", button="列出这些"),
    ),
    otherwise=_NOTHING_TO_DECIDE,
)
LEADER: Final = Role(
    tiles=("decisions", "reported", "vacant", "my_pledges", "plan", "summary"),
    panels=("reported", "vacant"),
    steps=(
        _REPORTED,
        Step(tile="vacant", text="有 {} 个职务空缺", button="看空缺的职务"),
    ),
    otherwise=_NOTHING_TO_DECIDE,
)
CLASSIFIER: Final = Role(
    tiles=("decisions",),
    otherwise=_NOTHING_TO_DECIDE,
)
UNIT_HEAD: Final = Role(
    tiles=("decisions", "reported", "my_pledges"),
    panels=("reported", "my_pledges"),
    steps=(
        Step(
            tile="reported",
            text="本单位有 {} 项逾期，先催办",
            button="列出逾期的",
            is_late=True,
        ),
        Step(
            tile="my_pledges",
            text="您的保密责任书已经拟订，请签字",
            button="看责任书",
            is_late=True,
        ),
    ),
    otherwise=_NOTHING_TO_DECIDE,
)
PERSONNEL: Final = Role(
    tiles=("unpledged", "pledges", "leavers"),
    panels=("unpledged", "pledges", "leavers"),
    steps=(
        Step(tile="pledges", text="有 {} 份责任书等待签订", button="列出这些"),
        Step(
            tile="unpledged",
            text="有 {} 位负责人没有责任书，先拟订",
            button="拟订责任书",
            view="deed",
            args=("governance.draw_up_pledge",),
        ),
    ),
    otherwise=Step(
        tile="",
        text="有人到岗、离岗、调动时，先在这里登记",
        button="登记人员",
        view="deed",
        args=("office.add_person",),
    ),
)
SYSTEM_ADMIN: Final = Role(
    tiles=("backup", "jobs", "accounts", "suspended", "unchanged", "sealed"),
    panels=("unchanged", "exports"),
    steps=(
        Step(
            tile="backup",
            text="七天内没有备份，先备份：在服务器上运行 baomi backup",
            button="看备份记录",
            view="accounts",
            is_late=True,
        ),
    ),
    otherwise=Step(
        tile="",
        text="备份没有过期。要开通账号、重置口令的，先办",
        button="打开账号管理",
        view="accounts",
    ),
)
SECURITY_ADMIN: Final = Role(
    tiles=("vacant", "ending", "suspended", "unchanged", "sealed"),
    panels=("vacant", "ending", "suspended", "deputations"),
    steps=(
        Step(
            tile="vacant",
            text="有 {} 个职务空缺：任命文件一到，先办任职",
            button="任职",
            view="deed",
            args=("office.appoint",),
            is_late=True,
        ),
        Step(tile="ending", text="有 {} 项代理快到期，先问是否延长", button="看快到期的"),
        Step(tile="suspended", text="有 {} 个账号停用，查明后恢复", button="列出这些"),
    ),
    otherwise=Step(
        tile="",
        text="没有空缺的职务。有任命、请假、调整涉密等级的，先登记",
        button="打开岗位与涉密等级",
        view="posts",
    ),
)
AUDITOR: Final = Role(
    tiles=("refusals", "verified", "sealed", "exports", "unchanged"),
    panels=("refusals", "exports"),
    steps=(
        Step(
            tile="verified",
            text="近日没有校验过台账，先校验",
            button="打开台账校验",
            view="ledger",
            is_late=True,
        ),
        Step(
            tile="refusals",
            text="近七日有 {} 次不予办理，逐条看原因",
            button="看不予办理记录",
            view="refusals",
        ),
    ),
    otherwise=Step(
        tile="", text="近七日没有不予办理的。可看台账校验", button="打开台账校验", view="ledger"
    ),
)
READER: Final = Role(
    tiles=("held", "handled", "asked"),
    panels=("handled", "asked", "standing_in"),
    steps=(
        Step(tile="held", text="您手中有 {} 份文件，用完交回", button="看手中的文件"),
        Step(tile="asked", text="您有 {} 件报批还没有决定", button="看我的报批"),
    ),
    otherwise=Step(
        tile="",
        text="没有要交回的。起草了文件先登记，要携带外出、查阅档案先报批",
        button="打开办理",
        view="deeds",
    ),
)

# the order is that of urgency where somebody holds several posts
ROLES: Final[tuple[tuple[frozenset[Post], Role], ...]] = (
    (frozenset({Post.REGISTRAR}), REGISTRAR),
    (frozenset({Post.UNIT_KEEPER}), KEEPER),
    (frozenset({Post.ARCHIVIST}), ARCHIVIST),
    (frozenset({Post.OFFICE_DIRECTOR}), DIRECTOR),
    (
        frozenset(
            {
                *(Post.SECRETARY_GENERAL, Post.GROUP_LEADER, Post.DEPUTY_GROUP_LEADER),
                *(Post.SECRECY_LEADER, Post.LEADER, Post.UNIT_LEADER_IN_CHARGE),
            }
        ),
        LEADER,
    ),
    (frozenset({Post.UNIT_HEAD}), UNIT_HEAD),
    (
        frozenset({Post.STATUTORY_CLASSIFIER, Post.DESIGNATED_CLASSIFIER, Post.SECTION_HEAD}),
        CLASSIFIER,
    ),
    (frozenset({Post.SECURITY_ADMIN}), SECURITY_ADMIN),
    (frozenset({Post.SYSTEM_ADMIN}), SYSTEM_ADMIN),
    (frozenset({Post.AUDITOR}), AUDITOR),
    (frozenset({Post.PERSONNEL}), PERSONNEL),
    (frozenset(Post), READER),  # drafters, classified persons, finance, secretariat, everybody
)
DECIDERS: Final = (DIRECTOR, LEADER, UNIT_HEAD, CLASSIFIER)
ADMINISTRATORS: Final = (SYSTEM_ADMIN, SECURITY_ADMIN, AUDITOR)
# what posts without a book of their own are told, instead of an empty page
PLAIN_POSTS: Final[Mapping[Post, str]] = {
    Post.FINANCE: "财务室的应办事项和手中的文件列在这里；本岗位没有单独的登记簿。",
    Post.SECRETARIAT: "秘书科的应办事项和手中的文件列在这里；本岗位没有单独的登记簿。",
}


def roles_of(posts: frozenset[Post]) -> tuple[Role, ...]:
    """The roles of somebody, the most urgent first. An administrator is nothing besides."""
    found = [role for holders, role in ROLES if holders & posts]
    if any(role in ADMINISTRATORS for role in found):
        found = [role for role in found if role is not READER]
    return tuple(found)
