"""Where an office's registers lie: one SQLite file, or one PostgreSQL database.

One office is one database. ``DATABASE_URL`` names a PostgreSQL database; without it the
registers lie in ``office.db`` under ``BAOMI_HOME``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from django.core.exceptions import ImproperlyConfigured

from baomi.config.sqlite import init_command

SCHEMES: Final = ("postgres://", "postgresql://")
EXAMPLE: Final = "postgres://用户:口令@主机:5432/数据库"
# what libpq may be told by the address; everything else there is a slip of the pen
LIBPQ_OPTIONS: Final = frozenset(
    {"host", "sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs"}
)
LOCK_WAIT_SECONDS: Final = 20


class DatabaseUrlError(ImproperlyConfigured):
    """``DATABASE_URL`` cannot be read. The address has a password, so no sentence repeats it."""


def sqlite_options() -> dict[str, Any]:
    """Options of every SQLite connection: IMMEDIATE transactions, durable commits."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": LOCK_WAIT_SECONDS,
        "init_command": init_command(),
        # the wheel's cache keeps its oldest favourites: once full, whatever is new is compiled anew
        "cached_statements": 1000,
    }


def sqlite_database(path: Path) -> dict[str, Any]:
    """Django's settings for one SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": sqlite_options(),
    }


def postgres_database(url: str) -> dict[str, Any]:
    """Django's settings for ``postgres://user:password@host:port/database?option=value``.

    Several hosts may stand separated by commas (``a:5432,b:5432``): libpq tries them in turn.
    Raises ``DatabaseUrlError`` with a Chinese sentence that says what is wrong.
    """
    scheme = next((s for s in SCHEMES if url.startswith(s)), None)
    if scheme is None:
        raise DatabaseUrlError(
            f"DATABASE_URL 须以 postgres:// 开头，例如 {EXAMPLE}；"
            "使用自带的 SQLite 时请不要设置 DATABASE_URL。"
        )
    address, _, query = url.removeprefix(scheme).partition("?")
    authority, _, name = address.partition("/")
    login, _, hosts = authority.rpartition("@")
    user, _, password = login.partition(":")
    options = _options(query)
    if not name or "/" in name:
        raise DatabaseUrlError(f"DATABASE_URL 没有写明数据库名，应写成 {EXAMPLE}。")
    if not user:
        raise DatabaseUrlError(f"DATABASE_URL 没有写明用户名，应写成 {EXAMPLE}。")
    host, port = _hosts(hosts)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(user),
        "PASSWORD": unquote(password),
        "HOST": options.pop("host", host),
        "PORT": port,
        "OPTIONS": options,
    }


def _hosts(text: str) -> tuple[str, str]:
    """Host names and ports, each list joined by commas as libpq wants them."""
    hosts: list[str] = []
    ports: list[str] = []
    for part in text.split(","):
        host, _, port = part.rpartition(":") if _has_port(part) else (part, "", "")
        if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise DatabaseUrlError("DATABASE_URL 中的端口须是 1 到 65535 之间的数字。")
        hosts.append(unquote(host).strip("[]"))
        ports.append(port or "5432")
    if not any(hosts):
        return "", ""
    return ",".join(hosts), ",".join(ports)


def _has_port(part: str) -> bool:
    # the colons of an IPv6 address stand inside brackets
    return ":" in part.rpartition("]")[2]


def _options(query: str) -> dict[str, Any]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(set(options) - LIBPQ_OPTIONS)
    if unknown:
        raise DatabaseUrlError(
            f"DATABASE_URL 问号后面有不认识的选项：{'、'.join(unknown)}；"
            f"可以使用的有：{'、'.join(sorted(LIBPQ_OPTIONS))}。"
        )
    return options


def office_database(home: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """The registers' database: PostgreSQL when ``DATABASE_URL`` is set, else ``office.db``."""
    url = environ.get("DATABASE_URL", "").strip()
    return postgres_database(url) if url else sqlite_database(home / "office.db")
