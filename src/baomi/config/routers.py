"""Which tables lie in which database.

Sessions, log-in attempts and jobs lie in a database of their own, so that turning a page
never waits for the pen, and a backup of the registers carries none of them.
"""

from typing import Any, Final

from django.db.models import Model

RUNTIME_LABEL: Final = "runtime"
RUNTIME_ALIAS: Final = "runtime"
OFFICE_ALIAS: Final = "default"


def alias_of(app_label: str) -> str:
    """The database alias that holds the tables of an app."""
    return RUNTIME_ALIAS if app_label == RUNTIME_LABEL else OFFICE_ALIAS


class RuntimeRouter:
    """Sends the app ``runtime`` to ``runtime.db`` and everything else to the registers."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        return alias_of(model._meta.app_label)

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        return alias_of(model._meta.app_label)

    def allow_relation(self, first: Model, second: Model, **_hints: Any) -> bool:
        return alias_of(first._meta.app_label) == alias_of(second._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        # any other alias is a copy of the registers' schema, made afresh to compare with
        return (db == RUNTIME_ALIAS) == (alias_of(app_label) == RUNTIME_ALIAS)
