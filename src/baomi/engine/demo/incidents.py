"""The first weeks of every demonstration: papers on which something out of the ordinary happens.

Each is a life of its own. Deeds that are attempted are refused by the rulebook, and stay refused.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from baomi.engine.demo.circulation import (
    goes_round_once,
    is_handled,
    is_read,
    receive,
    set_circle,
    top_secret_circle,
)
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.diary import Late
from baomi.engine.demo.office_plan import PROTECTED_ROOM, UNITS
from baomi.engine.demo.papers import (
    CITY,
    CITY_GOVERNMENT,
    PROVINCE,
    SECRECY_BUREAU,
)
from baomi.engine.demo.scene import Entered, Scene
from baomi.kernel.words import Level
from baomi.registers.custody.facts import Carrier

PAPERS = 7
_OVER = 12  # working days, after which the people of these stories read like everybody else


def begin(scene: Scene) -> None:
    """Let the incidents of the first weeks begin."""
    office = scene.office
    expected = {office.readers["农业委"][1]}
    scene.careless = {each for unit in UNITS for each in office.readers[unit]} - expected
    scene.begin(
        concerns(scene, [office.readers[unit][0] for unit in ("财经委", "法制委", "农业委")])
    )
    scene.begin(first_envelope(scene))
    scene.begin(second_envelope(scene))
    scene.begin(third_envelope(scene))


def concerns(scene: Scene, people: list[UUID]) -> Life:
    """For the people of these stories nothing else is planned meanwhile."""
    scene.spared.update(people)
    yield When(_OVER, Slot.OPENING)
    scene.spared.subtract(people)


def first_envelope(scene: Scene) -> Life:
    """A 绝密 paper, one of which copies go astray, and one to be conveyed."""
    yield When(1, Slot.OPENING)
    day, bag = scene.day(1), scene.mailbag
    papers = [
        bag.paper(day, PROVINCE, "绝密★30年", Level.TOP_SECRET),
        bag.paper(day, CITY, "机密", Level.SECRET, copies=4),
        bag.paper(
            day,
            PROVINCE,
            "",
            Level.NONE,
            copies=2,
            numbered=False,
            release_level="县团级",
            conveyance="传达到县团级，不得复制",
        ),
    ]
    top_secret, astray, conveyed = receive(scene, papers, ["财经委", "财经委", "研究室"])
    top_secret = set_circle(scene, top_secret, persons=top_secret_circle(scene))
    scene.begin(goes_round_once(scene, top_secret, top_secret.copies[0], 1))
    scene.begin(is_not_given_again(scene, top_secret))
    astray = set_circle(scene, astray, units=["财经委", "法制委"])
    scene.begin(is_lost_and_found(scene, astray.copies[0]))
    scene.begin(stays_missing(scene, astray.copies[1]))
    scene.begin(tempts(scene, astray, astray.copies[2]))
    scene.begin(is_conveyed(scene, conveyed))


def is_not_given_again(scene: Scene, paper: Entered) -> Life:
    """Before and after its round nobody else gets the 绝密 paper."""
    office, copy = scene.office, paper.copies[0]
    yield When(1, Slot.AFTERNOON)
    _try_to_give(scene, copy, office.heads["研究室"])
    yield When(5, Slot.FORENOON)
    _try_to_give(scene, copy, office.office_director)


def is_lost_and_found(scene: Scene, copy: UUID) -> Life:
    """A reader cannot find it in the evening; it is found the next morning."""
    reader = scene.office.readers["法制委"][0]
    yield When(3, Slot.FORENOON)
    scene.give(copy, reader)
    yield When(3, Slot.CLOSING)
    scene.do(
        "custody.report_missing",
        reader,
        copy,
        circumstances="下班清点时不见，最后在阅文室，已会同保密员查找一遍",
    )
    yield When(4, Slot.OPENING)
    scene.do(
        "custody.report_found",
        scene.registrar,
        copy,
        cabinet=scene.office.cabinets[Level.SECRET],
        circumstances="夹在同日退回的另一份文件里，文件完好",
    )


def stays_missing(scene: Scene, copy: UUID) -> Life:
    """A unit's keeper has it; another keeper may not take it back; later it cannot be found."""
    office = scene.office
    yield When(3, Slot.AFTERNOON)
    scene.give(copy, office.keepers["法制委"], purpose="keeping")
    yield When(4, Slot.AFTERNOON)
    scene.attempt("custody.take_back_copy", office.keepers["农业委"], copy)
    yield When(max(5, scene.last - 40), Slot.AFTERNOON)
    scene.do(
        "custody.report_missing",
        scene.registrar,
        copy,
        circumstances="核对时不在专人柜中，专人回忆上周尚在，正在逐柜查找",
    )


def tempts(scene: Scene, paper: Entered, copy: UUID) -> Life:
    """What is asked for and refused."""
    office = scene.office
    reader, uncleared, *_ = office.readers["财经委"]
    yield When(2, Slot.FORENOON)
    _try_to_give(scene, copy, office.heads["农业委"])
    _try_to_give(scene, copy, uncleared)
    inside = office.cabinets[Level.INTERNAL]
    scene.attempt("custody.store_copies", scene.registrar, copy, cabinet=inside)
    scene.attempt("custody.store_copies", reader, copy, cabinet=inside)
    yield When(3, Slot.FORENOON)
    scene.give(copy, reader)
    yield When(4, Slot.FORENOON)
    _try_to_give(scene, paper.copies[3], reader)
    scene.take_back(copy)
    scene.give(paper.copies[3], reader)
    yield When(4, Slot.EVENING)
    scene.take_back(paper.copies[3])


