"""Carrying out and bringing back (GZ2.2.5, GZ2.1.5d), and what is owed afterwards."""

from dataclasses import replace
from datetime import timedelta

from baomi.registers.custody.facts import Occasion
from tests.entrypoints.asking import Asked, label, name, paper
from tests.entrypoints.scenarios.duties import Life, lives
from tests.entrypoints.scenarios.keeping import KEEPER, core_unit, taken_back
from tests.entrypoints.scenarios.registers import Fact, records
from tests.entrypoints.scenarios.scene import Scene, shows
from tests.factories.approving import approved
from tests.factories.office import TODAY
from tests.registers.custody.travelling import held, out

TRIP, PUBLIC = "因公外出", "公共场所"
APPROVED = "GZ2.2.5a/approved_by_group_leader"
DAYS = 2
BACK = (TODAY + timedelta(days=DAYS)).isoformat()


def carried(desk, what: str, occasion: str = TRIP, **inputs) -> Asked:
    """The deed by which the reader carries a copy out."""
    reader = name(desk.reader)
    return Asked(
        action="custody.carry_out",
        post="registrar",
        targets=[what],
        inputs={
            "carrier": reader,
            "keeper": reader,
            "occasions": (occasion,),
            "destination": "省委办公厅",
            "purpose": "参加评审会",
            "measures": "随身保管，不离人",
            "leaves_on": TODAY.isoformat(),
            "back_until": BACK,
            **inputs,
        },
    )


def approve(desk, copy, *, carrier=None, companions=(), occasion=Occasion.BUSINESS_TRIP) -> None:
    """Let exactly what ``carried`` asks for be approved, past every door."""
    who = carrier or desk.reader
    approved(
        who,
        "custody.carry_out",
        copy,
        carrier=who,
        keeper=who,
        occasions=[occasion],
        destination="省委办公厅",
        purpose="参加评审会",
        measures="随身保管，不离人",
        leaves_on=TODAY,
        back_until=BACK,
        companions=list(companions),
    )


def brought(what: str, *, post: str = "registrar") -> Asked:
    """The deed by which a copy is brought back."""
    return Asked(
        action="custody.bring_back",
        post=post,
        targets=[what],
        inputs={"findings": "页数齐全，封装完好"},
    )


@shows("GZ2.2.5a/copy_is_in_the_carriers_hands")
def carried_by_who_has_it_not(desk):
    copy = held(desk, level="内部")
    head = name(desk.office.heads["研究室"])
    lawful = carried(desk, label(copy))
    return Scene(lawful, lawful.but(carrier=head, keeper=head))


# an approval is given for these travellers, and for no others
@shows("GZ2.2.5a/travellers_are_cleared_for_the_level", beside=(APPROVED,))
def kept_on_the_way_by_who_is_not_cleared(desk):
    copy = held(desk)
    approve(desk, copy)
    lawful = carried(desk, label(copy))
    return Scene(lawful, lawful.but(companions=(name(desk.general),)))


@shows("GZ2.2.5b/measures_are_written_down", beside=(APPROVED,))
def carried_without_measures(desk):
    copy = held(desk)
    approve(desk, copy)
    lawful = carried(desk, label(copy))
    return Scene(lawful, lawful.without("measures"))


@shows("GZ2.2.5b/top_secret_travels_with_two_persons", beside=(APPROVED,))
def top_secret_carried_by_one(desk):
    copy, head, keeper = top_secret(desk)
    approve(desk, copy, carrier=head, companions=[keeper])
    alone = carried(desk, label(copy), carrier=name(head), keeper=name(head))
    return Scene(alone.but(companions=(name(keeper),)), alone)


@shows("GZ2.2.5b/returned_copy_is_checked_by_another")
def checked_by_who_carried_it(desk):
    _, copies = desk.ready(desk.reader, desk.keeper)
    desk.lend_to_keeper(copies[0])
    out(desk, copies[0], carrier=desk.keeper, keeper=desk.keeper)
    lawful = brought(label(copies[0]))
    return Scene(lawful, replace(lawful, post=KEEPER))


@shows("GZ2.1.5d/keeper_goes_along")
def kept_in_public_by_who_is_not_there(desk):
    copy = held(desk, level="内部")
    lawful = carried(desk, label(copy), PUBLIC)
    return Scene(lawful, lawful.but(keeper=name(desk.office.heads["研究室"])))


def top_secret(desk):
    """A 绝密 copy in the hands of a head, and he and his keeper, both cleared for it."""
    head, keeper = core_unit(desk)
    _, copies = desk.ready(head, cabinet=desk.top_cabinet, level="绝密")
    desk.give(copies[0], person=head, purpose="handling")
    return copies[0], head, keeper


@lives("GZ2.2.5b/bring_back/CopyLeavesPremises")
def carried_on_business(desk):
    return away(desk, TRIP)


@lives("GZ2.1.5d/bring_back/CopyLeavesPremises")
def carried_into_public(desk):
    return away(desk, PUBLIC)


def away(desk, occasion: str) -> Life:
    what = label(held(desk, level="内部"))
    return Life(
        opens=carried(desk, what, occasion),
        closes=brought(what),
        owner=name(desk.reader),
        days=DAYS,
    )


@lives("GZ2.3.2b/return_the_copy/CopyComesBackToPremises")
def brought_back_and_still_held(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    out(desk, copies[0])
    what = label(copies[0])
    return Life(opens=brought(what), closes=taken_back(what), owner=name(desk.reader), days=0)


@lives("GZ2.3.7/return_the_copy/CopyComesBackToPremises")
def top_secret_brought_back(desk):
    copy, head, keeper = top_secret(desk)
    out(desk, copy, carrier=head, keeper=head, companions=[keeper])
    what = label(copy)
    return Life(opens=brought(what), closes=taken_back(what), owner=name(head), days=0)


@records("GZ2.2.5a custody_outing")
def trip_with_a_secret_copy(desk):
    copy = held(desk)
    approve(desk, copy)
    reader = name(desk.reader)
    return Fact(
        register="custody.outing",
        deed=carried(desk, label(copy)),
        fields={"carrier": "“携带人”没有填写", "destination": "“外出地点”没有填写"},
        row={"carrier": reader, "destination": "省委办公厅", "back_until": BACK, "state": "外出"},
    )


@records("GZ2.1.5d custody_outing")
def carrier_taken_into_public(desk):
    copy = held(desk)
    approve(desk, copy, occasion=Occasion.PUBLIC_PLACE)
    reader = name(desk.reader)
    return Fact(
        register="custody.outing",
        deed=carried(desk, label(copy), PUBLIC),
        fields={"keeper": "“保管人”没有填写"},
        row={"keeper": reader, "occasions": PUBLIC, "level": "机密"},
    )


def widened(desk, *further):
    """A paper that is being read, and the deed that adds somebody to its circle."""
    key, copies = desk.ready(desk.reader, *further)
    desk.give(copies[0])
    return key, Asked(
        action="custody.widen_circle",
        post="registrar",
        targets=[paper(key)],
        inputs={"persons": (name(desk.keeper),), "reason": "参与承办"},
    )
