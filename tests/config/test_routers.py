"""Runtime tables lie in runtime.db, all others with the registers; neither strays."""

import pytest

from baomi.config.routers import RuntimeRouter


@pytest.mark.parametrize(
    ("alias", "label", "allowed"),
    [
        ("runtime", "runtime", True),
        ("default", "runtime", False),
        ("default", "custody", True),
        ("runtime", "custody", False),
    ],
    ids=["runtime-home", "runtime-stray", "register-home", "register-stray"],
)
def test_where_tables_are_made(alias: str, label: str, allowed: bool):
    assert RuntimeRouter().allow_migrate(alias, label) is allowed
