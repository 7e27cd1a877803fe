"""Record whether one of the five 制度 must be revised, and why or why not.

Clauses: `baomi rules governance.review_rulebook`.
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
from baomi.registers.governance.actions.steps.choosing import only_one
from baomi.registers.wording import PlainInputs


class ReviewInputs(PlainInputs):
    """What was found, and why."""

    needs_revision: bool = Field(title="需要修订", description="需要修订填“是”，不需要填“否”")
    reason: str = Field(
        min_length=1, max_length=500, title="理由", description="依据什么认为需要或者不需要修订"
    )
    reviewed_on: date | None = Field(default=None, title="复核日期", description="不填即办理当日")


@dataclass(frozen=True, slots=True)
class Read:
    """The version, and what was entered."""

    version: facts.Version
    inputs: ReviewInputs | None = None


class ReviewRulebook(Action[Read]):
    """Record a review of one of the five 制度."""

    name = "governance.review_rulebook"
    title = "复核制度"
    help = "登记对一项现行制度的复核：是否需要修订、理由是什么。修订后的版本另行登记。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR})
    brings = (facts.RulebookIsReviewed,)
    inputs = ReviewInputs
    target = "governance.rulebook_version"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = load.versions(asked.targets)
        return asked.deed(facts=Read(only_one(asked.targets, found, "制度版本")))

    def complete(self, situation: Deed[Read], inputs: ReviewInputs) -> Deed[Read]:
        version = situation.facts.version
        if version.repealed_on is not None:
            raise BadInput("这一版已经废止，请复核现行的一版", field="targets")
        day = inputs.reviewed_on or situation.today
        if not version.issued_on <= day <= situation.today:
            raise BadInput("复核日期须在发布之后，不能晚于办理日，请核对", field="reviewed_on")
        happening = facts.RulebookIsReviewed(
            system=version.system, needs_revision=inputs.needs_revision
        )
        return with_happenings(situation, [happening], facts=Read(version, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        version, inputs = deed.facts.version, deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写复核的结论和理由", field="needs_revision")
        row = models.RulebookReview(
            id=new_id(),
            version_id=version.id,
            reviewed_on=inputs.reviewed_on or deed.today,
            needs_revision=inputs.needs_revision,
            reason=inputs.reason,
            reviewed_by_id=deed.actor.id,
        )
        row.save(force_insert=True)
        return Change(
            touched={"governance_rulebook_review": {row.id}}, told={"review": str(row.id)}
        )
