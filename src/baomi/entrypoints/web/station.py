"""The scan station: what a scan means, the one deed that it asks for, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from baomi.engine import registry
from baomi.engine.face.asking import Entered
from baomi.engine.face.reading import books, pick
from baomi.engine.inputs import InvalidInputs
from baomi.engine.operations import OperationIdReused
from baomi.engine.perform import perform
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web import refused
from baomi.entrypoints.web.with_person import Recipient, cells_of, recipient
from baomi.kernel.labels import LABEL_LENGTH, LabelError
from baomi.kernel.spelling import squeeze
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Door, Post, Purpose
from baomi.registers import paging
from baomi.registers.office import load as office

GIVE, TAKE, STORE = "give", "take", "store"
KINDS: Final = {
    "C": "custody.copy",
    "P": "office.person",
    "K": "office.cabinet",
    "S": "custody.slip",
}
DONE, REFUSED, FAULT, PERSON, CABINET = "done", "refused", "fault", "person", "cabinet"
STATUSES: Final = {DONE: 200, PERSON: 200, CABINET: 200, REFUSED: 409, FAULT: 422}
LONGEST: Final = 400
_WHOLE_LABELS: Final = re.compile(rf"(BM[CKS][0-9A-Z]{{{LABEL_LENGTH - 3}}})+")
_NAME: Final = re.compile(r"[^\W\d_]+([·@][^\W\d_]+)*")
_BEGINNING: Final = "BM"


@dataclass(frozen=True, slots=True)
class Mode:
    """What the station does with a copy's label."""

    title: str
    action: str
    key: str  # of the keyboard
    code: str  # that a scanner may read in its place


MODES: Final[Mapping[str, Mode]] = {
    GIVE: Mode("交阅", "custody.hand_over_copy", "F2", "BMOUT"),
    TAKE: Mode("收回", "custody.take_back_copy", "F4", "BMBACK"),
    STORE: Mode("入柜", "custody.store_copies", "F8", "BMSTORE"),
}
SLIP_CODE: Final = "BMSLIP"


