"""The last weeks: what is out, what is owed, and what is late when the story reaches today."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from baomi.engine.demo.circulation import receive, set_circle
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.papers import CITY, CITY_GOVERNMENT, CONGRESS, SECRECY_BUREAU
from baomi.engine.demo.scene import Entered, Scene
from baomi.kernel.words import Level
from baomi.registers.custody.facts import Carrier

PAPERS = 5
OVERDUE_COPIES = 4
OVERDUE_ERRANDS = 2
_BEGINS = 20  # working days before the last
_UNITS = ("财经委", "农业委", "教科文卫委", "法制委", "研究室")


def begin(scene: Scene) -> None:
    """Let the last weeks begin; who will owe something by then has nothing else to do."""
    scene.begin(concerns(scene))
    scene.begin(last_papers(scene))
    scene.begin(errands(scene))


def concerns(scene: Scene) -> Life:
    """For the people of these stories nothing else is planned from then on."""
    yield When(max(0, scene.last - _BEGINS - 9), Slot.EVENING)
    scene.spared.update(scene.office.readers[unit][0] for unit in _UNITS)


def last_papers(scene: Scene) -> Life:
    """One paper for each of the units in which something stays out."""
    day = max(13, scene.last - _BEGINS)
    yield When(day, Slot.FORENOON)
    on, bag = scene.day(day), scene.mailbag
    described = [
        bag.paper(on, CITY, "机密★10年", Level.SECRET, copies=6),
        bag.paper(on, SECRECY_BUREAU, "秘密★5年", Level.CONFIDENTIAL, copies=3),
        bag.paper(on, CITY_GOVERNMENT, "机密★5年", Level.SECRET, carrier=Carrier.DISC),
        bag.paper(on, CITY, "机密", Level.SECRET, copies=2),
        bag.paper(on, CONGRESS, "内部", Level.INTERNAL, copies=4),
    ]
    papers = [
        set_circle(scene, paper, units=[paper.unit]) for paper in receive(scene, described, _UNITS)
    ]
    for paper, life in zip(papers, _LIVES, strict=True):
        scene.begin(life(scene, paper, scene.office.readers[paper.unit][0]))


def much_at_hand(scene: Scene, paper: Entered, reader: UUID) -> Life:
    """A reader works on two copies, and has not handed back the one that he was to read."""
    due_today, due_later, overnight, *kept = paper.copies
    yield When(scene.last - 4, Slot.FORENOON)
    scene.give(due_today, reader, unit=paper.unit, purpose="handling")
    yield When(scene.last - 2, Slot.FORENOON)
    scene.give(due_later, reader, unit=paper.unit, purpose="handling")
    yield When(scene.last - 1, Slot.AFTERNOON)
    for copy in kept:
        scene.give(copy, scene.staff.keepers[paper.unit], purpose="keeping")
    yield When(scene.last, Slot.FORENOON)
    scene.give(overnight, reader)


def kept_overnight(scene: Scene, paper: Entered, reader: UUID) -> Life:
    """A reader does not hand it back in the evening, and so gets nothing more."""
    yield When(scene.last - 1, Slot.FORENOON)
    scene.give(paper.copies[0], reader)
    yield When(scene.last, Slot.FORENOON)
    scene.attempt(
        "custody.hand_over_copy",
        scene.registrar,
        paper.copies[1],
        person=reader,
        place=scene.office.rooms[paper.unit],
    )


def worked_on_too_long(scene: Scene, paper: Entered, reader: UUID) -> Life:
    """Its handler does not hand it back in time."""
    yield When(scene.last - 7, Slot.FORENOON)
    scene.give(paper.copies[0], reader, unit=paper.unit, purpose="handling")


def long_forgotten(scene: Scene, paper: Entered, reader: UUID) -> Life:
    """So long out that everybody up to the group's leader learns of it."""
    yield When(max(14, scene.last - 18), Slot.FORENOON)
    scene.give(paper.copies[0], reader, unit=paper.unit, purpose="handling")


def due_today(scene: Scene, paper: Entered, reader: UUID) -> Life:
    """Two of the unit work on it; one is to hand it back today."""
    yield When(scene.last - 4, Slot.AFTERNOON)
    scene.give(paper.copies[0], reader, unit=paper.unit, purpose="handling")
    yield When(scene.last - 1, Slot.AFTERNOON)
    head = scene.staff.heads[paper.unit]
    scene.give(paper.copies[1], head, unit=paper.unit, purpose="handling")


_LIVES = (much_at_hand, kept_overnight, worked_on_too_long, long_forgotten, due_today)


def errands(scene: Scene) -> Life:
    """Duties by hand at the end: two late, one for today, two for later."""
    office = scene.office
    registrar, director = office.registrar, office.office_director
    given = (
        (9, "报送财经委自查情况", scene.staff.heads["财经委"], -4),
        (6, "核对专人柜文件并报清单", registrar, -1),
        (5, "核对下月传阅范围", registrar, 0),
        (3, "约谈逾期未交回文件的人员", director, 4),
        (2, "准备季度保密检查清单", scene.staff.keepers["财经委"], 9),
    )
    for before, title, owner, from_now in given:
        yield When(scene.last - before, Slot.MORNING)
        scene.do(
            "duties.open_by_hand",
            director,
            title=title,
            owner=owner,
            due_on=(scene.now + timedelta(days=from_now)).isoformat(),
        )
