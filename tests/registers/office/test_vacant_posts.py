"""Posts that must be held: when one falls vacant somebody must fill it, and what a leaver owed."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from baomi.engine.face.reading import pick
from baomi.kernel.words import Post
from baomi.registers.duties.models import Duty
from baomi.registers.office import load
from baomi.registers.office.facts import seat
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.registers.walking import person

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


def ended(office, who, post, **inputs):
    target = pick(person(office.registrar), "office.post_holding", f"{who}/{post}")
    do("office.end_appointment", office.security_admin, target, **inputs)


def appointed(office, who, post, **inputs):
    made = {"post": post, "letter": "任〔2025〕9号"} | inputs
    do("office.appoint", office.security_admin, who, second=office.auditor, **made)


def to_fill():
    rows = Duty.objects.filter(name="fill_the_post", state="open")
    return {(each.subject, each.owner_post, each.due_on) for each in rows}


def test_a_post_without_a_holder_is_to_be_filled(office):
    last = TODAY + timedelta(days=10)
    ended(office, office.registrar, "registrar", last_day=last)
    due = last + timedelta(days=31)
    assert to_fill() == {(seat(Post.REGISTRAR, None), "office_director", due)}
    appointed(office, office.readers["研究室"][0], "registrar", from_on=last + timedelta(days=1))
    assert to_fill() == set()


def test_a_post_that_another_one_holds_is_not_vacant(office):
    appointed(office, office.readers["研究室"][0], "registrar")
    ended(office, office.registrar, "registrar")
    assert to_fill() == set()


def test_a_post_that_nobody_need_hold_is_not_vacant(office):
    appointed(office, office.readers["研究室"][0], "archivist")
    ended(office, office.readers["研究室"][0], "archivist")
    assert to_fill() == set()


def test_where_the_director_is_missing_the_head_of_the_group_sees_to_it(office):
    do("office.end_service", office.security_admin, office.office_director, ground="调出")
    found = to_fill()
    assert {owner for _, owner, _ in found} == {"group_leader"}
    office_unit = office.units["办公室"]
    assert {subject for subject, _, _ in found} == {
        seat(Post.OFFICE_DIRECTOR, None),
        seat(Post.DEPUTY_GROUP_LEADER, None),
        seat(Post.DESIGNATED_CLASSIFIER, None),
        seat(Post.UNIT_HEAD, office_unit),
    }
    successor = office.readers["研究室"][0]
    appointed(office, successor, "office_director", from_on=TODAY + timedelta(days=1))
    assert {subject for subject, _, _ in to_fill()} == {seat(Post.UNIT_HEAD, office_unit)}


def test_a_unit_needs_a_head_until_it_is_closed(office):
    told = do("office.add_unit", office.security_admin, name="信访办").told
    unit = UUID(told["unit"])
    assert {subject for subject, _, _ in to_fill()} == {seat(Post.UNIT_HEAD, unit)}
    terms = Terms.on(TODAY)
    titles = load.seat_titles([seat(Post.UNIT_HEAD, unit), seat(Post.AUDITOR, None)], terms)
    assert set(titles.values()) == {"信访办委（办）室主要负责人", "安全审计员"}
    do("office.close_unit", office.security_admin, unit)
    assert to_fill() == set()


def test_a_section_needs_no_unit_head(office):
    within = office.units["办公室"]
    do("office.add_unit", office.security_admin, name="秘书科", within=within)
    assert to_fill() == set()


def test_the_founding_leaves_the_posts_that_it_does_not_fill(office):
    rows = Duty.objects.filter(name="fill_the_post", opened_on=date(2025, 1, 6))
    first = {seat(Post.SECRECY_LEADER, None), seat(Post.UNIT_HEAD, office.units["办公室"])}
    assert first < set(rows.values_list("subject", flat=True))
    assert not rows.filter(state="open").exists()


def test_only_what_others_can_do_is_left_behind(desk):
    office, leaver = desk.office, desk.reader
    _, copies = desk.ready()
    desk.give(copies[0])
    assert Duty.objects.filter(owner=leaver, state="open").exists()
    do("office.end_service", office.security_admin, leaver, ground="调出")
    assert not Duty.objects.filter(name="pass_on_what_is_left").exists()
