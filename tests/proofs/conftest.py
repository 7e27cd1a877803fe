"""Homes for the proofs: a small office founded once by a process of its own, and copies of it."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 300
KEPT = ("PATH", "LANG", "HOME", "BAOMI_TEST_PG_LOG", "OFFICE_PLAN")


@dataclass(frozen=True)
class Home:
    """A founded office in a folder (and a PostgreSQL database) of its own."""

    folder: Path
    database: str | None

    def environ(self) -> dict[str, str]:
        """What a program needs to work in it."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        told = {
            "BAOMI_HOME": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "baomi.config.settings.office",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        if self.database:
            told["DATABASE_URL"] = url_of(self.database)
        return kept | told

    def run(self, program: str, *words: object) -> dict:
        """Run a program of the proofs in it. Returns the figures that it tells."""
        done = subprocess.run(
            [sys.executable, "-m", f"tests.proofs.{program}", *map(str, words)],
            cwd=ROOT,
            env=self.environ(),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        assert done.returncode == 0, done.stderr[-9000:]
        last = done.stdout.strip().rpartition("\n")[2]
        return json.loads(last) if last else {}

    def files(self) -> Iterator[Path]:
        """Every file of the home."""
        return (path for path in self.folder.rglob("*") if path.is_file())


def on_postgresql() -> bool:
    return os.environ.get("BAOMI_TEST_DB") == "postgres"


def url_of(database: str) -> str:
    """The test server's address with another database."""
    return urlsplit(os.environ["BAOMI_TEST_PG_URL"])._replace(path=f"/{database}").geturl()


def make_database(template: str | None = None) -> str | None:
    """A database of its own on the test server, empty or a copy; None on SQLite."""
    if not on_postgresql():
        return None
    name = f"proof_{secrets.token_hex(6)}"
    _administer(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    return name


def drop_database(name: str | None) -> None:
    """Remove a database of its own."""
    if name:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


def _administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["BAOMI_TEST_PG_URL"], autocommit=True) as server:
        server.execute(statement)


@pytest.fixture(scope="session")
def founded_home(tmp_path_factory) -> Iterator[Home]:
    """Founded once; nobody works in it but by a copy."""
    home = Home(tmp_path_factory.mktemp("founded") / "home", make_database())
    assert home.run("founding")["findings"] == []
    yield home
    drop_database(home.database)


@pytest.fixture
def home(founded_home, tmp_path) -> Iterator[Home]:
    """A founded office of the test's own."""
    folder = tmp_path / "home"
    shutil.copytree(founded_home.folder, folder)
    copy = Home(folder, make_database(founded_home.database))
    yield copy
    drop_database(copy.database)


@pytest.fixture
def keep_figures(request):
    """Keep a proof's figures with the test (``-o junit_family=xunit1 --junitxml=FILE``)."""

    def keep(told: dict) -> None:
        request.node.user_properties.extend(sorted(told.items()))

    return keep
