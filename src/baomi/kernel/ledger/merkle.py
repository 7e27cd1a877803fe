"""The Merkle tree over the entries: RFC 6962 section 2.1, proofs as in RFC 9162 section 2.1.

Leaves are leaf hashes of 32 octets, made by `entry.leaf_hash`.  Everything works with either
algorithm of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from baomi.kernel.ledger.entry import HASH_SIZE
from baomi.kernel.ledger.hashes import hasher


class BadProof(ValueError):
    """A position or a size that the tree does not have; says so in Chinese."""


def node_hash(alg: int, left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: H(0x01 || left || right), 32 octets."""
    return hasher(alg)(b"\x01" + left + right)


def root(alg: int, leaves: Sequence[bytes]) -> bytes:
    """Root of the tree over `leaves`; of no leaves the hash of nothing."""
    frontier = Frontier(alg)
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


class Frontier:
    """The right edge of a growing tree: one hash per set bit of its size, at most 64.

    It is all that an append needs, so that appending never reads the log again.
    """

    __slots__ = ("_alg", "_edge", "_size")

    def __init__(self, alg: int) -> None:
        hasher(alg)
        self._alg = alg
        self._size = 0
        self._edge: list[bytes] = []

    @property
    def size(self) -> int:
        """Leaves appended so far."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash of 32 octets at the right."""
        if len(leaf) != HASH_SIZE:
            raise BadProof(f"叶散列值应为 {HASH_SIZE} 字节，现为 {len(leaf)} 字节。")
        full = self._size
        while full & 1:
            leaf = node_hash(self._alg, self._edge.pop(), leaf)
            full >>= 1
        self._edge.append(leaf)
        self._size += 1

    def root(self) -> bytes:
        """Root of the tree of the leaves appended so far, 32 octets."""
        if not self._edge:
            return hasher(self._alg)(b"")
        top = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            top = node_hash(self._alg, left, top)
        return top

    def to_bytes(self) -> bytes:
        """Write the edge, largest subtree first; the size is stored beside it."""
        return b"".join(self._edge)

    @classmethod
    def from_bytes(cls, alg: int, size: int, raw: bytes) -> Self:
        """Read an edge back; raises `BadProof` unless it fits a tree of `size` leaves."""
        if size < 0 or len(raw) != size.bit_count() * HASH_SIZE:
            raise BadProof("右缘散列值的个数与条目数不符：账头已损坏，请先校验台账。")
        frontier = cls(alg)
        frontier._size = size
        frontier._edge = [raw[at : at + HASH_SIZE] for at in range(0, len(raw), HASH_SIZE)]
        return frontier


def inclusion_proof(alg: int, leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Hashes that lead from leaf `index` to the root over `leaves`, nearest first."""
    if not 0 <= index < len(leaves):
        raise BadProof(f"第 {index} 条不在 {len(leaves)} 条的台账之内。")
    proof: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        split = low + _split(high - low)
        if index < split:
            proof.append(root(alg, leaves[split:high]))
            high = split
        else:
            proof.append(root(alg, leaves[low:split]))
            low = split
    return proof[::-1]


def verify_inclusion(
    alg: int, *, leaf: bytes, index: int, size: int, proof: Iterable[bytes], root: bytes
) -> bool:
    """Tell whether `proof` shows `leaf` at `index` of a tree of `size` leaves with this root."""
    if not 0 <= index < size:
        return False
    node, last, top = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            top = node_hash(alg, step, top)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            top = node_hash(alg, top, step)
        node, last = node >> 1, last >> 1
    return last == 0 and top == root


def consistency_proof(alg: int, leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Hashes that show the tree of the first `old_size` leaves to be the start of this one."""
    if not 0 < old_size <= len(leaves):
        raise BadProof(f"旧账的条数 {old_size} 应在 1 与 {len(leaves)} 之间。")
    proof: list[bytes] = []
    low, high, whole = 0, len(leaves), True
    while old_size != high:
        split = low + _split(high - low)
        if old_size <= split:
            proof.append(root(alg, leaves[split:high]))
            high = split
        else:
            proof.append(root(alg, leaves[low:split]))
            low, whole = split, False
    if not whole:
        proof.append(root(alg, leaves[low:high]))
    return proof[::-1]


def verify_consistency(
    alg: int,
    *,
    old_size: int,
    old_root: bytes,
    new_size: int,
    new_root: bytes,
    proof: Sequence[bytes],
) -> bool:
    """Tell whether `proof` shows that the old tree is the start of the new one."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old_top = new_top = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old_top = node_hash(alg, step, old_top)
            new_top = node_hash(alg, step, new_top)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new_top = node_hash(alg, new_top, step)
        node, last = node >> 1, last >> 1
    return last == 0 and old_top == old_root and new_top == new_root


def _split(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)
