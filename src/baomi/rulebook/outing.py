"""What an approval to carry something out is given for: the same under every clause."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from baomi.kernel.approving import Stated
from baomi.kernel.words import Level
from baomi.registers.custody.facts import CopyLeavesPremises, Occasion
from baomi.rulebook.stated import stated_day, stated_people, stated_person, stated_text

_OCCASIONS: Final = {
    Occasion.BUSINESS_TRIP: "因公外出",
    Occasion.PUBLIC_PLACE: "公共场所",
    Occasion.SOCIAL_OCCASION: "社交活动",
}


def is_classified(it: CopyLeavesPremises) -> bool:
    """Whether it is a secret paper (密件): 秘密 and above, as the clauses read 机密文件."""
    return it.copy.paper.level >= Level.CONFIDENTIAL


def terms_of_outing(it: CopyLeavesPremises) -> tuple[Stated, ...]:
    """Level, people, occasion, place, purpose, measures and days."""
    occasions = sorted(it.occasions)
    level = it.copy.paper.level
    return (
        Stated(key="level", title="密级", value=level.code, shown=level.title),
        stated_person("carrier", "携带人", it.carrier),
        stated_person("keeper", "保管人", it.keeper),
        stated_people("companions", "同行人员", it.companions),
        Stated(
            key="occasions",
            title="场合",
            value=" ".join(each.value for each in occasions),
            shown="、".join(_OCCASIONS[each] for each in occasions),
        ),
        stated_text("destination", "外出地点", it.destination),
        stated_text("purpose", "用途", it.purpose),
        stated_text("measures", "保密措施", it.measures),
        stated_day("leaves_on", "外出日期", it.leaves_on),
        stated_day("until", "带回日期", it.until),
    )


def concerns_of_outing(it: CopyLeavesPremises) -> frozenset[UUID]:
    """Who goes along does not decide on it."""
    return frozenset(person.human for person in it.travellers)
