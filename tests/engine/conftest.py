import pytest
from django.db import connection

from baomi.engine.verify_schema import expected_objects
from tests.registers.custody.desk import Desk


@pytest.fixture(scope="session")
def schema_known(founded_once, django_db_blocker):
    """What the verifier compares the schema with: made in a database that tests may not open."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            expected_objects()


@pytest.fixture
def desk(schema_known, office):
    """The registrar's desk in the invented office."""
    return Desk(office)
