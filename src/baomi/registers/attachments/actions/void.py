"""Void an attachment that was attached wrongly.

Clauses: `baomi rules attachments.void`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.attachments import facts, load, models, reads
from baomi.registers.wording import PlainInputs

NAME_IT = "请选定一份附件，一次只办理一份"


class VoidInputs(PlainInputs):
    """Why it does not belong there."""

    reason: str = Field(
        min_length=1, max_length=200, title="作废原因", description="如附错了清单；不要写文件标题"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The attachment, and why it is voided; None until they are named."""

    attached: facts.Attached | None
    reason: str


class Void(Action[Read]):
    """Void an attachment."""

    name = "attachments.void"
    title = "附件作废"
    help = "附错了的扫描件作废：登记簿注明作废，文件本身仍然保存，以备核查。"
    done_by = EVERYONE
    brings = (facts.AttachmentIsVoided,)
    inputs = VoidInputs
    target = "attachments.attachment"

    def situate(self, asked: Asked) -> Deed[Read]:
        if not asked.targets:
            return asked.deed(facts=Read(None, ""))
        if len(set(asked.targets)) != 1:
            raise BadInput(NAME_IT, field="targets")
        key = asked.targets[0]
        found = load.attached([key]).get(key)
        if found is None or not reads.visible_to(asked.actor).filter(id=key).exists():
            raise BadInput(load.UNKNOWN_ATTACHMENT, field="targets")
        if found.void:
            raise BadInput("这份附件已经作废，无须再办", field="targets")
        if found.attached_by != asked.actor.id and Post.REGISTRAR not in asked.actor.posts:
            raise BadInput("附件由附上的人或保密员作废，请告诉其中一人", field="targets")
        return asked.deed(
            facts=Read(found, ""), happenings=[facts.AttachmentIsVoided(attached=found)]
        )

    def complete(self, situation: Deed[Read], inputs: VoidInputs) -> Deed[Read]:
        if situation.facts.attached is None:
            raise BadInput(NAME_IT, field="targets")
        return replace(situation, facts=replace(situation.facts, reason=inputs.reason))

    def carry_out(self, deed: Deed[Read]) -> Change:
        found = deed.facts.attached
        if found is None:
            raise BadInput(NAME_IT, field="targets")
        models.Attachment.objects.filter(id=found.id).update(
            voided_on=deed.today, voided_by=deed.actor.id, void_reason=deed.facts.reason
        )
        return Change(touched={"attachments_attachment": {found.id}})
