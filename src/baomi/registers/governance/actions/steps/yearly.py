"""What plans and summaries share: what is entered of each, and how a version is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from baomi.kernel.fields import LevelCode, PersonRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.governance import facts, load, models
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

MOST_ITEMS: Final = 100
LONGEST_BODY: Final = 20_000


class YearlyInputs(PlainInputs):
    """What is entered of a plan and of a summary alike."""

    year: int = Field(ge=2000, le=2100, title="年度", description="四位数字，如 2026")
    title: str = Field(min_length=1, max_length=120, title="标题", description="文件的标题")
    body: str = Field(
        default="", max_length=LONGEST_BODY, title="正文", description="全文或要点，可以分段"
    )
    drafted_by: PersonRef = Field(title="起草人", description="姓名、拼音首字母或工牌")
    adopted_on: date | None = Field(
        default=None, title="审定日期", description="领导小组审定的日期；不填即办理当日"
    )
    letter: str = Field(default="", max_length=80, title="文号", description="没有文号的不填")
    level: LevelCode = Field(default="internal", title="密级", description="不填即内部")
    ground: str = Field(
        default="",
        max_length=200,
        title="修改理由",
        description="该年度已经登记过的须填写；原来的一版保留",
    )


def check_yearly(kind: str, inputs: YearlyInputs, deed: Deed[Any]) -> facts.Yearly | None:
    """The version that is replaced; None: it is the first one. Raises ``BadInput``."""
    if (inputs.adopted_on or deed.today) > deed.today:
        raise BadInput("审定日期不能晚于办理日，请核对", field="adopted_on")
    if inputs.year > deed.today.year + 1:
        raise BadInput("年度最多填到明年，请核对", field="year")
    known_person(inputs.drafted_by, deed, field="drafted_by", who="起草人")
    earlier = load.standing_yearly(kind, inputs.year)
    if earlier is not None and not inputs.ground:
        raise BadInput(
            f"{inputs.year}年度的已经登记；要修改的，请填写修改理由，原来的一版保留", field="ground"
        )
    if earlier is None and inputs.ground:
        raise BadInput(f"{inputs.year}年度的还没有登记，不用填写修改理由", field="ground")
    return earlier


def known_person(key: UUID, deed: Deed[Any], *, field: str, who: str) -> None:
    """Raises ``BadInput`` for somebody who is in no register."""
    if key not in office.people([key], deed.today, deed.terms):
        raise BadInput(f"查无此人，请核对{who}的姓名", field=field)


def known_units(units: Iterable[UUID | None], *, field: str) -> None:
    """Raises ``BadInput`` for a unit that does not exist any more."""
    for each in {unit for unit in units if unit is not None}:
        office.open_unit(each, field=field)


def known_people(people: Iterable[UUID | None], deed: Deed[Any], *, field: str) -> None:
    """Raises ``BadInput`` for one of some people who is in no register."""
    wanted = {each for each in people if each is not None}
    if wanted - office.people(wanted, deed.today, deed.terms).keys():
        raise BadInput("查无此人，请核对责任人的姓名", field=field)


def write_version(
    kind: str,
    inputs: YearlyInputs,
    items: Iterable[Mapping[str, Any]],
    earlier: facts.Yearly | None,
    deed: Deed[Any],
) -> tuple[UUID, dict[str, set[UUID]]]:
    """Write a version and its items; what stood before is kept. Returns its id and the rows."""
    rows = {earlier.id} if earlier else set()
    models.Yearly.objects.filter(id__in=rows).update(replaced_on=deed.today)
    version = models.Yearly(
        id=new_id(),
        kind=kind,
        year=inputs.year,
        version=load.last_version(kind, inputs.year) + 1,
        title=inputs.title,
        body=inputs.body,
        drafted_by_id=inputs.drafted_by,
        adopted_on=inputs.adopted_on or deed.today,
        letter=inputs.letter,
        level=Level.of(inputs.level).value,
        ground=inputs.ground,
        recorded_on=deed.today,
        recorded_by_id=deed.actor.id,
    )
    version.save(force_insert=True)
    written = [
        models.Item(id=new_id(), yearly_id=version.id, ordinal=number, **each)
        for number, each in enumerate(items, start=1)
    ]
    models.Item.objects.bulk_create(written)
    touched = {
        "governance_yearly": {version.id, *rows},
        "governance_item": {each.id for each in written},
    }
    return version.id, touched
