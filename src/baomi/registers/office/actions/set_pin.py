"""Set one's own PIN (确认码), with which one confirms at the desk what one was given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pydantic import Field, SecretStr

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.registers.office import models
from baomi.registers.office.actions.badges import note_badge
from baomi.registers.office.pins import fault_of_pin, keep_pin, typed_pin


class SetPinInputs(Inputs):
    """The new PIN."""

    pin: SecretStr = Field(
        title="确认码",
        description="6 到 12 位数字，在扫码台与工牌一起使用；不能与工牌号码相同，不能是常见数字",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The badge that the PIN goes with, and the hash to be kept."""

    badge: int
    secret: str = field(default="", repr=False)


class SetPin(Action[Read]):
    """Set one's own PIN."""

    name = "office.set_pin"
    title = "设置确认码"
    help = "设置或更换自己的确认码；领取、交回文件时在扫码台扫工牌、输确认码，即为本人确认。"
    done_by = EVERYONE
    brings = ()
    inputs = SetPinInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        badges = models.Person.objects.filter(id=asked.actor.id)
        return asked.deed(facts=Read(badges.values_list("badge_serial", flat=True).get()))

    def complete(self, situation: Deed[Read], inputs: SetPinInputs) -> Deed[Read]:
        pin, badge = typed_pin(inputs.pin.get_secret_value()), situation.facts.badge
        fault = fault_of_pin(pin, badge_serial=badge, terms=situation.terms)
        if fault is not None:
            raise BadInput(fault, field="pin")
        # a salt of each deed's own: the same PIN again looks like another one
        secret = keep_pin(pin, salt=situation.op_id.hex)
        return replace(situation, facts=Read(badge, secret))

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if not read.secret:
            raise BadInput("请填写确认码", field="pin")
        models.BadgePin.objects.update_or_create(
            person_id=deed.actor.id, defaults={"secret": read.secret}
        )
        record = note_badge(deed, deed.actor.id, "pin_set", serial=read.badge)
        return Change(touched={"office_badge_record": {record}})
