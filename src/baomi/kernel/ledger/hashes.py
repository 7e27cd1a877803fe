"""The two hash functions of the ledger: 1 = SHA-256 (FIPS 180-4), 2 = SM3 (GM/T 0004-2012)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Final

SHA_256: Final = 1
SM3: Final = 2

_MASK: Final = 0xFFFFFFFF
_SM3_START: Final = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip


class UnknownAlgorithm(ValueError):
    """An algorithm number other than 1 and 2."""


@cache
def hasher(alg: int) -> Callable[[bytes], bytes]:
    """Return the hash function of algorithm number `alg`, octets to 32 octets.

    SM3 comes from OpenSSL where that has it, else from this file.  Raises `UnknownAlgorithm`.
    """
    if alg == SHA_256:
        return _sha256
    if alg == SM3:
        return _openssl_sm3 if _openssl_has_sm3() else sm3
    raise UnknownAlgorithm(f"散列算法编号 {alg} 不认识：1 为 SHA-256，2 为 SM3。")


def sm3(data: bytes) -> bytes:
    """SM3 of `data`, 32 octets, in plain Python."""
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (8 * len(data)).to_bytes(8, "big")
    state: tuple[int, ...] = _SM3_START
    for at in range(0, len(padded), 64):
        state = _compress(state, _expand(padded[at : at + 64]))
    return b"".join(word.to_bytes(4, "big") for word in state)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _openssl_sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


def _openssl_has_sm3() -> bool:
    try:
        return len(hashlib.new("sm3", b"").digest()) == 32
    except ValueError:
        return False


def _rotate(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & _MASK


def _expand(block: bytes) -> list[int]:
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        mixed ^= _rotate(mixed, 15) ^ _rotate(mixed, 23)
        words.append(mixed ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    return words


def _compress(state: tuple[int, ...], words: list[int]) -> tuple[int, ...]:
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _rotate((_rotate(a, 12) + e + _rotate(constant, j)) & _MASK, 7)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & _MASK & g)
        tt1 = (ff + d + (ss1 ^ _rotate(a, 12)) + (words[j] ^ words[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + words[j]) & _MASK
        a, b, c, d = tt1, a, _rotate(b, 9), c
        e, f, g, h = tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17), e, _rotate(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))
