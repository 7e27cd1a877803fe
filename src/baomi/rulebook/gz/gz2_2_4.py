"""GZ2.2.4 Nobody consults archives, excerpts or quotes them without approval."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from baomi.kernel.approving import Stated
from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.registers.custody.facts import (
    ArchiveIsConsulted,
    ConsultationEnds,
    CopyIsFound,
    CopyIsGiven,
    State,
    ref_copy,
    ref_paper,
)
from baomi.registers.office.facts import ref_person, ref_room
from baomi.rulebook.stated import stated_person, stated_text

clause = Clause("GZ2.2.4", "查阅和摘录档案", in_force_since=date(2020, 12, 24))

clause.a.register(
    "custody_consultation",
    fields=("person", "purpose"),
    what="何人因何事查阅档案、何时归还",
)


@clause.a.guard("归档的文件只办理查阅，不交阅")
def archived_copy_stays_in_the_archive(it: CopyIsGiven, deed: Deed[Any]) -> Refusal | None:
    """An archived copy is not handed out: whoever needs it consults it with approval."""
    if it.copy.state is not State.ARCHIVED:
        return None
    return clause.a.refuse(
        "{copy}已经归档，未经批准不得查阅，也不办理交阅",
        remedy="报经批准后办理查阅档案，在现场阅读",
        remedy_action="custody.consult_archive",
        copy=ref_copy(it.copy),
    )


@clause.a.guard("查档人在岗，涉密等级不低于密级，在知悉范围内")
def consulting_person_may_know_it(it: ArchiveIsConsulted, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: an approval to consult opens no paper that he may not know."""
    paper, person = it.copy.paper, it.person
    if not person.in_service or paper.level > person.clearance:
        return clause.a.refuse(
            "{person}的涉密等级不足，或者已不在岗，不能查阅{copy}",
            remedy="改由涉密等级相符的在岗人员查阅",
            person=ref_person(person),
            copy=ref_copy(it.copy),
        )
    if person.id in paper.circle or person.id == paper.handler:
        return None
    return clause.a.refuse(
        "{person}不在{paper}的知悉范围内，不能查阅",
        remedy="先报经批准扩大传阅范围，再办理查阅",
        remedy_action="custody.widen_circle",
        person=ref_person(person),
        paper=ref_paper(paper),
    )


@clause.a.guard("在有防护措施的处所现场查阅")
def archive_is_read_in_a_protected_place(it: ArchiveIsConsulted, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: archives are read on the spot, where measures are recorded."""
    if it.place.protected:
        return None
    return clause.a.refuse(
        "{room}没有登记防护措施，不能在那里查阅档案",
        remedy="改在有防护措施的处所查阅，或先为{room}登记防护措施",
        remedy_action="office.record_measures",
        room=ref_room(it.place),
    )


def _what_is_consulted(it: ArchiveIsConsulted) -> tuple[Stated, ...]:
    return (
        stated_person("person", "查档人", it.person),
        stated_text("consulting_unit", "查档单位", it.consulting_unit),
        stated_text("purpose", "查档事由", it.purpose),
    )


def _who_consults(it: ArchiveIsConsulted) -> frozenset[UUID]:
    return frozenset({it.person.human})


def _whose_matter(it: ArchiveIsConsulted) -> UUID:
    """His unit's: whoever heads it does not decide on it, 办公室主任 not for 办公室."""
    return it.person.unit


# the source names no post: by=None leaves it to the terms
clause.a.approval(
    title="查阅档案",
    by=None,
    when=ArchiveIsConsulted,
    terms=_what_is_consulted,
    concerns=_who_consults,
    unit=_whose_matter,
)


def _reader(it: ArchiveIsConsulted, deed: Deed[Any]) -> Owner:
    return Owner(person=it.person.id, post=None, unit=None)


def _in_time(it: ArchiveIsConsulted, deed: Deed[Any]) -> date:
    return it.until


# beyond the source: what is consulted is back the same day
clause.a.duty(
    "end_consultation",
    title="归还查阅的档案",
    opens_on=ArchiveIsConsulted,
    closes_on=(ConsultationEnds, CopyIsFound),
    owner=_reader,
    due=_in_time,
)

clause.b.register(
    "custody_consultation",
    fields=("excerpt_use",),
    what="摘录、引用了什么、用于何处、摘录件去向",
)


def _is_excerpted(it: ArchiveIsConsulted, deed: Deed[Any]) -> bool:
    return it.excerpts


def _what_is_excerpted(it: ArchiveIsConsulted) -> tuple[Stated, ...]:
    return (
        stated_person("person", "摘录、引用人", it.person),
        stated_text("excerpt_use", "摘录、引用的用途", it.excerpt_use),
    )


clause.b.approval(
    title="摘录、引用档案",
    by=None,
    when=ArchiveIsConsulted,
    applies=_is_excerpted,
    terms=_what_is_excerpted,
    concerns=_who_consults,
    unit=_whose_matter,
)


@clause.b.guard("经过批准才摘录、引用档案")
def excerpt_was_approved_beforehand(it: ConsultationEnds, deed: Deed[Any]) -> Refusal | None:
    """What was approved to be read only is not excerpted."""
    if it.excerpts_approved or not it.excerpted:
        return None
    return clause.b.refuse(
        "查阅{copy}时没有报批摘录、引用，不得私自摘录、引用",
        remedy="收回摘录件；确需摘录、引用的，报经批准后另行查阅",
        copy=ref_copy(it.copy),
    )


@clause.b.guard("摘录件写明去向")
def excerpt_goes_where_it_is_written(it: ConsultationEnds, deed: Deed[Any]) -> Refusal | None:
    """An excerpt that nobody can find again was made privately."""
    if it.excerpt_kept or not it.excerpted:
        return None
    return clause.b.refuse(
        "从{copy}摘录、引用的内容没有写明去向",
        remedy="写明摘录件交给何人、存于何处或用于哪份文稿",
        copy=ref_copy(it.copy),
    )


clause.b.check("不私自摘录、引用档案资料")
