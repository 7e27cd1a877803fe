"""Tamperings with bodies: edited, erased, spelt otherwise, meaning nothing."""

from __future__ import annotations

from dataclasses import replace

from baomi.kernel.ledger.canonical import canonical
from tests.kernel.ledger.builder import write
from tests.kernel.ledger.story import Deed, Story, octets
from tests.kernel.ledger.tampering import (
    ALL_KEYS,
    Evidence,
    case,
    changed,
    deed_of,
    evidence,
    recommitted,
    rewritten,
    with_body,
)


@case("T01 body edited", "BODY")
def _(story: Story) -> Evidence:
    seq = deed_of(story, "person.enrol")
    body = canonical({**story.deeds[seq].body, "door": "cli"})
    return evidence(story, with_body(write(story), seq, body))


@case("T02 salt edited", "BODY")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.log[4] = replace(ledger.log[4], salt=bytes(16))
    return evidence(story, ledger)


@case("T02b salt gone, body left", "BODY")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.log[4] = replace(ledger.log[4], salt=None)
    return evidence(story, ledger)


@case("T02c salt of another length, committed to", "BODY")
def _(story: Story) -> Evidence:
    ledger = write(story)
    last = ledger.log[-1]
    ledger.log[-1] = replace(last, salt=last.salt + last.body[:1], body=last.body[1:])
    return evidence(story, ledger)


@case("T27 body erased without an order", "ERASED")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.log[9] = replace(ledger.log[9], salt=None, body=None)
    return evidence(story, ledger)


@case("T27b body of a checkpoint erased", "ERASED")
def _(story: Story) -> Evidence:
    ledger, seq = write(story), deed_of(story, "ledger.checkpoint")
    ledger.log[seq] = replace(ledger.log[seq], salt=None, body=None)
    return evidence(story, ledger)


@case("T27c erasure ordered by nobody, not yet carried out", "ERASED")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[deed_of(new, "ledger.redact")].body["order"] = {}
        new.redacted = set()

    return evidence(story, write(changed(story, change)))


@case("T27d order that names a later entry", "FORMAT")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        seq = deed_of(new, "ledger.redact")
        new.deeds[seq].body["seqs"] = [seq + 1]

    return evidence(story, write(changed(story, change)))


@case("T34 duplicate key", "CANON")
def _(story: Story) -> Evidence:
    return evidence(story, recommitted(story, 9, b'{"a":1,"a":2}'))


for _name, _body in (
    ("float", b'{"a":1.5}'),
    ("exponent", b'{"a":1e2}'),
    ("infinity", b'{"a":Infinity}'),
    ("large integer", b'{"a":9007199254740993}'),
    ("white space", b'{"a": 1}'),
    ("key order", b'{"b":1,"a":2}'),
    ("escape", b'{"a":"\\u0041"}'),
    ("not NFC", '{"a":"e\u0301"}'.encode()),
    ("key not NFC", '{"x":[{"e\u0301":1}]}'.encode()),
    ("not UTF-8", b'{"a":"\xff"}'),
    ("lone surrogate", b'{"a":"\\ud800"}'),
    ("not JSON", b"{"),
    ("too deep", b"[" * 100_000 + b"]" * 100_000),
    ("too long", b'{"a":"' + b"x" * (1 << 20) + b'"}'),
):

    @case(f"T34 body with {_name}", "CANON")
    def _(story: Story, body: bytes = _body) -> Evidence:
        return evidence(story, recommitted(story, 9, body))


for _name, _body in (
    ("no object", b"[]"),
    ("changes no list", b'{"changes":{}}'),
    ("change without after", b'{"changes":[{"id":"a","t":"copy"}]}'),
    ("change with true for an id", b'{"changes":[{"after":null,"id":true,"t":"copy"}]}'),
    (
        "1001 changes",
        b'{"changes":[' + b",".join([b'{"after":null,"id":1,"t":"x"}'] * 1001) + b"]}",
    ),
):

    @case(f"T48 body with {_name}", "FORMAT")
    def _(story: Story, body: bytes = _body) -> Evidence:
        return evidence(story, recommitted(story, 9, body))


@case("T54b genesis twice", "GENESIS")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds.append(Deed("ledger.genesis", {}, new.clock_us, octets("twice")))

    return evidence(story, write(changed(story, change)))


@case("T63 column added without its entry", "SCHEMA")
def _(story: Story) -> Evidence:
    new = changed(story, lambda s: None)
    for (t, _), row in new.live.items():
        row |= {"shelf": ""} if t == "copy" else {}
    return evidence(story, write(new))


@case("T63b entry of columns that is none", "SCHEMA")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[deed_of(new, "ledger.schema")].body["schema"][0]["drop"] = "no"

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T63c entry of columns that changes nothing readable", "SCHEMA")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.add("ledger.schema", {"schema": {"t": "copy"}})

    return evidence(story, write(changed(story, change)))
