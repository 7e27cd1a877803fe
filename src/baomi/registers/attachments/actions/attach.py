"""Attach an uploaded file to a thing of a register.

Clauses: `baomi rules attachments.attach`.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import LevelCode
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.attachments import facts, files, load, models
from baomi.registers.office.load import wrapping
from baomi.registers.wording import PlainInputs

NOTHING_UPLOADED = "没有这份上传的文件，或已过时清理：请重新上传"


class AttachInputs(PlainInputs):
    """What the file belongs to, and what it is."""

    kind: str = Field(
        min_length=1,
        max_length=40,
        title="所属类别",
        description="附到哪一类上：如 custody.slip（交接清单）、custody.paper（文件）",
    )
    thing: UUID = Field(title="所属", description="附到哪一项上：该项的编号（id）")
    role: facts.Role = Field(title="性质", description="签字件、来往函件，或其他")
    level: LevelCode = Field(title="密级", description="扫描件本身的密级，不低于所属一项的密级")
    upload: UUID = Field(title="上传编号", description="文件上传以后所得的编号")
    note: str = Field(
        default="", max_length=200, title="说明", description="不要写文件标题和涉密内容"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What is to be attached; None until it is entered."""

    entered: AttachInputs | None
    upload: files.Upload | None


class Attach(Action[Read]):
    """Attach an uploaded file."""

    name = "attachments.attach"
    title = "附上扫描件"
    help = "把签字件、来往函件的扫描件附到所属的清单、文件或审批上。请在该项的页面上传。"
    done_by = EVERYONE
    brings = (facts.FileIsAttached,)
    inputs = AttachInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(None, None))

    def complete(self, situation: Deed[Read], inputs: AttachInputs) -> Deed[Read]:
        of = load.kind_named(inputs.kind)
        load.thing_seen(of, inputs.thing, situation.actor)
        level = Level.of(inputs.level)
        _check_level(level, of, inputs.thing)
        upload = files.upload(inputs.upload)
        if upload is None or upload.by != situation.actor.id:
            raise BadInput(NOTHING_UPLOADED, field="upload")
        if load.attached([upload.id]):
            raise BadInput("这份上传的文件已经附上，请不要重复提交", field="upload")
        attached = facts.Attached(
            id=upload.id,
            kind=of.kind,
            thing=inputs.thing,
            role=inputs.role,
            level=level,
            attached_by=situation.actor.id,
            void=False,
        )
        return with_happenings(
            situation,
            [facts.FileIsAttached(attached=attached)],
            facts=Read(inputs, upload),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs, upload = deed.facts.entered, deed.facts.upload
        if inputs is None or upload is None:
            raise BadInput(NOTHING_UPLOADED, field="upload")
        models.AttachmentKey.objects.create(
            attachment=upload.id, wrapped=wrapping.wrap(upload.key, upload.id)
        )
        models.Attachment(
            id=upload.id,
            kind=load.kind_named(inputs.kind).kind,
            thing=inputs.thing,
            role=inputs.role.value,
            level=Level.of(inputs.level).value,
            media=upload.media,
            file={"sha256": upload.sha256, "size": upload.size},
            note=inputs.note,
            attached_by_id=deed.actor.id,
            attached_on=deed.today,
            void_reason="",
        ).save(force_insert=True)
        return Change(
            touched={"attachments_attachment": {upload.id}}, told={"attachment": str(upload.id)}
        )


def _check_level(level: Level, of: load.Attachable, thing: UUID) -> None:
    highest, least = load.highest_level(), of.level(thing)
    if level > highest:
        raise BadInput(
            f"本机只核准存放“{highest.title}”及以下的扫描件，“{level.title}”的不得上传："
            "请把原件按密级保管，不要附到本机",
            field="level",
        )
    if level < least:
        raise BadInput(
            f"扫描件的密级不能低于所属一项的密级（{least.title}），请核对", field="level"
        )
