"""Log in, be somebody for ten minutes, change the password, log out."""

import pytest

from baomi.entrypoints.cli import session
from baomi.kernel.clock import clock

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

NEW = "Seven-Grey-Herons-41"
TEN_MINUTES_US = 10 * 60 * 1_000_000


@pytest.fixture
def registrar(office, baomi, secret, monkeypatch):
    """Logged in as the registrar, with a password of his own. Returns the login name."""
    login = office.logins[office.registrar]
    monkeypatch.setenv("BAOMI_PASSWORD_FILE", secret(office.codes[login]))
    assert baomi("login", login).code == 0
    monkeypatch.setenv("BAOMI_NEW_PASSWORD_FILE", secret(NEW, "new"))
    assert baomi("passwd").code == 0
    return login


def test_a_one_time_code_lets_in_only_to_change_it(office, baomi, secret, monkeypatch):
    login = office.logins[office.registrar]
    monkeypatch.setenv("BAOMI_PASSWORD_FILE", secret(office.codes[login]))
    ran = baomi("login", login, "--json")
    assert ran.data == {"login": login, "must_change_password": True}
    ran = baomi("whoami")
    assert ran.code == 4
    assert "baomi passwd" in ran.err


def test_after_the_change_one_is_somebody(registrar, baomi, office):
    ran = baomi("whoami", "--json")
    assert ran.code == 0
    assert ran.data["person"] == str(office.registrar)
    assert ran.data["posts"] == ["registrar"]


def test_the_token_is_private_and_bears_no_password(registrar):
    path = session.token_file()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert NEW not in path.read_text(encoding="utf-8")


def test_a_token_that_others_may_read_is_not_used(registrar, baomi):
    session.token_file().chmod(0o644)
    ran = baomi("whoami")
    assert ran.code == 4
    assert "可被他人读写" in ran.err


def test_a_session_ends_after_ten_minutes(registrar, baomi):
    with clock.standing_at(clock.now_us() + TEN_MINUTES_US):
        ran = baomi("whoami")
    assert ran.code == 4
    assert "登录" in ran.err


def test_log_out(registrar, baomi):
    assert baomi("logout").code == 0
    ran = baomi("whoami")
    assert ran.code == 4
    assert "baomi login" in ran.err


@pytest.mark.parametrize("name", ["nobody", "known"])
def test_a_wrong_password_and_an_unknown_name_hear_the_same(
    office, baomi, secret, monkeypatch, name
):
    login = office.logins[office.registrar] if name == "known" else "nobody"
    monkeypatch.setenv("BAOMI_PASSWORD_FILE", secret("Wrong-Password-0000"))
    ran = baomi("login", login)
    assert ran.code == 4
    assert ran.err.strip() == "姓名或口令不正确，或尝试过多、账号不可用：请核对后再试，或稍后再试。"


def test_a_weak_new_password_is_refused(office, baomi, secret, monkeypatch):
    login = office.logins[office.auditor]
    monkeypatch.setenv("BAOMI_PASSWORD_FILE", secret(office.codes[login]))
    monkeypatch.setenv("BAOMI_NEW_PASSWORD_FILE", secret("123", "new"))
    assert baomi("login", login).code == 0
    ran = baomi("passwd")
    assert ran.code == 2
    assert "口令太短" in ran.err


def test_a_missing_password_file_is_said(office, baomi, monkeypatch, tmp_path):
    monkeypatch.setenv("BAOMI_PASSWORD_FILE", str(tmp_path / "none"))
    ran = baomi("login", "anybody")
    assert ran.code == 2
    assert "BAOMI_PASSWORD_FILE" in ran.err


def test_without_a_terminal_the_password_must_come_from_a_file(office, baomi, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    ran = baomi("login", "anybody")
    assert ran.code == 2
    assert "BAOMI_PASSWORD_FILE" in ran.err


def test_a_post_stands_for_a_log_in_only_in_a_demonstration(office, baomi, monkeypatch):
    assert baomi("whoami", "--as", "保密员", "--json").data["person"] == str(office.registrar)
    unit, keeper = "研究室", office.keepers["研究室"]
    ran = baomi("whoami", "--as", f"unit_keeper@{unit}", "--json")
    assert ran.data["person"] == str(keeper)
    assert "没有“king”这个岗位" in baomi("whoami", "--as", "king").err
    monkeypatch.setattr("baomi.engine.home.is_demo", lambda: False)
    ran = baomi("whoami", "--as", "registrar")
    assert ran.code == 4
    assert "只在演示机关可用" in ran.err
