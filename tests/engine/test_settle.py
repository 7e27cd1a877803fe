"""Duties open and close with the deeds that the rulebook names, in the deed's own entry."""

import json
from datetime import timedelta

from baomi.engine import settle
from baomi.kernel.clock import clock, instant_on
from baomi.registers.duties.models import Duty
from tests.factories.deeds import do, entries
from tests.factories.office import TODAY

RETURN = "return_the_copy"


def the_duty(copy) -> Duty:
    return Duty.objects.filter(subject=copy, name=RETURN).latest("id")


def imaged(receipt) -> dict:
    changes = json.loads(entries(receipt.seq)[0].body)["changes"]
    return {each["id"]: each["after"] for each in changes if each["t"] == settle.TABLE}


def test_a_hand_over_opens_the_duty_to_return(desk):
    _, (copy, *_) = desk.ready()
    receipt = desk.give(copy)
    duty = the_duty(copy)
    assert (duty.owner, duty.state, duty.opened_on) == (desk.reader, "open", TODAY)
    assert duty.due_on == TODAY  # a paper that is read goes back the same day
    assert duty.opened_by == receipt.op_id
    assert imaged(receipt)[str(duty.id)]["state"] == "open"


def test_the_return_closes_it(desk):
    _, (copy, *_) = desk.ready()
    desk.give(copy)
    later = TODAY + timedelta(days=1)
    with clock.standing_at(instant_on(later, 9)):
        receipt = desk.take_back(copy)
    duty = the_duty(copy)
    assert (duty.state, duty.closed_on, duty.closed_by) == ("done", later, receipt.op_id)
    assert imaged(receipt)[str(duty.id)]["state"] == "done"


def test_only_the_duty_on_that_copy_is_closed(desk):
    _, (first, second, _) = desk.ready()
    desk.give(first, second)
    desk.take_back(first)
    assert the_duty(first).state == "done"
    assert the_duty(second).state == "open"


def test_undoing_a_hand_over_voids_what_it_opened(desk):
    _, (copy, *_) = desk.ready()
    desk.give(copy)
    receipt = do("custody.undo", desk.registrar, copy)
    assert the_duty(copy).state == "void"
    assert imaged(receipt)[str(the_duty(copy).id)]["state"] == "void"


def test_undoing_a_return_opens_it_again(desk):
    _, (copy, *_) = desk.ready()
    desk.give(copy)
    desk.take_back(copy)
    do("custody.undo", desk.registrar, copy)
    duty = the_duty(copy)
    assert (duty.state, duty.closed_on, duty.closed_by) == ("open", None, None)
