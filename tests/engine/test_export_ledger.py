"""The export: verified by the verifier alone; the bare one without a title in it."""

import base64
import json
import stat

import pytest

from baomi.engine.export_ledger import FolderNotEmpty, export_ledger
from baomi.engine.sealer import seal_now
from baomi.engine.verify_live import verify_live
from baomi.kernel.clock import clock
from baomi.kernel.ledger.verify import ExportFolder, verify
from tests.factories.deeds import size
from tests.registers.custody.desk import PAPER


@pytest.fixture
def lived_in(desk, signing):
    """Some deeds, and a checkpoint."""
    _, (copy, *_) = desk.ready()
    desk.give(copy)
    seal_now()
    return desk


def verified(folder):
    return verify(ExportFolder(folder), now_us=clock.now_us())


def texts(folder) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())


def test_the_full_export_verifies_clean(lived_in, tmp_path):
    folder = tmp_path / "full"
    assert export_ledger(folder, bare=False) == size()
    report = verified(folder)
    assert report.findings == []
    assert report.size == size()
    assert report.demo
    assert PAPER["title"] in texts(folder)


def test_a_row_changed_in_the_export_is_found(lived_in, tmp_path):
    folder = tmp_path / "full"
    export_ledger(folder, bare=False)
    rows = folder / "rows.jsonl"
    text = rows.read_text(encoding="utf-8")
    rows.write_text(text.replace(PAPER["title"], "别的标题"), encoding="utf-8")
    assert set(verified(folder).counts) == {"ROW"}


def test_the_bare_export_holds_no_title_and_verifies_clean(lived_in, tmp_path):
    folder = tmp_path / "bare"
    export_ledger(folder, bare=True)
    assert verified(folder).findings == []
    assert [each.code for each in verified(folder).warnings if each.code == "BARE"] == ["BARE"]
    for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines():
        body = base64.b64decode(json.loads(line)["body"] or "").decode()
        assert "changes" not in body
    told = texts(folder)
    for word in (PAPER["title"], PAPER["issuer"], "演示"):
        assert word not in told


def test_only_its_owner_may_read_the_folder(lived_in, tmp_path):
    folder = tmp_path / "full"
    export_ledger(folder, bare=False)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "notes").stat().st_mode) == 0o700


def test_nothing_is_overwritten(lived_in, tmp_path):
    folder = tmp_path / "full"
    export_ledger(folder, bare=True)
    before = texts(folder)
    with pytest.raises(FolderNotEmpty):
        export_ledger(folder, bare=False)
    assert texts(folder) == before


def test_what_is_clean_in_the_export_is_clean_live(lived_in, tmp_path):
    folder = tmp_path / "full"
    export_ledger(folder, bare=False)
    assert verify_live().clean is verified(folder).clean is True
