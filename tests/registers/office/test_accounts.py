"""Accounts: codes told once and kept nowhere, resets and recovery by two persons."""

import pytest

from baomi.engine import registry
from baomi.engine.login import LoginRefused, verify
from baomi.engine.perform import perform
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Post
from baomi.registers.office import load, models
from tests.factories.deeds import do, imaged, kinds, request, size, stored_text

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
GOOD = "Deng-ta 7 zhan hai feng"


@pytest.fixture
def newcomer(office):
    """Somebody in service without an account."""
    return models.Person.objects.get(
        id=do(
            "office.add_person",
            office.security_admin,
            name="张伟",
            unit=office.units["研究室"],
            personnel_class="general",
            class_ground="审查表",
        ).told["person"]
    ).id


def test_grant_account(office, newcomer):
    before = size()
    told = do("office.grant_account", office.system_admin, newcomer, login="zhang.wei").told
    account = load.account_of(newcomer)
    assert (account.login, account.state, account.password_set_on) == ("zhang.wei", "active", None)
    assert told["account"] == str(account.id)
    assert kinds(before) == ["office.grant_account"]
    assert imaged(before) == {"office_account": 1, "office_account_record": 1}
    assert verify("zhang.wei", told["code"].get_secret_value()).person.id == newcomer


def test_a_code_is_kept_nowhere_and_not_told_again(office, newcomer):
    asked = request("office.grant_account", office.system_admin, newcomer, login="zhang.wei")
    first = perform(asked)
    code = first.told["code"].get_secret_value()
    again = perform(asked)
    assert again.seq == first.seq
    text = stored_text() + repr(first) + repr(again.told)
    assert code not in text
    assert code.replace("-", "") not in text


@pytest.mark.parametrize(
    ("login", "says"),
    [("lin.shuyun", "已被使用"), ("fresh.name", None)],
    ids=["taken", "free"],
)
def test_a_login_is_given_once(office, newcomer, login, says):
    if says is None:
        assert do("office.grant_account", office.system_admin, newcomer, login=login)
        return
    with pytest.raises(BadInput, match=says):
        do("office.grant_account", office.system_admin, newcomer, login=login)


def test_one_person_has_one_account(office):
    with pytest.raises(BadInput, match="已有账号"):
        do("office.grant_account", office.system_admin, office.registrar, login="second.one")


@pytest.mark.parametrize("actor", ["security_admin", "auditor", "registrar"])
def test_only_the_system_administrator_gives_accounts(office, newcomer, actor):
    with pytest.raises(Refused) as refused:
        do("office.grant_account", getattr(office, actor), newcomer, login="zhang.wei")
    assert refused.value.verdict.clauses == ("access",)


def test_suspend_and_resume(office):
    person = office.readers["研究室"][0]
    account, before = office.accounts[person], size()
    do("office.change_password", person, new_password=GOOD)
    do("office.suspend_account", office.system_admin, account, ground="查核")
    with pytest.raises(LoginRefused):
        verify(office.logins[person], GOOD)
    with pytest.raises(BadInput, match="已经停用"):
        do("office.suspend_account", office.security_admin, account, ground="查核")
    do("office.resume_account", office.security_admin, account, ground="查清")
    assert verify(office.logins[person], GOOD).person.id == person
    assert kinds(before) == [
        "office.change_password",
        "office.suspend_account",
        "office.resume_account",
    ]
    records = models.AccountRecord.objects.filter(account=account).order_by("id")
    assert [(each.kind, each.ground) for each in records][-2:] == [
        ("suspended", "查核"),
        ("resumed", "查清"),
    ]
    with pytest.raises(BadInput, match="正在使用"):
        do("office.resume_account", office.security_admin, account, ground="查清")


def test_a_closed_account_is_not_resumed(office):
    person = office.readers["研究室"][0]
    do("office.end_service", office.security_admin, person, ground="调出")
    with pytest.raises(BadInput, match="已注销"):
        do("office.resume_account", office.security_admin, office.accounts[person], ground="误办")


def test_reset_by_two_persons(office):
    person = office.readers["研究室"][0]
    account = office.accounts[person]
    do("office.change_password", person, new_password=GOOD)
    with pytest.raises(Refused) as refused:
        do("office.reset_account", office.system_admin, account, ground="忘记")
    assert refused.value.verdict.clauses == ("X1b",)
    before = size()
    told = do(
        "office.reset_account",
        office.system_admin,
        account,
        second=office.security_admin,
        ground="忘记",
    ).told
    assert kinds(before) == ["office.reset_account"]
    with pytest.raises(LoginRefused):
        verify(office.logins[person], GOOD)
    code = told["code"].get_secret_value()
    assert verify(office.logins[person], code).must_change_password
    assert code not in stored_text()
    record = models.AccountRecord.objects.filter(account=account).latest("id")
    assert (record.kind, record.confirmed_by_id) == ("reset", office.security_admin)


def test_a_reset_does_not_open_a_suspended_account(office):
    account = office.accounts[office.readers["研究室"][0]]
    do("office.suspend_account", office.system_admin, account, ground="查核")
    with pytest.raises(BadInput, match="没有在用"):
        do(
            "office.reset_account",
            office.system_admin,
            account,
            second=office.auditor,
            ground="忘记",
        )


def test_recover_a_locked_out_administrator(office):
    account, before = office.accounts[office.system_admin], size()
    do("office.suspend_account", office.security_admin, account, ground="误停")
    told = do(
        "office.recover",
        office.office_director,
        account,
        second=office.auditor,
        ground="启封密封信封3号",
    ).told
    assert kinds(before) == ["office.suspend_account", "office.recover"]
    found = verify(office.logins[office.system_admin], told["code"].get_secret_value())
    assert found.person.id == office.system_admin


@pytest.mark.parametrize(
    ("actor", "second", "clause"),
    [
        ("office_director", None, "X1b"),
        ("security_admin", "security_admin", "X1b"),
        ("reader", "auditor", "access"),
    ],
    ids=["alone", "one_person_twice", "not_entitled"],
)
def test_recovery_needs_two_persons_of_those_entitled(office, actor, second, clause):
    who = office.readers["研究室"][0] if actor == "reader" else getattr(office, actor)
    with pytest.raises(Refused) as refused:
        do(
            "office.recover",
            who,
            office.accounts[office.system_admin],
            second=getattr(office, second) if second else None,
            ground="信封",
        )
    assert refused.value.verdict.clauses == (clause,)


def test_recovery_is_for_administrators_only(office):
    with pytest.raises(BadInput, match="只用于三名管理员"):
        do(
            "office.recover",
            office.office_director,
            office.accounts[office.registrar],
            second=office.auditor,
            ground="信封",
        )


def test_the_auditor_changes_nothing_in_this_register():
    own = {
        name
        for name, action in registry.actions().items()
        if name.startswith("office.") and action.done_by & {Post.AUDITOR}
    }
    assert own == set()
