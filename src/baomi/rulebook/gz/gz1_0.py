"""GZ1.0 The leading group, whose posts go with main posts; 办公室 does the daily work."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Post
from baomi.registers.approvals.facts import ApprovalIsAsked
from baomi.registers.duties.facts import DutiesArePassedOn
from baomi.registers.office.facts import (
    DutiesAreLeft,
    PostFallsVacant,
    PostIsAbolished,
    PostIsFilled,
)

clause = Clause("GZ1.0", "保密工作机构", in_force_since=date(2020, 12, 24))

clause.a.register(
    "office_post_holding",
    fields=("post", "letter"),
    what="任本职之日起同时登记小组职务，免本职时一并终止",
)


@clause.a.guard("须由其批准的职务没有空缺")
def nobody_is_asked_whose_post_is_vacant(it: ApprovalIsAsked, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: an approval is not asked for of a post that nobody holds."""
    if not it.vacant:
        return None
    titles = "、".join(deed.terms.post_title(post) for post in it.vacant)
    return clause.a.refuse(
        f"{titles}空缺，须由该职务作出的审批不予受理",
        remedy="先办理任职，补任空缺的职务，再报批",
        remedy_action="office.appoint",
    )


def _who_fills_it(it: PostFallsVacant, deed: Deed[Any]) -> Owner:
    """办公室; where its own director is missing, the head of the group."""
    post = Post.OFFICE_DIRECTOR if it.director_is_there else Post.GROUP_LEADER
    return Owner(person=None, post=post, unit=None)


def _to_be_filled_by(it: PostFallsVacant, deed: Deed[Any]) -> date:
    return it.from_on + timedelta(days=deed.terms.number("vacant_post_due_days"))


clause.a.duty(
    "fill_the_post",
    title="补任空缺的职务",
    opens_on=PostFallsVacant,
    closes_on=(PostIsFilled, PostIsAbolished),
    owner=_who_fills_it,
    due=_to_be_filled_by,
    about=lambda it, deed: f"{it.unit_name}{deed.terms.post_title(it.post)}",
    waived_by=Post.GROUP_LEADER,
)

clause.b.access(
    "日常登记与管理只对办公室岗位开放",
    actions=(
        "custody.receive_envelope",
        "custody.number_copies",  # everybody drafts, the office alone numbers
        "governance.record_document",
    ),
)


def _the_office(it: DutiesAreLeft, deed: Deed[Any]) -> Owner:
    return Owner(person=None, post=Post.OFFICE_DIRECTOR, unit=None)


def _to_be_passed_on_by(it: DutiesAreLeft, deed: Deed[Any]) -> date:
    return it.last_day + timedelta(days=deed.terms.number("unowned_duties_days"))


clause.b.duty(
    "pass_on_what_is_left",
    title="转办离岗人员的应办事项",
    opens_on=DutiesAreLeft,
    closes_on=DutiesArePassedOn,
    owner=_the_office,
    due=_to_be_passed_on_by,
    about=lambda it, deed: it.name,
    waived_by=Post.GROUP_LEADER,  # not by who owes it
)
