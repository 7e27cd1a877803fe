"""The tests: a throw-away home, both databases as files, or PostgreSQL for the registers.

``BAOMI_TEST_DB`` chooses ``sqlite`` (the default) or ``postgres``; the server's address stands
in ``BAOMI_TEST_PG_URL``, which tests/postgres.py sets.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from baomi.config.database import postgres_database, sqlite_database
from baomi.config.settings.base import *  # noqa: F403 - Django reads settings from one module

BAOMI_HOME = Path(tempfile.mkdtemp(prefix="baomi-test-"))
atexit.register(shutil.rmtree, BAOMI_HOME, ignore_errors=True)

SECRET_KEY = secrets.token_urlsafe(48)


def _registers() -> dict[str, Any]:
    kind = os.environ.get("BAOMI_TEST_DB", "sqlite")
    if kind == "sqlite":
        # a file: SQLite in memory has neither WAL nor a second connection
        database = sqlite_database(BAOMI_HOME / "office.db")
        return database | {"TEST": {"NAME": str(BAOMI_HOME / "test-office.db")}}
    if kind == "postgres":
        url = os.environ.get("BAOMI_TEST_PG_URL", "postgres://postgres@/postgres")
        return postgres_database(url) | {"TEST": {"NAME": "test_office"}}
    raise ImproperlyConfigured(f"BAOMI_TEST_DB 只能是 sqlite 或 postgres，不能是 {kind}。")


DATABASES: dict[str, dict[str, Any]] = {
    "default": _registers(),
    "runtime": sqlite_database(BAOMI_HOME / "runtime.db")
    | {"TEST": {"NAME": str(BAOMI_HOME / "test-runtime.db")}},
}
