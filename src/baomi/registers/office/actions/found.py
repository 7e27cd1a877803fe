"""Found the office: its first people, their posts and accounts. Entry 1 of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field, SecretStr

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.ids import derived_id, new_id
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, PersonnelClass, Post
from baomi.registers.office import facts, models
from baomi.registers.office.actions.credentials import open_account
from baomi.registers.office.appointments import carried_by
from baomi.registers.office.pinyin import initials
from baomi.registers.office.wording import Letter, Line, Login, Named, Rank

FIRST_UNIT = "办公室"
_GROUND = "建账登记"


class Appointee(Inputs):
    """Somebody who takes part in the founding: the same login is the same person."""

    name: Named = Field(title="姓名", description="按证件填写")
    login: Login = Field(title="登录名", description="小写字母开头，如 zhang.wei")
    letter: Letter = Field(title="任命文号", description="任命或委托文件的文号")
    unit: Named = Field(default=FIRST_UNIT, title="所在单位", description="初始单位之一")
    rank: Rank = Field(default="", title="职级", description="可不填")
    personnel_class: PersonnelClass | None = Field(
        default=None,
        title="涉密等级",
        description="core、important、general、none；不填则组长、办公室主任、保密员为核心，其余为一般",
    )


class FoundingPlan(Inputs):
    """Everything that the founding records."""

    office: Line = Field(title="机关名称", description="本机关全称")
    founder: Appointee = Field(title="建账人", description="办理建账的人")
    witness: Appointee = Field(title="见证人", description="在场确认的第二人")
    system_admin: Appointee = Field(title="系统管理员", description="三名管理员须是三个人")
    security_admin: Appointee = Field(title="安全保密管理员", description="三名管理员须是三个人")
    auditor: Appointee = Field(title="安全审计员", description="三名管理员须是三个人")
    group_leader: Appointee = Field(title="组长", description="保密工作领导小组组长")
    office_director: Appointee = Field(title="办公室主任", description="兼副组长")
    registrar: Appointee = Field(title="保密员", description="管理收发登记的人")
    units: tuple[Named, ...] = Field(
        default=(FIRST_UNIT,), min_length=1, title="初始单位", description="至少有办公室"
    )
    demo: bool = Field(default=False, title="演示", description="是否演示机关：是、否")

    POSTS: ClassVar[tuple[Post, ...]] = (
        Post.SYSTEM_ADMIN,
        Post.SECURITY_ADMIN,
        Post.AUDITOR,
        Post.GROUP_LEADER,
        Post.OFFICE_DIRECTOR,
        Post.REGISTRAR,
    )

    def appointees(self) -> Mapping[str, Appointee]:
        """Everybody by login. Raises ``BadInput`` where one login stands for two names."""
        found: dict[str, Appointee] = {}
        everybody = [self.appointee(post) for post in self.POSTS]
        for each in (*everybody, self.founder, self.witness):
            known = found.setdefault(each.login, each)
            if known.name != each.name:
                raise BadInput(f"登录名“{each.login}”填给了两个人，请给每人一个登录名")
        return found

    def appointee(self, post: Post) -> Appointee:
        """Who takes a post at the founding."""
        chosen: Appointee = getattr(self, post.value)
        return chosen

    def class_of(self, login: str) -> PersonnelClass:
        """A person's class: as stated in any place, else core for who sees everything."""
        everybody = [self.appointee(post) for post in self.POSTS]
        stated = [
            each.personnel_class
            for each in (*everybody, self.founder, self.witness)
            if each.login == login and each.personnel_class is not None
        ]
        if stated:
            return stated[0]
        core = {self.group_leader.login, self.office_director.login, self.registrar.login}
        return PersonnelClass.CORE if login in core else PersonnelClass.GENERAL

    def posts_of(self, login: str, terms: Terms) -> tuple[tuple[Post, str, bool], ...]:
        """Posts of a person, each with its letter, and whether it goes with another one."""
        taken = [
            (post, self.appointee(post).letter)
            for post in self.POSTS
            if self.appointee(post).login == login
        ]
        return tuple(
            (post, letter, post is not main)
            for main, letter in taken
            for post in (main, *carried_by(main, terms))
        )


@dataclass(frozen=True, slots=True)
class Read:
    """The plan, and the people as they will be, by login."""

    plan: FoundingPlan | None = None
    people: Mapping[str, Person] | None = None


