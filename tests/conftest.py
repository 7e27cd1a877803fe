"""What every test run needs: a PostgreSQL server where one was asked for."""

import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Start one server for the session; worker processes find its address in the environment."""
    if os.environ.get("BAOMI_TEST_DB") != "postgres" or "BAOMI_TEST_PG_URL" in os.environ:
        return
    from django.conf import settings

    from baomi.config.database import postgres_database
    from tests.postgres import running

    stack = ExitStack()
    server = stack.enter_context(running())
    config.add_cleanup(stack.close)
    os.environ["BAOMI_TEST_PG_URL"] = server.url
    os.environ["BAOMI_TEST_PG_LOG"] = str(server.log)
    # pytest-django has read the settings by now, so the address goes into them in place
    settings.DATABASES["default"].update(postgres_database(server.url))


def pytest_unconfigure() -> None:
    """Remove the throw-away home: worker processes end without running what ``atexit`` holds."""
    django_conf = sys.modules.get("django.conf")
    if django_conf is not None and django_conf.settings.configured:
        shutil.rmtree(django_conf.settings.BAOMI_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def founded_once(django_db_setup, django_db_blocker):
    """The invented office, founded once for the session and committed."""
    from tests.factories.office import founded

    with django_db_blocker.unblock():
        return founded()


@pytest.fixture(autouse=True)
def labels_bear_the_sign_of_the_office_at_hand(request):
    """One process meets one office, tests meet several: what was remembered of one is forgotten."""
    if "db" in request.fixturenames:
        from baomi.registers.office import load

        load.office_sign.cache_clear()


@pytest.fixture(autouse=True)
def without_a_database_the_calendar_is_the_shipped_one(request):
    """What a test may not ask the database it does not ask for the notices recorded either."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        yield
        return
    from baomi.rulebook.holidays import recorded_by

    source = recorded_by(None)
    yield
    recorded_by(source)


@pytest.fixture
def signing_keys(settings):
    """The signing keys as they were: a seal may turn them, and the database is rolled back."""
    folder = Path(settings.BAOMI_HOME) / "sealer"
    kept = {path.name: path.read_bytes() for path in folder.glob("*.key")}
    yield
    for path in folder.glob("*.key"):
        path.unlink()
    for name, content in kept.items():
        (folder / name).write_bytes(content)


@pytest.fixture
def office(founded_once, db, signing_keys):
    """The invented office on 2025-03-03 at half past nine; what a test does is taken back."""
    from baomi.kernel.clock import clock
    from tests.factories.office import NOW_US

    with clock.standing_at(NOW_US):
        yield founded_once


@pytest.fixture(autouse=True)
def every_change_is_a_deed(request):
    """No register is changed without an entry in the same transaction, whatever a test does."""
    if "db" not in request.fixturenames:
        yield
        return
    from tests.factories.watch import watching

    request.getfixturevalue("db")
    with watching():
        yield


@pytest.fixture
def uploads(tmp_path, monkeypatch):
    """A folder for attached files of the test's own; what it does to the rows is taken back."""
    from baomi.registers.attachments import files

    folder = tmp_path / "attachments"
    folder.mkdir()
    monkeypatch.setattr(files, "folder", lambda: folder)
    return folder
