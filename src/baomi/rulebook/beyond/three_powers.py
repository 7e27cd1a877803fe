"""X1 Three administrators who watch each other, and deeds that nobody does alone.

Beyond the paper: the practice of classified systems and the protection of the registers against
their own administrators ask for it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.clause import Clause
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Post
from baomi.registers.office.facts import (
    DeputationEnds,
    NeedsTwoPersons,
    PersonIsClassed,
    PersonTakesPost,
    PostIsDeputed,
    RowsAreOneHuman,
    ref_person,
)

clause = Clause("X1", "三员分立", in_force_since=date(2020, 12, 24))

clause.a.access("三名管理员互不兼任，也不经管文件")


@clause.a.guard("三员分立，互不兼任，也不兼经管文件的岗位")
def posts_do_not_exclude_each_other(it: PersonTakesPost, deed: Deed[Any]) -> Refusal | None:
    """The three administrators exclude each other, and whoever handles papers."""
    clash = deed.terms.excluded_with(it.post) & it.posts_held
    if not clash:
        return None
    titles = "、".join(sorted(deed.terms.post_title(post) for post in clash))
    return clause.a.refuse(
        f"{{person}}已任{titles}，不能再任{deed.terms.post_title(it.post)}",
        remedy="改由他人担任，或先办理原任职务的免职",
        remedy_action="office.end_appointment",
        person=ref_person(it.person),
    )


@clause.a.guard("一个人的各处登记合起来，也不互斥")
def posts_of_one_human_do_not_exclude_each_other(
    it: RowsAreOneHuman, deed: Deed[Any]
) -> Refusal | None:
    """Two rows or accounts of one human being are no way round the exclusion."""
    for post in sorted(it.posts_held):
        clash = sorted(deed.terms.excluded_with(post) & it.posts_of_first)
        if clash:
            titles = f"{deed.terms.post_title(post)}和{deed.terms.post_title(clash[0])}"
            return clause.a.refuse(
                f"{{person}}与{{first}}是同一人，现任的{titles}互不兼任",
                remedy="先办理其中一项职务的免职，再登记为同一人",
                remedy_action="office.end_appointment",
                person=ref_person(it.person),
                first=ref_person(it.first),
            )
    return None


@clause.b.guard("须由两名不同的人共同办理")
def two_persons_stand_for_the_deed(it: NeedsTwoPersons, deed: Deed[Any]) -> Refusal | None:
    """Rights and keys are given, reopened and destroyed by two persons, compared as persons."""
    second = deed.second
    if second is not None and second.human != deed.actor.human and second.in_service:
        return None
    return clause.b.refuse(
        "此事须由另一名在岗人员当场确认，不能由一人办理",
        remedy="请另一人以自己的口令确认后再办理",
    )


@clause.c.guard("不得自定本人的涉密等级")
def nobody_has_a_say_in_his_own_class(it: PersonIsClassed, deed: Deed[Any]) -> Refusal | None:
    """Whoever decides what others may read does not decide it for himself."""
    if it.person.human != deed.actor.human:
        return None
    return clause.c.refuse(
        "本人的涉密等级不能由本人确定",
        remedy="请有权办理的其他人员办理",
    )


@clause.d.guard("委（办）室负责人只委托本单位专人的代理，不超过规定天数")
def head_deputes_only_his_keeper_and_not_for_long(
    it: PostIsDeputed, deed: Deed[Any]
) -> Refusal | None:
    """A keeper who falls ill is stood in for at once; any other stand-in is administered."""
    if Post.SECURITY_ADMIN in deed.actor.posts:
        return None
    most = deed.terms.number("keeper_stand_in_days")
    if it.post is not Post.UNIT_KEEPER or not it.asker_heads_the_unit:
        return clause.d.refuse(
            "委（办）室负责人只能委托本单位专人的代理",
            remedy="请安全保密管理员办理委托代理",
        )
    if it.days > most:
        return clause.d.refuse(
            f"委（办）室负责人委托的代理最长 {most} 天，这次有 {it.days} 天",
            remedy=f"把代理截止日改到 {most} 天以内，更长的请安全保密管理员办理",
        )
    return None


@clause.d.guard("委（办）室负责人只终止本单位专人的代理")
def head_ends_only_his_keepers_deputation(it: DeputationEnds, deed: Deed[Any]) -> Refusal | None:
    """Who may have his keeper stood in for may end it when the keeper is back."""
    if Post.SECURITY_ADMIN in deed.actor.posts:
        return None
    if it.deputation.post is Post.UNIT_KEEPER and it.asker_heads_the_unit:
        return None
    return clause.d.refuse(
        "委（办）室负责人只能终止本单位专人的代理",
        remedy="请安全保密管理员办理终止代理",
    )
