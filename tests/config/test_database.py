"""DATABASE_URL is read by hand: each slip has its own sentence, and none repeats the password."""

from pathlib import Path

import pytest

from baomi.config.database import DatabaseUrlError, office_database, postgres_database


def test_a_plain_address():
    database = postgres_database("postgres://clerk:s%40fe@db.office:6432/baomi")
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "baomi",
        "USER": "clerk",
        "PASSWORD": "s@fe",
        "HOST": "db.office",
        "PORT": "6432",
        "OPTIONS": {},
    }


def test_several_hosts_are_tried_in_turn():
    url = "postgresql://u:p@a:5432,b:5433,[::1]/baomi?target_session_attrs=read-write"
    database = postgres_database(url)
    assert (database["HOST"], database["PORT"]) == ("a,b,::1", "5432,5433,5432")
    assert database["OPTIONS"] == {"target_session_attrs": "read-write"}


def test_a_socket_folder_is_a_host():
    database = postgres_database("postgres://u@/baomi?host=/run/postgresql")
    assert (database["HOST"], database["PORT"]) == ("/run/postgresql", "")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://u:geheim@h/db", "须以 postgres:// 开头"),
        ("postgres://u:geheim@h:5432", "没有写明数据库名"),
        ("postgres://u:geheim@h/a/b", "没有写明数据库名"),
        ("postgres://h:5432/db", "没有写明用户名"),
        ("postgres://u:geheim@h:port/db", "端口"),
        ("postgres://u:geheim@h:99999/db", "端口"),
        ("postgres://u:geheim@h:５４３２/db", "端口"),
        ("postgres://u:geheim@h/db?options=-c%20fsync=off", "不认识的选项：options"),
    ],
    ids=["scheme", "no-name", "two-names", "no-user", "port-word", "port-big", "wide", "option"],
)
def test_a_slip_is_told_without_the_password(url: str, said: str):
    with pytest.raises(DatabaseUrlError, match=said) as caught:
        postgres_database(url)
    assert "geheim" not in str(caught.value)


def test_without_an_address_the_registers_lie_in_one_file(tmp_path: Path):
    database = office_database(tmp_path, {"DATABASE_URL": " "})
    assert database["NAME"] == str(tmp_path / "office.db")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_with_an_address_they_do_not(tmp_path: Path):
    database = office_database(tmp_path, {"DATABASE_URL": "postgres://u:p@h/db"})
    assert database["ENGINE"].endswith("postgresql")
