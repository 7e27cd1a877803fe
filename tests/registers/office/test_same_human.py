"""One human being under two rows: found by his identity number, or recorded by two persons."""

from datetime import timedelta
from uuid import UUID

import pytest

from baomi.engine import identity_index, seal_rotation
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.office import load, models, seals
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, entries, imaged, kinds, size
from tests.factories.office import TODAY
from tests.factories.watch import by_hand

TERMS = Terms.on(TODAY)
NUMBER, OTHER = "11010519491231002X", "110105194912310062"  # 002X: the example of GB 11643
FULL_WIDTH = "１１０１０５ 19491231 002x"
TOMORROW = instant_on(TODAY + timedelta(days=1), 9)


def enter(office, name="沈既济", **more):
    said = {
        "name": name,
        "unit": office.units["研究室"],
        "personnel_class": "general",
        "class_ground": "涉密人员审查表",
    } | more
    return UUID(do("office.add_person", office.security_admin, **said).told["person"])


def seal(office, person, number):
    return do("office.seal_personal_data", office.security_admin, person, identity_number=number)


def same(office, person, first, **how):
    said = {"second": office.auditor, "first": first, "ground": "核对人事档案"} | how
    return do("office.same_human", office.security_admin, person, **said)


def human(person):
    return load.person(person, TODAY, TERMS).human


def test_everybody_is_himself(office):
    person = office.readers["研究室"][0]
    assert human(person) == person
    assert load.rows_of_human(person) == (person,)


def test_who_is_here_is_not_entered_twice(office):
    first = enter(office, identity_number=NUMBER)
    before = size()
    with pytest.raises(BadInput, match="已登记在沈既济名下") as wrong:
        enter(office, "沈寄济", identity_number=FULL_WIDTH)
    assert wrong.value.field == "identity_number"
    assert NUMBER not in wrong.value.sentence
    assert size() == before
    assert human(first) == first


def test_the_number_stands_nowhere_in_clear(office):
    before = size()
    person = enter(office, identity_number=NUMBER)
    assert NUMBER.encode() not in b"".join(each.body for each in entries(before))
    assert models.Person.objects.get(id=person).identity_number
    kept = models.IdentityIndex.objects.get(person=person).digest
    assert NUMBER not in kept
    assert imaged(before) == {"office_person": 1}


def test_who_left_and_comes_back_is_the_same(office):
    first = enter(office, identity_number=NUMBER)
    do("office.end_service", office.security_admin, first, ground="调出")
    with clock.standing_at(TOMORROW):
        again = enter(office, identity_number=NUMBER)
    assert human(again) == first
    assert load.rows_of_human(again) == load.rows_of_human(first) == (first, again)


def test_a_number_that_is_sealed_later_finds_the_first_row(office):
    first, second = enter(office, identity_number=NUMBER), enter(office, "沈寄济")
    before = size()
    told = seal(office, second, NUMBER).told
    assert told["same_as"] == str(first)
    assert human(second) == first
    assert kinds(before) == ["office.seal_personal_data"]
    assert imaged(before) == {"office_person": 1, "office_human_record": 1}
    # once more changes nothing of it
    assert "same_as" not in seal(office, second, NUMBER).told


def test_another_number_is_another_human(office):
    first, second = enter(office, identity_number=NUMBER), enter(office, "沈寄济")
    seal(office, second, OTHER)
    assert human(second) == second
    assert load.with_identity(NUMBER) == (first,)
    assert load.with_identity(OTHER) == (second,)


def test_the_index_goes_with_the_personal_key(office):
    first = enter(office, identity_number=NUMBER)
    said = {"second": office.auditor, "order_letter": "删〔2025〕1号"}
    do("office.destroy_personal_key", office.security_admin, first, **said)
    assert load.with_identity(NUMBER) == ()
    assert human(enter(office, "沈寄济", identity_number=NUMBER)) != first


def test_the_index_outlasts_a_change_of_the_master_key(office, settings, tmp_path):
    kept = {
        name: (seals.master_key_path().parent / name).read_bytes()
        for name in ("seal.key", "mac.key")
    }
    settings.BAOMI_HOME = tmp_path
    (tmp_path / "keys").mkdir()
    for name, content in kept.items():
        (tmp_path / "keys" / name).write_bytes(content)
    first = enter(office, identity_number=NUMBER)
    assert seal_rotation.rotate() == 1
    assert load.with_identity(NUMBER) == (first,)
    with pytest.raises(BadInput, match="不要重复登记"):
        enter(office, identity_number=NUMBER)


