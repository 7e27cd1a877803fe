"""What holds for every installation and for the tests."""

from typing import Any

from baomi.config.sqlite import sqlite_mode, use_bundled_sqlite

use_bundled_sqlite()

DEBUG = False
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SQLITE_MODE = sqlite_mode()
DATABASE_ROUTERS = ["baomi.config.routers.RuntimeRouter"]

# accounts, rights and history are registers of our own: no admin, no auth, no contenttypes
INSTALLED_APPS = [
    "baomi.engine",
    "baomi.engine.runtime",
    "baomi.registers.office",
    "baomi.registers.duties",
    "baomi.registers.custody",
    "baomi.registers.exports",
]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

# SQL and its parameters carry titles: the database's own logger stays off whatever the level
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "baomi": {"level": "INFO"},
        "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
