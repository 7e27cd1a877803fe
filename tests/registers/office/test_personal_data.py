"""Personal data are sealed under a key of their subject, and deleted by destroying it."""

import pytest

from baomi.engine import registry
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.office import models
from baomi.registers.office.seals import DESTROYED, unseal
from tests.factories.deeds import do, entries, imaged, kinds, size

PHONE, NUMBER = "0794 8210033", "11010519491231002X"  # the example number of GB 11643


def seal(office, person, **data):
    return do("office.seal_personal_data", office.security_admin, person, **data)


def columns(person):
    return models.Person.objects.values("phone", "identity_number").get(id=person)


def opened(person):
    return {name: unseal(person, sealed) for name, sealed in columns(person).items()}


def destroy(office, person, **more):
    how = {"second": office.auditor, "order_letter": "删〔2025〕1号"} | more
    return do("office.destroy_personal_key", office.security_admin, person, **how)


def test_seal_personal_data(office):
    person, before = office.readers["研究室"][0], size()
    seal(office, person, phone=PHONE, identity_number=NUMBER.lower())
    assert opened(person) == {"phone": PHONE, "identity_number": NUMBER}
    assert kinds(before) == ["office.seal_personal_data"]
    bodies = b"".join(entry.body for entry in entries(before))
    for text in (PHONE, NUMBER, "8210033", "19491231"):
        assert text.encode() not in bodies
    assert columns(person)["phone"].encode() in bodies


def test_what_was_entered_stands_in_no_repr():
    inputs = registry.actions()["office.seal_personal_data"].inputs
    shown = repr(inputs(phone=PHONE, identity_number=NUMBER))
    assert PHONE not in shown
    assert NUMBER not in shown


def test_what_is_not_filled_in_stays(office):
    person = office.readers["研究室"][0]
    seal(office, person, phone=PHONE)
    seal(office, person, identity_number=NUMBER)
    assert opened(person) == {"phone": PHONE, "identity_number": NUMBER}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "没有填写任何内容"),
        ({"phone": "请打总机"}, "联系电话只用数字"),
        ({"identity_number": "110105194912310021"}, "末位校验"),
        ({"identity_number": "11010519491231002"}, "18 位"),
    ],
    ids=["nothing", "phone", "check_character", "short"],
)
def test_data_that_cannot_be_meant(office, data, says):
    with pytest.raises(BadInput, match=says) as wrong:
        seal(office, office.readers["研究室"][0], **data)
    for text in data.values():
        assert text not in wrong.value.sentence


def test_destroying_the_key_makes_them_unreadable(office):
    person = office.readers["研究室"][0]
    seal(office, person, phone=PHONE, identity_number=NUMBER)
    sealed, before = columns(person), size()
    destroy(office, person)
    assert kinds(before) == ["office.destroy_personal_key"]
    assert imaged(before) == {"office_key_destruction": 1}
    assert columns(person) == sealed
    assert opened(person) == {"phone": DESTROYED, "identity_number": DESTROYED}
    record = models.KeyDestruction.objects.get(person=person)
    assert (record.order_letter, record.confirmed_by_id) == ("删〔2025〕1号", office.auditor)
    with pytest.raises(BadInput, match="已经销毁"):
        destroy(office, person)


def test_a_new_key_does_not_meet_old_ciphertext(office):
    person = office.readers["研究室"][0]
    seal(office, person, phone=PHONE, identity_number=NUMBER)
    destroy(office, person)
    seal(office, person, phone="13800000000")
    assert opened(person) == {"phone": "13800000000", "identity_number": None}


@pytest.mark.parametrize("second", [None, "security_admin"], ids=["nobody", "the_actor"])
def test_destruction_needs_two_persons(office, second):
    person = office.readers["研究室"][0]
    seal(office, person, phone=PHONE)
    with pytest.raises(Refused) as refused:
        destroy(office, person, second=getattr(office, second) if second else None)
    assert refused.value.verdict.clauses == ("X1b",)
    assert opened(person)["phone"] == PHONE


def test_destruction_is_the_security_administrators(office):
    person = office.readers["研究室"][0]
    seal(office, person, phone=PHONE)
    with pytest.raises(Refused) as refused:
        do(
            "office.destroy_personal_key",
            office.system_admin,
            person,
            second=office.auditor,
            order_letter="1号",
        )
    assert refused.value.verdict.clauses == ("access",)
