"""Tamperings with entries, their chain, their clocks and their notes, by who has which keys."""

import os
from dataclasses import replace
from uuid import UUID

from django.db import connection

from baomi.engine.head import read_head
from baomi.kernel.ids import new_id
from baomi.kernel.ledger.canonical import canonical
from baomi.kernel.ledger.entry import encode, leaf_hash
from tests.proofs.attacks import attack
from tests.proofs.forgery import (
    edit_entry,
    insert,
    pieces,
    rewrite,
    settle,
    sql,
    stored,
    unguarded,
)

MIDDLE = 9  # a deed whose rows a later deed imaged again
NEWEST = 15
DAY_US = 86_400_000_000


def patched(seq: int, at: int, octets: bytes) -> bytes:
    raw = stored(seq).raw
    return raw[:at] + octets + raw[at + len(octets) :]


@attack("T01", "BODY")
def body_edited(office) -> None:
    edit_entry(MIDDLE, body=stored(MIDDLE).body.replace(b'"door":"worker"', b'"door":"web"'))


@attack("T02", "BODY")
def salt_edited(office) -> None:
    edit_entry(MIDDLE, salt=bytes(16))


@attack("T03", "HASH", "PREV", "COLUMN", "CKPT_ROOT", "MAC")
def actor_in_raw(office) -> None:
    edit_entry(MIDDLE, raw=patched(MIDDLE, 78, office.auditor.bytes))


@attack("T04", "HASH", "PREV", "COLUMN", "CKPT_ROOT", "TIME")
def time_in_raw(office) -> None:
    edit_entry(MIDDLE, raw=patched(MIDDLE, 62, stored(MIDDLE - 1).raw[62:70]))


@attack("T05", "COLUMN")
def column_kind(office) -> None:
    edit_entry(MIDDLE, kind="custody.store_copies")


@attack("T06", "COLUMN")
def column_actor(office) -> None:
    edit_entry(MIDDLE, actor=office.auditor.bytes)


@attack("T07", "COLUMN")
def column_time(office) -> None:
    edit_entry(MIDDLE, time_us=stored(MIDDLE).time_us - DAY_US)


@attack("T07b", "COLUMN")
def column_operation(office) -> None:
    edit_entry(MIDDLE, op_id=new_id().bytes)


@attack("T08", "GAP", "SEQ", "PREV", "CKPT_ROOT")
def middle_deleted(office) -> None:
    with unguarded("ledger_entry"):
        sql("DELETE FROM ledger_entry WHERE seq = %s", MIDDLE)


@attack("T09", "CKPT_ROOT")
def deleted_and_rechained(office) -> None:
    rewrite(lambda parts: parts.pop(MIDDLE))


@attack("T10", "CKPT_ROOT")
def inserted_and_rechained(office) -> None:
    def change(parts) -> None:
        extra = replace(parts[MIDDLE], body={})
        extra.fields = replace(extra.fields, op_id=new_id(), kind="ledger.tick")
        parts.insert(MIDDLE, extra)

    rewrite(change)


@attack("T11", "CKPT_ROOT")
def swapped_and_rechained(office) -> None:
    def change(parts) -> None:
        parts[MIDDLE - 1 : MIDDLE + 1] = parts[MIDDLE : MIDDLE - 2 : -1]

    rewrite(change)


@attack("T12", "OPID", "DBFILE")
def replayed(office) -> None:
    _drop_unique_operation()

    def change(parts) -> None:
        again = replace(parts[NEWEST], body={})
        again.fields = replace(
            again.fields, op_id=parts[MIDDLE].fields.op_id, wall_us=again.fields.wall_us + 1
        )
        parts.append(again)

    rewrite(change, sign=True)


def _drop_unique_operation() -> None:
    settle()
    if connection.vendor == "postgresql":
        sql("ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_log_id_op_id_key")
        return
    with unguarded("ledger_entry"):
        made = sql("SELECT sql FROM sqlite_master WHERE name = 'ledger_entry'")[0][0]
        sql("CREATE TABLE kept AS SELECT * FROM ledger_entry")
        sql("DROP TABLE ledger_entry")
        sql(made.replace(", UNIQUE (log_id, op_id)", ""))
        sql("INSERT INTO ledger_entry SELECT * FROM kept")
        sql("DROP TABLE kept")


