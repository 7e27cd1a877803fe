from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baomi.kernel.ledger import verify as v
from baomi.kernel.ledger.entry import (
    BadEntry,
    EntryFields,
    commitment,
    decode,
    encode,
    leaf_hash,
)
from baomi.kernel.ledger.merkle import Frontier, root

LOG_ID = UUID("8c0f3c0e-5a1b-4c5e-9d9a-0123456789ab")
COPY = (
    '{"changes":[{"after":{"doc":"测试〔2026〕1号","holder":"乙","id":"c00","no":1,'
    '"state":"held","ver":2},"id":"c00","t":"copy"}],"from":"甲","to":"乙"}'
)
GENESIS = '{"alg":%d,"origin":"bm.local/8c0f3c0e5a1b4c5e9d9a0123456789ab","vkey":"TEST"}'
VECTORS = {
    1: (
        "8212b2333cf35c91dd332d7445dac50d7841701855555290ae5a12092a2f0d73",
        "3cdf5f1db91868d9b8868e0fb173a2def08e6b97fdfc53f9a27b845d8ea549ab",
        "ddf6df746258da09d99bff54517d62d6f54739ba195814eebb331f2e4ae51644",
        "fe6078deb61c232f8c9a42d28b0dc3abb076ab082ea671ad56bfc06443322206",
    ),
    2: (
        "9db5cae68717a9ed7fb9603224c057155f955f148dc821754746b62c08055a3a",
        "bfceb6d233d9ebd89085197fb959a44b047198106bfe29a9874a5fe450ae195f",
        "5a7ae985f9f244b93bc0c19345e762ef6699445989d5516f6d764315aad5dcc6",
        "a2b10d3a3947166df8985812634d50e39cabe36c16be3161385526232b09e9df",
    ),
}
FIELDS = EntryFields(
    alg=1,
    log_id=LOG_ID,
    seq=1,
    prev=bytes(32),
    time_us=1_790_000_000_000_000,
    wall_us=1_790_000_000_000_000,
    actor=UUID(bytes=b"\x11" * 16),
    second=None,
    op_id=UUID(int=7),
    kind="copy.transfer",
    commit=bytes(32),
)
U64 = st.integers(0, 2**64 - 1)
I64 = st.integers(-(2**63), 2**63 - 1)
HASH = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize("alg", [1, 2])
def test_the_three_vectors(alg) -> None:
    bodies = [("ledger.genesis", GENESIS % alg), ("copy.transfer", COPY), ("ledger.tick", "{}")]
    prev, leaves, frontier = bytes(32), [], Frontier(alg)
    for seq, (kind, body) in enumerate(bodies):
        time_us = 1_790_000_000_000_000 + seq
        raw = encode(
            replace(
                FIELDS, alg=alg, seq=seq, prev=prev, time_us=time_us, wall_us=time_us, kind=kind,
                op_id=UUID(bytes=bytes([seq]) * 16),
                commit=commitment(alg, bytes(range(16)), body.encode()),
            )
        )  # fmt: skip
        prev = leaf_hash(alg, raw)
        leaves.append(prev)
        frontier.append(prev)
    assert [leaf.hex() for leaf in leaves] == list(VECTORS[alg][:3])
    assert root(alg, leaves).hex() == frontier.root().hex() == VECTORS[alg][3]


def test_commitment_of_the_second_vector() -> None:
    commit = commitment(1, bytes(range(16)), COPY.encode()).hex()
    assert (commit[:8], commit[-4:]) == ("80f8fb68", "bde9")


@given(
    st.builds(
        EntryFields,
        alg=st.sampled_from([1, 2]),
        log_id=st.uuids(),
        seq=U64.filter(bool),
        prev=HASH,
        time_us=I64,
        wall_us=I64,
        actor=st.uuids(),
        second=st.none() | st.uuids(),
        op_id=st.uuids(),
        kind=st.from_regex(r"[a-z0-9._-]{1,64}", fullmatch=True),
        commit=HASH,
    )
)
def test_fields_survive_and_both_readers_agree(fields) -> None:
    raw = encode(fields)
    assert decode(raw) == fields
    assert encode(decode(raw)) == raw
    told = v.read_entry(raw)
    assert told is not None
    assert (told.seq, told.kind, told.prev, told.commit, told.time_us, told.wall_us) == (
        fields.seq, fields.kind, fields.prev, fields.commit, fields.time_us, fields.wall_us,
    )  # fmt: skip
    assert (told.op_id, told.actor, told.log_id) == (
        fields.op_id.bytes, fields.actor.bytes, fields.log_id.bytes,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"alg": 0},
        {"alg": 3},
        {"kind": ""},
        {"kind": "x" * 65},
        {"kind": "Copy"},
        {"kind": "copy\n"},
        {"kind": "复制"},
        {"prev": bytes(31)},
        {"commit": bytes(33)},
        {"seq": -1},
        {"seq": 2**64},
        {"time_us": 2**63},
        {"wall_us": -(2**63) - 1},
        {"seq": 0, "prev": b"\1" * 32},
    ],
    ids=str,
)
def test_fields_out_of_range_are_refused(change) -> None:
    with pytest.raises(BadEntry, match=r"[一-龥]"):
        encode(replace(FIELDS, **change))


RAW = encode(FIELDS)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        RAW[:-1],
        RAW + b"\0",
        RAW[:100],
        b"BML2" + RAW[4:],
        RAW[:5] + b"\1" + RAW[6:],
        RAW[:127] + b"\0" + RAW[128:],
        RAW[:128] + b"C" + RAW[129:],
    ],
    ids=["empty", "short", "long", "header-only", "magic", "flags", "length", "alphabet"],
)
def test_octets_that_are_no_entry_are_refused_by_both_readers(raw) -> None:
    with pytest.raises(BadEntry, match="条目"):
        decode(raw)
    assert v.read_entry(raw) is None


def test_salt_of_another_length_is_refused() -> None:
    with pytest.raises(BadEntry, match="16 字节"):
        commitment(1, bytes(15), b"{}")
