"""A browser for the session; offices are made by each journey."""

import pytest

from tests.journeys.browser import chromium


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started
