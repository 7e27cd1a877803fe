"""What a pledge (责任书) says, by its version: for the leader by his responsibility, for the head.

Data, in the rulebook's words (GZ3.1b to GZ3.1e). A version that was signed is never changed: a
new text is a new version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from baomi.registers.governance.facts import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeText:
    """One version: ``ground`` opens it, then what the leader and what the head takes on."""

    version: str
    title: str
    ground: str
    leader: Mapping[Role, tuple[str, ...]]
    head: tuple[str, ...]
    closing: str


_FIRST: Final = PledgeText(
    version="2020-12-24",
    title="保密工作责任书",
    ground="领导干部对保密工作负有领导责任。依据《机关保密工作制度》第三部分第一条，签订本责任书。",
    leader={
        Role.OVERALL: (
            "作为主要领导，对保密工作负总责。",
            "督促落实各项保密制度，定期听取保密工作汇报，解决保密工作中的问题。",
        ),
        Role.DIRECT: (
            "作为分管保密工作领导，对保密工作负直接领导责任。",
            "组织检查各项保密制度的执行情况，督促整改泄密隐患。",
        ),
        Role.OVERSEEING: (
            "作为领导班子成员，在职责权限范围内，对主管的业务、委（办）室、人员的保密工作负领导责任。",
            "督促主管的委（办）室和人员遵守各项保密制度。",
        ),
    },
    head=(
        "作为委（办）室负责人，负责本委（办）室的保密工作。",
        "组织本室人员学习和遵守各项保密制度，管好本室的涉密文件、设备和介质。",
        "发现泄密或泄密隐患，立即采取补救措施并及时报告，不隐瞒。",
    ),
    closing="履行保密责任制的情况纳入领导干部考核。因不重视、不支持、不关心保密工作，导致发生重大泄密的，"
    "予以问责并追究领导责任。",
)
TEXTS: Final[Mapping[str, PledgeText]] = {_FIRST.version: _FIRST}
CURRENT: Final = _FIRST.version
