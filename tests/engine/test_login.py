"""Log-in: one sentence for every failure, locks, and rights that end at once."""

import hashlib

import pytest
from django.contrib.auth import hashers

from baomi.engine import login
from baomi.engine.runtime.models import LoginAttempt, Session
from baomi.engine.second_person import confirmed_by
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.registers.office import models
from tests.factories.deeds import do
from tests.factories.office import NOW_US, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
GOOD = "Deng-ta 7 zhan hai feng"
MINUTE = 60_000_000


@pytest.fixture
def member(office):
    """Somebody with a password of his own: person, login, password."""
    person = office.readers["研究室"][0]
    name = office.logins[person]
    do("office.change_password", person, new_password=GOOD)
    return person, name, GOOD


def test_a_one_time_code_lets_in_to_change_it_only(office):
    name = office.logins[office.registrar]
    found = login.who(login.log_in(name, office.codes[name]))
    assert found.person.id == office.registrar
    assert found.must_change_password
    found.demand("office.change_password")
    with pytest.raises(login.MustChangePassword):
        found.demand("custody.hand_over_copy")


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "],
    ids=["lower_case", "without_hyphens", "with_spaces"],
)
def test_a_code_is_the_same_however_it_is_typed(office, typed):
    name = office.logins[office.registrar]
    assert login.verify(name, typed(office.codes[name])).person.id == office.registrar


def test_a_password_of_ones_own_demands_nothing(member):
    person, name, password = member
    found = login.who(login.log_in(name.upper(), password))
    assert (found.person.id, found.must_change_password) == (person, False)
    found.demand("custody.hand_over_copy")


def test_the_used_code_is_worth_nothing(office, member):
    _, name, _ = member
    with pytest.raises(login.LoginRefused):
        login.log_in(name, office.codes[name])


def test_only_a_hash_of_the_token_is_stored(member):
    _, name, password = member
    token = login.log_in(name, password)
    stored = list(Session.objects.values_list("token_hash", flat=True))
    assert len(stored) == 1
    assert token not in stored[0]
    assert hashlib.sha256(token.encode()).hexdigest() != stored[0]


def test_every_failure_says_the_same(office, member):
    person, name, password = member
    said = {_refusal("nobody.here", password), _refusal(name, "wrong wrong wrong")}
    account = office.accounts[person]
    do("office.suspend_account", office.system_admin, account, ground="查核")
    said.add(_refusal(name, password))
    for _ in range(6):
        said.add(_refusal("nobody.here", "x"))
    assert len(said) == 1
    assert "口令不正确" in said.pop()


def _refusal(name, password):
    with pytest.raises(login.LoginRefused) as refused:
        login.log_in(name, password)
    return refused.value.sentence + str(refused.value)


@pytest.mark.parametrize("name", ["known", "unknown", "code"])
def test_one_argon2_hash_is_compared_in_every_case(office, member, name, monkeypatch):
    compared = []
    verify = hashers.Argon2PasswordHasher.verify

    def counting(self, password, encoded):
        compared.append(encoded)
        return verify(self, password, encoded)

    login.verify(member[1], GOOD)  # the hash of nobody's password is made at the first use
    _refusal("nobody.at.all", "x")
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", counting)
    names = {"known": member[1], "unknown": "nobody.here", "code": office.logins[office.auditor]}
    _refusal(names[name], "not this one")
    assert len(compared) == 1


def test_five_failures_lock_the_name_and_time_unlocks_it(member):
    _, name, password = member
    for _ in range(5):
        _refusal(name, "wrong")
    _refusal(name, password)
    with clock.standing_at(NOW_US + 14 * MINUTE):
        _refusal(name, password)
    with clock.standing_at(NOW_US + 15 * MINUTE):
        assert login.log_in(name, password)


def test_a_lock_is_not_prolonged_by_trying(member):
    _, name, password = member
    for _ in range(5):
        _refusal(name, "wrong")
    with clock.standing_at(NOW_US + 10 * MINUTE):
        _refusal(name, "wrong")
    with clock.standing_at(NOW_US + 15 * MINUTE):
        assert login.log_in(name, password)


def test_success_forgets_the_failures(member):
    _, name, password = member
    for _ in range(4):
        _refusal(name, "wrong")
    login.log_in(name, password)
    for _ in range(4):
        _refusal(name, "wrong")
    assert login.log_in(name, password)


def test_attempts_keep_no_name(member):
    _, name, _ = member
    _refusal(name, "wrong")
    stored = LoginAttempt.objects.values_list("name_hash", flat=True)
    assert len(stored) == 1
    assert name not in stored[0]
    assert stored[0] != hashlib.sha256(name.encode()).hexdigest()


def test_many_failures_from_one_place_lock_the_place_for_every_name(member):
    _, name, password = member
    for number in range(20):
        with pytest.raises(login.LoginRefused):
            login.log_in(f"guess{number}", "x", address="10.0.0.9")
    with pytest.raises(login.LoginRefused):
        login.log_in(name, password, address="10.0.0.9")
    assert login.log_in(name, password, address="10.0.0.10")