@attack("T13", "HEAD", "ROW", "ROW_EXTRA")
def newest_cut(office) -> None:
    with unguarded("ledger_entry"):
        sql("DELETE FROM ledger_entry WHERE seq > %s", NEWEST - 5)


@attack("T17", "CKPT_ROOT")
def hidden_image_rewritten(office) -> None:
    rewrite(_false_image)


def _false_image(parts) -> None:
    """An image that a later one of the same row covers, so that the rows still agree."""
    for change in parts[MIDDLE - 1].body["changes"]:
        if change["t"] == "custody_copy":
            change["after"]["holder_id"] = str(UUID(int=7))


@attack("T22", "MAC")
def appended_without_the_key(office) -> None:
    def change(parts) -> None:
        extra = replace(parts[NEWEST], body={})
        wall_us = extra.fields.wall_us + 1
        extra.fields = replace(extra.fields, op_id=new_id(), kind="ledger.tick", wall_us=wall_us)
        parts.append(extra)

    rewrite(change, sign=True)
    edit_entry(NEWEST + 1, mac=os.urandom(32))


@attack("T25", "HASH")
def cached_leaf(office) -> None:
    edit_entry(MIDDLE, leaf=bytes(32))


@attack("T27", "ERASED")
def body_erased_without_order(office) -> None:
    sql("UPDATE ledger_entry SET body = NULL, salt = NULL WHERE seq = %s", MIDDLE)


@attack("T34", "CANON")
def duplicate_key(office) -> None:
    def change(parts) -> None:
        parts[MIDDLE].body = b'{"door":"worker",' + canonical(parts[MIDDLE].body)[1:]

    rewrite(change, sign=True)


@attack("T35", "ALG")
def algorithm_of_one_entry(office) -> None:
    rewrite(lambda parts: None, sign=True, inside={MIDDLE: {"alg": 3 - read_head().alg}})


@attack("T36", "LOGID")
def entry_of_another_ledger(office) -> None:
    rewrite(lambda parts: None, sign=True, inside={MIDDLE: {"log_id": new_id()}})


@attack("T38", "WALL")
def clock_set_back(office) -> None:
    rewrite(lambda parts: _move_clock(parts[MIDDLE], -DAY_US), sign=True)


@attack("T39", "FUTURE", "WALL")
def dated_ahead(office) -> None:
    rewrite(lambda parts: _move_clock(parts[MIDDLE], 60 * DAY_US), sign=True)


def _move_clock(part, by_us: int) -> None:
    part.fields = replace(part.fields, wall_us=part.fields.wall_us + by_us)


@attack("T48", "FORMAT")
def foreign_format(office) -> None:
    def change(parts) -> None:
        parts[NEWEST].raw = b"BML9" + stored(NEWEST).raw[4:]

    rewrite(change, sign=True)


@attack("T49", "SEQ")
def seq_inside(office) -> None:
    rewrite(lambda parts: None, sign=True, inside={MIDDLE: {"seq": 90}})


@attack("T50", "PREV")
def predecessor_inside(office) -> None:
    rewrite(lambda parts: None, sign=True, inside={MIDDLE: {"prev": os.urandom(32)}})


@attack("T51", "TIME")
def time_going_back_inside(office) -> None:
    earlier = pieces()[MIDDLE - 1].fields.time_us
    rewrite(lambda parts: None, sign=True, inside={MIDDLE: {"time_us": earlier}})


@attack("T55", "FUTURE")
def newest_dated_ahead(office) -> None:
    rewrite(lambda parts: _move_clock(parts[NEWEST], 60 * DAY_US), sign=True)


@attack("T61", "LOGID")
def rows_of_another_ledger(office) -> None:
    part = pieces()[MIDDLE]
    other = new_id()
    fields = replace(part.fields, log_id=other)
    raw = encode(fields)
    insert(other, MIDDLE, raw, leaf_hash(fields.alg, raw), bytes(16), canonical(part.body), fields)


@attack("T61b", "GAP")
def row_far_from_the_others(office) -> None:
    part = pieces()[MIDDLE]
    fields = replace(part.fields, seq=1_000_000, op_id=new_id())
    raw, log_id = encode(fields), fields.log_id
    insert(log_id, fields.seq, raw, leaf_hash(fields.alg, raw), bytes(16), b"{}", fields)
