"""For each approval that a clause demands: the deed that needs it, and who gives it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.entrypoints.asking import Asked, label
from tests.entrypoints.scenarios.archive import EXCERPT, read
from tests.entrypoints.scenarios.outings import PUBLIC, carried, widened
from tests.factories.deeds import do
from tests.registers.custody.desk import Desk
from tests.registers.custody.travelling import archived, held


@dataclass(frozen=True)
class Consent:
    """A deed that its asker may see and ask for, and by whom it is approved, until nothing waits.

    ``own``: who would have to decide, and asks himself.
    """

    deed: Asked
    own: str
    deciders: tuple[str, ...]


Prepare = Callable[[Desk], Consent]
CONSENTS: dict[str, Prepare] = {}


def approves(rule: str) -> Callable[[Prepare], Prepare]:
    """Say which approval a scenario shows: ``GZ2.2.5a/approved_by_group_leader``."""

    def keep(prepare: Prepare) -> Prepare:
        assert rule not in CONSENTS, f"{rule} has two scenarios"
        CONSENTS[rule] = prepare
        return prepare

    return keep


@approves("GZ2.3.1b/approved_by_group_leader")
def circle_widened(desk):
    _, deed = widened(desk, desk.leader)
    return Consent(deed, "group_leader", ("group_leader",))


@approves("GZ2.2.5a/approved_by_group_leader")
def carried_on_a_trip(desk):
    copy = held(desk, desk.reader, desk.leader)
    return Consent(carried(desk, label(copy)), "group_leader", ("group_leader",))


@approves("GZ2.1.5d/approved_by_secrecy_leader")
def carried_into_a_public_place(desk):
    copy = held(desk, desk.reader, desk.office.secrecy_leader)
    deed = carried(desk, label(copy), PUBLIC)
    return Consent(deed, "secrecy_leader", ("secrecy_leader",))


@approves("GZ2.2.4a/approved_by_post_in_terms")
def archive_read(desk):
    _, copy = archived(desk, desk.reader, desk.office.office_director)
    return Consent(read(desk, label(copy)), "office_director", ("office_director",))


@approves("GZ2.2.4b/approved_by_post_in_terms")
def archive_excerpted(desk):
    # where the director asks himself, two others must decide: on reading, and on the excerpt
    office = desk.office
    said = {"post": "deputy_group_leader", "letter": "云人发〔2025〕9号", "second": office.auditor}
    do("office.appoint", office.security_admin, office.secrecy_leader, **said)
    _, copy = archived(desk, desk.reader, office.office_director)
    deed = read(desk, label(copy), **EXCERPT)
    return Consent(deed, "office_director", ("office_director", "group_leader"))
