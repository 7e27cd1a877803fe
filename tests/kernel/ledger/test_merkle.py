from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baomi.kernel.ledger.entry import leaf_hash
from baomi.kernel.ledger.merkle import (
    BadProof,
    Frontier,
    consistency_proof,
    inclusion_proof,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

# the eight leaves of the Certificate Transparency reference tests
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                 "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
ALG = st.sampled_from([1, 2])


def leaves_of(alg: int, count: int) -> list[bytes]:
    return [leaf_hash(alg, str(n).encode()) for n in range(count)]


def defined_root(alg: int, leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962 section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(alg, defined_root(alg, leaves[:split]), defined_root(alg, leaves[split:]))


def test_reference_roots() -> None:
    leaves = [leaf_hash(1, leaf) for leaf in LEAVES]
    assert [root(1, leaves[: n + 1]).hex() for n in range(8)] == ROOTS
    assert root(1, []) == sha256(b"").digest()


@given(ALG, st.integers(1, 70))
def test_root_is_the_defined_one(alg, count) -> None:
    leaves = leaves_of(alg, count)
    assert root(alg, leaves) == defined_root(alg, leaves)


@given(ALG, st.integers(0, 70), st.integers(0, 70))
def test_frontier_written_and_read_goes_on_where_it_stood(alg, count, more) -> None:
    leaves = leaves_of(alg, count + more)
    frontier = Frontier(alg)
    for leaf in leaves[:count]:
        frontier.append(leaf)
    again = Frontier.from_bytes(alg, count, frontier.to_bytes())
    for leaf in leaves[count:]:
        again.append(leaf)
    assert (again.size, again.root()) == (count + more, root(alg, leaves))


@pytest.mark.parametrize(("size", "length"), [(1, 0), (3, 32), (4, 64), (0, 32), (-1, 32), (1, 31)])
def test_frontier_that_does_not_fit_its_size_is_refused(size, length) -> None:
    with pytest.raises(BadProof, match="右缘"):
        Frontier.from_bytes(1, size, bytes(length))


def test_leaf_of_another_length_is_refused() -> None:
    with pytest.raises(BadProof, match="32 字节"):
        Frontier(1).append(bytes(31))


@given(st.data(), ALG, st.integers(1, 70))
def test_inclusion_is_proved_and_nothing_else(data, alg, size) -> None:
    leaves = leaves_of(alg, size)
    index = data.draw(st.integers(0, size - 1))
    good = {
        "leaf": leaves[index],
        "index": index,
        "size": size,
        "proof": inclusion_proof(alg, leaves, index),
        "root": root(alg, leaves),
    }
    assert verify_inclusion(alg, **good)
    for altered in altered_inclusions(data, good):
        assert not verify_inclusion(alg, **{**good, **altered})


def altered_inclusions(data, good):
    proof, size = good["proof"], good["size"]
    yield {"leaf": flipped(data, good["leaf"])}
    yield {"root": flipped(data, good["root"])}
    yield {"proof": [*proof, bytes(32)]}
    yield {"index": size}
    yield {"index": -1}
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        yield {"proof": proof[:at] + proof[at + 1 :]}
        yield {"proof": [*proof[:at], flipped(data, proof[at]), *proof[at + 1 :]]}
        yield {"index": data.draw(st.integers(0, size - 1).filter(lambda n: n != good["index"]))}


@given(st.data(), ALG, st.integers(1, 70))
def test_consistency_is_proved_and_nothing_else(data, alg, size) -> None:
    leaves = leaves_of(alg, size)
    old = data.draw(st.integers(1, size))
    good = {
        "old_size": old,
        "old_root": root(alg, leaves[:old]),
        "new_size": size,
        "new_root": root(alg, leaves),
        "proof": consistency_proof(alg, leaves, old),
    }
    assert verify_consistency(alg, **good)
    for altered in altered_consistencies(data, good):
        assert not verify_consistency(alg, **{**good, **altered})


def altered_consistencies(data, good):
    proof = good["proof"]
    yield {"old_root": flipped(data, good["old_root"])}
    yield {"new_root": flipped(data, good["new_root"])}
    yield {"old_size": 0}
    yield {"old_size": good["new_size"] + 1}
    yield {"proof": [*proof, bytes(32)]}
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        yield {"proof": proof[:at] + proof[at + 1 :]}
        yield {"proof": [*proof[:at], flipped(data, proof[at]), *proof[at + 1 :]]}
        yield {"proof": []}


def flipped(data, digest: bytes) -> bytes:
    at = data.draw(st.integers(0, 255))
    number = int.from_bytes(digest, "big") ^ (1 << at)
    return number.to_bytes(32, "big")


def test_proofs_of_places_that_do_not_exist_are_refused() -> None:
    leaves = leaves_of(1, 5)
    for index in (-1, 5):
        with pytest.raises(BadProof, match="不在"):
            inclusion_proof(1, leaves, index)
    for old in (0, 6):
        with pytest.raises(BadProof, match="之间"):
            consistency_proof(1, leaves, old)


def test_a_million_entries_need_at_most_twenty_hashes() -> None:
    assert (
        verify_inclusion(
            1, leaf=bytes(32), index=999_999, size=1_000_000, proof=[bytes(32)] * 21, root=bytes(32)
        )
        is False
    )
    frontier = Frontier.from_bytes(1, 999_999, bytes(32 * (999_999).bit_count()))
    assert len(frontier.to_bytes()) <= 20 * 32
