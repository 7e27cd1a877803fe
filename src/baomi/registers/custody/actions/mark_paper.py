"""Mark a paper of our own with its level and term, by the person who handles it.

Clauses: `baomi rules custody.mark_paper`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import F
from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import LevelCode
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.custody import facts, models
from baomi.registers.custody.actions.steps.choosing import one_paper
from baomi.registers.custody.actions.steps.marking import Marked, set_mark
from baomi.registers.wording import PlainInputs


class MarkInputs(PlainInputs):
    """The level and the term."""

    level: LevelCode = Field(
        title="密级",
        description="按确定的密级选择，不涉密的选未注密级",
    )
    term: str = Field(
        default="",
        max_length=40,
        title="保密期限",
        description="如 10年、6个月、2030年1月1日 或解密条件；不涉密和内部的不填",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The paper as it stands, and the mark that it gets."""

    paper: facts.Paper
    mark: Marked | None = None


class MarkPaper(Action[Read]):
    """Mark level and term on a paper of our own."""

    name = "custody.mark_paper"
    title = "标明密级和保密期限"
    help = "本机关文件由承办人标明密级和保密期限；标明以后的变更须另行报批。"
    done_by = EVERYONE
    brings = (facts.PaperIsMarked,)
    inputs = MarkInputs
    target = "custody.paper"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(one_paper(asked)))

    def complete(self, situation: Deed[Read], inputs: MarkInputs) -> Deed[Read]:
        paper = situation.facts.paper
        if not paper.own:
            raise BadInput("来文的密级和保密期限由制文机关标明，登记时照录", field="targets")
        if paper.marked:
            raise BadInput("已经标明过密级，变更须按规定报批后办理", field="targets")
        mark = set_mark(Level.of(inputs.level), inputs.term)
        marked = replace(paper, level=mark.level, term=mark.term, marked=True)
        happening = facts.PaperIsMarked(paper=marked, marker=situation.actor.id)
        return with_happenings(situation, [happening], facts=Read(paper, mark))

    def carry_out(self, deed: Deed[Read]) -> Change:
        paper, mark = deed.facts.paper, deed.facts.mark
        if mark is None:
            raise BadInput("请填写密级", field="level")
        models.Paper.objects.filter(id=paper.id).update(
            level=mark.level.value,
            mark_typed=mark.typed,
            term_kind=mark.term.kind,
            term_value=mark.term.value,
            term_presumed=False,
            marked_by_id=deed.actor.id,
            ver=F("ver") + 1,
        )
        models.Copy.objects.filter(paper=paper.id).update(level=mark.level.value)
        return Change(touched={"custody_paper": {paper.id}})
