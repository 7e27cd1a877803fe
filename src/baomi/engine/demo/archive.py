"""The archive, and papers that more people come to know: archived, consulted, widened, scanned."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from baomi.engine.demo import travels
from baomi.engine.demo.approvals import CONSULT, WIDEN, agree, ask
from baomi.engine.demo.circulation import receive, set_circle
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.office_plan import PROTECTED_ROOM, READING_ROOM
from baomi.engine.demo.papers import CITY, CONGRESS, SECRECY_BUREAU
from baomi.engine.demo.scans import pdf_of
from baomi.engine.demo.scene import Entered, Scene
from baomi.engine.demo.standing_in import keeper_is_ill
from baomi.kernel.words import Level

PAPERS = 3
SLIP_UNIT = "内务司法委"
_DAY = 4  # the working day on which the envelope comes
_CABINET = "档案一柜"
_ADDED = "人事代表选举委"


def begin(scene: Scene) -> None:
    """Let the papers come that are carried out, archived, and signed for."""
    travels.spare(scene)
    scene.begin(envelope(scene))


def envelope(scene: Scene) -> Life:
    """One that is carried out, one that is archived, one for which slips are signed."""
    yield When(_DAY, Slot.MORNING)
    on, bag, office = scene.day(_DAY), scene.mailbag, scene.office
    described = [
        bag.paper(on, CITY, "机密★10年", Level.SECRET, copies=6),
        bag.paper(on, SECRECY_BUREAU, "秘密★5年", Level.CONFIDENTIAL, copies=3),
        bag.paper(on, CONGRESS, "内部", Level.INTERNAL, copies=4),
    ]
    carried, archived, signed_for = receive(scene, described, ["财经委", "研究室", SLIP_UNIT])
    going = [travels.traveller(scene, number) for number in range(len(travels.TRAVELLERS))]
    scene.kept["carried"] = carried = set_circle(scene, carried, persons=going)
    travels.begin_journeys(scene, carried)
    scene.begin(is_widened(scene, carried, scene.at(0.42)))
    readers = (office.readers["研究室"][0], scene.staff.heads["法制委"])
    scene.kept["archived"] = archived = set_circle(scene, archived, persons=readers)
    scene.begin(is_archived(scene, archived))
    signed_for = set_circle(scene, signed_for, units=[SLIP_UNIT])
    for part in (0.28, 0.8):
        scene.begin(is_signed_for(scene, signed_for, scene.at(part)))
    scene.begin(keeper_is_ill(scene, signed_for.copies[2], SLIP_UNIT, scene.at(0.66)))


def is_archived(scene: Scene, paper: Entered) -> Life:
    """All its copies go into a cabinet of the archive; then it is consulted now and then."""
    yield When(_DAY, Slot.AFTERNOON)
    added = scene.do(
        "office.add_cabinet",
        scene.office.registrar,
        name=_CABINET,
        room=scene.office.rooms[PROTECTED_ROOM],
        level=Level.CONFIDENTIAL.code,
    )
    scene.do(
        "custody.put_into_archive",
        scene.registrar,
        *paper.copies,
        archive_number=f"{scene.today.year}-WS-永久-0017",
        box="3",
        cabinet=UUID(added.told["cabinet"]),
        handed_over_by=scene.staff.heads["研究室"],
    )
    scene.begin(is_consulted(scene, paper, scene.at(0.25) + 1))
    scene.begin(is_excerpted(scene, paper, scene.at(0.74)))


def consultation(scene: Scene, who: UUID, purpose: str, use: str = "") -> dict[str, Any]:
    """What is entered for a consultation; ``use``: for what it is excerpted."""
    return {
        "person": who,
        "purpose": purpose,
        "place": scene.office.rooms[READING_ROOM],
        **({"excerpts": True, "excerpt_use": use} if use else {}),
    }


def is_consulted(scene: Scene, paper: Entered, day: int) -> Life:
    """Read on the spot; who stands in for the director agrees to it, and nothing is copied out."""
    who, copy = scene.office.readers["研究室"][0], paper.copies[0]
    said = consultation(scene, who, "编写机关年鉴")
    yield When(day, Slot.FORENOON)
    scene.attempt(CONSULT, scene.registrar, copy, **said)
    asked = ask(scene, who, CONSULT, copy, "编写机关年鉴需核对原文", said)
    yield When(day, Slot.AFTERNOON)
    agree(scene, asked, scene.staff.heads["研究室"])
    yield When(day + 1, Slot.AFTERNOON)
    scene.do(CONSULT, scene.registrar, copy, **said)
    yield When(day + 1, Slot.EVENING)
    copied: dict[str, Any] = {"excerpted": "第 2 页第 3 段", "excerpt_kept": "年鉴稿"}
    scene.attempt("custody.end_consultation", scene.registrar, copy, **copied)
    scene.do("custody.end_consultation", scene.registrar, copy)


def is_excerpted(scene: Scene, paper: Entered, day: int) -> Life:
    """Read and excerpted with approval of both; where the excerpt lies is written down."""
    who, copy = scene.staff.heads["法制委"], paper.copies[1]
    said = consultation(scene, who, "起草立法调研报告", "调研报告第二章")
    yield When(day, Slot.FORENOON)
    asked = ask(scene, who, CONSULT, copy, "调研报告须引用原文数据", said)
    yield When(day, Slot.AFTERNOON)
    agree(scene, asked, scene.office.office_director)
    yield When(day + 1, Slot.MORNING)
    scene.do(CONSULT, scene.registrar, copy, **said)
    yield When(day + 1, Slot.AFTERNOON)
    scene.do(
        "custody.end_consultation",
        scene.registrar,
        copy,
        excerpted="第 3 页第 2 段、附表一",
        excerpt_kept="存法制委专人柜，用于调研报告第二章",
    )


def is_widened(scene: Scene, paper: Entered, day: int) -> Life:
    """Somebody more has to know it: asked for by who works on it, agreed to, then he reads it."""
    who = scene.office.readers[_ADDED][0]
    said: dict[str, Any] = {"persons": (who,), "reason": "参与同一课题的承办"}
    yield When(day, Slot.FORENOON)
    scene.attempt(WIDEN, scene.registrar, paper.id, **said)
    asked = ask(scene, travels.traveller(scene, 0), WIDEN, paper.id, "课题增加承办人", said)
    yield When(day, Slot.AFTERNOON)
    agree(scene, asked, scene.office.group_leader)
    yield When(day + 1, Slot.MORNING)
    scene.do(WIDEN, scene.registrar, paper.id, **said)
    if scene.free((who,), paper.described.level):
        scene.give(paper.copies[4], who)
        yield When(day + 1, Slot.EVENING)
        scene.take_back(paper.copies[4])


def is_signed_for(scene: Scene, paper: Entered, day: int) -> Life:
    """A head signs the slip by hand; the signed paper is scanned in, and so confirms it."""
    head, copies = scene.staff.heads[SLIP_UNIT], paper.copies[:2]
    yield When(day, Slot.FORENOON)
    for copy in copies:
        scene.give(copy, head)
    registrar = scene.registrar
    told = scene.do("custody.draw_up_slip", registrar, *copies).told
    yield When(day, Slot.AFTERNOON)
    lines = [f"Slip {told['label']}", scene.today.isoformat(), "received: (signed)"]
    scene.diary.attach("custody.slip", UUID(told["slip"]), pdf_of(lines), by=registrar)
    yield When(day, Slot.EVENING)
    for copy in copies:
        scene.take_back(copy)