def test_what_was_sealed_before_there_was_an_index(office):
    first, gone = enter(office, identity_number=NUMBER), enter(office, "沈寄济")
    seal(office, gone, OTHER)
    said = {"second": office.auditor, "order_letter": "删〔2025〕1号"}
    do("office.destroy_personal_key", office.security_admin, gone, **said)
    with by_hand():
        models.IdentityIndex.objects.all().delete()
        assert identity_index.complete() == 1
        assert identity_index.complete() == 0
    assert load.with_identity(NUMBER) == (first,)
    assert load.with_identity(OTHER) == ()


def test_two_rows_are_recorded_to_be_one_human(office):
    first, second = office.readers["研究室"][:2]
    before = size()
    same(office, second, first)
    assert kinds(before) == ["office.same_human"]
    assert imaged(before) == {"office_person": 1, "office_human_record": 1}
    assert human(second) == first
    record = models.HumanRecord.objects.get(person=second)
    assert (record.same_as_id, record.ground, record.confirmed_by_id) == (
        first,
        "核对人事档案",
        office.auditor,
    )
    # a third row joins whichever of the two is named
    third = office.readers["财经委"][0]
    same(office, third, second)
    assert {human(each) for each in (first, second, third)} == {first}
    # and the first row of all, joined to another, takes all with it
    fourth = office.readers["财经委"][1]
    same(office, first, fourth)
    assert {human(each) for each in (first, second, third)} == {fourth}


def test_it_is_taken_back_where_it_was_wrong(office):
    first, second = office.readers["研究室"][:2]
    same(office, second, first)
    same(office, second, None, ground="认定有误")
    assert human(second) == second
    with pytest.raises(BadInput, match="没有认定为他人"):
        same(office, second, None)


def test_what_cannot_be_meant(office):
    first, second = office.readers["研究室"][:2]
    with pytest.raises(BadInput, match="同一处登记"):
        same(office, first, first)
    same(office, second, first)
    with pytest.raises(BadInput, match="已经认定为同一人"):
        same(office, second, first)


def test_nobody_records_it_alone(office):
    first, second = office.readers["研究室"][:2]
    for alone in (None, office.security_admin):
        with pytest.raises(Refused) as refused:
            same(office, second, first, second=alone)
        assert refused.value.verdict.clauses == ("X1b",)


def test_a_second_row_is_no_second_person(office):
    double = enter(office, "沈寄济")
    same(office, double, office.security_admin)
    said = {"post": "archivist", "letter": "任〔2025〕9号", "second": double}
    with pytest.raises(Refused) as refused:
        do("office.appoint", office.security_admin, office.readers["研究室"][0], **said)
    assert refused.value.verdict.clauses == ("X1b",)


def test_a_second_row_is_no_way_round_the_exclusions(office):
    double = enter(office, "沈寄济", identity_number=NUMBER)
    same(office, double, office.registrar)
    said = {"post": "auditor", "letter": "任〔2025〕9号", "second": office.auditor}
    with pytest.raises(Refused) as refused:
        do("office.appoint", office.security_admin, double, **said)
    assert refused.value.verdict.clauses == ("X1a",)


@pytest.mark.parametrize("how", ["said", "sealed"])
def test_posts_that_exclude_each_other_are_not_joined(office, how):
    seal(office, office.registrar, NUMBER)
    with pytest.raises(Refused) as refused:
        if how == "said":
            same(office, office.auditor, office.registrar, second=office.system_admin)
        else:
            seal(office, office.auditor, NUMBER)
    (refusal,) = refused.value.verdict.refusals
    assert refusal.guard == "posts_of_one_human_do_not_exclude_each_other"
    assert "互不兼任" in refusal.reason
    assert human(office.auditor) == office.auditor


def test_nobody_sets_his_own_class_through_his_other_row(office):
    double = enter(office, "沈寄济")
    same(office, double, office.security_admin)
    said = {"personnel_class": "core", "ground": "涉密人员审查表"}
    with pytest.raises(Refused) as refused:
        do("office.set_class", office.security_admin, double, **said)
    assert refused.value.verdict.clauses == ("X1c",)
