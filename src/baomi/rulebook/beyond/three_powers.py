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
from baomi.registers.office.facts import (
    NeedsTwoPersons,
    PersonIsClassed,
    PersonTakesPost,
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


@clause.b.guard("须由两名不同的人共同办理")
def two_persons_stand_for_the_deed(it: NeedsTwoPersons, deed: Deed[Any]) -> Refusal | None:
    """Rights and keys are given, reopened and destroyed by two persons, compared as persons."""
    second = deed.second
    if second is not None and second.id != deed.actor.id and second.in_service:
        return None
    return clause.b.refuse(
        "此事须由另一名在岗人员当场确认，不能由一人办理",
        remedy="请另一人以自己的口令确认后再办理",
    )


@clause.c.guard("不得自定本人的涉密等级")
def nobody_has_a_say_in_his_own_class(it: PersonIsClassed, deed: Deed[Any]) -> Refusal | None:
    """Whoever decides what others may read does not decide it for himself."""
    if it.person.id != deed.actor.id:
        return None
    return clause.c.refuse(
        "本人的涉密等级不能由本人确定",
        remedy="请有权办理的其他人员办理",
    )
