"""Whatever a test of this register does, the ledger must account for every row afterwards."""

import pytest

from tests.factories.deeds import unaccounted


@pytest.fixture(autouse=True)
def every_row_is_accounted_for(request):
    """Replay the ledger after the test and compare it with the tables."""
    if "office" in request.fixturenames:
        request.getfixturevalue("office")
    yield
    if "office" in request.fixturenames:
        assert unaccounted() == []
