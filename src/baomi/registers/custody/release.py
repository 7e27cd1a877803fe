"""Release levels (发布层次) and ranks, so far as they can be compared; the rest is asked about.

Ranks by the civil service's own scale: 省部级, 厅局级, 县处级, 乡科级; posts without leadership
(巡视员, 调研员, 主任科员) stand beside them.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum


class Rank(IntEnum):
    """How high somebody stands, or how far down a paper is released."""

    EVERYONE = 0
    CLERK = 1  # 科员
    SECTION = 2  # 科级
    DIVISION = 3  # 县处级, 县团级
    DEPARTMENT = 4  # 厅局级, 地师级
    PROVINCE = 5  # 省部级, 省军级

    @property
    def title(self) -> str:
        """The word for it: 县处级."""
        return _TITLES[self]


_TITLES = {
    Rank.EVERYONE: "全体",
    Rank.CLERK: "科员",
    Rank.SECTION: "科级",
    Rank.DIVISION: "县处级",
    Rank.DEPARTMENT: "厅局级",
    Rank.PROVINCE: "省部级",
}

# in this order: 主任科员 would otherwise be read as 科员 as well
_WORDS = (
    (Rank.PROVINCE, ("省部", "省军", "部级", "副省", "省级", "军级")),
    (
        Rank.DEPARTMENT,
        ("地师", "厅局", "司局", "地厅", "市厅", "厅级", "局级", "正厅", "副厅", "师级", "巡视员"),
    ),
    (Rank.DIVISION, ("县处", "县团", "处级", "团级", "正处", "副处", "调研员")),
    (Rank.SECTION, ("乡科", "科级", "正科", "副科", "主任科员")),
    (Rank.CLERK, ("科员", "办事员")),
    (Rank.EVERYONE, ("全体", "公开")),
)
_NOT = ("不", "非", "未", "以外", "以下", "除")


def rank_of(text: str) -> Rank | None:
    """The rank that a text names; None where it names none, more than one, or denies one."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if c not in " 、,，")
    if any(word in plain for word in _NOT):
        return None
    found: list[Rank] = []
    for rank, words in _WORDS:
        named = [word for word in words if word in plain]
        if named:
            found.append(rank)
        for word in named:
            plain = plain.replace(word, "")
    return found[0] if len(found) == 1 else None