def test_many_log_ins_from_one_place_lock_nobody(member):
    _, name, password = member
    for _ in range(21):
        login.verify(name, password, address="10.0.0.9")
    assert login.log_in(name, password, address="10.0.0.9")


def test_a_session_lasts_ten_minutes(member):
    token = login.log_in(member[1], GOOD)
    with clock.standing_at(NOW_US + 10 * MINUTE - 1):
        assert login.who(token)
    with clock.standing_at(NOW_US + 10 * MINUTE), pytest.raises(login.NotLoggedIn):
        login.who(token)
    with clock.standing_at(NOW_US - MINUTE), pytest.raises(login.NotLoggedIn):
        login.who(token)


def test_log_out_ends_the_session(member):
    token, other = login.log_in(member[1], GOOD), login.log_in(member[1], GOOD)
    login.log_out(token)
    with pytest.raises(login.NotLoggedIn):
        login.who(token)
    assert login.who(other)


def test_all_sessions_of_an_account_are_ended(office, member):
    tokens = [login.log_in(member[1], GOOD) for _ in range(2)]
    assert login.end_sessions(office.accounts[member[0]]) == 2
    for token in tokens:
        with pytest.raises(login.NotLoggedIn):
            login.who(token)


@pytest.mark.parametrize("token", ["", "x", "." * 50, f"{'0' * 32}.abc", "口令"])
def test_a_made_up_token_is_nobody(office, token):
    with pytest.raises(login.NotLoggedIn):
        login.who(token)
    login.log_out(token)


def suspended(office, person):
    do("office.suspend_account", office.system_admin, office.accounts[person], ground="查核")


def reset(office, person):
    account = office.accounts[person]
    do("office.reset_account", office.system_admin, account, second=office.auditor, ground="忘记")


def password_changed(office, person):
    do("office.change_password", person, new_password=f"{GOOD} again")


def left(office, person):
    do("office.end_service", office.security_admin, person, ground="调出")


@pytest.mark.parametrize("happens", [suspended, reset, password_changed, left])
def test_a_session_ends_at_the_next_request(office, member, happens):
    token = login.log_in(member[1], GOOD)
    happens(office, member[0])
    with pytest.raises(login.NotLoggedIn):
        login.who(token)


def test_rights_act_at_once(office, member):
    token = login.log_in(member[1], GOOD)
    do(
        "office.appoint",
        office.security_admin,
        member[0],
        second=office.auditor,
        post="archivist",
        letter="1号",
    )
    assert "archivist" in login.who(token).person.posts


def test_after_the_last_day_nobody_comes_in(office, member):
    last = TODAY.replace(day=4)
    do("office.end_service", office.security_admin, member[0], last_day=last, ground="退休")
    with clock.standing_at(instant_on(last, 20)):
        assert login.log_in(member[1], GOOD)
    with clock.standing_at(instant_on(last.replace(day=5), 8)):
        _refusal(member[1], GOOD)


@pytest.mark.parametrize(
    ("day", "must"),
    [((2026, 3, 2), False), ((2026, 3, 3), True), ((2027, 1, 1), True)],
    ids=["364_days", "365_days", "long_after"],
)
def test_a_password_is_changed_within_the_year(member, day, must):
    on = TODAY.replace(year=day[0], month=day[1], day=day[2])
    with clock.standing_at(instant_on(on, 9)):
        assert login.verify(member[1], GOOD).must_change_password is must


def test_the_second_person_confirms_with_his_own_password(office, member):
    person, name, password = member
    assert confirmed_by(name, password, actor=office.registrar) == person
    with pytest.raises(login.LoginRefused):
        confirmed_by(name, "wrong", actor=office.registrar)
    with pytest.raises(BadInput, match="办理人本人"):
        confirmed_by(name, password, actor=person)


def test_a_code_confirms_nothing(office):
    name = office.logins[office.auditor]
    with pytest.raises(login.MustChangePassword):
        confirmed_by(name, office.codes[name], actor=office.registrar)


def test_a_lost_credential_lets_nobody_in(office, member):
    token = login.log_in(member[1], GOOD)
    models.Credential.objects.filter(account=office.accounts[member[0]]).delete()
    with pytest.raises(login.NotLoggedIn):
        login.who(token)
    _refusal(member[1], GOOD)


def test_another_spelling_of_a_name_has_no_attempts_of_its_own(member):
    name = member[1]
    wide = "".join(chr(ord(each) + 0xFEE0) if each.isalpha() else each for each in name)
    for number in range(5):
        with pytest.raises(login.LoginRefused):
            login.log_in(name if number % 2 else f" {wide.upper()}", "wrong-password-1")
    for spelled in (name, wide):
        with pytest.raises(login.LoginRefused):
            login.log_in(spelled, GOOD)