class Unread(Exception):
    """A scan that means nothing here. ``forgets``: it may have been another person's badge."""

    def __init__(self, sentence: str, *, forgets: bool = False, slip: UUID | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.forgets, self.slip = sentence, forgets, slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One scan, and what the station stood at when it came. Empty: not chosen yet."""

    mode: str
    text: str
    op_id: str
    person: str = ""
    purpose: str = Purpose.READING.value
    place: str = ""
    cabinet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a scan: one line, or the person or cabinet that the next labels go to."""

    outcome: str
    sentence: str = ""
    number: str = ""
    copy: UUID | None = None
    level: str = ""
    refusals: tuple[dict[str, Any], ...] = ()
    person: Recipient | None = None
    cabinet: UUID | None = None
    slip: UUID | None = None
    giver: UUID | None = None  # from whom a copy was taken back
    giver_name: str = ""
    forgets: bool = False


@dataclass(frozen=True, slots=True)
class _Copy:
    """How a copy is told: never its title, for the screen is seen by whoever stands there."""

    number: str
    level: str
    holder: UUID | None
    holder_name: str
    cabinet: str


def answer(who: Who, scan: Scan) -> Answer:
    """Understand a scan and do its deed; the same operation id again changes nothing."""
    try:
        kind, key = meant(who, scan.text)
        if kind == "custody.slip":
            sentence = "扫到的是交接清单：登记已签清单、查看所列文件，请打开这张清单"
            raise Unread(sentence, slip=key)
        if kind == "office.person":
            return _person(who, scan, key)
        if kind == "office.cabinet":
            return _cabinet(who, scan, key)
        return _moved(who, scan, key)
    except Unread as unread:
        return Answer(
            outcome=FAULT, sentence=unread.sentence, forgets=unread.forgets, slip=unread.slip
        )
    except BadInput as fault:
        return Answer(outcome=FAULT, sentence=fault.sentence)


def meant(who: Who, text: str) -> tuple[str, UUID]:
    """The kind and id of what was scanned or typed. Raises ``Unread``."""
    if len(text) > LONGEST:
        raise Unread("扫到的内容太长，不是标签，请一次只扫一个", forgets=True)
    try:
        letter = office.label_in(text).kind
    except LabelError as wrong:
        return _typed(who, text, str(wrong).removesuffix("。"))
    try:
        return KINDS[letter], pick(who.person, KINDS[letter], text)
    except BadInput as fault:
        raise Unread(fault.sentence, forgets=letter == "P") from None


def _typed(who: Who, text: str, sentence: str) -> tuple[str, UUID]:
    """A copy's number or a person's name, where no label is at hand. Raises ``Unread``."""
    folded = squeeze(text).upper()
    kind = ""
    if not folded.startswith(_BEGINNING):
        kind = "office.person" if _NAME.fullmatch(folded) else ""
        kind = "custody.copy" if "/" in folded else kind
    if not kind:
        raise Unread(sentence, forgets=not _was_no_badge(folded))
    try:
        return kind, pick(who.person, kind, text)
    except BadInput as fault:
        raise Unread(fault.sentence, forgets=kind == "office.person") from None


def _was_no_badge(folded: str) -> bool:
    """Whether it was surely a copy's, cabinet's or slip's label, half of one, or several glued.

    Whatever else cannot be read may have been the next reader's badge: his labels must not go to
    the one before him.
    """
    is_half = len(folded) <= LABEL_LENGTH and folded.startswith(("BMC", "BMK", "BMS"))
    return is_half or bool(_WHOLE_LABELS.fullmatch(folded))


def _person(who: Who, scan: Scan, key: UUID) -> Answer:
    if scan.mode == STORE:
        raise Unread("入柜不用扫工牌：请扫柜标签和文件标签，要交阅请按 F2")
    if key == who.id:
        raise Unread("扫到的是您本人的工牌，请扫对方的工牌", forgets=True)
    return Answer(outcome=PERSON, person=recipient(who, key))


def _cabinet(who: Who, scan: Scan, key: UUID) -> Answer:
    if scan.mode == GIVE:
        raise Unread("扫到的是柜标签，现在是交阅：请扫文件标签，要入柜请按 F8")
    if Post.REGISTRAR not in who.person.posts:
        raise Unread("专人收回的文件由专人保管，不用扫柜标签")
    record = paging.one(books()["office.cabinet"], who.person, who.terms, key)
    cells = cells_of(record) if record else {}
    told = f"{cells.get('name', '')}（{cells.get('room', '')}，最高存放 {cells.get('level', '')}）"
    return Answer(outcome=CABINET, cabinet=key, sentence=told)


def _moved(who: Who, scan: Scan, key: UUID) -> Answer:
    """The deed with one copy. Raises ``BadInput``, ``Unread``."""
    before = _copy(who, key)
    told: dict[str, Any] = {"number": before.number, "level": before.level, "copy": key}
    if scan.mode == GIVE and not scan.person:
        return Answer(outcome=FAULT, sentence="请先扫接收人的工牌，再扫文件标签", **told)
    action = registry.actions()[MODES[scan.mode].action]
    entered = Entered(
        action=action,
        person=who.person,
        terms=who.terms,
        door=Door.WEB,
        inputs=_inputs(scan),
        targets=(key,),
        op_id=str(_operation(scan.op_id)),
    )
    try:
        perform(entered.request(to_be_done=True))
    except Refused as no:
        found = tuple(refused.told(no.verdict.refusals, who, (key,)))
        return Answer(outcome=REFUSED, sentence=f"不能{action.title}", refusals=found, **told)
    except InvalidInputs as wrong:
        sentence = "；".join(each.sentence for each in wrong.faults)
        return Answer(outcome=FAULT, sentence=sentence, **told)
    except OperationIdReused as fault:
        return Answer(outcome=FAULT, sentence=fault.sentence, **told)
    except BadInput as fault:
        return Answer(outcome=FAULT, sentence=fault.sentence, **told)
    after = _copy(who, key)
    giver = (before.holder, before.holder_name) if scan.mode == TAKE else (None, "")
    told |= {"giver": giver[0], "giver_name": giver[1]}
    return Answer(outcome=DONE, sentence=_told(scan, after), **told)


def _told(scan: Scan, after: _Copy) -> str:
    if scan.mode == GIVE:
        return f"已交 {after.holder_name}"
    if after.cabinet:
        return f"已{'收回，放入' if scan.mode == TAKE else '入柜'}“{after.cabinet}”"
    return "已收回，由您保管"


def _inputs(scan: Scan) -> dict[str, Any]:
    """What the deed is told: only what was chosen, so that a field's own default stands."""
    if scan.mode == GIVE:
        told = {"person": scan.person, "purpose": scan.purpose}
        return told | ({} if scan.purpose == Purpose.KEEPING.value else _given("place", scan.place))
    return _given("cabinet", scan.cabinet)


def _given(name: str, value: str) -> dict[str, Any]:
    return {name: value} if value else {}


def _operation(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput("页面已过期，请刷新后重新扫描") from None


def _copy(who: Who, key: UUID) -> _Copy:
    record = paging.one(books()["custody.copy"], who.person, who.terms, key)
    if record is None:
        return _Copy("", "", None, "", "")
    cells = cells_of(record)
    held_by = record.links.get("holder")
    return _Copy(
        number=f"{cells['registered_number']} 第 {cells['copy_number']} 份",
        level=cells["level"],
        holder=held_by[1] if held_by else None,
        holder_name=cells["holder"] or "",
        cabinet=cells["cabinet"] or "",
    )
