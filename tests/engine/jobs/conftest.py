import pytest

from baomi.engine.jobs import kind as kinds
from baomi.engine.jobs import sealed_files


@pytest.fixture(autouse=True)
def own_jobs(monkeypatch, tmp_path):
    """Kinds and files of the test's own."""
    kinds.kinds_done_here()
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(kinds, "_doers", dict(kinds._doers))
    monkeypatch.setattr(sealed_files, "folder", lambda: tmp_path / "jobs")
