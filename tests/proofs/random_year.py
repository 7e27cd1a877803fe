"""A year of random deeds through every action, lawful and unlawful, as the days go by."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from baomi.engine import registry
from baomi.engine.demo.office_plan import Office
from baomi.engine.inputs import InvalidInputs
from baomi.engine.perform import perform
from baomi.engine.request import Request
from baomi.engine.sealer import seal_now
from baomi.engine.tick import open_duties
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.ids import new_id
from baomi.kernel.judge import ACCESS
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Door
from baomi.registers.approvals.models import ApprovalStep
from tests.proofs.year import of_custody, of_the_group, of_the_office  # noqa: F401
from tests.proofs.year.approved_rightly import decision, handed_over, uses
from tests.proofs.year.held_true import faults
from tests.proofs.year.offences import NO_RULE_REFUSES
from tests.proofs.year.spoiling import spoiled
from tests.proofs.year.world import FIRST as BEFORE
from tests.proofs.year.world import LEFT_OUT, RECIPES, NothingToDo, Wanted, World

ACCEPTED, BY_RULE, BY_ACCESS, BAD, INVALID = "accepted", "rule", "access", "bad", "invalid"
OUTCOMES = (ACCEPTED, BY_RULE, BY_ACCESS, BAD, INVALID)
BY_TIME = "duties.open_by_time"
MOST_ROUNDS = 150  # days' worth of deeds on the last day, to make a year whole
UNLAWFUL = 0.4  # share of the deeds that are spoiled on purpose
FIRST, LAST = date(2025, 3, 3), date(2026, 3, 2)


@dataclass(frozen=True)
class Done:
    """A deed that was accepted."""

    op_id: UUID
    action: str
    targets: tuple[UUID, ...]
    day: date


@dataclass
class Year:
    """What came of the deeds, by action; and those that were accepted, in order."""

    told: dict[str, Counter[str]] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # what did not hold
    surprises: list[str] = field(default_factory=list)  # recipes that meant well and were refused

    def count(self, action: str, outcome: str) -> int:
        return self.told.get(action, Counter())[outcome]

    def refusals(self, action: str) -> int:
        return sum(self.count(action, each) for each in OUTCOMES[1:])

    @property
    def deeds(self) -> int:
        return sum(each.total() for each in self.told.values())

    @property
    def accepted(self) -> int:
        return sum(each[ACCEPTED] for each in self.told.values())

    def note(self, action: str, outcome: str) -> None:
        self.told.setdefault(action, Counter())[outcome] += 1


def rules_of(action: str) -> tuple[str, ...]:
    """The guards and approvals that speak of what an action brings."""
    brought = registry.actions()[action].brings
    found = []
    for clause in registry.rulebook():
        for part in clause.every_part():
            for rule, reads in [(each, each.reads) for each in part.guards] + [
                (each, each.when) for each in part.approvals
            ]:
                if any(issubclass(each, reads) for each in brought):
                    found.append(rule.key)
    return tuple(found)


class Runner:
    """Lives a year in the invented office; what must hold is asked after each batch of deeds."""

    def __init__(self, office: Office, seed: int, *, batch: int, focus: Sequence[str] = ()) -> None:
        self.world = World(office, seed, FIRST)
        self.year = Year()
        self.batch = batch
        self.rules = {name: rules_of(name) for name in registry.actions()}
        self.names = [name for name in focus or registry.actions() if name != BY_TIME]

    def live(
        self,
        per_day: int,
        *,
        is_over: Callable[[Year], bool] = lambda year: False,
        is_whole: Callable[[Year], bool] = lambda year: True,
    ) -> Year:
        """From the first day on, until it is over or the year has passed.

        The last day goes on, if it must, until the year is whole: chance alone leaves nothing out.
        """
        day = FIRST
        while day <= LAST and not is_over(self.year):
            self.world.day = day
            with clock.standing_at(instant_on(day, 9, 30)):
                self._day(per_day)
            day += timedelta(days=self.world.rng.choice((1, 1, 1, 2, 5)))
        with clock.standing_at(instant_on(self.world.day, 18)):
            for _ in range(MOST_ROUNDS):
                if is_over(self.year) or is_whole(self.year):
                    break
                self._day(per_day)
            self._check()
        return self.year

    def _day(self, per_day: int) -> None:
        if self.world.by_chance(0.4):
            open_duties()
        for _ in range(per_day):
            self._deed()
            if self.year.deeds % self.batch == 0:
                self._check()

    def _check(self) -> None:
        self.year.faults += after_a_batch(self.year)
        seal_now()

    def _deed(self) -> None:
        """One deed, of what came off the least so far more often than of the rest."""
        unlawful = self.world.by_chance(UNLAWFUL)
        name = self._next(unlawful=unlawful)
        if unlawful:
            try:
                wanted = spoiled(self.world, registry.actions()[name])
            except NothingToDo:
                name = BEFORE.get(name, name)
            else:
                self._try(name, wanted, meant_well=False)
                return
        self._lawful(name)

    def _lawful(self, name: str) -> None:
        """Do it; where there is nothing to do it on, what makes such a thing."""
        for _ in range(len(BEFORE)):
            try:
                wanted = RECIPES[name](self.world)
            except (NothingToDo, KeyError):
                if name not in BEFORE:
                    return
                name = BEFORE[name]
            else:
                self._try(name, wanted, meant_well=True)
                return

    def _next(self, *, unlawful: bool) -> str:
        names = [each for each in self.names if unlawful or each in RECIPES]
        some = self.world.rng.sample(names, 5)

        def so_far(name: str) -> int:
            if not unlawful:
                return self.year.count(name, ACCEPTED)
            by_rule = self.rules[name] and name not in NO_RULE_REFUSES
            return self.year.count(name, BY_RULE) if by_rule else self.year.refusals(name)

        return min(some, key=so_far)

    def _try(self, name: str, wanted: Wanted, *, meant_well: bool) -> None:
        request = Request(
            action=name,
            actor=wanted.actor,
            targets=wanted.targets,
            inputs=wanted.inputs,
            op_id=new_id(),
            door=Door.WORKER,
            second=wanted.second,
        )
        outcome, why = outcome_of(request)
        self.year.note(name, outcome)
        if outcome == ACCEPTED:
            done = Done(request.op_id, name, request.targets, self.world.day)
            self.year.done.append(done)
            self.year.faults += at_once(done, self.world)
        elif meant_well:
            self.year.surprises.append(f"{name}: {why}")


def at_once(done: Done, world: World) -> list[str]:
    """What must be asked before anything else happens."""
    if done.action == "custody.hand_over_copy":
        return list(handed_over(done.op_id, world))
    if done.action == "approvals.decide":
        rows = ApprovalStep.objects.filter(need__request__in=done.targets)
        made = rows.select_related("need__request", "decided_by").order_by("-id")[:1]
        return [fault for step in made for fault in decision(step)]
    return []


def after_a_batch(year: Year) -> list[str]:
    """What does not hold after some deeds."""
    return [*faults(), *uses(year.done)]


def outcome_of(request: Request) -> tuple[str, str]:
    """Do it, and say what came of it."""
    try:
        perform(request)
    except Refused as refused:
        guards = [f"{each.clause}/{each.guard}" for each in refused.verdict.refusals]
        only_access = set(refused.verdict.clauses) == {ACCESS}
        return (BY_ACCESS if only_access else BY_RULE), " ".join(guards)
    except InvalidInputs as invalid:
        return INVALID, f"{[each.field for each in invalid.faults]}"
    except BadInput as bad:
        return BAD, str(bad)
    return ACCEPTED, ""


def table(year: Year) -> str:
    """The figures, an action a line, and why one is left out."""
    lines = [f"{'action':36}" + "".join(f"{each:>9}" for each in OUTCOMES) + "  rules"]
    for name in registry.actions():
        figures = "".join(f"{year.count(name, each):9}" for each in OUTCOMES)
        lines.append(f"{name:36}{figures}{len(rules_of(name)):7}  {LEFT_OUT.get(name, '')}")
    share = year.accepted / max(year.deeds, 1)
    lines.append(f"{year.deeds} deeds, {year.accepted} accepted ({share:.0%})")
    return "\n".join(lines)
