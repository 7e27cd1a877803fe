"""Enter papers and their numbered copies: the one place where their rows come into being."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from pydantic import Field

from baomi.kernel.copy_numbers import parse_copy_numbers
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.labels import LAST_SERIAL
from baomi.kernel.numbers import parse_number
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.custody import facts, models
from baomi.registers.custody.actions.steps.choosing import known_people
from baomi.registers.custody.actions.steps.marking import NO_TERM, Marked, read_mark
from baomi.registers.custody.actions.steps.movement import notes_of
from baomi.registers.custody.actions.steps.title_index import enter_titles
from baomi.registers.custody.series import SeriesNumber
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

MOST_ROWS = 900  # of a ledger entry's 1,000: papers, copies, their envelope and a duty or two


class CopiesInputs(PlainInputs):
    """How many copies, and which numbers (份号) stand on them."""

    copies: int | None = Field(
        default=None, ge=1, le=MOST_ROWS, title="份数", description="不填时按份号计，无份号计 1 份"
    )
    copy_numbers: str = Field(
        default="",
        max_length=4000,
        title="份号",
        description="如 000758 或 000651-000652、000660；没有份号的不填，由本机关编号",
    )


class PaperInputs(CopiesInputs):
    """A paper as the register of received papers (收文登记簿) describes it."""

    issuer: str = Field(min_length=1, max_length=120, title="来文单位", description="发文机关全称")
    number: str = Field(
        default="",
        max_length=120,
        title="文件字号",
        description="如 ×办发〔2021〕114号，没有的不填",
    )
    title: str = Field(min_length=1, max_length=400, title="文件标题", description="照文件填写")
    level: str = Field(
        default="",
        max_length=40,
        title="密级",
        description="照文件填写，如 机密★10年；未标注的不填",
    )
    term: str = Field(
        default="", max_length=40, title="保密期限", description="密级里没有写的在此填写，如 10年"
    )
    dated_on: date | None = Field(default=None, title="成文日期", description="文件落款的日期")
    carrier: facts.Carrier = Field(
        default=facts.Carrier.PAPER,
        title="载体类别",
        description="信息载在什么上面",
    )
    pages: int | None = Field(default=None, ge=1, le=100_000, title="页数", description="每份页数")
    release_level: str = Field(
        default="", max_length=80, title="发布层次", description="照文件填写，如 县团级"
    )
    conveyance: str = Field(
        default="", max_length=200, title="传达要求", description="照文件填写，没有的不填"
    )
    handling_unit: UnitRef | None = Field(
        default=None, title="承办单位", description="承办本件的委（办）室"
    )
    handler: PersonRef | None = Field(default=None, title="承办人", description="承办本件的人员")
    remarks: str = Field(default="", max_length=2000, title="备注", description="可不填")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """A paper about to be entered: as the rules see it, and what else goes into its row."""

    paper: facts.Paper
    copies: tuple[facts.Copy, ...]
    office_numbered: bool
    described: PaperInputs
    mark: Marked
    series: SeriesNumber
    registered_on: date
    envelope: UUID | None


def check_references(deed: Deed[Any], papers: Sequence[PaperInputs]) -> None:
    """Units and people that papers name exist. Raises ``BadInput``."""
    known_people(deed, {each.handler for each in papers if each.handler}, field="handler")
    units = {each.handling_unit for each in papers if each.handling_unit}
    if len(office.units(units)) < len(units):
        raise BadInput("没有这个承办单位，请核对名称", field="handling_unit")


def entering(
    deed: Deed[Any],
    described: PaperInputs,
    series: SeriesNumber,
    *,
    own: bool = False,
    on: date | None = None,
    envelope: UUID | None = None,
    first_label: int,
) -> Entering:
    """A paper with its copies, for the rules to judge. Raises ``BadInput``."""
    mark = Marked(level=Level.NONE, term=NO_TERM, typed="")
    if not own:
        mark = read_mark(
            described.level, described.term, described.issuer, deed.terms, field="level"
        )
    paper = _paper(deed, described, series.text, mark, own=own)
    day = on or deed.today
    numbers, by_office = ((), False) if own else numbers_for(described, frozenset())
    return Entering(
        paper=paper,
        copies=new_copies(paper, numbers, first_label, day),
        office_numbered=by_office,
        described=described,
        mark=mark,
        series=series,
        registered_on=day,
        envelope=envelope,
    )


def _paper(
    deed: Deed[Any], described: PaperInputs, reference: str, mark: Marked, *, own: bool
) -> facts.Paper:
    return facts.Paper(
        id=new_id(),
        own=own,
        carrier=described.carrier,
        issuer=described.issuer,
        central_or_provincial=not own and deed.terms.is_central_or_provincial(described.issuer),
        reference=reference,
        level=mark.level,
        marked=bool(mark.typed),
        term=mark.term,
        release_level=described.release_level,
        conveyance=described.conveyance,
        handler=described.handler,
        circle=frozenset(),
        circle_set=False,
        copies_were_given=False,
    )


def numbers_for(inputs: CopiesInputs, taken: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """The new copies' numbers, and whether the office gave them. Raises ``BadInput``."""
    read = parse_copy_numbers(inputs.copy_numbers, inputs.copies)
    if read.problems:
        raise BadInput(read.problems[0], field="copy_numbers")
    if twice := [number for number in read.numbers if number in taken]:
        listed = "、".join(twice[:5])
        raise BadInput(f"份号 {listed} 已经登记过，同一份号不能登记两次", field="copy_numbers")
    if read.numbers:
        return read.numbers, False
    count = inputs.copies or 1
    free = (
        number for n in range(1, len(taken) + count + 1) if (number := f"本{n:03d}") not in taken
    )
    return tuple(islice(free, count)), True


