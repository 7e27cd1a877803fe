"""Level and term of our own papers (GZ2.3.8, DM8)."""

from uuid import UUID

from tests.entrypoints.asking import Asked, paper
from tests.entrypoints.scenarios.keeping import KEEPER
from tests.entrypoints.scenarios.scene import Scene, shows
from tests.factories.deeds import do

BEFORE_IT_GOES_OUT = "GZ2.3.8/own_paper_is_marked_before_it_goes_out"


def own_paper(desk, carrier: str = "paper") -> UUID:
    """A paper that a unit's keeper drafts."""
    said = {"title": "工作要点（稿）", "carrier": carrier}
    return UUID(do("custody.register_own_paper", desk.keeper, **said).told["paper"])


def marked(what: str, *, post: str = KEEPER, **more: str) -> Asked:
    return Asked(
        action="custody.mark_paper", post=post, targets=[what], inputs={"level": "机密", **more}
    )


def numbered(what: str) -> Asked:
    return Asked(
        action="custody.number_copies", post="registrar", targets=[what], inputs={"copies": "3"}
    )


@shows("GZ2.3.8/marker_is_the_handler")
def marked_in_the_handlers_place(desk):
    what = paper(own_paper(desk))
    return Scene(marked(what, term="10年"), marked(what, term="10年", post="registrar"))


@shows("GZ2.3.8/mark_has_level_and_term")
def marked_without_a_term(desk):
    what = paper(own_paper(desk))
    return Scene(marked(what, term="10年"), marked(what))


@shows(BEFORE_IT_GOES_OUT)
def numbered_before_it_is_marked(desk):
    first, second = own_paper(desk), own_paper(desk)
    do("custody.mark_paper", desk.keeper, first, level="secret", term="20年")
    return Scene(numbered(paper(first)), numbered(paper(second)))


# whatever bears an own paper is marked first: the clause says that a disc is no exception
@shows("DM8/carrier_is_marked_before_it_is_numbered", beside=(BEFORE_IT_GOES_OUT,))
def disc_numbered_before_it_is_marked(desk):
    first, second = own_paper(desk, "disc"), own_paper(desk, "disc")
    do("custody.mark_paper", desk.keeper, first, level="confidential", term="6个月")
    return Scene(numbered(paper(first)), numbered(paper(second)))
