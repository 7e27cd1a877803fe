"""An invented office: units, people, posts, rooms and cabinets, all made by actions.

Everybody in it is invented. The demonstration starts from it, and the tests do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from baomi.engine.demo.leadership import appoint_secrecy_leader, person_inputs, sign_pledges
from baomi.engine.demo.names import invented_names
from baomi.engine.found import Founding, found_office
from baomi.engine.perform import perform_all
from baomi.engine.request import Receipt, Request
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door, Level, PersonnelClass, Post
from baomi.registers.office.actions.found import FIRST_UNIT, Appointee, FoundingPlan

OFFICE = "云澜市人大常委会（演示）"
UNITS = (
    FIRST_UNIT,
    "研究室",
    "法制委",
    "财经委",
    "教科文卫委",
    "农业委",
    "人事代表选举委",
    "内务司法委",
)
PROTECTED_ROOM = "保密室"
READING_ROOM = "阅文室"
BARE_ROOM = "西配楼旧库房"
CABINET_LEVELS = (Level.INTERNAL, Level.CONFIDENTIAL, Level.SECRET, Level.TOP_SECRET)
_MEASURES = "防盗门、铁窗、红外报警、视频监控"
_LETTER = "云人发〔2025〕1号"
_READER_CLASSES = (PersonnelClass.IMPORTANT, PersonnelClass.GENERAL, PersonnelClass.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The invented office: ids by role, unit and level, for whoever goes on from here."""

    founding: Founding = field(repr=False)
    units: Mapping[str, UUID]
    registrar: UUID
    system_admin: UUID
    security_admin: UUID
    auditor: UUID
    group_leader: UUID
    office_director: UUID
    secrecy_leader: UUID
    heads: Mapping[str, UUID]  # by unit
    keepers: Mapping[str, UUID]  # by unit
    readers: Mapping[str, tuple[UUID, ...]]  # by unit: 重要, 一般, 非涉密, and so on in turn
    rooms: Mapping[str, UUID]  # PROTECTED_ROOM, READING_ROOM, BARE_ROOM, and one for each unit
    cabinets: Mapping[Level, UUID]  # in the protected room, one for each level
    unit_cabinets: Mapping[str, UUID]  # by unit, each for 机密
    accounts: Mapping[UUID, UUID]  # by person
    logins: Mapping[UUID, str]  # by person
    codes: Mapping[str, str] = field(repr=False)  # one-time codes by login

    @property
    def log_id(self) -> UUID:
        """The ledger's id."""
        return self.founding.log_id


def founding_plan() -> FoundingPlan:
    """Who founds the invented office."""
    names = invented_names()

    def one(personnel_class: PersonnelClass, rank: str) -> Appointee:
        name, login = next(names)
        return Appointee(
            name=name, login=login, letter=_LETTER, rank=rank, personnel_class=personnel_class
        )

    registrar = one(PersonnelClass.CORE, "科级")
    director = one(PersonnelClass.CORE, "县处级")
    return FoundingPlan(
        office=OFFICE,
        founder=registrar,
        witness=director,
        registrar=registrar,
        office_director=director,
        group_leader=one(PersonnelClass.CORE, "厅局级"),
        system_admin=one(PersonnelClass.GENERAL, "科级"),
        security_admin=one(PersonnelClass.GENERAL, "科级"),
        auditor=one(PersonnelClass.GENERAL, "科级"),
        units=(FIRST_UNIT,),
    )


def make_office(
    *,
    alg: int = 1,
    readers_per_unit: int = 3,
    door: Door,
    after_commit: Callable[[], object] = lambda: None,
) -> Office:
    """Found the invented office and furnish it, on the clock's present day.

    ``after_commit`` is called after each commit: a demonstration seals there.
    """
    plan = founding_plan()
    founding = found_office(plan, alg=alg, demo=True, door=door)
    after_commit()
    return _Furnisher(plan, founding, door, after_commit).furnish(readers_per_unit)


