"""Papers of the office's own: marked by who handles them, then numbered, then read."""

from __future__ import annotations

from uuid import UUID

from baomi.engine.demo.circulation import is_read, set_circle, store
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.papers import CITY
from baomi.engine.demo.scene import Entered, Scene
from baomi.kernel.words import Level
from baomi.registers.custody.facts import Carrier

# when, which unit, on what, with which mark
_DRAFTED = (
    (0.02, "研究室", Carrier.PAPER, "秘密", Level.CONFIDENTIAL, "10年"),
    (0.3, "法制委", Carrier.PAPER, "机密", Level.SECRET, "20年"),
    (0.55, "研究室", Carrier.DISC, "秘密", Level.CONFIDENTIAL, "5年"),
    (0.8, "财经委", Carrier.PAPER, "秘密", Level.CONFIDENTIAL, "3年"),
)
COUNT = len(_DRAFTED)
_COPIES = 3


def begin(scene: Scene) -> None:
    """Let them be drafted through the year."""
    for part, unit, carrier, mark, level, term in _DRAFTED:
        scene.begin(drafted(scene, max(5, scene.at(part)), unit, carrier, mark, level, term))


def drafted(
    scene: Scene, day: int, unit: str, carrier: Carrier, mark: str, level: Level, term: str
) -> Life:
    """Nobody else marks it, and nobody numbers it before it is marked."""
    yield When(day, Slot.FORENOON)
    handler, registrar = scene.office.readers[unit][0], scene.registrar
    described = scene.mailbag.paper(scene.day(day), CITY, mark, level)
    receipt = scene.do(
        "custody.register_own_paper",
        handler,
        title=described.inputs["title"],
        carrier=carrier.value,
        pages=described.inputs["pages"],
    )
    key = UUID(receipt.told["paper"])
    scene.attempt("custody.number_copies", registrar, key, copies=_COPIES)
    scene.attempt("custody.mark_paper", registrar, key, level=level.code, term=term)
    scene.do("custody.mark_paper", handler, key, level=level.code, term=term)
    numbered = scene.do("custody.number_copies", registrar, key, copies=_COPIES)
    copies = tuple(UUID(copy) for copy in numbered.told["copies"])
    store(scene, level, copies)
    paper = Entered(id=key, described=described, copies=copies, circle=(), unit=unit)
    paper = set_circle(scene, paper, units=[unit])
    for copy in copies[:2]:
        scene.begin(is_read(scene, paper, copy, day))
    scene.spare.append((paper, copies[2]))
