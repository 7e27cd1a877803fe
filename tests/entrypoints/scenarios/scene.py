"""For each guard one lawful and one unlawful deed, each asked for in a state prepared for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from baomi.kernel.clock import clock, instant_on
from tests.entrypoints.asking import Asked
from tests.factories.office import TODAY
from tests.registers.custody.desk import Desk

YESTERDAY = instant_on(TODAY - timedelta(days=3), 9)  # the Friday before


@dataclass(frozen=True)
class Scene:
    """The two deeds of one guard; both may be asked for in the state that was prepared."""

    lawful: Asked
    unlawful: Asked


Prepare = Callable[[Desk], Scene]


@dataclass(frozen=True)
class Scenario:
    """How the two deeds of a guard come about, and who else must refuse the unlawful one."""

    prepare: Prepare
    beside: frozenset[str]


SCENARIOS: dict[str, Scenario] = {}


def shows(guard: str, *, beside: tuple[str, ...] = ()) -> Callable[[Prepare], Prepare]:
    """Say which guard a scenario shows, and which others cannot but refuse with it."""

    def keep(prepare: Prepare) -> Prepare:
        assert guard not in SCENARIOS, f"{guard} has two scenarios"
        SCENARIOS[guard] = Scenario(prepare, frozenset(beside))
        return prepare

    return keep


def before_today():
    """The clock stands at the working day before."""
    return clock.standing_at(YESTERDAY)
