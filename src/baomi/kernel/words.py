"""The words that every part of the system shares: levels, posts, purposes, people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID


class Level(IntEnum):
    """Level of secrecy, ordered, so that ``copy.level <= person.clearance`` reads as it says."""

    NONE = -1  # 未注密级
    INTERNAL = 0  # 内部
    CONFIDENTIAL = 1  # 秘密
    SECRET = 2  # 机密
    TOP_SECRET = 3  # 绝密

    @property
    def code(self) -> str:
        """Stable code, as in files and terms: ``top_secret``."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """The word on the paper: 绝密."""
        return _LEVEL_TITLES[self]

    @classmethod
    def of(cls, code: str) -> Level:
        """Level of a code; raises ``KeyError`` for an unknown one."""
        return cls[code.upper()]


_LEVEL_TITLES = {
    Level.NONE: "未注密级",
    Level.INTERNAL: "内部",
    Level.CONFIDENTIAL: "秘密",
    Level.SECRET: "机密",
    Level.TOP_SECRET: "绝密",
}


class Post(StrEnum):
    """A post that the rulebook names. Titles, substitutes and defaults stand in ``terms/``."""

    SECRETARY_GENERAL = "secretary_general"  # 秘书长: the main post of this office
    GROUP_LEADER = "group_leader"
    DEPUTY_GROUP_LEADER = "deputy_group_leader"
    GROUP_MEMBER = "group_member"
    LEADER = "leader"
    SECRECY_LEADER = "secrecy_leader"
    OFFICE_DIRECTOR = "office_director"
    UNIT_HEAD = "unit_head"
    UNIT_LEADER_IN_CHARGE = "unit_leader_in_charge"
    SECTION_HEAD = "section_head"
    STATUTORY_CLASSIFIER = "statutory_classifier"
    DESIGNATED_CLASSIFIER = "designated_classifier"
    REGISTRAR = "registrar"
    UNIT_KEEPER = "unit_keeper"
    HANDLER = "handler"
    PERSONNEL = "personnel"
    ARCHIVIST = "archivist"
    FINANCE = "finance"
    SECRETARIAT = "secretariat"
    CLASSIFIED_PERSON = "classified_person"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    ANYONE = "anyone"  # every active account holds it
    FOUNDER = "founder"  # whoever founds the office; held only on an empty ledger
    OFFICE_ITSELF = "office_itself"  # deeds that time alone brings, done by the worker


class PersonnelClass(StrEnum):
    """Class of a classified person; which level each may read stands in ``terms/``."""

    CORE = "core"  # 核心
    IMPORTANT = "important"  # 重要
    GENERAL = "general"  # 一般
    NONE = "none"  # 非涉密


class Purpose(StrEnum):
    """Why a copy is given to a person."""

    READING = "reading"  # 阅: back the same day
    HANDLING = "handling"  # 承办: back within some working days
    KEEPING = "keeping"  # 保管: a unit's keeper holds it for his unit


class Door(StrEnum):
    """The entrypoint through which a deed was asked for."""

    WEB = "web"
    API = "api"
    CLI = "cli"
    IMPORT = "import"
    WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """A post that somebody has on a day because he stands in for its holder."""

    post: Post
    unit: UUID | None
    principal: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the rules may know of a person on a given day."""

    id: UUID
    human: UUID  # the first row of this human being: two rows of one human share it
    name: str
    unit: UUID
    clearance: Level
    posts: frozenset[Post]
    keeps_for: frozenset[UUID]  # units whose keeper (专人) this person is
    stands_in: tuple[StandIn, ...]  # for whom he stands in; those posts are among ``posts``
    in_service: bool