def new_copies(
    paper: facts.Paper, numbers: Sequence[str], first_label: int, day: date
) -> tuple[facts.Copy, ...]:
    """Copies about to be numbered; their labels run on from ``first_label``."""
    if len(numbers) > MOST_ROWS:
        raise BadInput(f"一次最多登记 {MOST_ROWS} 份，请分批登记", field="copies")
    if first_label + len(numbers) - 1 > LAST_SERIAL:
        raise BadInput("标签序号已经用完，不能再登记新的份", field="copies")
    return tuple(
        facts.Copy(
            id=new_id(),
            paper=paper,
            number=number,
            label=office.label("C", serial),
            state=facts.State.UNSTORED,
            cabinet=None,
            home_cabinet=None,
            holder=None,
            kept_by=None,
            purpose="",
            since=day,
            ver=1,
        )
        for serial, number in enumerate(numbers, start=first_label)
    )


def write_paper(deed: Deed[Any], entered: Entering) -> dict[str, set[UUID]]:
    """Write a paper's row and its copies' rows. Returns what was touched."""
    paper, described, series = entered.paper, entered.described, entered.series
    number = parse_number(described.number)
    models.Paper(
        id=paper.id,
        origin="own" if paper.own else "received",
        carrier=paper.carrier.value,
        envelope_id=entered.envelope,
        issuer=described.issuer,
        number=described.number,
        number_key=number.key if number else "",
        title=described.title,
        level=paper.level.value,
        mark_typed=entered.mark.typed,
        term_kind=paper.term.kind,
        term_value=paper.term.value,
        term_presumed=paper.term.presumed,
        series_year=series.year,
        series_category=series.category,
        series_serial=series.serial,
        registered_number=series.text,
        registered_on=entered.registered_on,
        dated_on=described.dated_on,
        pages=described.pages,
        release_level=paper.release_level,
        conveyance=paper.conveyance,
        handling_unit_id=described.handling_unit,
        handler_id=paper.handler,
        remarks=described.remarks,
        notes=notes_of(deed, paper.id),
    ).save(force_insert=True)
    enter_titles([(paper.id, described.title, described.issuer, described.number)])
    touched = write_copies(entered.copies, office_numbered=entered.office_numbered)
    return {"custody_paper": {paper.id}, **touched}


def write_copies(copies: Sequence[facts.Copy], *, office_numbered: bool) -> dict[str, set[UUID]]:
    """Write new copies' rows. Returns what was touched."""
    models.Copy.objects.bulk_create(
        models.Copy(
            id=copy.id,
            paper_id=copy.paper.id,
            copy_number=copy.number,
            office_numbered=office_numbered,
            label_serial=office.label_in(copy.label).serial,
            state=copy.state.value,
            purpose="",
            since=copy.since,
            level=copy.paper.level.value,
        )
        for copy in copies
    )
    return {"custody_copy": {copy.id for copy in copies}}


def told_of(entered: Entering) -> dict[str, Any]:
    """What the asker is told: numbers and labels, never a title."""
    return {
        "paper": str(entered.paper.id),
        "registered_number": entered.series.text,
        "copies": [str(copy.id) for copy in entered.copies],
        "copy_numbers": [copy.number for copy in entered.copies],
        "labels": [copy.label for copy in entered.copies],
    }
