"""Spoil a deed: by whom, on what, with what it must not be done."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from baomi.engine import registry
from baomi.kernel.action import Action
from baomi.kernel.ids import new_id
from baomi.registers.approvals.models import ApprovalRequest
from baomi.registers.attachments.models import Attachment
from baomi.registers.custody import models as custody
from baomi.registers.duties.models import Duty
from baomi.registers.governance import models as governance
from baomi.registers.office import models as office
from tests.proofs.year.offences import OFFENCES
from tests.proofs.year.world import RECIPES, NothingToDo, Wanted, World

THINGS = {
    "approvals.request": ApprovalRequest,
    "attachments.attachment": Attachment,
    "custody.copy": custody.Copy,
    "custody.paper": custody.Paper,
    "custody.slip": custody.Slip,
    "duties.duty": Duty,
    "governance.oversight": governance.Oversight,
    "governance.pledge": governance.Pledge,
    "governance.rulebook_version": governance.RulebookVersion,
    "office.account": office.Account,
    "office.cabinet": office.Cabinet,
    "office.deputation": office.Deputation,
    "office.person": office.Person,
    "office.post_holding": office.PostHolding,
    "office.room": office.Room,
    "office.unit": office.Unit,
}
ENDING = {"office.end_service": "id", "office.end_appointment": "person"}
LEVELS = ("none", "internal", "confidential", "secret", "top_secret")
CHOICES: dict[str, tuple[Any, ...]] = {
    "place": (office.Room,),
    "room": (office.Room,),
    "cabinet": (office.Cabinet,),
    "unit": (office.Unit,),
    "within": (office.Unit,),
}


def any_of(w: World, model: Any) -> UUID:
    """Any row, whatever its state."""
    ids = list(model.objects.order_by("id").values_list("id", flat=True))
    return w.one(ids[-80:])


def spoiled(w: World, action: Action[Any]) -> Wanted:
    """A deed that is wrong somewhere; by chance it may be lawful all the same.

    Raises ``NothingToDo`` where a rule is to be broken and there is nothing on which to break it.
    """
    if action.name in OFFENCES and w.by_chance(0.6):
        return OFFENCES[action.name](w)
    try:
        wanted = RECIPES[action.name](w)
    except (NothingToDo, KeyError):
        wanted = Wanted(_who_may(w, action), _targets(w, action))
    way = w.rng.choices(*_WAYS)[0]
    return way(w, action, wanted)


def _who_may(w: World, action: Action[Any]) -> UUID:
    held = [each for post in sorted(action.done_by) for each in w.holders(post)]
    return w.one(held) if held else w.person()


def _targets(w: World, action: Action[Any]) -> tuple[UUID, ...]:
    if action.target is None:
        return ()
    rows = THINGS[action.target].objects.order_by("-id")
    if action.name in ENDING:
        # the year goes on: who stays is not sent away by chance
        rows = rows.exclude(**{f"{ENDING[action.name]}__in": w.staying})
    found = list(rows.values_list("id", flat=True)[:80])
    return (w.one(found) if found else new_id(),)


def _actor(w: World, action: Action[Any], wanted: Wanted) -> Wanted:
    """Another one does it: somebody without the post, or another one who has it."""
    who = _who_may(w, action) if w.by_chance(0.5) else w.person()
    return replace(wanted, actor=who)


def _thing(w: World, action: Action[Any], wanted: Wanted) -> Wanted:
    return replace(wanted, targets=_targets(w, action))


def _second(w: World, action: Action[Any], wanted: Wanted) -> Wanted:
    """Alone, with himself, or with whoever comes along."""
    return replace(wanted, second=w.one((None, None, wanted.actor, any_of(w, office.Person))))


def _without(w: World, action: Action[Any], wanted: Wanted) -> Wanted:
    """Something is not filled in."""
    if not wanted.inputs:
        return _thing(w, action, wanted)
    inputs = dict(wanted.inputs)
    key = w.one(sorted(inputs))
    if isinstance(inputs[key], str) and w.by_chance(0.5):
        inputs[key] = ""
    else:
        del inputs[key]
    return replace(wanted, inputs=inputs)


def _junk(w: World, action: Action[Any], wanted: Wanted) -> Wanted:
    """Something that no field takes, or an unknown thing."""
    if w.by_chance(0.5) and action.target is not None:
        return replace(wanted, targets=(new_id(),))
    fields = sorted(action.inputs.model_fields) or ["nothing"]
    return replace(wanted, inputs={**wanted.inputs, w.one(fields): {"?": w.serial()}})


def _inputs(w: World, action: Action[Any], wanted: Wanted) -> Wanted:
    """Something else of the same kind is filled in: another person, room, day, level."""
    inputs = dict(wanted.inputs)
    if not inputs:
        return _actor(w, action, wanted) if w.by_chance(0.5) else _thing(w, action, wanted)
    for key in w.rng.sample(sorted(inputs), min(2, len(inputs))):
        inputs[key] = _other(w, key, inputs[key])
    return replace(wanted, inputs=inputs)


def _other(w: World, key: str, was: Any) -> Any:
    if key in CHOICES:
        return any_of(w, CHOICES[key][0])
    if key == "level":
        return w.one(LEVELS)
    if key == "post":
        return w.one(sorted(post.value for post in registry.actions()["office.recover"].done_by))
    if key == "role":
        return w.one(("overall", "direct", "overseeing", "other", "letter"))
    if key == "verdict":
        return w.one(("agree", "refuse", "return"))
    if key == "persons":
        return [any_of(w, office.Person) for _ in range(3)]
    if isinstance(was, UUID):
        return any_of(w, office.Person)
    if isinstance(was, bool):
        return not was
    if isinstance(was, date):
        return was + timedelta(days=w.one((-400, -3, -1, 1, 3, 400)))
    return "" if isinstance(was, str) else was


_WAYS = ((_actor, _thing, _inputs, _second, _without, _junk), (4, 4, 8, 4, 1, 1))
