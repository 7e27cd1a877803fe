"""What a search compares: a paper's title, issuer and number as ink, and its pairs of signs.

Two characters are a word in Chinese, so every two neighbouring signs are an entry of the index.
"""

from __future__ import annotations

from baomi.kernel.spelling import fold

_BETWEEN = "\n"  # no folded text holds one, so that no pair spans two texts


def shadow_of(*texts: str) -> str:
    """The texts folded, each on a line of its own."""
    return _BETWEEN.join(fold(text) for text in texts)


def pairs_of(shadow: str) -> tuple[str, ...]:
    """Every two neighbouring signs, each pair once."""
    pairs = (shadow[place : place + 2] for place in range(len(shadow) - 1))
    return tuple(dict.fromkeys(pair for pair in pairs if _BETWEEN not in pair))
