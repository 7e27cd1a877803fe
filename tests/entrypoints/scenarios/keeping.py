"""Places and cabinets (GZ2.2.1), giving and taking back (GZ2.3.1a, GZ2.3.2, GZ2.3.7)."""

from uuid import UUID

from baomi.engine.demo.office_plan import BARE_ROOM, READING_ROOM
from baomi.kernel.words import Level
from tests.entrypoints.asking import Asked, cabinet, copy, label, name
from tests.entrypoints.scenarios.scene import Scene, before_today, shows
from tests.factories.deeds import do

KEEPER = "unit_keeper@研究室"


def stored(what: str, where: str) -> Asked:
    return Asked(
        action="custody.store_copies", post="registrar", targets=[what], inputs={"cabinet": where}
    )


def given(what: str, whom: str, *, post: str = "registrar", place: str = READING_ROOM) -> Asked:
    inputs = {"person": whom, "purpose": "reading", "place": place}
    return Asked(action="custody.hand_over_copy", post=post, targets=[what], inputs=inputs)


def taken_back(what: str, *, post: str = "registrar", **inputs: str) -> Asked:
    return Asked(action="custody.take_back_copy", post=post, targets=[what], inputs=inputs)


@shows("GZ2.2.1a/place_of_keeping_is_protected")
def kept_where_nothing_protects(desk):
    said = {"name": "旧柜", "room": desk.office.rooms[BARE_ROOM], "level": "secret"}
    do("office.add_cabinet", desk.registrar, **said)
    _, copies = desk.receive()
    return Scene(stored(label(copies[0]), "机密柜"), stored(label(copies[1]), "旧柜"))


@shows("GZ2.2.1b/cabinet_is_fit_for_the_level")
def kept_below_its_level(desk):
    _, copies = desk.receive()
    lower = desk.office.cabinets[Level.CONFIDENTIAL]
    fit, unfit = cabinet(desk.cabinet), cabinet(lower)
    return Scene(stored(label(copies[0]), fit), stored(label(copies[1]), unfit))


@shows("GZ2.2.1b/cabinet_is_in_use")
def kept_in_a_closed_cabinet(desk):
    _, copies = desk.receive()
    do("office.close_cabinet", desk.registrar, desk.office.unit_cabinets["农业委"])
    return Scene(stored(copy(copies[0]), "法制委柜"), stored(copy(copies[1]), "农业委柜"))


@shows("GZ2.2.1b/returned_copy_goes_into_a_cabinet")
def taken_back_to_nowhere(desk):
    paper, copies = desk.receive()  # never stored: no cabinet is known to take it back into
    desk.circle(paper, desk.reader)
    desk.give(copies[0])
    what = label(copies[0])
    return Scene(taken_back(what, cabinet="机密柜"), taken_back(what))


@shows("GZ2.3.1a/giver_has_the_copy_by_the_register")
def given_by_who_has_it_not(desk):
    _, copies = desk.ready(desk.reader, desk.keeper)
    desk.lend_to_keeper(copies[0])
    reader = name(desk.reader)
    return Scene(
        given(copy(copies[0]), reader, post=KEEPER), given(copy(copies[1]), reader, post=KEEPER)
    )


# who is neither the registrar nor the giver has no cabinet of his own to take it back into
@shows(
    "GZ2.3.1a/copy_returns_to_who_gave_it",
    beside=("GZ2.2.1b/returned_copy_goes_into_a_cabinet",),
)
def taken_back_by_another_keeper(desk):
    _, copies = desk.ready(desk.reader, desk.office.keepers["法制委"])
    desk.lend_to_keeper(copies[0])
    desk.give(copies[0], by=desk.keeper)
    what = label(copies[0])
    return Scene(taken_back(what, post=KEEPER), taken_back(what, post="unit_keeper@法制委"))


@shows("GZ2.3.1a/undone_deed_is_ones_own_of_today")
def undone_on_another_day(desk):
    other = desk.office.readers["法制委"][0]
    with before_today():
        _, copies = desk.ready(desk.reader, other)
        desk.give(copies[0])
    desk.give(copies[1], person=other)
    undo = [
        Asked(action="custody.undo", post="registrar", targets=[copy(each)], inputs={})
        for each in (copies[1], copies[0])
    ]
    return Scene(*undo)


@shows("GZ2.3.2a/place_of_reading_is_registered_and_protected")
def read_where_nothing_protects(desk):
    _, copies = desk.ready()
    reader = name(desk.reader)
    return Scene(given(label(copies[0]), reader), given(label(copies[1]), reader, place=BARE_ROOM))


@shows("GZ2.3.2b/reader_has_nothing_overdue")
def given_to_who_owes_a_return(desk):
    other = desk.office.readers["法制委"][0]
    with before_today():
        _, copies = desk.ready(desk.reader, other)
        desk.give(copies[0])
    return Scene(
        given(copy(copies[1]), name(other)),
        given(copy(copies[2]), name(desk.reader)),
    )


@shows("GZ2.3.7/circulation_goes_on_for_the_reader")
def top_secret_given_after_everybody_read_it(desk):
    ended, going_on = (
        desk.ready(*circle, cabinet=desk.top_cabinet, level="绝密", number="")
        for circle in ((desk.leader,), (desk.leader, desk.registrar))
    )
    for _, copies in (ended, going_on):
        desk.give(copies[0], person=desk.leader)
        desk.take_back(copies[0])
    leader = name(desk.leader)
    return Scene(given(label(going_on[1][1]), leader), given(label(ended[1][1]), leader))


@shows("GZ2.3.7/copy_goes_to_the_registrar_after_circulation")
def top_secret_kept_after_everybody_read_it(desk):
    head, keeper = core_unit(desk)
    lent = []
    for circle in ((head, desk.leader), (head,)):
        _, copies = desk.ready(*circle, cabinet=desk.top_cabinet, level="绝密", number="")
        desk.give(copies[0], person=keeper, purpose="keeping", place=None)
        desk.give(copies[0], by=keeper, person=head)
        lent.append(taken_back(copy(copies[0]), post="unit_keeper@财经委"))
    return Scene(*lent)


def core_unit(desk) -> tuple[UUID, UUID]:
    """Head and keeper of a unit who may read 绝密."""
    head, keeper = desk.office.heads["财经委"], desk.office.keepers["财经委"]
    said = {"personnel_class": "core", "ground": "涉密人员审查表"}
    do("office.set_class", desk.office.security_admin, keeper, **said)
    return head, keeper
