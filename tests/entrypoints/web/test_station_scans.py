"""What scanners do: the right copy goes to the right person, or none goes at all."""

import pytest

from baomi.kernel.labels import make_label
from baomi.registers.office import load
from tests.entrypoints.web.scanning import Station, badge_of, glyphs, held, label_of, outcome, told
from tests.factories.deeds import size
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def station(desk, at):
    return Station(
        at("registrar"), desk.registrar, person=str(desk.reader), place=str(desk.reading_room)
    )


INTACT = {
    "as it is": lambda c, o: c,
    "lower case": lambda c, o: c.lower(),
    "full width": lambda c, o: glyphs(c),
    "full width, lower case": lambda c, o: glyphs(c.lower()),
    "carriage return": lambda c, o: f"{c}\r",
    "line feed": lambda c, o: f"{c}\n",
    "both": lambda c, o: f"{c}\r\n",
    "tabs around": lambda c, o: f"\t{c}\t",
    "spaces around": lambda c, o: f"  {c} ",
    "a wide space": lambda c, o: f"\u3000{c}\u3000",
    "hyphens as typed": lambda c, o: f"{c[:3]}-{c[3:10]}-{c[10:]}",
    "full-width hyphens": lambda c, o: glyphs(f"{c[:3]}-{c[3:]}"),
    "dashes of a word processor": lambda c, o: f"{c[:3]}—{c[3:]}",
    "a space within": lambda c, o: f"{c[:7]} {c[7:]}",
    "mixed widths": lambda c, o: glyphs(c[:5]) + c[5:],
}
BROKEN = {
    "nothing": lambda c, o: "",
    "blank": lambda c, o: " \t ",
    "line ends only": lambda c, o: "\r\n",
    "first half": lambda c, o: c[:7],
    "second half": lambda c, o: c[7:],
    "last sign lost": lambda c, o: c[:-1],
    "first sign lost": lambda c, o: c[1:],
    "two signs lost at the head": lambda c, o: c[2:],
    "middle lost": lambda c, o: c[:5] + c[7:],
    "one sign": lambda c, o: "B",
    "beginning only": lambda c, o: "BM",
    "kind only": lambda c, o: "BMC",
    "glued to another": lambda c, o: c + o,
    "glued to itself": lambda c, o: c + c,
    "three glued": lambda c, o: c + o + c,
    "half glued to a whole": lambda c, o: c[:8] + o,
    "whole glued to a half": lambda c, o: c + o[:6],
    "line end between two": lambda c, o: f"{c}\r{o}",
    "tab between two": lambda c, o: f"{c}\t{o}",
    "line feed within": lambda c, o: f"{c[:6]}\n{c[6:]}",
    "escape before": lambda c, o: f"\x1b{c}",
    "escape within": lambda c, o: f"{c[:5]}\x1b[A{c[5:]}",
    "FNC1 before": lambda c, o: f"\x1d{c}",
    "FNC1 after": lambda c, o: f"{c}\x1d",
    "AIM sign before": lambda c, o: f"]C1{c}",
    "null within": lambda c, o: f"{c[:4]}\x00{c[4:]}",
    "delete after": lambda c, o: f"{c}\x7f",
    "invisible space": lambda c, o: f"{c[:4]}\u200b{c[4:]}",
    "byte order mark": lambda c, o: f"\ufeff{c}",
    "turned writing": lambda c, o: f"\u202e{c}",
    "backwards": lambda c, o: c[::-1],
    "one digit altered": lambda c, o: c[:9] + str((int(c[9]) + 1) % 10) + c[10:],
    "two digits exchanged": lambda c, o: c[:3] + "1" + c[4:],
    "the other's serial, one's own seal": lambda c, o: o[:10] + c[10:],
    "seal altered": lambda c, o: c[:10] + ("A" if c[10] != "A" else "B") + c[11:],
    "check altered": lambda c, o: c[:-1] + ("0" if c[-1] != "0" else "1"),
    "another office": lambda c, o: make_label("C", int(o[3:10]), office="elsewhere"),
    "a serial never given": lambda c, o: load.label("C", 9_000_001),
    "another kind's letter": lambda c, o: c[:2] + "S" + c[3:],
    "unknown kind": lambda c, o: c[:2] + "X" + c[3:],
    "O for 0": lambda c, o: c.replace("0", "O"),
    "too long": lambda c, o: f"{c}0000",
    "very long": lambda c, o: c * 20,
    "beyond any label": lambda c, o: "A" * 4000,
    "pinyin of an input method": lambda c, o: "宝马",
    "mark of a paper": lambda c, o: "机密★10年",
    "a command of a shell": lambda c, o: "'; DROP TABLE custody_copy; --",
    "a page": lambda c, o: "<script>alert(1)</script>",
    "a web address": lambda c, o: "http://198.51.100.7/x",
    "a price code": lambda c, o: "6901234567892",
}


def test_there_are_sixty_hostile_inputs_and_more():
    assert len(INTACT) + len(BROKEN) >= 60


@pytest.fixture
def two(desk):
    """Two copies that may both be given to the reader."""
    _, copies = desk.ready()
    return copies[:2]


def test_a_label_that_is_whole_moves_its_copy(two, desk, station):
    mine, other = two
    for what, typed in INTACT.items():
        answer = station.scan(typed(label_of(mine), label_of(other)))
        assert (what, outcome(answer)) == (what, "done")
        assert (what, held(mine), held(other)) == (what, desk.reader, None)
        desk.take_back(mine)


def test_what_is_no_whole_label_moves_nothing(two, station):
    mine, other = two
    before, labels = size(), (label_of(mine), label_of(other))
    for what, typed in BROKEN.items():
        answer = station.scan(typed(*labels))
        assert (what, answer.status_code, outcome(answer)) == (what, 422, "fault")
        assert len(told(answer).text) > 8
        assert b"<script" not in answer.content
        assert (what, size()) == (what, before)
    assert (held(mine), held(other)) == (None, None)


FORGETS = {
    "half a badge": (lambda p, c: p[:9], True),
    "its head lost: no telling what it was": (lambda p, c: p[2:], True),
    "glued to a copy's label": (lambda p, c: c + p, True),
    "altered": (lambda p, c: p[:-1] + ("0" if p[-1] != "0" else "1"), True),
    "half a copy's label": (lambda p, c: c[:9], False),
    "two copies' labels glued": (lambda p, c: c + c, False),
}


def test_an_unread_badge_never_leaves_the_labels_to_the_person_before(two, desk, station):
    for what, (cut, forgets) in FORGETS.items():
        answer = station.scan(cut(badge_of(desk.general), label_of(two[0])))
        assert (what, outcome(answer)) == (what, "fault")
        is_forgotten = told(answer).attributes.get("data-forgets") == "person"
        assert (what, is_forgotten) == (what, forgets)
