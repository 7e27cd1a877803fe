"""The circle (GZ2.3.1b), unmarked papers, release levels, conveying (GZ2.3.4)."""

from baomi.engine.demo.office_plan import READING_ROOM
from tests.entrypoints.asking import Asked, copy, label, name, paper
from tests.entrypoints.scenarios.keeping import given
from tests.entrypoints.scenarios.scene import Scene, before_today, shows
from tests.factories.deeds import do
from tests.registers.custody.desk import PAPER

IN_THE_CIRCLE = "GZ2.3.1b/reader_is_in_the_circle"


def circle(what: str, *persons: str, **more: str) -> Asked:
    return Asked(
        action="custody.set_circle",
        post="registrar",
        targets=[what],
        inputs={"persons": persons, **more},
    )


def conveyed(what: str, **more: str) -> Asked:
    inputs = {
        "audience": "机关处级干部",
        "audience_level": "县处级",
        "manner": "口头传达",
        "place": READING_ROOM,
    }
    return Asked(
        action="custody.convey_paper", post="registrar", targets=[what], inputs=inputs | more
    )


def received(**described: str) -> Asked:
    inputs = {"sender": "市委机要局", "intact": "是", "papers_stated": "1"}
    return Asked(
        action="custody.receive_envelope",
        post="registrar",
        inputs={**inputs, "papers": [PAPER | described]},
    )


@shows(IN_THE_CIRCLE)
def given_outside_the_circle(desk):
    _, copies = desk.ready()
    other = desk.office.readers["法制委"][0]
    return Scene(given(label(copies[0]), name(desk.reader)), given(label(copies[1]), name(other)))


@shows("GZ2.3.1b/reader_is_cleared_for_the_level")
def given_above_the_clearance(desk):
    _, copies = desk.ready(desk.reader, desk.general)
    return Scene(
        given(copy(copies[0]), name(desk.reader)), given(copy(copies[1]), name(desk.general))
    )


@shows("GZ2.3.1b/reader_is_in_service")
def given_to_who_has_left(desk):
    other = desk.office.readers["法制委"][0]
    with before_today():
        _, copies = desk.ready(desk.reader, other)
        do("office.end_service", desk.office.security_admin, other, ground="调离")
    return Scene(given(copy(copies[0]), name(desk.reader)), given(copy(copies[1]), name(other)))


@shows("GZ2.3.1b/circle_is_not_widened_on_ones_own")
def widened_after_it_was_given_out(desk):
    new, _ = desk.ready()
    begun, copies = desk.ready(number="")
    desk.give(copies[0])
    both = name(desk.reader), name(desk.keeper)
    return Scene(circle(paper(new), *both), circle(paper(begun), *both))


@shows("GZ2.3.4a/unmarked_paper_of_a_higher_body_is_internal")
def higher_bodys_paper_entered_as_open(desk):
    return Scene(received(level=""), received(level="未注密级"))


# the circle of every paper is kept: the clause says that an unmarked one is no exception
@shows("GZ2.3.4a/reader_is_in_the_circle_of_the_unmarked_paper", beside=(IN_THE_CIRCLE,))
def unmarked_paper_given_outside_the_circle(desk):
    _, copies = desk.ready(level="")
    other = desk.office.readers["法制委"][0]
    return Scene(given(label(copies[0]), name(desk.reader)), given(label(copies[1]), name(other)))


@shows("GZ2.3.4b/readers_stand_within_the_release_level")
def read_below_the_release_level(desk):
    key, _ = desk.receive(release_level="发至县团级")
    head = name(desk.office.heads["研究室"])
    return Scene(circle(paper(key), head), circle(paper(key), head, name(desk.reader)))


@shows("GZ2.3.4b/audience_stands_within_the_release_level")
def conveyed_below_the_release_level(desk):
    fit, _ = desk.receive(release_level="县团级")
    unfit, _ = desk.receive(release_level="地师级", number="")
    return Scene(conveyed(paper(fit)), conveyed(paper(unfit)))


@shows("GZ2.3.4b/conveying_follows_the_demands")
def conveyed_without_regard_to_its_demands(desk):
    key, _ = desk.receive(conveyance="只作口头传达")
    return Scene(conveyed(paper(key), demands_kept="是"), conveyed(paper(key)))
