"""What holds for every installation and for the tests."""

import os
from pathlib import Path
from typing import Any

import baomi
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
    "baomi.registers.approvals",
    "baomi.registers.governance",
    "baomi.registers.attachments",
    "baomi.registers.holidays",
]

ROOT_URLCONF = "baomi.config.urls"
WSGI_APPLICATION = "baomi.config.wsgi.application"
WEB_FOLDER = Path(baomi.__file__).parent / "entrypoints" / "web"

MIDDLEWARE = [
    "baomi.entrypoints.guarding.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "baomi.entrypoints.guarding.faults.Faults",
    "baomi.entrypoints.guarding.logged_in.WhoIsThere",
    "django.middleware.csrf.CsrfViewMiddleware",
    "baomi.entrypoints.guarding.logged_in.OnlyLoggedIn",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [WEB_FOLDER / "templates"],
        "OPTIONS": {"environment": "baomi.entrypoints.web.templating.environment"},
    }
]

# the vendored files lie in the package; no collecting, no second copy
STATIC_URL = "/static/"
STATIC_ROOT = WEB_FOLDER / "static"
WHITENOISE_MAX_AGE = 365 * 24 * 3600  # their address changes with their content
WHITENOISE_ALLOW_ALL_ORIGINS = False

# cookies: __Host- and Secure where TLS ends here, which an isolated office's first day lacks
SERVED_BY_TLS = os.environ.get("BAOMI_TLS", "") == "1"
SESSION_COOKIE = "__Host-baomi" if SERVED_BY_TLS else "baomi_session"
CSRF_COOKIE_NAME = "__Host-baomi_csrf" if SERVED_BY_TLS else "baomi_csrf"
CSRF_COOKIE_SECURE = SERVED_BY_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "baomi.entrypoints.guarding.faults.csrf_failed"
SECURE_PROXY_SSL_HEADER = None
USE_X_FORWARDED_HOST = False
ALLOWED_HOSTS = [
    name.strip()
    for name in os.environ.get("BAOMI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    if name.strip()
]
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # 200 papers of 20 fields and more
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024  # never into a temporary file in clear
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# up to which level scans may be kept here: what the installation was declared approved for
ATTACHMENTS_UP_TO = os.environ.get("BAOMI_ATTACHMENTS_UP_TO", "internal")

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
        # addresses and faults are kept by our own hand, without what was typed
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
