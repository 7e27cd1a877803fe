"""X3 How an approval is given: by who must, by nobody on his own matter, by nobody in two posts.

Beyond the paper, which names who approves and leaves open how: the two-person rule of the field.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.calendar import Workdays
from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.registers.approvals.facts import (
    STATES,
    ApprovalIsAsked,
    ApprovalIsDecided,
    ConsentIsRecorded,
    NeedIsOpened,
    NeedIsSettled,
    RequestIsWithdrawn,
)

clause = Clause("X3", "审批的办理", in_force_since=date(2020, 12, 24))


@clause.a.guard("由制度规定的岗位审批")
def decider_holds_the_post(it: ApprovalIsDecided, deed: Deed[Any]) -> Refusal | None:
    """Who holds the post that decides now, or stands in for its holder by recorded deputation."""
    if it.own_post or it.stands_in_for or _is_about_himself(it) or _decided_already(it):
        return None
    if it.need.state != "waiting":  # nobody decides on it any more
        return None
    post = it.now_decides.vacant or it.now_decides.post
    title = deed.terms.post_title(post)
    if it.now_decides.vacant is not None:
        return clause.a.refuse(
            f"这件事须由{title}决定，该职务现在空缺",
            remedy=f"先任命{title}，再决定",
            remedy_action="office.appoint",
        )
    return clause.a.refuse(f"这件事须由{title}决定", remedy=f"请{title}决定")


@clause.b.guard("不审批本人的申请和与本人有关的事项")
def nobody_decides_on_his_own_matter(it: ApprovalIsDecided, deed: Deed[Any]) -> Refusal | None:
    """Neither the asker, nor whom it is about, nor whoever stands in for one of them."""
    if not _is_about_himself(it):
        return None
    title = deed.terms.post_title(it.now_decides.post)
    return clause.b.refuse(
        "本人不得批准自己的申请，也不得批准与本人有关的事项",
        remedy=f"由{title}决定",
    )


@clause.c.guard("同一报批单上一人只以一个职务审批")
def nobody_decides_twice(it: ApprovalIsDecided, deed: Deed[Any]) -> Refusal | None:
    """Who decided in one post does not decide in another, under whatever account."""
    if not _decided_already(it):
        return None
    return clause.c.refuse(
        "您已经以另一职务审批过这份报批单，不能一人以两个职务审批",
        remedy=f"由{deed.terms.post_title(it.now_decides.post)}决定",
    )


@clause.d.guard("不同意、退回的写明理由")
def reason_is_given(it: ApprovalIsDecided, deed: Deed[Any]) -> Refusal | None:
    """Who asked must learn why not."""
    if it.verdict == "agree" or it.reason.strip():
        return None
    return clause.d.refuse("不同意或退回修改的，须写明理由", remedy="在“意见”里写明理由")


@clause.e.guard("只审批待审批的报批单")
def request_waits_for_a_decision(it: ApprovalIsDecided, deed: Deed[Any]) -> Refusal | None:
    """Not what was decided, withdrawn, or has waited too long."""
    if it.request.expired:
        return clause.e.refuse("这份报批单等待过久，已经失效", remedy="请报批人核对情况后重新报批")
    if it.need.state == "waiting":
        return None
    return clause.e.refuse(
        f"这份报批单{STATES[it.need.state]}，不用再审批", remedy="如要改变，请重新报批"
    )


@clause.f.guard("只撤回本人的、还没有办理的报批")
def request_is_withdrawn_by_its_asker(it: RequestIsWithdrawn, deed: Deed[Any]) -> Refusal | None:
    """And only while nothing was done on it."""
    if it.request.asked_by != it.by.human:
        return clause.f.refuse("只能撤回本人的报批", remedy="请报批人撤回，或由审批人决定")
    if it.request.state in ("waiting", "granted"):
        return None
    return clause.f.refuse(f"这份报批单{STATES[it.request.state]}，不能撤回", remedy="不用再办")


@clause.i.guard("同一件事不重复报批")
def nothing_is_asked_for_twice(it: ApprovalIsAsked, deed: Deed[Any]) -> Refusal | None:
    """What waits is decided, what was granted is done; both can be withdrawn by their asker."""
    if not it.already:
        return None
    return clause.i.refuse(
        "内容完全相同的报批正在等待审批，或者已经批准而没有办理",
        remedy="等待审批，或照批准的内容办理；要重新报批的，先撤回原来的报批单",
    )


@clause.g.guard("外部机关的同意有来函为凭")
def consent_has_its_letter(it: ConsentIsRecorded, deed: Deed[Any]) -> Refusal | None:
    """Recorded with the scan of the letter, by another than who asked for it."""
    if it.recorder.human == it.request.asked_by:
        return clause.g.refuse(
            "报批人不能自己登记外部机关的意见", remedy="请另一名保密员或办公室主任登记"
        )
    if it.has_scan:
        return None
    return clause.g.refuse("没有来函的扫描件，不能登记", remedy="先上传来函的扫描件")


def _is_about_himself(it: ApprovalIsDecided) -> bool:
    return it.decider.human in {it.request.asked_by, *it.need.interested}


def _decided_already(it: ApprovalIsDecided) -> bool:
    others = (who for post, who in it.request.decided_by.items() if post != it.need.post)
    return any(it.decider.human in who for who in others)


def _who_decides(it: NeedIsOpened, deed: Deed[Any]) -> Owner:
    return Owner(person=None, post=it.need.asked_post, unit=None)


def _in_some_workdays(it: NeedIsOpened, deed: Deed[Any]) -> Workdays:
    return Workdays(deed.today, deed.terms.number("approval_due_workdays"))


def _what_is_asked(it: NeedIsOpened, deed: Deed[Any]) -> str:
    return it.need.title


clause.h.duty(
    "decide_the_request",
    title="审批报批事项",
    opens_on=NeedIsOpened,
    closes_on=NeedIsSettled,
    owner=_who_decides,
    due=_in_some_workdays,
    about=_what_is_asked,
)
