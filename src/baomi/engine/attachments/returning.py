"""Signed papers that come back as one scan: page by page, told apart by their codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.engine.attachments import store
from baomi.engine.attachments.checking import pages_of
from baomi.engine.face.reading import pick
from baomi.kernel.labels import LabelError
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person
from baomi.registers.attachments.load import kinds
from baomi.registers.office import load as office

# what a label's letter stands for
RETURNED: Final = {"S": "custody.slip", "A": "approvals.request"}
NOTHING_READ: Final = "没有读到本机关的编号，请照纸上的编号填写"
NOT_HIS: Final = "读到的编号不是您经办的，请核对"
SEVERAL: Final = "一页上读到几个编号，请照纸上的编号填写"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongs:
    """To what a page belongs: its label, kind and id, its level as far as the register knows."""

    label: str
    kind: str
    thing: UUID
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPage:
    """A page that waits to be attached; without ``belongs`` somebody has to say to what."""

    number: int  # from 1
    upload: UUID
    belongs: Belongs | None
    fault: str


def read_scan(content: bytes, actor: Person) -> tuple[ReturnedPage, ...]:
    """Take a scan apart and keep each page until it is attached.

    Raises ``BadInput``, ``OSError``.
    """
    found: list[ReturnedPage] = []
    for number, page in enumerate(pages_of(content), start=1):
        upload = store.keep(page.content, page.media, actor.id)
        belongs, fault = _belongs(page.codes, actor)
        found.append(ReturnedPage(number=number, upload=upload, belongs=belongs, fault=fault))
    return tuple(found)


def belonging(label: str, actor: Person) -> Belongs:
    """To what a label leads. Raises ``BadInput``: to nothing that he may see, or is no label."""
    try:
        told = office.label_in(label)
    except LabelError as broken:
        raise BadInput(str(broken).removesuffix("。")) from None
    kind = RETURNED.get(told.kind, "")
    if kind not in kinds():
        raise BadInput("这种标签的纸张不在这里回收，请核对编号")
    thing = pick(actor, kind, label)
    return Belongs(
        label=office.label(told.kind, told.serial),
        kind=kind,
        thing=thing,
        level=kinds()[kind].level(thing),
    )


def _belongs(codes: Iterable[str], actor: Person) -> tuple[Belongs | None, str]:
    labels = [code for code in codes if _is_returned(code)]
    if len(labels) != 1:
        return None, SEVERAL if labels else NOTHING_READ
    try:
        return belonging(labels[0], actor), ""
    except BadInput:
        return None, NOT_HIS


def _is_returned(code: str) -> bool:
    """Receipts and foreign codes stand on papers too."""
    try:
        return office.label_in(code).kind in RETURNED
    except LabelError:
        return False
