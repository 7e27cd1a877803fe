"""Happenings of cases: what a case leaves out comes from here, lawful as it stands."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import NAMESPACE_OID, UUID, uuid5

from baomi.kernel.happening import Deed, Happening
from baomi.kernel.words import Level, Person
from baomi.registers.custody import facts as custody
from baomi.registers.duties.facts import Overdue
from baomi.registers.office import facts as office
from baomi.rulebook.terms import Terms

TODAY = "2025-03-03"

PERSON = {
    "id": "zhang",
    "name": "张三",
    "unit": "research",
    "clearance": "secret",
    "posts": ["anyone"],
    "keeps_for": [],
    "in_service": True,
}
REGISTRAR = PERSON | {"id": "registrar", "name": "保密员", "posts": ["anyone", "registrar"]}
ROOM = {
    "id": "reading_room",
    "name": "阅文室",
    "unit": "office",
    "keeps_papers": True,
    "protected": True,
}
PAPER = {
    "id": "paper",
    "own": False,
    "carrier": "paper",
    "issuer": "省委办公厅",
    "central_or_provincial": True,
    "reference": "2025-011",
    "level": "secret",
    "marked": True,
    "term": {"kind": "years", "value": "10", "presumed": False},
    "release_level": "",
    "conveyance": "",
    "handler": None,
    "circle": ["zhang"],
    "circle_set": True,
    "copies_were_given": False,
}
COPY = {
    "id": "copy",
    "paper": PAPER,
    "number": "000758",
    "label": "BMC0000001",
    "state": "stored",
    "cabinet": "cabinet",
    "home_cabinet": "cabinet",
    "holder": None,
    "kept_by": None,
    "purpose": "",
    "since": TODAY,
    "ver": 1,
}
CABINET = {
    "id": "cabinet",
    "name": "机密柜",
    "level": "secret",
    "room": ROOM,
    "unit": "office",
    "in_use": True,
}
DEFAULTS: Mapping[type, Mapping[str, Any]] = {
    Person: PERSON,
    office.Room: ROOM,
    office.Cabinet: CABINET,
    Overdue: {"clause": "GZ2.3.2b", "subject": "another copy", "due_on": "2025-03-01"},
    custody.Paper: PAPER,
    custody.Copy: COPY,
    custody.CircleIsSet: {
        "members": [PERSON],
        "added": [PERSON],
        "added_grounds": [],
        "ranks": {"zhang": "县处级"},
        "release_level_checked": False,
    },
    custody.CopyIsGiven: {"giver": REGISTRAR, "giver_has_it": True},
    custody.CopyReachesPerson: {
        "person": PERSON,
        "giver": REGISTRAR,
        "purpose": "reading",
        "place": ROOM,
        "overdue": [],
        "units_in_circle": ["research"],
        "circulation_ended": False,
    },
    custody.CopyReturns: {
        "person": "zhang",
        "taker": REGISTRAR,
        "cabinet": CABINET,
        "circulation_ended": False,
    },
    custody.CopyEntersCabinet: {"cabinet": CABINET},
    custody.PaperIsConveyed: {
        "audience": "机关全体处级干部",
        "audience_level": "县处级",
        "manner": "口头传达",
        "place": ROOM,
        "on": TODAY,
        "release_level_checked": False,
        "demands_kept": False,
    },
    custody.PaperIsMarked: {"marker": "zhang"},
    custody.DeedIsUndone: {"done_by": "registrar", "done_on": TODAY, "newest": True},
    office.PersonTakesPost: {
        "person": PERSON,
        "post": "unit_keeper",
        "unit": "research",
        "posts_held": [],
        "from_on": TODAY,
    },
    office.NeedsTwoPersons: {"person": PERSON},
    office.PersonIsClassed: {"person": PERSON, "personnel_class": "important"},
}
DEED = {
    "action": "custody.case",
    "op_id": "operation",
    "actor": REGISTRAR,
    "second": None,
    "today": TODAY,
    "recorded_on": TODAY,
    "targets": [],
    "approvals": [],
}


def named_id(name: str) -> UUID:
    """The id that a case means by a name."""
    return uuid5(NAMESPACE_OID, name)


def happening_of(kind: type[Happening], given: Mapping[str, Any]) -> Happening:
    """A happening of a case: what is given, the rest by default."""
    return build(kind, given)


def deed_of(given: Mapping[str, Any]) -> Deed[Any]:
    """The deed of a case, done by the registrar on ``TODAY`` unless it says otherwise."""
    said = _merged(DEED, given)
    today = date.fromisoformat(said["today"])
    return Deed(
        action=said["action"],
        op_id=named_id(said["op_id"]),
        actor=build(Person, said["actor"]),
        second=build(Person, said["second"]) if said["second"] else None,
        today=today,
        recorded_on=date.fromisoformat(said["recorded_on"]),
        terms=Terms.on(today),
        targets=(),
        approvals=(),
        happenings=(),
        shadow=(),
        shadow_on=today,
        facts=None,
    )


def build(kind: type, given: Mapping[str, Any]) -> Any:
    """A frozen fact from plain values; a value that no field has is a mistake in the case."""
    said = _merged(DEFAULTS.get(kind, {}), given)
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    for default in ("copy", "paper"):
        if default in names:
            said.setdefault(default, {})
    return kind(**{name: value_of(hints[name], value) for name, value in said.items()})


def value_of(hint: Any, value: Any) -> Any:
    """A plain value as a field of this type holds it."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return value_of(next(each for each in inner if each is not type(None)), value)
    if origin in (tuple, frozenset):
        return origin(value_of(inner[0], each) for each in value)
    if origin is not None and issubclass(origin, Mapping):
        return {named_id(key): each for key, each in value.items()}
    if hint is UUID:
        return named_id(value)
    if hint is Level:
        return Level.of(value)
    if hint is date:
        return value if isinstance(value, date) else date.fromisoformat(value)
    if is_dataclass(hint):
        return build(hint, value)
    return hint(value) if issubclass(hint, Enum) else value


def _merged(default: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(default)
    for key, value in given.items():
        below = merged.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        merged[key] = _merged(below, value) if both else value
    return merged
