"""The words of the rulebook, clause by clause, and the controls that each is expected to have.

The text is data: one folder for each version, named by the day it was issued.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from baomi.rulebook.documents import Record, RulebookError, as_record, read_document, read_record
from baomi.rulebook.law import Law, Statute, Words
from baomi.rulebook.place import Heading, Place, place_of

TEXT_FOLDER = Path(__file__).parent / "text"
FIRST_VERSION = "2020-12-24"

_ID = r"(?:GZ|CW|JZ|DM|LG)(?:\d+(?:\.\d+)*(?:[a-z]\d*)?|\+\d+)"
_LETTERED = re.compile(r"[a-z]\d*")

ClauseId = Annotated[str, StringConstraints(pattern=f"^{_ID}$")]


class ControlKind(StrEnum):
    """How a clause is carried by the program."""

    GUARD = "guard"  # a deed that breaks the clause is refused
    APPROVAL = "approval"  # the deed needs a recorded approval
    REGISTER = "register"  # the fact is recorded
    DUTY = "duty"  # a dated obligation opens and is closed
    FORM = "form"  # a paper form is produced
    ACCESS = "access"  # only some may see or do it
    CHECK = "check"  # stands in inspections and training: software cannot prevent it

    @property
    def label(self) -> str:
        """The kind in Chinese, as pages show it."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    ControlKind.GUARD: "拦阻",
    ControlKind.APPROVAL: "审批",
    ControlKind.REGISTER: "台账",
    ControlKind.DUTY: "应办",
    ControlKind.FORM: "表单",
    ControlKind.ACCESS: "权限",
    ControlKind.CHECK: "检查",
}


class ControlText(Record):
    """One expected control; ``by_setting``: the paper names no post, so the terms do."""

    kind: ControlKind
    what: Words
    by_setting: bool = False


class ClauseText(Record):
    """One clause, or one lettered part of it, in this program's own words."""

    id: ClauseId
    title: Annotated[str, StringConstraints(min_length=1, max_length=16)]
    requires: Words
    controls: tuple[ControlText, ...] = Field(min_length=1)
    beyond: tuple[Words, ...] = ()  # parts that the paper does not state
    law: tuple[Law, ...] = ()  # what the law in force says on the same matter

    @property
    def system(self) -> str:
        """Code of the 制度 that the clause belongs to: ``GZ``."""
        return self.id[:2]

    @property
    def is_behind_the_law(self) -> bool:
        """Whether the paper is to be brought up to the law in force here."""
        return any(each.relation.is_behind for each in self.law)

    def controls_of(self, kind: ControlKind) -> tuple[ControlText, ...]:
        """The expected controls of one kind, in the order of the text."""
        return tuple(control for control in self.controls if control.kind is kind)


class SystemTitle(Record):
    """One 制度 of the rulebook: the code its clause numbers begin with, and its Chinese name."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    title: Words


class Clash(Record):
    """Clauses that contradict each other, and what was decided."""

    subject: Words
    clauses: tuple[ClauseId, ...] = Field(min_length=2)
    decision: Words


class UncertainReading(Record):
    """A place where the scanned copy is damaged and the reading taken is not certain."""

    clauses: tuple[ClauseId, ...] = Field(min_length=1)
    scanned: Words
    read_as: Words
    why: Words


class _Part(Record):
    clauses: tuple[ClauseText, ...]


class RulebookText(Record):
    """One version of the rulebook, clauses in the order of the paper."""

    version: Words
    issued: date
    systems: tuple[SystemTitle, ...]
    headings: tuple[Heading, ...]
    statutes: tuple[Statute, ...]
    numbering: Words
    clashes: tuple[Clash, ...]
    uncertain_readings: tuple[UncertainReading, ...]
    clauses: tuple[ClauseText, ...]

    @cached_property
    def by_id(self) -> dict[str, ClauseText]:
        """Every clause under its id."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def heading_of(self) -> dict[str, Heading]:
        """Every heading of the paper under its number."""
        return {heading.id: heading for heading in self.headings}

    @cached_property
    def statute_of(self) -> dict[str, Statute]:
        """Every statute under its code."""
        return {statute.code: statute for statute in self.statutes}

    def place_of(self, clause: str) -> Place:
        """Where a clause stands on the paper."""
        return place_of(clause, self.heading_of)

    def parts_of(self, number: str) -> tuple[ClauseText, ...]:
        """A numbered clause with its lettered parts: GZ2.3.1 gives GZ2.3.1a and GZ2.3.1b."""
        return tuple(
            clause
            for clause in self.clauses
            if clause.id.startswith(number)
            and (clause.id == number or _LETTERED.fullmatch(clause.id[len(number) :]))
        )

    def under(self, prefix: str) -> tuple[ClauseText, ...]:
        """Everything below a heading of the paper: ``DM``, ``GZ2.3``, ``LG4``, never GZ2.30."""
        return tuple(clause for clause in self.clauses if _is_under(clause.id, prefix))

    def title_of(self, system: str) -> str:
        """Chinese name of a 制度 by its code; raises ``KeyError`` for an unknown one."""
        return {one.code: one.title for one in self.systems}[system]


