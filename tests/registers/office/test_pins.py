"""PINs and badges: good enough, kept as a hash, guessed by nobody, blocked in one step."""

import pytest
from pydantic import SecretStr

from baomi.engine.pin import PinRefused, confirmed_by_badge
from baomi.engine.runtime.models import LoginAttempt
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.office import load, models
from baomi.registers.office.reads import PICKERS
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, imaged, kinds, size, stored_text
from tests.factories.office import NOW_US, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
PIN = "274916"
MINUTE = 60_000_000


@pytest.fixture
def member(office):
    """Somebody with a PIN."""
    person = office.readers["研究室"][0]
    do("office.set_pin", person, pin=SecretStr(PIN))
    return person


def badge(person):
    return load.label("P", models.Person.objects.get(id=person).badge_serial)


def found_by(actor, text):
    return PICKERS["office.person"](load.person(actor, TODAY, Terms.on(TODAY)), text)


def test_a_pin_is_kept_nowhere(office):
    person, before = office.readers["研究室"][0], size()
    do("office.set_pin", person, pin=PIN)
    assert kinds(before) == ["office.set_pin"]
    assert imaged(before) == {"office_badge_record": 1}
    kept = models.BadgePin.objects.get(person=person).secret
    assert kept.startswith("argon2$")
    assert PIN not in kept + stored_text()
    record = models.BadgeRecord.objects.get(person=person)
    assert (record.kind, record.on, record.recorded_by_id) == ("pin_set", TODAY, person)


@pytest.mark.parametrize(
    ("pin", "says"),
    [
        *(("27491", "6 到 12 位"), ("1234567890123", "6 到 12 位"), ("27491a", "位数字")),
        *(("000000", "太常见"), ("123456", "太常见"), ("654321", "太常见"), ("121212", "太常见")),
        *(("123123", "太常见"), ("112233", "太常见"), ("٢٧٤٩١٦", "位数字")),
    ],
)
def test_poor_pins_are_refused(office, pin, says):
    before = size()
    with pytest.raises(BadInput, match=says):
        do("office.set_pin", office.readers["研究室"][0], pin=pin)
    assert size() == before


def test_the_number_of_the_badge_is_no_pin(office):
    person = office.readers["研究室"][0]
    serial = models.Person.objects.get(id=person).badge_serial
    with pytest.raises(BadInput, match="工牌上的号码"):
        do("office.set_pin", person, pin=f"{serial:07d}")


def test_a_badge_and_its_pin_confirm(office, member):
    assert confirmed_by_badge(badge(member), PIN, actor=office.registrar) == member
    full_width = PIN.translate({ord(d): ord(d) + 0xFEE0 for d in PIN})
    assert confirmed_by_badge(badge(member).lower(), full_width, actor=office.registrar) == member
    assert not LoginAttempt.objects.exists()


def test_the_new_pin_replaces_the_old_one(office, member):
    do("office.set_pin", member, pin="861357")
    with pytest.raises(PinRefused):
        confirmed_by_badge(badge(member), PIN, actor=office.registrar)
    assert confirmed_by_badge(badge(member), "861357", actor=office.registrar) == member


def test_nobody_confirms_to_himself(member):
    with pytest.raises(BadInput, match="办理人本人"):
        confirmed_by_badge(badge(member), PIN, actor=member)


def test_every_failure_says_the_same(office, member):
    unset = office.readers["研究室"][1]
    last = models.Person.objects.order_by("-badge_serial").first().badge_serial
    tries = [
        (badge(member), "274917"),
        (badge(member), ""),
        (badge(member), PIN + "9" * 200),
        (badge(unset), PIN),
        (load.label("P", last + 1), PIN),
    ]
    for text, pin in tries:
        with pytest.raises(PinRefused):
            confirmed_by_badge(text, pin, actor=office.registrar)


def test_what_is_no_badge_is_told(office, member):
    with pytest.raises(BadInput, match="不是工牌"):
        confirmed_by_badge(load.label("K", 1), PIN, actor=office.registrar)
    with pytest.raises(BadInput, match="一部分"):
        confirmed_by_badge(badge(member)[:8], PIN, actor=office.registrar)
    with pytest.raises(BadInput, match="两个标签"):
        confirmed_by_badge(badge(member) * 2, PIN, actor=office.registrar)


def test_few_tries_are_let_through(office, member):
    for _ in range(5):
        with pytest.raises(PinRefused):
            confirmed_by_badge(badge(member), "999998", actor=office.registrar)
    with pytest.raises(PinRefused):
        confirmed_by_badge(badge(member), PIN, actor=office.registrar)
    do("office.block_badge", office.registrar, member)  # a new badge is no new chance
    with pytest.raises(PinRefused):
        confirmed_by_badge(badge(member), PIN, actor=office.registrar)
    with clock.standing_at(NOW_US + 16 * MINUTE):
        assert confirmed_by_badge(badge(member), PIN, actor=office.registrar) == member


def test_who_is_suspended_or_gone_confirms_nothing(office, member):
    account = load.account_of(member).id
    do("office.suspend_account", office.security_admin, account, ground="离京")
    with pytest.raises(PinRefused):
        confirmed_by_badge(badge(member), PIN, actor=office.registrar)
    do("office.resume_account", office.security_admin, account, second=office.auditor, ground="回")
    assert confirmed_by_badge(badge(member), PIN, actor=office.registrar) == member
    do("office.end_service", office.security_admin, member, ground="调出")
    with clock.standing_at(instant_on(TODAY.replace(day=4), 9)), pytest.raises(PinRefused):
        confirmed_by_badge(badge(member), PIN, actor=office.registrar)


def test_a_lost_badge_is_blocked_in_one_step(office, member):
    old, before = badge(member), size()
    told = do("office.block_badge", office.registrar, member).told
    assert kinds(before) == ["office.block_badge"]
    assert imaged(before) == {"office_person": 1, "office_badge_record": 1}
    assert badge(member) == told["badge"] != old
    with pytest.raises(BadInput, match="工牌已挂失"):
        found_by(office.registrar, old)
    assert found_by(office.registrar, told["badge"]) == member
    with pytest.raises(PinRefused):
        confirmed_by_badge(old, PIN, actor=office.registrar)
    assert confirmed_by_badge(told["badge"], PIN, actor=office.registrar) == member


def test_a_blocked_number_is_never_given_again(office, member):
    serials = []
    for _ in range(3):
        do("office.block_badge", office.security_admin, member, ground="损坏")
        serials.append(models.Person.objects.get(id=member).badge_serial)
    blocked = set(models.BadgeRecord.objects.values_list("serial", flat=True))
    told = do(
        "office.add_person",
        office.security_admin,
        name="张伟",
        unit=office.units["研究室"],
        personnel_class="none",
        class_ground="审查表",
    ).told
    assert load.label_in(told["badge"]).serial not in blocked | set(serials)
    assert len(set(serials)) == 3


def test_not_everybody_blocks_badges(office, member):
    with pytest.raises(Refused):
        do("office.block_badge", office.readers["研究室"][1], member)
