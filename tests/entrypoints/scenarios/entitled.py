"""For each deed that a clause leaves to some posts: the deed as one of them asks for it."""

from collections.abc import Callable

from tests.entrypoints.asking import Asked, paper
from tests.entrypoints.scenarios.governing import notice_of_secrecy_work
from tests.entrypoints.scenarios.marking import numbered, own_paper
from tests.entrypoints.scenarios.reading import received
from tests.factories.deeds import do
from tests.registers.custody.desk import Desk


def envelope(desk: Desk) -> Asked:
    """Papers that came in."""
    return received()


def copies_of_ones_own(desk: Desk) -> Asked:
    """A paper of our own, which its drafter has marked."""
    key = own_paper(desk)
    do("custody.mark_paper", desk.keeper, key, level="secret", term="20年")
    return numbered(paper(key))


def notice(desk: Desk) -> Asked:
    """A notice of the secrecy work."""
    return notice_of_secrecy_work(desk).deed


ENTITLED: dict[str, Callable[[Desk], Asked]] = {
    "custody.receive_envelope": envelope,
    "custody.number_copies": copies_of_ones_own,
    "governance.record_document": notice,
}
