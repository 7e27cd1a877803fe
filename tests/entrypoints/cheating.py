"""A journey that must be approved, as somebody who cheats asks for it through a door."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from baomi.kernel.words import Post
from baomi.registers.approvals.models import ApprovalRequest
from baomi.registers.office.load import holders_between
from baomi.registers.office.load import label as label_of
from tests.entrypoints.asking import DONE, Answered, Asked, label, name
from tests.entrypoints.scenarios.keeping import KEEPER
from tests.entrypoints.scenarios.outings import APPROVED, TRIP, brought, carried
from tests.factories.deeds import do
from tests.factories.office import TODAY

OWN = "X3b/nobody_decides_on_his_own_matter"
NOT_HIS = "X3a/decider_holds_the_post"
WHY = "会议须当场核对原件"
HEAD = "unit_head@研究室"
TOMORROW = TODAY + timedelta(days=1)


class Trip:
    """A secret copy in somebody's hands, whom a deed of the registrar's lets carry it out."""

    def __init__(self, desk, door, carrier: UUID, occasion: str = TRIP) -> None:
        self.door = door
        _, copies = desk.ready(carrier, number="")
        desk.give(copies[0], person=carrier, purpose="handling")
        self.copy = copies[0]
        who = name(carrier)
        self.deed = carried(desk, label(self.copy), occasion).but(carrier=who, keeper=who)

    def asked_by(self, post: str) -> str:
        """Ask for the approval. Returns the request's label."""
        assert self.door.act(replace(self.deed, post=post, why=WHY)).outcome == DONE
        serials = ApprovalRequest.objects.order_by("-label_serial")
        return label_of("A", serials.values_list("label_serial", flat=True)[0])

    def approved(self) -> str:
        """Asked for by who carries it, and agreed to by the leader."""
        request = self.asked_by(KEEPER)
        assert agreed(self.door, request, "group_leader").outcome == DONE
        return request

    def done(self, **other: str) -> Answered:
        """What the registrar is answered when he lets it be carried out."""
        return self.door.act(self.deed.but(**other))

    def brought_back(self) -> Answered:
        """What he is answered when he records its return."""
        return self.door.act(brought(label(self.copy)))


def agreed(door, request: str, post: str, **more: str) -> Answered:
    """What a post's holder is answered when he agrees to a request."""
    inputs = {"verdict": "同意", **more}
    return door.act(Asked(action="approvals.decide", post=post, targets=[request], inputs=inputs))


def reason_of(answered: Answered, guard: str = APPROVED) -> str:
    """What one guard said."""
    said = [each["reason"] for each in answered.refused if guard.endswith(each["guard"])]
    assert said, answered
    return said[0]


def state_of(request: str) -> str:
    """How a request stands."""
    states = ApprovalRequest.objects.values_list("label_serial", "state")
    return next(state for serial, state in states if label_of("A", serial) == request)


def leader_deputes(desk, deputy: UUID, until_on) -> None:
    """The group's leader is stood in for."""
    holding = holders_between(Post.GROUP_LEADER, None, TODAY, TODAY)[0]
    said = {"deputy": deputy, "until_on": until_on, "ground": "病假"}
    second = desk.office.auditor
    do("office.depute", desk.office.security_admin, holding.id, second=second, **said)


def one_human(desk, later: UUID, first: UUID) -> None:
    """Two rows turn out to be of the same human."""
    said = {"first": first, "ground": "核对人事档案"}
    do("office.same_human", desk.office.security_admin, later, second=desk.office.auditor, **said)
