import shutil

import pytest
from django.db import connection

from baomi.engine.keys import sealer_folder
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


@pytest.fixture
def signing(office, tmp_path, monkeypatch):
    """Signing keys that a test may spend: the shared office's own stay as they are."""
    folder = tmp_path / "sealer"
    shutil.copytree(sealer_folder(), folder)
    monkeypatch.setenv("BAOMI_SEALER_HOME", str(folder))
    return folder
