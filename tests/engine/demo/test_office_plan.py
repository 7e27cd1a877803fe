"""The invented office has somebody in every place, and everybody once."""

from itertools import islice

from baomi.engine.demo.names import invented_names
from baomi.engine.demo.office_plan import BARE_ROOM, PROTECTED_ROOM, UNITS
from baomi.kernel.words import Level, Post
from baomi.registers.office import load, models
from baomi.rulebook.terms import Terms
from tests.factories.office import FOUNDED_ON, TODAY

TERMS = Terms.on(TODAY)


def test_names_are_invented_once_and_in_the_same_order():
    first = list(islice(invented_names(), 300))
    assert len({login for _, login in first}) == 300
    assert first == list(islice(invented_names(), 300))
    assert all(login.isascii() and "." in login for _, login in first)


def test_every_unit_has_its_head_and_its_keeper(office):
    assert tuple(office.units) == UNITS
    for name, unit in office.units.items():
        assert load.holders(Post.UNIT_HEAD, TODAY, unit=unit) == (office.heads[name],)
        assert load.holders(Post.UNIT_KEEPER, TODAY, unit=unit) == (office.keepers[name],)
        assert len(office.readers[name]) == 3


def test_the_offices_of_the_whole_are_held(office):
    for post in ("registrar", "system_admin", "security_admin", "auditor", "group_leader"):
        assert load.holders(Post(post), FOUNDED_ON) == (getattr(office, post),)
    assert load.holders(Post.STATUTORY_CLASSIFIER, TODAY) == (office.group_leader,)
    assert load.holders(Post.DESIGNATED_CLASSIFIER, TODAY) == (office.office_director,)


def test_readers_of_a_unit_are_of_different_classes(office):
    people = load.people(office.readers["财经委"], TODAY, TERMS)
    levels = [people[each].clearance for each in office.readers["财经委"]]
    assert levels == [Level.SECRET, Level.CONFIDENTIAL, Level.INTERNAL]


def test_rooms_and_cabinets(office):
    rooms = load.rooms(office.rooms.values())
    assert rooms[office.rooms[PROTECTED_ROOM]].protected
    assert not rooms[office.rooms[BARE_ROOM]].protected
    for level, key in office.cabinets.items():
        cabinet = load.cabinet(key)
        assert (cabinet.level, cabinet.room.id) == (level, office.rooms[PROTECTED_ROOM])
    assert set(office.unit_cabinets) == set(UNITS)


def test_everybody_has_an_account_and_a_code(office):
    assert models.Account.objects.count() == models.Person.objects.count() == len(office.accounts)
    assert set(office.logins.values()) == set(office.codes)
    assert office.founding.certificate[0].startswith("演示机关")


def test_codes_stand_in_no_repr(office):
    shown = repr(office)
    assert not any(code in shown for code in office.codes.values())