def _is_under(clause_id: str, prefix: str) -> bool:
    if not clause_id.startswith(prefix):
        return False
    follows = clause_id[len(prefix) :][:1]
    return not (prefix[-1:].isdigit() and follows.isdigit())


@cache
def versions(*, folder: Path = TEXT_FOLDER) -> tuple[str, ...]:
    """The versions that there are, by the day each was issued, the first one first."""
    return tuple(sorted(path.parent.name for path in folder.glob("????-??-??/index.yaml")))


@cache
def load_text(version: str = FIRST_VERSION, *, folder: Path = TEXT_FOLDER) -> RulebookText:
    """The text of a version (the day it was issued), read once.

    Raises ``RulebookError`` for a version that does not exist, an unknown key or kind, a wrong or
    repeated id, or a reference to a clause that does not exist.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", version):
        raise RulebookError(f"制度版本“{version}”的写法不对，应为发布日期，如 {FIRST_VERSION}")
    home = folder / version
    index = read_document(home / "index.yaml")
    if not isinstance(index, dict) or not isinstance(names := index.pop("parts", None), list):
        raise RulebookError("index.yaml：缺少“parts”，请列出各部分的文件名")
    parts = [read_record(home / f"{name}.yaml", _Part) for name in names]
    clauses = tuple(clause for part in parts for clause in part.clauses)
    text = as_record({**index, "clauses": clauses}, RulebookText, "index.yaml")
    _refuse_repeated(text)
    _refuse_dangling(text)
    return text


def text_digest(system: str, issued_on: date, *, folder: Path = TEXT_FOLDER) -> str:
    """SHA-256 (hex) over the files of a 制度, in the order of the paper, as ``sha256sum`` gives it.

    Empty where there is no such version.
    """
    home = folder / issued_on.isoformat()
    if not (home / "index.yaml").exists():
        return ""
    index = read_document(home / "index.yaml")
    names = [name for name in index["parts"] if name.upper().startswith(system)]
    text = b"".join((home / f"{name}.yaml").read_bytes() for name in names)
    return hashlib.sha256(text).hexdigest() if names else ""


def _refuse_repeated(text: RulebookText) -> None:
    counts = Counter(clause.id for clause in text.clauses)
    if repeated := [clause_id for clause_id, count in counts.items() if count > 1]:
        raise RulebookError(f"条款编号重复：{'、'.join(repeated)}，请改正编号")


def _refuse_dangling(text: RulebookText) -> None:
    known = {system.code for system in text.systems}
    if strange := [clause.id for clause in text.clauses if clause.system not in known]:
        raise RulebookError(f"条款不属于所列的任何制度：{'、'.join(strange)}")
    named = {one for clash in text.clashes for one in clash.clauses}
    named |= {one for reading in text.uncertain_readings for one in reading.clauses}
    if missing := sorted(named - text.by_id.keys()):
        raise RulebookError(f"引用了不存在的条款：{'、'.join(missing)}")
    cited = {law.statute for clause in text.clauses for law in clause.law}
    if unknown := sorted(cited - text.statute_of.keys()):
        raise RulebookError(f"引用了没有列出的法律法规：{'、'.join(unknown)}")
    lost = [heading.id for heading in text.headings if not text.under(heading.id)]
    if lost:
        raise RulebookError(f"标题之下没有条款：{'、'.join(lost)}，请核对标题的编号")
