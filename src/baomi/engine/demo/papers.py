"""Papers of the ordinary mix: levels and terms as they really stand on them, or do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from baomi.kernel.words import Level
from baomi.registers.custody.facts import Carrier


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues papers: its name, and how its numbers begin."""

    name: str
    mark: str
    higher: bool  # central or provincial: its unmarked papers are internal papers


PROVINCE = Issuer(name="中共云海省委办公厅", mark="云海办发", higher=True)
CONGRESS = Issuer(name="云海省人大常委会办公厅", mark="云海人办", higher=True)
GOVERNMENT = Issuer(name="云海省人民政府办公厅", mark="云海政办", higher=True)
CITY = Issuer(name="中共云澜市委办公室", mark="云澜办发", higher=False)
CITY_GOVERNMENT = Issuer(name="云澜市人民政府办公室", mark="云澜政办", higher=False)
SECRECY_BUREAU = Issuer(name="云澜市保密局", mark="云澜密局", higher=False)
_ISSUERS = (PROVINCE, CONGRESS, GOVERNMENT, CITY, CITY_GOVERNMENT, SECRECY_BUREAU)

# the mark on the paper and its level: with and without a term, and without a mark at all
_DECK = (
    ("机密★20年", Level.SECRET),
    ("机密★10年", Level.SECRET),
    ("机密", Level.SECRET),
    ("秘密★10年", Level.CONFIDENTIAL),
    ("秘密★5年", Level.CONFIDENTIAL),
    ("秘密★6个月", Level.CONFIDENTIAL),
    ("秘密", Level.CONFIDENTIAL),
    ("秘密", Level.CONFIDENTIAL),
    ("内部", Level.INTERNAL),
    ("内部", Level.INTERNAL),
    ("", Level.NONE),
    ("", Level.NONE),
    ("", Level.NONE),
    ("", Level.NONE),
    ("绝密★30年", Level.TOP_SECRET),
)
_CARRIERS = (
    *[Carrier.PAPER] * 12,
    Carrier.TELEGRAM,
    Carrier.DISC,
    Carrier.ELECTRONIC_FILE,
)
_VERBS = ("做好", "报送", "开展", "进一步加强", "协助做好", "通报")
_TOPICS = (
    "防汛值守",
    "预算执行监督",
    "换届选举",
    "档案清理",
    "信访积案化解",
    "耕地保护检查",
    "教育经费调研",
    "应急演练",
    "代表建议办理",
    "涉密载体清查",
)
_KINDS = ("通知", "函", "意见", "情况报告")
# how much comes in each month against the others: meetings and the turn of the year bring papers
_SEASON = (1.3, 0.8, 1.5, 1.0, 0.9, 1.1, 0.8, 0.7, 1.0, 0.8, 1.2, 1.5)
_FROM_HIGHER = (("", ""), ("", ""), ("县团级", "传达到县团级，不得复制"), ("", "阅后存档"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A paper that will come: what will be entered of it, and the level that it has then."""

    level: Level
    release_level: str
    inputs: dict[str, Any] = field(repr=False)


class Mailbag:
    """Describes papers one after another; no number and no copy number comes twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._cards: list[tuple[str, Level]] = []
        self._serials: Counter[tuple[str, int]] = Counter()  # by issuer and year
        self._copy = 600

    def any_paper(self, day: date) -> Described:
        """A paper of the ordinary mix that arrives on a day."""
        if not self._cards:
            self._cards = self._rng.sample(_DECK, len(_DECK))
        mark, level = self._cards.pop()
        issuer = self._rng.choice(_ISSUERS[:3] if level >= Level.TOP_SECRET else _ISSUERS)
        release_level, conveyance = "", ""
        if issuer.higher and level <= Level.INTERNAL:
            release_level, conveyance = self._rng.choice(_FROM_HIGHER)
        return self.paper(
            day,
            issuer,
            mark,
            level,
            copies=1 if level >= Level.TOP_SECRET else self._rng.choice((1, 1, 1, 2, 2, 3)),
            numbered=self._rng.random() < 0.75,
            carrier=self._rng.choice(_CARRIERS),
            release_level=release_level,
            conveyance=conveyance,
        )

    def paper(
        self,
        day: date,
        issuer: Issuer,
        mark: str,
        level: Level,
        *,
        copies: int = 1,
        numbered: bool = True,
        carrier: Carrier = Carrier.PAPER,
        release_level: str = "",
        conveyance: str = "",
    ) -> Described:
        """A paper of a certain kind that arrives on a day."""
        self._serials[issuer.mark, day.year] += self._rng.randint(1, 4)
        serial = self._serials[issuer.mark, day.year]
        dated_on = day - timedelta(days=self._rng.randint(1, 9))
        inputs = {
            "issuer": issuer.name,
            "number": f"{issuer.mark}〔{day.year}〕{serial}号",
            "title": self._title(),
            "level": mark,
            "dated_on": dated_on.isoformat(),
            "carrier": carrier.value,
            "pages": self._rng.randint(1, 24),
            "release_level": release_level,
            "conveyance": conveyance,
            **({"copy_numbers": self._numbers(copies)} if numbered else {"copies": copies}),
        }
        if level is Level.NONE and issuer.higher:
            level = Level.INTERNAL
        return Described(level=level, release_level=release_level, inputs=inputs)

    def another_copy_number(self) -> str:
        """A copy number that no copy has."""
        return self._numbers(1)

    def _title(self) -> str:
        rng = self._rng
        return f"关于{rng.choice(_VERBS)}{rng.choice(_TOPICS)}工作的{rng.choice(_KINDS)}"

    def _numbers(self, copies: int) -> str:
        first = self._copy + self._rng.randint(1, 40)
        self._copy = first + copies - 1
        return f"{first:06d}" if copies == 1 else f"{first:06d}-{self._copy:06d}"


def envelope_sizes(papers: int, rng: Random) -> Iterator[int]:
    """How many papers come together in each envelope."""
    while papers > 0:
        size = min(papers, rng.choice((1, 2, 2, 3, 3, 4, 5)))
        papers -= size
        yield size


def arrival_days(days: Sequence[date], count: int, rng: Random) -> list[int]:
    """On which of the days so many envelopes come, the first day excepted, in order."""
    weights = [_SEASON[day.month - 1] for day in days[1:]]
    return sorted(rng.choices(range(1, len(days)), weights, k=count))
