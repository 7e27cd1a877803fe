"""Official forms as a register declares them: once, printed as PDF and docx by every door.

A register's ``papers.py`` holds ``FORMS``: pure data, and for each form one function that loads
what stands in it, through the register's own reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person

# what stands at the disposal of every form, beside its own fields
ALWAYS: Final[Mapping[str, str]] = {
    "office": "机关名称",
    "title": "表格名称",
    "mark": "密级标志",
    "label": "编号标签",
    "qr": "二维码",
    "printed_by": "打印人",
    "printed_on": "打印日期",
    "receipt": "存证回执",
}
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
PLACE: Final = re.compile(r"«([a-z0-9_]+)»")

Cell = str | int | date | bool | Level | None
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that a form says.

    ``columns`` (key and heading) make it a table of rows. ``is_wide`` takes the whole width: for
    what may be long. A field that only the body speaks of is not ``is_listed``.
    """

    key: str
    label: str
    columns: tuple[tuple[str, str], ...] = ()
    is_wide: bool = False
    is_listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A place to sign: a line, or with ``is_opinion`` a box for an opinion, a name and a day.

    What is recorded already is given under ``key`` and printed in the box.
    """

    key: str
    title: str
    is_opinion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands in one form.

    ``values``: every key of the form's fields; those of its signatures may be left out, which are
    blank then. ``level`` and ``term`` make the mark at the top: 机密★10年. ``label`` is the thing's
    own, drawn as QR. ``op`` is the deed that the form tells of, and ``done_by`` did it: its receipt
    stands at the foot, for him and for those to whom places in the ledger are shown.
    """

    values: Mapping[str, Cell | Rows]
    level: Level = Level.NONE
    term: str = ""
    label: str = ""
    op: UUID | None = None
    done_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form kind.

    ``load`` gives what stands in the form of one thing as the actor may see it, and None for what
    does not exist for him. ``body`` is paragraphs of text below the fields, in which «key» stands
    for a field's value. Raises ``ValueError`` for a declaration that contradicts itself.
    """

    name: str  # "custody.outing"
    title: str  # 涉密载体外出携带审批表
    kind: str  # of the thing that it is printed from, as books and pickers name it
    fields: tuple[Field, ...]
    load: Callable[[Person, UUID, Terms], Filled | None]
    may_print: Callable[[Person], bool] | None = None  # None: whoever sees the thing
    is_for: Callable[[Person, UUID], bool] | None = None  # None: every thing of the kind
    body: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    decided_in: str = ""  # key of the signature in which the decisions stand that ``op`` used
    note: str = ""  # how to fill it in; small print below
    keys: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        own = [*(each.key for each in self.fields), *(each.key for each in self.signatures)]
        keys = [*ALWAYS, *own]
        inner = [key for each in self.fields for key, _ in each.columns]
        if len(set(keys)) < len(keys) or not all(map(_KEY.fullmatch, (*keys, *inner))):
            raise ValueError(f"{self.name}: a key stands twice, or is no key")
        labels = [*ALWAYS.values(), *(each.label for each in self.fields)]
        labels += [each.title for each in self.signatures]
        if len(set(labels)) < len(labels):
            raise ValueError(f"{self.name}: a label stands twice")
        spoken_of = {key for text in self.body for key in PLACE.findall(text)}
        tables = {each.key for each in self.fields if each.columns}
        if self.decided_in and self.decided_in not in {each.key for each in self.signatures}:
            raise ValueError(f"{self.name}: nobody signs {self.decided_in}")
        strange = (spoken_of - set(keys)) | (spoken_of & tables)
        if strange:
            raise ValueError(f"{self.name}: the body cannot say {sorted(strange)}")
        object.__setattr__(self, "keys", frozenset(keys))
