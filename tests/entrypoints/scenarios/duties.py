"""For each way in which a duty opens: the deed that opens it, and the deed that closes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from baomi.registers.office.load import label as label_of
from tests.entrypoints.asking import Asked, copy, label, name
from tests.entrypoints.scenarios.keeping import KEEPER, core_unit, given, taken_back
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.registers.approvals.asking import Outing
from tests.registers.custody.desk import PAPER, Desk


@dataclass(frozen=True)
class Life:
    """A duty's opening and closing, who owes it, and in how many days.

    One that time alone opens has no deed that opens it, but the day ``on`` which it is shown.
    """

    opens: Asked | None
    closes: Asked
    owner: str
    days: int
    on: date = TODAY


Prepare = Callable[[Desk], Life]
LIVES: dict[str, Prepare] = {}


def lives(duty: str) -> Callable[[Prepare], Prepare]:
    """Say which duty a scenario shows, by clause, name and what opens it."""

    def keep(prepare: Prepare) -> Prepare:
        assert duty not in LIVES, f"{duty} has two scenarios"
        LIVES[duty] = prepare
        return prepare

    return keep


@lives("GZ2.2.1a/record_measures/RoomIsRegistered")
def room_without_measures(desk):
    head = name(desk.office.heads["研究室"])
    inputs = {"name": "东楼 203", "unit": "研究室", "responsible": head, "keeps_papers": "是"}
    return Life(
        opens=Asked(action="office.add_room", post="registrar", inputs=inputs),
        closes=Asked(
            action="office.record_measures",
            post="registrar",
            targets=["东楼 203"],
            inputs={"measures": "防盗门、铁窗"},
        ),
        owner=head,
        days=30,
    )


@lives("GZ2.3.1a/sign_the_slip/SlipIsDrawnUp")
def slip_waits_for_a_signature(desk):
    _, copies = desk.ready()
    desk.give(*copies)
    return Life(
        opens=Asked(
            action="custody.draw_up_slip",
            post="registrar",
            targets=[label(each) for each in copies],
        ),
        closes=Asked(action="custody.confirm_slip", post="registrar", targets=[label_of("S", 1)]),
        owner=name(desk.reader),
        days=0,
    )


@lives("GZ2.3.2b/return_the_copy/CopyReachesPerson")
def copy_given_to_a_reader(desk):
    _, copies = desk.ready()
    what, reader = label(copies[0]), name(desk.reader)
    return Life(opens=given(what, reader), closes=taken_back(what), owner=reader, days=0)


@lives("GZ2.3.2b/return_the_copy/PastCopyWentOut")
def copy_out_since_the_old_book(desk):
    row = {**PAPER, "registered_number": "2021-011", "received_on": "2021-03-05"}
    told = do("custody.record_past_receipt", desk.registrar, **row).told
    what = told["labels"][0]
    return Life(
        opens=Asked(
            action="custody.record_past_hand_over",
            post="registrar",
            targets=[what],
            inputs={"unit": "研究室", "went_out_on": "2021-03-08"},
        ),
        closes=Asked(
            action="custody.record_past_return",
            post="registrar",
            targets=[what],
            inputs={"back_on": TODAY.isoformat(), "cabinet": "机密柜"},
        ),
        owner=name(desk.keeper),
        days=30,
    )


@lives("GZ2.3.7/return_the_copy/CopyReachesPerson")
def top_secret_copy_given_to_a_reader(desk):
    _, copies = desk.ready(desk.leader, cabinet=desk.top_cabinet, level="绝密")
    what, leader = copy(copies[0]), name(desk.leader)
    return Life(opens=given(what, leader), closes=taken_back(what), owner=leader, days=0)


@lives("GZ2.3.7/return_the_copy/CopyReturns")
def top_secret_copy_back_with_the_keeper(desk):
    head, keeper = core_unit(desk)
    _, copies = desk.ready(head, desk.leader, cabinet=desk.top_cabinet, level="绝密")
    desk.give(copies[0], person=keeper, purpose="keeping", place=None)
    desk.give(copies[0], by=keeper, person=head)
    what = copy(copies[0])
    return Life(
        opens=taken_back(what, post=KEEPER.replace("研究室", "财经委")),
        closes=taken_back(what, cabinet="绝密柜"),
        owner=name(keeper),
        days=0,
    )


@lives("X3h/decide_the_request/NeedIsOpened")
def approval_waits_for_a_decision(desk):
    outing = Outing(desk)
    inputs = {
        "carrier": name(desk.reader),
        "keeper": name(desk.reader),
        "occasions": ("因公外出",),
        "destination": "省委办公厅",
        "purpose": "参加评审会",
        "measures": "随身保管，不离人",
        "leaves_on": "2025-03-20",
        "back_until": "2025-03-21",
    }
    return Life(
        opens=Asked(
            action="custody.carry_out",
            post="registrar",
            targets=[label(outing.copy)],
            inputs=inputs,
            why="会议须当场核对原件",
        ),
        closes=Asked(
            action="approvals.decide",
            post="group_leader",
            targets=[label_of("A", 1)],
            inputs={"verdict": "同意"},
        ),
        owner=name(desk.leader),
        days=3,
    )
