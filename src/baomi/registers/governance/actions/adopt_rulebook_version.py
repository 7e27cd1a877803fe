"""Record a version of one of the five 制度: when it was issued, from when it is in force.

Clauses: `baomi rules governance.adopt_rulebook_version`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.governance import facts, load, models
from baomi.registers.wording import PlainInputs


class VersionInputs(PlainInputs):
    """Which 制度, issued when and by whom, in force from when."""

    system: facts.System = Field(title="制度", description="五项制度之一，填名称或代码，如 DM")
    issued_on: date = Field(title="发布日期", description="这一版发布的日期，即版本号")
    in_force_from: date = Field(title="施行日期", description="自何日起施行")
    adopted_by: str = Field(
        min_length=1, max_length=120, title="审定单位", description="由谁审定发布"
    )
    letter: str = Field(default="", max_length=80, title="文号", description="没有文号的不填")
    note: str = Field(default="", max_length=500, title="说明", description="修订了什么，可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered, and the version that it repeals; None until then."""

    inputs: VersionInputs | None = None
    earlier: facts.Version | None = None


class AdoptRulebookVersion(Action[Read]):
    """Record a version of one of the five 制度."""

    name = "governance.adopt_rulebook_version"
    title = "登记制度版本"
    help = "登记一项保密制度的新版本；原来的一版自新版施行之日起废止，登记保留。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR})
    brings = (facts.RulebookVersionIsAdopted,)
    inputs = VersionInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: VersionInputs) -> Deed[Read]:
        if inputs.issued_on > situation.today:
            raise BadInput("发布日期不能晚于办理日，请核对", field="issued_on")
        if inputs.in_force_from < inputs.issued_on:
            raise BadInput("施行日期不能早于发布日期，请核对", field="in_force_from")
        newest = load.newest_issue(inputs.system)
        if newest is not None and inputs.issued_on <= newest:
            raise BadInput(
                f"{inputs.system.word}已登记 {newest.isoformat()} 发布的一版，"
                "新版的发布日期须在其后",
                field="issued_on",
            )
        earlier = load.standing_version(inputs.system)
        happening = facts.RulebookVersionIsAdopted(
            system=inputs.system,
            issued_on=inputs.issued_on,
            in_force_from=inputs.in_force_from,
        )
        return with_happenings(situation, [happening], facts=Read(inputs, earlier))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs, earlier = deed.facts.inputs, deed.facts.earlier
        if inputs is None:
            raise BadInput("请填写制度和发布日期", field="system")
        replaced = {earlier.id} if earlier else set()
        models.RulebookVersion.objects.filter(id__in=replaced).update(
            repealed_on=inputs.in_force_from
        )
        row = models.RulebookVersion(
            id=new_id(),
            system=inputs.system.value,
            issued_on=inputs.issued_on,
            in_force_from=inputs.in_force_from,
            letter=inputs.letter,
            adopted_by=inputs.adopted_by,
            note=inputs.note,
            digest=deed.terms.text_digest(inputs.system.value, inputs.issued_on),
            recorded_on=deed.today,
            recorded_by_id=deed.actor.id,
        )
        row.save(force_insert=True)
        return Change(
            touched={"governance_rulebook_version": {row.id, *replaced}},
            told={"version": str(row.id)},
        )
