"""A request for approval, printed for its signatures."""

from tests.entrypoints.asking import label_of, name
from tests.entrypoints.scenarios.forms import Printed, prints
from tests.registers.approvals.asking import Outing, decide


@prints("approvals.request")
def request_that_the_leader_agreed_to(desk):
    outing = Outing(desk)
    key = outing.ask()
    decide(desk.leader, key, reason="注意途中安全")
    return Printed(
        thing=key,
        post="registrar",
        stranger="auditor",
        shows={
            "deed": "携带外出",
            "asked_by": name(desk.reader),
            "state": "已批准",
            "label": label_of("A", 1),
            "opinion_1": "同意。注意途中安全",
            "mark": "机密",
        },
    )
