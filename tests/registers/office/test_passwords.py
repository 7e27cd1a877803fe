"""Passwords: good enough, remembered, kept as a hash alone."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from pydantic import SecretStr

from baomi.engine.login import verify
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.office import load, models
from tests.factories.deeds import do, imaged, kinds, size, stored_text
from tests.factories.office import TODAY

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
GOOD = "Deng-ta 7 zhan hai feng"


@pytest.fixture
def newcomer(office):
    """Somebody in service without an account."""
    told = do(
        "office.add_person",
        office.security_admin,
        name="张伟",
        unit=office.units["研究室"],
        personnel_class="general",
        class_ground="审查表",
    ).told
    return models.Person.objects.get(id=told["person"]).id


def test_a_password_is_kept_nowhere(office):
    person = office.readers["研究室"][0]
    before = size()
    do("office.change_password", person, new_password=SecretStr(GOOD))
    assert kinds(before) == ["office.change_password"]
    assert imaged(before) == {"office_account": 1}
    assert GOOD not in stored_text()
    assert load.account_of(person).password_set_on == TODAY
    secret = models.Credential.objects.get(account=office.accounts[person]).secret
    assert secret.startswith("argon2$")


def change(office, person, password):
    return do("office.change_password", person, new_password=password)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("Dengta7zh", "太短"),
        ("x" * 129, "太长"),
        ("password123!", "太常见"),
        ("1234567890", "太常见"),
        ("aaaaaaaaaaaa", "太常见"),
        ("abcdefghijkl", "太常见"),
        ("xxLOGINxx99", "登录名"),
        ("Dengta\x007zhanhai", "控制字符"),
    ],
    ids=["short", "long", "common", "digits", "one_letter", "in_a_row", "login", "control"],
)
def test_poor_passwords_are_refused(office, password, says):
    person = office.readers["研究室"][0]
    login, before = office.logins[person], size()
    with pytest.raises(BadInput, match=says):
        change(office, person, password.replace("LOGIN", login.upper()))
    assert size() == before


@pytest.mark.parametrize(
    "password",
    ["hai feng chui guo deng ta " * 3, "口令可以用汉字写成一句话"],
    ids=["75_characters", "chinese"],
)
def test_long_and_chinese_passwords_are_good(office, password):
    person = office.readers["研究室"][0]
    change(office, person, password)
    assert verify(office.logins[person], password).person.id == person


def test_five_earlier_passwords_are_remembered(office):
    person = office.readers["研究室"][0]
    used = [f"{GOOD} {number}" for number in range(6)]
    for password in used:
        change(office, person, password)
    for password in used[1:]:
        with pytest.raises(BadInput, match="最近用过的 5 个"):
            change(office, person, password)
    change(office, person, used[0])
    kept = models.Credential.objects.get(account=office.accounts[person])
    assert len(kept.earlier) == 5


def test_a_reset_does_not_forget_earlier_passwords(office):
    person = office.readers["研究室"][0]
    change(office, person, GOOD)
    do(
        "office.reset_account",
        office.system_admin,
        office.accounts[person],
        second=office.auditor,
        ground="忘记",
    )
    with pytest.raises(BadInput, match="最近用过的"):
        change(office, person, GOOD)


def test_a_password_kept_at_another_cost_is_remembered_too(office):
    person = office.readers["研究室"][0]
    change(office, person, GOOD)
    cheap = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    models.Credential.objects.filter(account=office.accounts[person]).update(
        secret=f"argon2{cheap}"
    )
    with pytest.raises(BadInput, match="最近用过的"):
        change(office, person, GOOD)


def test_who_has_no_account_changes_no_password(office, newcomer):
    with pytest.raises(BadInput, match="没有可用的账号"):
        change(office, newcomer, GOOD)


def test_who_has_left_changes_no_password(office):
    person = office.readers["研究室"][0]
    do("office.end_service", office.security_admin, person, ground="调出")
    with (
        clock.standing_at(instant_on(TODAY + timedelta(days=1), 9)),
        pytest.raises((Refused, BadInput)),
    ):
        change(office, person, GOOD)
