"""The office of a random year: what its registers hold now, and recipes of deeds for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from baomi.engine.demo.names import invented_names
from baomi.engine.demo.office_plan import Office
from baomi.kernel.words import Level, PersonnelClass, Post
from baomi.registers.custody import models as custody
from baomi.registers.office import load, models

ThingT = TypeVar("ThingT")
MAY_READ = {
    PersonnelClass.CORE.value: Level.TOP_SECRET,
    PersonnelClass.IMPORTANT.value: Level.SECRET,
    PersonnelClass.GENERAL.value: Level.CONFIDENTIAL,
    PersonnelClass.NONE.value: Level.INTERNAL,
}


class NothingToDo(Exception):
    """There is nothing now on which such a deed could be done."""


@dataclass
class Wanted:
    """A deed as somebody would ask for it."""

    actor: UUID
    targets: tuple[UUID, ...] = ()
    inputs: dict[str, Any] = field(default_factory=dict)
    second: UUID | None = None


Recipe = Callable[["World"], Wanted]
RECIPES: dict[str, Recipe] = {}
# what makes a thing on which the other can be done
FIRST = {
    "approvals.decide": "approvals.ask",
    "approvals.withdraw": "approvals.ask",
    "attachments.void": "attachments.attach",
    "custody.acknowledge_slip": "custody.draw_up_slip",
    "custody.bring_back": "custody.carry_out",
    "custody.carry_out": "approvals.decide",
    "custody.confirm_slip": "custody.draw_up_slip",
    "custody.consult_archive": "approvals.decide",
    "custody.draw_up_slip": "custody.hand_over_copy",
    "custody.end_consultation": "custody.consult_archive",
    "custody.hand_over_copy": "custody.set_circle",
    "custody.mark_paper": "custody.register_own_paper",
    "custody.number_copies": "custody.register_own_paper",
    "custody.put_into_archive": "custody.store_copies",
    "custody.record_past_hand_over": "custody.record_past_receipt",
    "custody.record_past_return": "custody.record_past_hand_over",
    "custody.report_found": "custody.report_missing",
    "custody.report_missing": "custody.store_copies",
    "custody.set_circle": "custody.store_copies",
    "custody.store_copies": "custody.receive_envelope",
    "custody.take_back_copy": "custody.hand_over_copy",
    "custody.undo": "custody.hand_over_copy",
    "custody.widen_circle": "approvals.decide",
    "approvals.ask": "custody.hand_over_copy",
    "duties.close_by_hand": "duties.open_by_hand",
    "governance.cancel_pledge": "governance.draw_up_pledge",
    "governance.draw_up_pledge": "office.appoint",
    "governance.end_oversight": "governance.assign_oversight",
    "governance.sign_pledge": "governance.draw_up_pledge",
    "office.close_cabinet": "office.add_cabinet",
    "office.close_unit": "office.add_unit",
    "office.destroy_personal_key": "office.seal_personal_data",
    "office.end_deputation": "office.depute",
    "office.grant_account": "office.add_person",
    "office.resume_account": "office.suspend_account",
}
LEFT_OUT: dict[str, str] = {}  # action: why it is never accepted here


def recipe(action: str) -> Callable[[Recipe], Recipe]:
    """Say how a lawful deed of an action is made of what the registers hold."""

    def known(make: Recipe) -> Recipe:
        RECIPES[action] = make
        return make

    return known


class World:
    """Looks into the registers by plain queries, and draws by chance."""

    def __init__(self, office: Office, seed: int, day: date) -> None:
        self.office = office
        self.rng = Random(seed)  # noqa: S311 - chance of a story
        self.day = day
        self._names = islice(invented_names(), 200, None)
        self._serial = 0
        # who stays, so that the year has an end
        self.staying = frozenset(
            {
                office.registrar,
                office.system_admin,
                office.security_admin,
                office.auditor,
                office.group_leader,
                office.office_director,
                office.secrecy_leader,
            }
        )

    def one(self, things: Sequence[ThingT]) -> ThingT:
        """One of them. Raises ``NothingToDo`` for none."""
        if not things:
            raise NothingToDo
        return self.rng.choice(things)

    def by_chance(self, share: float) -> bool:
        return self.rng.random() < share

    def serial(self) -> int:
        """A number that was not used in this year."""
        self._serial += 1
        return self._serial

    def name(self) -> tuple[str, str]:
        """A name and a login of nobody."""
        number = self.serial()
        name, login = next(self._names)
        return name, f"{login}{number}"

    def later(self, most: int, least: int = 0) -> date:
        return self.day + timedelta(days=self.rng.randint(least, most))

    def people(self, *, leaving: bool = False, **only: Any) -> list[dict[str, Any]]:
        """Who is in service today, oldest rows first; ``leaving``: without those who stay."""
        rows = models.Person.objects.filter(
            Q(left_on=None) | Q(left_on__gte=self.day), joined_on__lte=self.day, **only
        )
        found = rows.order_by("id").values()
        return [row for row in found if not leaving or row["id"] not in self.staying]

    def person(self, **only: Any) -> UUID:
        return self.one(self.people(**only))["id"]

    def inside(self, key: Any) -> UUID | None:
        """Somebody, if he is in service today."""
        rows = self.people(id=key) if key else []
        return rows[0]["id"] if rows else None

    def readers(self, level: int, **only: Any) -> list[UUID]:
        """Who may read a level."""
        rows = self.people(**only)
        return [row["id"] for row in rows if MAY_READ[row["personnel_class"]].value >= level]

    def holders(self, post: Post) -> list[UUID]:
        return list(load.holders(post, self.day))

    def holder(self, post: Post) -> UUID:
        return self.one(self.holders(post))

    def holdings(self, **only: Any) -> list[dict[str, Any]]:
        """Appointments of today."""
        rows = models.PostHolding.objects.filter(
            Q(until_on=None) | Q(until_on__gt=self.day), from_on__lte=self.day, **only
        )
        return list(rows.order_by("id").values())

    def second(self, actor: UUID) -> UUID:
        """Another of those who stay."""
        return self.one(sorted(self.staying - {actor}))

    def unit(self) -> UUID:
        return self.one(self.units())

    def units(self) -> list[UUID]:
        rows = models.Unit.objects.filter(closed_on=None).order_by("id")
        return list(rows.values_list("id", flat=True))

    def room(self) -> UUID:
        """A protected one."""
        rows = models.Room.objects.exclude(measures="").order_by("id")
        return self.one(list(rows.values_list("id", flat=True)))

    def cabinet(self, level: int, *, but: UUID | None = None) -> UUID:
        """One in use, in a protected room, fit for a level."""
        rows = models.Cabinet.objects.filter(closed_on=None, level__gte=level)
        rows = rows.exclude(room__measures="").exclude(id=but)
        return self.one(list(rows.order_by("id").values_list("id", flat=True)))

    def copies(self, *states: str, **only: Any) -> list[dict[str, Any]]:
        """Copies in a state, the newest of them, with what their papers are."""
        rows = custody.Copy.objects.filter(state__in=states, since__lte=self.day, **only)
        columns = ("id", "paper_id", "holder_id", "kept_by_id", "cabinet_id", "home_cabinet_id")
        more = ("purpose", "state", "paper__level", "paper__circle_set_on", "paper__handler_id")
        return list(rows.order_by("-id").values(*columns, *more)[:60])

    def papers(self, **only: Any) -> list[dict[str, Any]]:
        return list(custody.Paper.objects.filter(**only).order_by("-id").values()[:40])

    def by(self, actor: UUID, *targets: UUID, **inputs: Any) -> Wanted:
        """A deed of one person."""
        return Wanted(actor, targets, inputs)

    def by_two(self, actor: UUID, *targets: UUID, **inputs: Any) -> Wanted:
        """A deed that a second person confirms."""
        return Wanted(actor, targets, inputs, second=self.second(actor))
