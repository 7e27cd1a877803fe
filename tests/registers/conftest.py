import pytest

from tests.registers.custody.desk import Desk


@pytest.fixture
def desk(office):
    """The registrar's desk in the invented office."""
    return Desk(office)
