"""The command line in this process, for whatever goes through it."""

import json
import os
from dataclasses import dataclass

import pytest

from baomi.engine import login
from baomi.entrypoints.cli.main import run
from tests.registers.custody.desk import Desk


@dataclass(frozen=True)
class Ran:
    """A command line that was run."""

    code: int
    out: str
    err: str

    @property
    def data(self):
        """The one JSON document of the standard output."""
        return json.loads(self.out)


@pytest.fixture
def baomi(capsys, monkeypatch, tmp_path, signing_keys):
    """Run a command line in this process, the log-in token kept in a folder of the test's own."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    for name in ("BAOMI_PASSWORD_FILE", "BAOMI_NEW_PASSWORD_FILE", "BAOMI_SECOND_PASSWORD_FILE"):
        monkeypatch.delenv(name, raising=False)

    def ran(*words) -> Ran:
        capsys.readouterr()
        code = run([str(word) for word in words])
        told = capsys.readouterr()
        return Ran(int(code), told.out, told.err)

    return ran


@pytest.fixture
def secret(tmp_path):
    """Write a password into a file as ``BAOMI_PASSWORD_FILE`` names one."""

    def written(text: str, name: str = "password") -> str:
        path = tmp_path / name
        path.touch(mode=0o600)
        path.write_text(f"{text}\n", encoding="utf-8")
        return str(path)

    return written


@pytest.fixture
def desk(office):
    """The registrar's desk in the invented office: states are prepared there, past every door."""
    return Desk(office)


# what a door adds is the same on both databases: SQLite meets all, PostgreSQL one
ON_POSTGRESQL = os.environ.get("BAOMI_TEST_DB") == "postgres"
DOORS = ("api",) if ON_POSTGRESQL else ("command_line", "api", "web")


@pytest.fixture(params=DOORS)
def door(request):
    """Each entrypoint through which deeds are asked for."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def command_line(office, baomi, secret, tmp_path, monkeypatch):
    """The command line as the scenarios use it."""
    from tests.entrypoints.command_line import CommandLine

    return CommandLine(baomi, office, tmp_path, secret, monkeypatch.setenv)


@pytest.fixture
def everybody_has_a_password_of_his_own(monkeypatch):
    """The invented people never used their one-time codes; a log-in test says when they do."""
    admit = login._admit

    def admitted(found):
        who = admit(found)
        return who and login.LoggedIn(who.account, who.person, must_change_password=False)

    monkeypatch.setattr(login, "_admit", admitted)


@pytest.fixture
def api(office, everybody_has_a_password_of_his_own):
    """The API as the scenarios use it."""
    from tests.entrypoints.api_door import ApiDoor

    return ApiDoor(office)


@pytest.fixture
def web(office, everybody_has_a_password_of_his_own):
    """The pages as the scenarios use them."""
    from tests.entrypoints.web_door import WebDoor

    return WebDoor(office)
