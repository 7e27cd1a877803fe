"""Stand-ins count on their days, while their principal holds the post, and never onward."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Post, StandIn
from baomi.registers import paging
from baomi.registers.office import load, models
from baomi.registers.office.reads import BOOKS
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.factories.watch import by_hand

TERMS = Terms.on(TODAY)
UNIT = "研究室"
LAST = TODAY + timedelta(days=9)


def days(count):
    return TODAY + timedelta(days=count)


def person(key, day=TODAY):
    return load.person(key, day, TERMS)


def holding(key, post):
    return next(each for each in load.holdings_of(key, TODAY, None) if each.post is post)


def depute(office, principal, post, deputy, *, by=None, **more):
    said = {"second": office.auditor, "deputy": deputy, "until_on": LAST, "ground": "病假"} | more
    key = holding(principal, post).id
    return do("office.depute", by or office.security_admin, key, **said).told["deputation"]


@contextmanager
def forged(principal, deputy, unit):
    """A deputation that no deed would make."""
    row = models.Deputation(
        id=new_id(),
        principal_id=principal,
        deputy_id=deputy,
        post="unit_keeper",
        unit_id=unit,
        from_on=TODAY,
        until_on=LAST,
        ground="转委托",
    )
    with by_hand():
        row.save(force_insert=True)
    yield
    with by_hand():
        row.delete()


@pytest.fixture
def keeper(office):
    return office.keepers[UNIT]


@pytest.fixture
def deputy(office):
    return office.readers[UNIT][0]


def test_a_stand_in_knows_for_whom(office, keeper, deputy):
    depute(office, keeper, Post.UNIT_KEEPER, deputy)
    unit = office.units[UNIT]
    found = person(deputy)
    assert found.stands_in == (StandIn(post=Post.UNIT_KEEPER, unit=unit, principal=keeper),)
    assert load.people_stood_in_for(found) == {keeper}
    assert found.keeps_for == {unit}
    assert person(keeper).stands_in == ()
    after = person(deputy, LAST + timedelta(days=1))
    assert (after.stands_in, after.keeps_for) == ((), frozenset())
    assert Post.UNIT_KEEPER not in after.posts


def test_whose_duties_a_stand_in_sees_are_those_of_keepers(office, deputy):
    depute(office, office.office_director, Post.OFFICE_DIRECTOR, deputy)
    found = person(deputy)
    assert Post.OFFICE_DIRECTOR in found.posts
    assert load.people_stood_in_for(found) == frozenset()


def test_it_ends_with_the_post_of_the_principal(office, keeper, deputy):
    depute(office, keeper, Post.UNIT_KEEPER, deputy)
    key = holding(keeper, Post.UNIT_KEEPER).id
    do("office.end_appointment", office.security_admin, key, last_day=days(1))
    held = [Post.UNIT_KEEPER in person(deputy, days(each)).posts for each in (0, 1, 2)]
    assert held == [True, True, False]


def test_it_ends_with_the_service_of_the_principal(office, keeper, deputy):
    depute(office, keeper, Post.UNIT_KEEPER, deputy)
    do("office.end_service", office.security_admin, keeper, ground="调出", last_day=days(1))
    assert Post.UNIT_KEEPER in person(deputy, days(1)).posts
    assert Post.UNIT_KEEPER not in person(deputy, days(2)).posts


def test_what_one_stands_in_for_is_not_passed_on(office, keeper, deputy):
    """Even a row that no deed would make gives nothing."""
    depute(office, keeper, Post.UNIT_KEEPER, deputy)
    third = office.readers[UNIT][1]
    with forged(deputy, third, office.units[UNIT]):
        assert person(third).stands_in == ()
        assert Post.UNIT_KEEPER not in person(third).posts
    # nor is a deputation an appointment that could be named
    said = {"second": office.auditor, "deputy": third, "until_on": LAST, "ground": "转委托"}
    key = models.Deputation.objects.get(deputy=deputy).id
    with pytest.raises(BadInput, match="没有这个任职"):
        do("office.depute", office.security_admin, key, **said)


def test_the_same_post_in_another_unit_is_another_post(office, keeper, deputy):
    with forged(keeper, deputy, office.units["财经委"]):
        assert person(deputy).stands_in == ()


def test_nobody_stands_in_for_himself_under_another_row(office, keeper, deputy):
    said = {"second": office.auditor, "first": keeper, "ground": "核对人事档案"}
    do("office.same_human", office.security_admin, deputy, **said)
    with pytest.raises(BadInput, match="不能是本人"):
        depute(office, keeper, Post.UNIT_KEEPER, deputy)


def test_one_stand_in_at_a_time(office, keeper, deputy):
    depute(office, keeper, Post.UNIT_KEEPER, deputy)
    with pytest.raises(BadInput, match="已有人代理这项职务"):
        depute(office, keeper, Post.UNIT_KEEPER, office.readers[UNIT][1])


def test_two_do_not_stand_in_for_each_other(office, keeper):
    other = office.keepers["财经委"]
    depute(office, other, Post.UNIT_KEEPER, keeper)
    with pytest.raises(BadInput, match="不能互相代理"):
        depute(office, keeper, Post.UNIT_KEEPER, other, from_on=LAST, until_on=LAST)


def test_who_holds_the_post_stands_in_for_nobody_in_it(office, keeper):
    twin = office.readers[UNIT][2]
    post = {"post": "unit_keeper", "unit": office.units[UNIT], "letter": "任〔2025〕9号"}
    do("office.appoint", office.security_admin, twin, second=office.auditor, **post)
    with pytest.raises(BadInput, match="本来就任这项职务"):
        depute(office, keeper, Post.UNIT_KEEPER, twin)


def test_nobody_stands_in_for_two_posts_that_exclude_each_other(office, keeper, deputy):
    appointed = {"post": "auditor", "letter": "任〔2025〕9号", "from_on": days(3)}
    do("office.appoint", office.security_admin, deputy, second=office.auditor, **appointed)
    with pytest.raises(Refused) as refused:
        depute(office, keeper, Post.UNIT_KEEPER, deputy)
    assert refused.value.verdict.clauses == ("X1a",)
    depute(office, keeper, Post.UNIT_KEEPER, deputy, until_on=days(2))


def test_a_head_deputes_the_keeper_of_his_own_unit_for_some_days(office, keeper, deputy):
    head = office.heads[UNIT]
    said = {"by": head, "second": office.readers[UNIT][1]}
    other = office.keepers["财经委"]
    for principal, post, more in (
        (other, Post.UNIT_KEEPER, {}),
        (head, Post.UNIT_HEAD, {}),
        (keeper, Post.UNIT_KEEPER, {"until_on": days(30)}),
    ):
        with pytest.raises(Refused) as refused:
            depute(office, principal, post, deputy, **said, **more)
        assert refused.value.verdict.clauses == ("X1d",)
    with pytest.raises(Refused) as refused:
        depute(office, keeper, Post.UNIT_KEEPER, deputy, by=head, second=None)
    assert refused.value.verdict.clauses == ("X1b",)
    depute(office, keeper, Post.UNIT_KEEPER, deputy, **said, until_on=days(29))
    assert load.people_stood_in_for(person(deputy)) == {keeper}


def test_a_head_ends_what_he_may_begin(office, keeper, deputy):
    head, other = office.heads[UNIT], office.heads["财经委"]
    key = UUID(depute(office, keeper, Post.UNIT_KEEPER, deputy))
    with pytest.raises(Refused) as refused:
        do("office.end_deputation", other, key)
    assert refused.value.verdict.clauses == ("X1d",)
    do("office.end_deputation", head, key)
    assert Post.UNIT_KEEPER not in person(deputy, days(1)).posts


def test_the_book_says_whether_it_counts_today(office, keeper, deputy):
    key = UUID(depute(office, keeper, Post.UNIT_KEEPER, deputy))
    reader = person(office.readers[UNIT][2])

    def stands():
        record = paging.one(BOOKS["office.deputation"], reader, TERMS, key)
        return dict(zip((name for name, _ in record.columns), record.cells, strict=True))["stands"]

    def counted():
        book = BOOKS["office.deputation"]
        return paging.page(book, reader, TERMS, filters={"standing": "yes"}).ids

    assert (stands(), counted()) == ("代理中", (key,))
    post = holding(keeper, Post.UNIT_KEEPER).id
    do("office.end_appointment", office.security_admin, post)
    with clock.standing_at(instant_on(days(1), 9)):
        assert (stands(), counted()) == ("原任职已终止，代理失效", ())
    with clock.standing_at(instant_on(LAST + timedelta(days=1), 9)):
        assert stands() == "已到期"
