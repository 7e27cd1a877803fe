"""Enter a body outside the office: an issuer, an authority, a receiving unit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import models
from baomi.registers.office.wording import Line, Rank


class AddOutsideBodyInputs(Inputs):
    """Its name and what it is."""

    name: Line = Field(title="单位全称", description="如 ×市保密行政管理部门")
    kind: Rank = Field(title="类别", description="如 制文机关、主管部门、接收单位")
    central_or_provincial: bool | None = Field(
        default=None,
        title="中央或省级机关",
        description="其未注密级的文件按内部文件管理（GZ2.3.4a）；不填则按名称判断",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered; None until then."""

    entered: AddOutsideBodyInputs | None


class AddOutsideBody(Action[Read]):
    """Enter a body outside the office."""

    name = "office.add_outside_body"
    title = "登记外单位"
    help = "登记本机关以外的一个单位，供收文、征求意见、移交时选用。"
    done_by = frozenset({Post.REGISTRAR, Post.SECURITY_ADMIN})
    brings = ()
    inputs = AddOutsideBodyInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(None))

    def complete(self, situation: Deed[Read], inputs: AddOutsideBodyInputs) -> Deed[Read]:
        if models.OutsideBody.objects.filter(name=inputs.name).exists():
            raise BadInput("这个外单位已经登记，无须再办", field="name")
        return replace(situation, facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.entered
        if inputs is None:
            raise BadInput("请填写单位全称", field="name")
        stated = inputs.central_or_provincial
        by_name = deed.terms.is_central_or_provincial(inputs.name)
        body = models.OutsideBody(
            id=new_id(),
            name=inputs.name,
            kind=inputs.kind,
            central_or_provincial=by_name if stated is None else stated,
        )
        body.save(force_insert=True)
        return Change(touched={"office_outside_body": {body.id}}, told={"body": str(body.id)})
