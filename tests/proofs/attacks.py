"""The tamper matrix on a live database: what is done, and the codes that must tell it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.proofs.small_office import SmallOffice


@dataclass(frozen=True)
class Attack:
    """One tampering: its number, what it does, and codes that must all be found."""

    id: str
    codes: tuple[str, ...]
    do: Callable[[SmallOffice], None]


ATTACKS: list[Attack] = []


def attack(
    number: str, *codes: str
) -> Callable[[Callable[[SmallOffice], None]], Callable[[SmallOffice], None]]:
    """Put a tampering into the matrix; its name is the function's."""

    def register(do: Callable[[SmallOffice], None]) -> Callable[[SmallOffice], None]:
        ATTACKS.append(Attack(f"{number}-{do.__name__}", codes, do))
        return do

    return register
