"""Pages as tests ask for them."""

from baomi.engine.face.reading import books
from baomi.registers import paging
from baomi.registers.office import load as office_load
from baomi.rulebook.terms import Terms
from tests.factories.office import TODAY

TERMS = Terms.on(TODAY)


def person(key):
    """Somebody as he stands on the tests' day."""
    return office_load.person(key, TODAY, TERMS)


def page(who, name, **how):
    """A page of a book, as somebody sees it."""
    return paging.page(books()[name], person(who), TERMS, **how)


def walked(who, name, **how):
    """The ids of every page forwards, and of every page backwards from the last one."""
    shown = page(who, name, **how)
    assert shown.before is None
    forwards = [*shown.ids]
    while shown.after is not None:
        shown = page(who, name, after=shown.after, **how)
        forwards.extend(shown.ids)
    backwards = [*shown.ids]
    while shown.before is not None:
        shown = page(who, name, before=shown.before, **how)
        backwards = [*shown.ids, *backwards]
    return forwards, backwards
