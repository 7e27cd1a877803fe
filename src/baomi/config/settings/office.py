"""An office's own machine: everything lies under ``BAOMI_HOME``."""

import os
from pathlib import Path
from typing import Any

from baomi.config.database import office_database, sqlite_database
from baomi.config.keys import secret_key
from baomi.config.settings.base import *  # noqa: F403 - Django reads settings from one module

BAOMI_HOME = Path(os.environ.get("BAOMI_HOME") or "data").resolve()

DATABASES: dict[str, dict[str, Any]] = {
    "default": office_database(BAOMI_HOME, os.environ),
    "runtime": sqlite_database(BAOMI_HOME / "runtime.db"),
}

SECRET_KEY = secret_key(BAOMI_HOME)
