"""GZ2.3.4 Unmarked central papers are internal papers; release level and demands are kept to."""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.clause import Clause
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Level, Purpose
from baomi.registers.custody.facts import (
    CircleIsFixed,
    CopyReachesPerson,
    PaperEntersRegister,
    PaperIsConveyed,
    ref_paper,
)
from baomi.registers.custody.release import Rank, rank_of
from baomi.registers.office.facts import ref_person

clause = Clause("GZ2.3.4", "未注密级文件与发布层次", in_force_since=date(2020, 12, 24))

_NOT_CONVEYED = ("不得传达", "不传达", "不准传达", "禁止传达", "不作传达", "不要传达")

clause.a.register(
    "custody_paper",
    fields=("papers.issuer",),
    what="未注密级的中央和省级文件按内部文件登记",
)


@clause.a.guard("未注密级的中央、省级文件按内部文件管理")
def unmarked_paper_of_a_higher_body_is_internal(
    it: PaperEntersRegister, deed: Deed[Any]
) -> Refusal | None:
    """Without a mark it is managed as an internal paper, not as an open one."""
    paper = it.paper
    if paper.marked or not paper.central_or_provincial or paper.level >= Level.INTERNAL:
        return None
    return clause.a.refuse(
        "{paper}是中央或省级机关的文件，没有标注密级的要按内部文件管理",
        remedy="密级一栏留空（按内部登记），或者照文件上的标注填写",
        paper=ref_paper(paper),
    )


@clause.a.guard("未注密级文件的阅件人也须在传阅范围内")
def reader_is_in_the_circle_of_the_unmarked_paper(
    it: CopyReachesPerson, deed: Deed[Any]
) -> Refusal | None:
    """Its circle is kept as strictly as that of a marked paper."""
    paper = it.copy.paper
    if paper.marked or not paper.central_or_provincial or it.purpose is Purpose.KEEPING:
        return None
    if it.person.id in paper.circle:
        return None
    return clause.a.refuse(
        "{paper}虽未标注密级，也只能在确定的范围内阅读，{person}不在其中",
        remedy="先确定或报经批准扩大传阅范围",
        remedy_action="custody.set_circle",
        person=ref_person(it.person),
        paper=ref_paper(paper),
    )


clause.b.register(
    "custody_conveyance",
    fields=("audience", "audience_level"),
    what="发布层次、传达要求，以及传达给何人",
)


@clause.b.guard("阅件人在发布层次以内")
def readers_stand_within_the_release_level(it: CircleIsFixed, deed: Deed[Any]) -> Refusal | None:
    """Nobody below the level that the paper names; what cannot be compared a person compares."""
    lowest = rank_of(it.paper.release_level)
    if not it.paper.release_level or lowest is Rank.EVERYONE:
        return None
    ranks = {person.id: rank_of(it.ranks.get(person.id, "")) for person in it.members}
    for person in it.members:
        rank = ranks[person.id]
        if lowest is not None and rank is not None and rank < lowest:
            return clause.b.refuse(
                "{paper}发至" + lowest.title + "，{person}的职级不在这个层次",
                remedy="把{person}移出传阅范围",
                paper=ref_paper(it.paper),
                person=ref_person(person),
            )
    uncertain = lowest is None or None in ranks.values()
    if not uncertain or it.release_level_checked:
        return None
    return clause.b.refuse(
        "{paper}标有发布层次，传阅范围里有不能自动比对的人员",
        remedy="对照文件上的发布层次核对后，注明“已核对发布层次”",
        paper=ref_paper(it.paper),
    )


@clause.b.guard("传达对象在发布层次以内")
def audience_stands_within_the_release_level(
    it: PaperIsConveyed, deed: Deed[Any]
) -> Refusal | None:
    """It is conveyed to nobody below the level that the paper names."""
    text = it.paper.release_level
    lowest, audience = rank_of(text), rank_of(it.audience_level)
    if not text or lowest is Rank.EVERYONE:
        return None
    if lowest is not None and audience is not None:
        if audience >= lowest:
            return None
        return clause.b.refuse(
            "{paper}发至" + lowest.title + "，不能向更低的层次传达",
            remedy="只向文件标明的层次传达",
            paper=ref_paper(it.paper),
        )
    if it.release_level_checked:
        return None
    return clause.b.refuse(
        "{paper}的发布层次不能自动比对",
        remedy="对照文件上的发布层次核对后，注明“已核对发布层次”",
        paper=ref_paper(it.paper),
    )


@clause.b.guard("传达方式符合传达要求")
def conveying_follows_the_demands(it: PaperIsConveyed, deed: Deed[Any]) -> Refusal | None:
    """What the paper demands of its conveying is kept; what it forbids is not done."""
    demands = it.paper.conveyance
    if any(words in demands for words in _NOT_CONVEYED):
        return clause.b.refuse(
            "{paper}注明不得传达",
            remedy="按文件要求只由传阅范围内的人员阅读",
            paper=ref_paper(it.paper),
        )
    if not demands or it.demands_kept:
        return None
    return clause.b.refuse(
        "{paper}标有传达要求，没有说明这次传达是否符合",
        remedy="对照文件上的传达要求核对后，注明“符合传达要求”",
        paper=ref_paper(it.paper),
    )