class Found(Action[Read]):
    """Found the office."""

    name = "office.found"
    title = "建账"
    help = "建立本机关的台账：登记机关、三名管理员、组长、办公室主任、保密员及其任命文号。"
    done_by = frozenset({Post.FOUNDER})
    brings = (facts.PersonTakesPost, facts.PostFallsVacant)
    inputs = FoundingPlan

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: FoundingPlan) -> Deed[Read]:
        _refuse_impossible(inputs)
        people = _people(inputs, situation)
        takes = tuple(
            facts.PersonTakesPost(
                person=people[login],
                post=post,
                unit=None,
                posts_held=frozenset(
                    each for each, _, _ in inputs.posts_of(login, situation.terms) if each != post
                ),
                from_on=situation.today,
            )
            for login in people
            for post, _, _ in inputs.posts_of(login, situation.terms)
        )
        return replace(
            situation,
            second=people[inputs.witness.login],
            happenings=(*takes, *_vacant(inputs, situation)),
            facts=Read(inputs, people),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        plan, people = deed.facts.plan, deed.facts.people
        if plan is None or people is None:
            raise BadInput("请填写建账内容")
        touched: dict[str, set[UUID]] = {
            "office_office": {_record_office(deed, plan)},
            "office_unit": _record_units(deed, plan),
            "office_person": _record_people(deed, plan, people),
            "office_post_holding": _record_posts(deed, plan, people),
        }
        codes: dict[str, SecretStr] = {}
        accounts: dict[str, str] = {}
        for login, person in people.items():
            account, codes[login], opened = open_account(deed, person.id, login, _GROUND)
            accounts[login] = str(account)
            for table, ids in opened.items():
                touched.setdefault(table, set()).update(ids)
        return Change(touched=touched, told={"codes": codes, "accounts": accounts})


def person_id(op_id: UUID, login: str) -> UUID:
    """The id that a person of the founding gets: known before the deed, for its actor's sake."""
    return derived_id(op_id, f"office.found/person/{login}")


def unit_id(op_id: UUID, name: str) -> UUID:
    """The id that an initial unit gets."""
    return derived_id(op_id, f"office.found/unit/{name}")


def _refuse_impossible(plan: FoundingPlan) -> None:
    if FIRST_UNIT not in plan.units:
        raise BadInput("初始单位里必须有办公室", field="units")
    if len(set(plan.units)) != len(plan.units):
        raise BadInput("初始单位有重名，请核对", field="units")
    if plan.founder.login == plan.witness.login:
        raise BadInput("见证人不能是建账人本人，请另请一人", field="witness")
    for each in plan.appointees().values():
        if each.unit not in plan.units:
            raise BadInput(f"{each.name}的单位“{each.unit}”不在初始单位之列，请补上或改正")


def _people(plan: FoundingPlan, deed: Deed[Any]) -> dict[str, Person]:
    return {
        login: Person(
            id=person_id(deed.op_id, login),
            human=person_id(deed.op_id, login),
            name=each.name,
            unit=unit_id(deed.op_id, each.unit),
            clearance=deed.terms.clearance_of(plan.class_of(login)),
            posts=frozenset({Post.ANYONE}),
            keeps_for=frozenset(),
            stands_in=(),
            in_service=True,
        )
        for login, each in plan.appointees().items()
    }


def _vacant(plan: FoundingPlan, deed: Deed[Any]) -> tuple[facts.PostFallsVacant, ...]:
    """The posts that must be held and that the founding fills with nobody."""
    taken = {post for login in plan.appointees() for post, _, _ in plan.posts_of(login, deed.terms)}
    seats = [
        *((post, None, "") for post in deed.terms.needed_posts() if post not in taken),
        *(
            (post, unit_id(deed.op_id, name), name)
            for name in plan.units
            for post in deed.terms.needed_in_units()
        ),
    ]
    return tuple(
        facts.PostFallsVacant(
            post=post, unit=unit, unit_name=name, from_on=deed.today, director_is_there=True
        )
        for post, unit, name in seats
    )


def _record_office(deed: Deed[Any], plan: FoundingPlan) -> UUID:
    row = models.Office(
        id=new_id(),
        name=plan.office,
        demo=plan.demo,
        founded_on=deed.today,
        witness=plan.witness.name,
    )
    row.save(force_insert=True)
    return row.id


def _record_units(deed: Deed[Any], plan: FoundingPlan) -> set[UUID]:
    rows = [
        models.Unit(id=unit_id(deed.op_id, name), name=name, opened_on=deed.today)
        for name in plan.units
    ]
    models.Unit.objects.bulk_create(rows)
    return {row.id for row in rows}


def _record_people(deed: Deed[Any], plan: FoundingPlan, people: Mapping[str, Person]) -> set[UUID]:
    rows = [
        models.Person(
            id=people[login].id,
            name=each.name,
            initials=initials(each.name),
            unit_id=people[login].unit,
            rank=each.rank,
            personnel_class=plan.class_of(login).value,
            class_ground=_GROUND,
            badge_serial=serial,
            joined_on=deed.today,
        )
        for serial, (login, each) in enumerate(plan.appointees().items(), start=1)
    ]
    models.Person.objects.bulk_create(rows)
    return {row.id for row in rows}


def _record_posts(deed: Deed[Any], plan: FoundingPlan, people: Mapping[str, Person]) -> set[UUID]:
    rows = [
        models.PostHolding(
            id=new_id(),
            person_id=person.id,
            post=post.value,
            from_on=deed.today,
            letter=letter,
            confirmed_by_id=people[plan.witness.login].id,
            ex_officio=ex_officio,
        )
        for login, person in people.items()
        for post, letter, ex_officio in plan.posts_of(login, deed.terms)
    ]
    models.PostHolding.objects.bulk_create(rows)
    return {row.id for row in rows}