def is_conveyed(scene: Scene, paper: Entered) -> Life:
    """Not to whole units, not below the level that it names; then read and conveyed."""
    office = scene.office
    yield When(1, Slot.AFTERNOON)
    units = (office.units["研究室"],)
    scene.attempt("custody.set_circle", scene.registrar, paper.id, units=units)
    paper = set_circle(scene, paper, posts=["unit_head"])
    scene.begin(is_read(scene, paper, paper.copies[0], 2))
    yield When(4, Slot.AFTERNOON)
    telling: dict[str, Any] = {
        "manner": "口头传达",
        "place": office.rooms[PROTECTED_ROOM],
        "demands_kept": True,
    }
    scene.attempt(
        "custody.convey_paper",
        office.office_director,
        paper.id,
        audience="机关全体干部",
        audience_level="科级",
        **telling,
    )
    scene.do(
        "custody.convey_paper",
        office.office_director,
        paper.id,
        audience="各委（办）室主要负责人",
        audience_level="县处级",
        **telling,
    )


def second_envelope(scene: Scene) -> Life:
    """A paper with mistakes that are put right, a disc, and an electronic file."""
    yield When(2, Slot.OPENING)
    day, bag = scene.day(2), scene.mailbag
    papers = [
        bag.paper(day, SECRECY_BUREAU, "秘密★10年", Level.CONFIDENTIAL, copies=3),
        bag.paper(day, CITY_GOVERNMENT, "机密★5年", Level.SECRET, carrier=Carrier.DISC),
        bag.paper(
            day, CITY, "秘密", Level.CONFIDENTIAL, numbered=False, carrier=Carrier.ELECTRONIC_FILE
        ),
    ]
    mistaken, disc, file = receive(scene, papers, ["农业委", "教科文卫委", "研究室"])
    mistaken = set_circle(scene, mistaken, units=["农业委"])
    scene.begin(is_corrected(scene, mistaken))
    scene.begin(is_given_by_mistake(scene, mistaken.copies[0]))
    scene.begin(is_entered_late(scene, mistaken.copies[1]))
    disc = set_circle(scene, disc, persons=scene.office.readers["教科文卫委"][:1])
    scene.begin(is_handled(scene, disc, disc.copies[0], 2))
    file = set_circle(scene, file, units=["研究室"])
    scene.begin(is_read(scene, file, file.copies[0], 2))


def is_corrected(scene: Scene, paper: Entered) -> Life:
    """The number of pages was entered wrong."""
    yield When(3, Slot.MORNING)
    scene.do(
        "custody.correct_paper",
        scene.registrar,
        paper.id,
        pages=paper.described.inputs["pages"] + 2,
        reason="漏计附件两页，经复点更正",
    )


def is_given_by_mistake(scene: Scene, copy: UUID) -> Life:
    """Entered for the wrong reader, undone at once, given to the right one."""
    registrar, head = scene.registrar, scene.office.heads["农业委"]
    yield When(4, Slot.FORENOON)
    scene.give(copy, scene.office.readers["农业委"][1])
    scene.do("custody.undo", registrar, copy, reason="扫错证件，应交主要负责人")
    scene.give(copy, head)
    yield When(4, Slot.EVENING)
    scene.take_back(copy)


def is_entered_late(scene: Scene, copy: UUID) -> Life:
    """Read and handed back yesterday, entered today (补记)."""
    office = scene.office
    late = Late(on=scene.day(5), reason="前一日临下班交阅，停电未能登记")
    yield When(6, Slot.MORNING)
    scene.do(
        "custody.hand_over_copy",
        office.registrar,
        copy,
        late=late,
        person=office.readers["农业委"][1],
        place=office.rooms["农业委"],
    )
    scene.do("custody.take_back_copy", office.registrar, copy, late=late)


def third_envelope(scene: Scene) -> Life:
    """A telegram, on which a head works for some days."""
    yield When(3, Slot.OPENING)
    paper = scene.mailbag.paper(
        scene.day(3), CITY_GOVERNMENT, "内部", Level.INTERNAL, carrier=Carrier.TELEGRAM
    )
    (telegram,) = receive(scene, [paper], ["内务司法委"])
    telegram = set_circle(scene, telegram, units=["内务司法委"])
    head = scene.staff.heads["内务司法委"]
    yield When(4, Slot.AFTERNOON)
    scene.give(telegram.copies[0], head, unit="内务司法委", purpose="handling")
    yield When(8, Slot.AFTERNOON)
    scene.take_back(telegram.copies[0])


def _try_to_give(scene: Scene, copy: UUID, person: UUID) -> None:
    scene.attempt(
        "custody.hand_over_copy",
        scene.registrar,
        copy,
        person=person,
        place=scene.office.rooms[PROTECTED_ROOM],
    )