class _Furnisher:
    """Performs the deeds, a commit for each kind, and keeps what they tell."""

    def __init__(
        self,
        plan: FoundingPlan,
        founding: Founding,
        door: Door,
        after_commit: Callable[[], object],
    ) -> None:
        self.founding = founding
        self.door = door
        self.after_commit = after_commit
        self.by_post = {post: founding.people[plan.appointee(post).login] for post in plan.POSTS}
        self.logins = {person: login for login, person in founding.people.items()}
        self.codes = dict(founding.codes)
        self.names = invented_names()
        for _ in founding.people:
            next(self.names)

    def furnish(self, readers_per_unit: int) -> Office:
        units = self._units()
        staff = {name: self._people(units[name], name, readers_per_unit) for name in units}
        heads = {name: people[0] for name, people in staff.items()}
        heads[FIRST_UNIT] = self.by_post[Post.OFFICE_DIRECTOR]
        keepers = {name: people[1] for name, people in staff.items()}
        self._appoint(units, heads, keepers)
        name, login = next(self.names)
        secrecy_leader = appoint_secrecy_leader(self._do, name, units[FIRST_UNIT], _LETTER)
        self.logins[secrecy_leader] = login
        sign_pledges(self._do, self.by_post[Post.GROUP_LEADER], units, heads, PROTECTED_ROOM)
        accounts = self._accounts()
        rooms = self._rooms(units, heads)
        cabinets, unit_cabinets = self._cabinets(units, rooms)
        return Office(
            founding=self.founding,
            units=units,
            **{post.value: person for post, person in self.by_post.items()},
            secrecy_leader=secrecy_leader,
            heads=heads,
            keepers=keepers,
            readers={name: tuple(people[2:]) for name, people in staff.items()},
            rooms=rooms,
            cabinets=cabinets,
            unit_cabinets=unit_cabinets,
            accounts=accounts,
            logins=self.logins,
            codes=self.codes,
        )

    def _do(
        self,
        action: str,
        by: Post,
        asked: Sequence[tuple[tuple[UUID, ...], Mapping[str, Any]]],
        second: Post | None = None,
    ) -> tuple[Receipt, ...]:
        requests = [
            Request(
                action=action,
                actor=self.by_post[by],
                targets=targets,
                inputs=inputs,
                op_id=new_id(),
                door=self.door,
                second=self.by_post[second] if second else None,
            )
            for targets, inputs in asked
        ]
        receipts = perform_all(requests)
        self.after_commit()
        return receipts

    def _units(self) -> dict[str, UUID]:
        more = UNITS[1:]
        receipts = self._do(
            "office.add_unit", Post.SECURITY_ADMIN, [((), {"name": n}) for n in more]
        )
        added = {n: UUID(r.told["unit"]) for n, r in zip(more, receipts, strict=True)}
        return {FIRST_UNIT: self.founding.units[FIRST_UNIT]} | added

    def _people(self, unit: UUID, name: str, readers: int) -> list[UUID]:
        """A head, a keeper and readers; the office's own unit has its head from the founding."""
        classes = [PersonnelClass.CORE if name == "财经委" else PersonnelClass.IMPORTANT]
        classes.append(PersonnelClass.IMPORTANT)
        classes += [_READER_CLASSES[number % len(_READER_CLASSES)] for number in range(readers)]
        people = [next(self.names) for _ in classes]
        receipts = self._do(
            "office.add_person",
            Post.SECURITY_ADMIN,
            [
                ((), person_inputs(person, unit, personnel_class, number))
                for number, ((person, _), personnel_class) in enumerate(
                    zip(people, classes, strict=True)
                )
            ],
        )
        ids = [UUID(receipt.told["person"]) for receipt in receipts]
        self.logins |= {key: login for key, (_, login) in zip(ids, people, strict=True)}
        return ids

    def _appoint(
        self, units: Mapping[str, UUID], heads: Mapping[str, UUID], keepers: Mapping[str, UUID]
    ) -> None:
        chosen = [(heads, Post.UNIT_HEAD), (keepers, Post.UNIT_KEEPER)]
        self._do(
            "office.appoint",
            Post.SECURITY_ADMIN,
            [
                ((of[name],), {"post": post, "unit": units[name], "letter": _LETTER})
                for of, post in chosen
                for name in units
            ],
            second=Post.AUDITOR,
        )

    def _accounts(self) -> dict[UUID, UUID]:
        founders = {
            person: self.founding.accounts[person] for person in self.founding.people.values()
        }
        others = [person for person in self.logins if person not in founders]
        receipts = self._do(
            "office.grant_account",
            Post.SYSTEM_ADMIN,
            [((person,), {"login": self.logins[person]}) for person in others],
        )
        granted = dict(zip(others, receipts, strict=True))
        for person, receipt in granted.items():
            self.codes[self.logins[person]] = receipt.told["code"].get_secret_value()
        return founders | {
            person: UUID(receipt.told["account"]) for person, receipt in granted.items()
        }

    def _rooms(self, units: Mapping[str, UUID], heads: Mapping[str, UUID]) -> dict[str, UUID]:
        registrar = self.by_post[Post.REGISTRAR]
        special = [(PROTECTED_ROOM, True, _MEASURES), (READING_ROOM, False, _MEASURES)]
        special.append((BARE_ROOM, False, ""))
        rooms = [
            _room_inputs(name, units[FIRST_UNIT], registrar, keeps_papers=keeps, measures=measures)
            for name, keeps, measures in special
        ]
        rooms += [
            _room_inputs(
                f"{name}机要间", units[name], heads[name], keeps_papers=True, measures=_MEASURES
            )
            for name in units
        ]
        receipts = self._do("office.add_room", Post.REGISTRAR, [((), each) for each in rooms])
        ids = [UUID(receipt.told["room"]) for receipt in receipts]
        return dict(zip([PROTECTED_ROOM, READING_ROOM, BARE_ROOM, *units], ids, strict=True))

    def _cabinets(
        self, units: Mapping[str, UUID], rooms: Mapping[str, UUID]
    ) -> tuple[dict[Level, UUID], dict[str, UUID]]:
        asked: list[dict[str, Any]] = [
            {"name": f"{level.title}柜", "room": rooms[PROTECTED_ROOM], "level": level.code}
            for level in CABINET_LEVELS
        ]
        asked += [
            {"name": f"{name}柜", "room": rooms[name], "level": Level.SECRET.code} for name in units
        ]
        receipts = self._do("office.add_cabinet", Post.REGISTRAR, [((), each) for each in asked])
        ids = [UUID(receipt.told["cabinet"]) for receipt in receipts]
        count = len(CABINET_LEVELS)
        return (
            dict(zip(CABINET_LEVELS, ids[:count], strict=True)),
            dict(zip(units, ids[count:], strict=True)),
        )


def _room_inputs(
    name: str, unit: UUID, responsible: UUID, *, keeps_papers: bool, measures: str
) -> dict[str, Any]:
    return {
        "name": name,
        "unit": unit,
        "responsible": responsible,
        "keeps_papers": keeps_papers,
        "measures": measures,
    }
