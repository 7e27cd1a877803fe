"""What rules may know of the leading group's work: plans, rulebook versions, pledges, oversight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from baomi.kernel.happening import Happening
from baomi.kernel.verdict import Ref
from baomi.kernel.words import Level, Person, Post


class System(StrEnum):
    """One of the five 制度, by the letters with which the numbers of its clauses begin."""

    GZ = "GZ"
    CW = "CW"
    JZ = "JZ"
    DM = "DM"
    LG = "LG"

    @property
    def word(self) -> str:
        """Its name in Chinese."""
        return _SYSTEMS[self]


_SYSTEMS: Final = {
    System.GZ: "机关保密工作制度",
    System.CW: "财务室保密工作制度",
    System.JZ: "移动存储介质管理制度",
    System.DM: "定密工作制度",
    System.LG: "涉密人员离岗离职保密管理制度",
}


class Role(StrEnum):
    """For what a leader who signs a pledge answers (GZ3.1b to GZ3.1d)."""

    OVERALL = "overall"
    DIRECT = "direct"
    OVERSEEING = "overseeing"

    @property
    def word(self) -> str:
        """The responsibility in Chinese, in the rulebook's words."""
        return _ROLES[self]


_ROLES: Final = {
    Role.OVERALL: "主要领导，负总责",
    Role.DIRECT: "分管保密工作领导，负直接领导责任",
    Role.OVERSEEING: "领导班子其他成员，对主管范围负领导责任",
}
# the posts whose holder is the office's main leader (主要领导); 秘书长 heads the office's own body
MAIN_LEADERS: Final = frozenset({Post.LEADER, Post.SECRETARY_GENERAL, Post.GROUP_LEADER})
# the posts that belong to the leadership (领导班子)
LEADERSHIP: Final = MAIN_LEADERS | {
    Post.SECRECY_LEADER,
    Post.DEPUTY_GROUP_LEADER,
    Post.UNIT_LEADER_IN_CHARGE,
}


def system_id(system: System) -> UUID:
    """What the duties about one of the five 制度 are kept by, whatever its version."""
    return uuid5(NAMESPACE_OID, f"baomi:system:{system.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """A yearly plan or summary as it stands: the newest version of its year."""

    id: UUID
    kind: str  # plan, summary
    year: int
    version: int
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of one of the five 制度."""

    id: UUID
    system: System
    issued_on: date
    in_force_from: date
    repealed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight:
    """Which unit somebody of the leadership oversees, from and until when (both included)."""

    id: UUID
    leader: UUID
    unit: UUID
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A pledge as it stands."""

    id: UUID
    role: Role
    leader: UUID
    head: UUID
    unit: UUID
    unit_name: str
    signed: bool
    cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIsAdopted(Happening):
    """The leading group adopts the plan of a year, or changes it."""

    office: UUID
    year: int
    adopted_on: date

    @property
    def subject(self) -> UUID:
        """The office itself."""
        return self.office

    @property
    def period(self) -> str:
        """The year that is planned."""
        return str(self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryIsAdopted(Happening):
    """The leading group adopts the summary of a year, or changes it."""

    office: UUID
    year: int
    adopted_on: date

    @property
    def subject(self) -> UUID:
        """The office itself."""
        return self.office

    @property
    def period(self) -> str:
        """The year that is summed up."""
        return str(self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookVersionIsAdopted(Happening):
    """A version of one of the five 制度 is issued."""

    system: System
    issued_on: date
    in_force_from: date

    @property
    def subject(self) -> UUID:
        """The 制度, whatever its version."""
        return system_id(self.system)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookIsReviewed(Happening):
    """It is looked into whether one of the five 制度 must be revised."""

    system: System
    needs_revision: bool

    @property
    def subject(self) -> UUID:
        """The 制度, whatever its version."""
        return system_id(self.system)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPledge(Happening):
    """Something befalls a pledge (责任书) between a leader and the head of a unit."""

    leader: Person
    head: Person
    unit: UUID
    unit_name: str
    role: Role
    leader_posts: frozenset[Post]  # on the day on which the leader signs
    oversees_the_unit: bool  # the leader, on that day
    head_heads_the_unit: bool  # on the day on which the head signs

    @property
    def subject(self) -> UUID:
        """The head of the unit, who owes the pledge."""
        return self.head.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeIsDrawnUp(OfPledge):
    """It is drawn up, to be printed and signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeIsSigned(OfPledge):
    """Both have signed it."""

    signed_on: date  # when the second of the two signed


@dataclass(frozen=True, slots=True, kw_only=True)
class OversightIsAssigned(Happening):
    """Somebody of the leadership is to oversee a unit (分管)."""

    leader: Person
    unit: UUID
    leader_posts: frozenset[Post]  # on the first day

    @property
    def subject(self) -> UUID:
        """The unit."""
        return self.unit


def ref_version(version: Version) -> Ref:
    """A version of the rulebook, as a refusal names it."""
    name = f"{version.system.word}（{version.issued_on.isoformat()}）"
    return Ref("governance.rulebook_version", version.id, name, "某项制度")
