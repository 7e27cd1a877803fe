"""Ed25519 verification (RFC 8032 section 5.1.7) in plain Python; signing is done elsewhere.

Points are held as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha512
from typing import Final

PUBLIC_SIZE: Final = 32
SIGNATURE_SIZE: Final = 64

_P: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _P) % _P
_SQRT_MINUS_1: Final = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]
_ZERO: Final[_Point] = (0, 1, 1, 0)
_BASE: Final = (4 * pow(5, -1, _P) % _P).to_bytes(32, "little")


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether `signature` is that of `message` under the key `public`.

    Refuses a scalar S that is not reduced, so that a signature has one spelling only.
    """
    if len(public) != PUBLIC_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    negated = _negated_multiples(public)
    if scalar >= _ORDER or negated is None:
        return False
    digest = sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % _ORDER
    return _compressed(_two_products(scalar, challenge, negated)) == signature[:32]


def _two_products(scalar: int, challenge: int, negated: tuple[_Point, ...]) -> _Point:
    base = _base_multiples()
    total = _ZERO
    for shift in range(252, -1, -4):
        for _ in range(4):
            total = _double(total)
        if digit := scalar >> shift & 15:
            total = _add(total, base[digit])
        if digit := challenge >> shift & 15:
            total = _add(total, negated[digit])
    return total


@cache
def _base_multiples() -> tuple[_Point, ...]:
    point = _decompressed(_BASE)
    assert point is not None  # noqa: S101 - a constant of the standard
    return _multiples(point)


@cache
def _negated_multiples(public: bytes) -> tuple[_Point, ...] | None:
    point = _decompressed(public)
    if point is None:
        return None
    x, y, z, t = point
    return _multiples((_P - x, y, z, _P - t))


def _multiples(point: _Point) -> tuple[_Point, ...]:
    found = [_ZERO]
    for _ in range(15):
        found.append(_add(found[-1], point))
    return tuple(found)


def _add(one: _Point, other: _Point) -> _Point:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a = (y1 - x1) * (y2 - x2) % _P
    b = (y1 + x1) * (y2 + x2) % _P
    c = 2 * t1 * t2 * _D % _P
    d = 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _double(point: _Point) -> _Point:
    x, y, z, _ = point
    a = x * x % _P
    b = y * y % _P
    h = a + b
    e = h - (x + y) * (x + y) % _P
    g = a - b
    f = 2 * z * z % _P + g
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _decompressed(octets: bytes) -> _Point | None:
    number = int.from_bytes(octets, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= _P:
        return None
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if (v * x * x - u) % _P:
        x = x * _SQRT_MINUS_1 % _P
    if (v * x * x - u) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


def _compressed(point: _Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, _P)
    sign = (x * inverse % _P & 1) << 255
    return (y * inverse % _P | sign).to_bytes(32, "little")
