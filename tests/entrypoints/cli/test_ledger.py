"""The ledger taken out, verified elsewhere, and looked into by those who may."""

import subprocess
import sys

import pytest

from baomi.engine.export_ledger import export_ledger
from baomi.engine.head import read_head
from baomi.kernel.ledger import verify as verifier

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


@pytest.fixture
def sealed(office, baomi):
    """The founded office after a checkpoint. Returns the note that was taken away."""
    return baomi("ledger", "checkpoint", "--json").data["note"]


def test_an_export_is_verified_elsewhere(office, sealed, baomi, tmp_path):
    bare, note = tmp_path / "bare", tmp_path / "note.txt"
    note.write_text(sealed, encoding="utf-8")
    words = ["ledger", "export", bare, "--bare", "--reason", "季度审计", "--as", "auditor"]
    receipt = baomi(*words, "--json").data["receipt"]
    given = ["--anchor", str(note), "--receipt", receipt]
    ran = baomi("ledger", "verify", bare, *given)
    assert ran.code == 0, ran.out
    assert ran.out.splitlines()[0] == "DEMO"
    assert ran.out.splitlines()[-1].startswith("CLEAN")
    alone = [sys.executable, verifier.__file__, str(bare), *given]
    done = subprocess.run(alone, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, ran.out)
    assert "云澜市" not in "".join(p.read_text("utf-8") for p in bare.rglob("*") if p.is_file())
    wrong = baomi("ledger", "verify", bare, "--receipt", "1:0000000000000000")
    assert wrong.code == 1
    assert wrong.out.splitlines()[-1] == "1 FINDINGS"


def test_a_changed_export_is_found(office, sealed, baomi, tmp_path):
    full = tmp_path / "full"
    words = ["ledger", "export", full, "--reason", "移交", "--as", "registrar"]
    assert baomi(*words).code == 0
    assert full.stat().st_mode & 0o077 == 0
    assert baomi("ledger", "verify", full).code == 0
    rows = full / "rows.jsonl"
    rows.write_text(rows.read_text("utf-8").replace("研究室", "研究院"), "utf-8")
    ran = baomi("ledger", "verify", full, "--json")
    assert ran.code == 1
    assert (ran.data["clean"], ran.data["readable"]) == (False, True)
    assert any(line.startswith("ROW ") for line in ran.data["lines"])
    again = baomi(*words)
    assert again.code == 2
    assert "已有内容" in again.err


@pytest.mark.parametrize(
    ("post", "bare"),
    [
        ("auditor", []),
        ("registrar", ["--bare"]),
        ("system_admin", []),
        ("system_admin", ["--bare"]),
    ],
    ids=["auditor-full", "registrar-bare", "admin-full", "admin-bare"],
)
def test_each_export_has_its_post(office, baomi, tmp_path, post, bare):
    size = read_head().size
    ran = baomi("ledger", "export", tmp_path / "no", *bare, "--reason", "好奇", "--as", post)
    assert ran.code == 3
    assert "只能由" in ran.err
    assert not (tmp_path / "no").exists()
    assert read_head().size == size


def test_an_export_is_recorded_before_it_is_written(office, baomi, tmp_path):
    words = ["--bare", "--reason", "审计", "--as", "auditor"]
    ran = baomi("ledger", "export", tmp_path / "out", *words, "--json")
    seq = int(ran.data["receipt"].partition(":")[0])
    shown = baomi("ledger", "show", seq, "--as", "auditor", "--json").data
    assert shown["kind"] == "exports.record_export"
    assert ran.data["entries"] == seq + 1


def test_what_cannot_be_read_is_never_called_clean(office, sealed, baomi, tmp_path):
    folder = tmp_path / "broken"
    export_ledger(folder, bare=True)
    (folder / "head.json").write_text("{", encoding="utf-8")
    ran = baomi("ledger", "verify", folder)
    assert ran.code == 2
    assert ran.out.startswith("UNREADABLE")
    assert baomi("ledger", "verify", tmp_path / "none").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "二者选一"),
        (["x", "--live"], "二者选一"),
        (["--live", "--max-age", "soon"], "小时"),
        (["--live", "--receipt", "1"], "序号:散列值"),
        (["--live", "--anchor", "/none.txt"], "读不懂"),
        (["--live", "--vkey", "key"], "验证公钥"),
    ],
    ids=["nothing", "both", "age", "receipt", "anchor", "key"],
)
def test_wrong_words_for_a_verification(office, baomi, words, said):
    ran = baomi("ledger", "verify", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_positions_are_for_registrar_and_auditor(office, baomi):
    told = baomi("ledger", "show", "1", "--as", "auditor", "--json").data
    assert told["kind"] == "office.found"
    assert set(told) == {"seq", "kind", "time", "actor", "op", "leaf"}
    receipt = baomi("ledger", "receipt", "1", "--as", "registrar").out.strip()
    assert receipt == office.founding.receipt.text
    for word in ("show", "receipt"):
        ran = baomi("ledger", word, "1", "--as", "system_admin")
        assert ran.code == 3
        assert told["leaf"][:16] not in ran.out + ran.err
    assert baomi("ledger", "show", "99999", "--as", "auditor").code == 2
    assert baomi("ledger", "show", "one", "--as", "auditor").code == 2


def test_everybody_may_have_the_receipt_of_his_own_deed(office, baomi):
    words = ["office.add_unit", "--set", "name=督查室", "--as", "security_admin"]
    done = baomi("act", *words, "--json").data
    ran = baomi("ledger", "receipt", done["seq"], "--as", "security_admin")
    assert (ran.code, ran.out.strip()) == (0, done["receipt"])


def test_the_worker_seals_when_it_is_due(office, baomi):
    first = baomi("worker", "--once", "--json")
    assert first.data == {"sealed": 1}
    assert "已封存：第 " in first.err
    assert baomi("worker", "--once", "--json").data == {"sealed": 0}


def test_only_who_reads_the_signing_key_seals(office, baomi, monkeypatch, tmp_path):
    monkeypatch.setenv("BAOMI_SEALER_HOME", str(tmp_path))
    for words in (["worker", "--once"], ["ledger", "checkpoint"]):
        ran = baomi(*words)
        assert ran.code == 1
        assert "签封密钥" in ran.err


def test_a_database_older_than_the_program_is_to_be_upgraded_first(office, baomi, monkeypatch):
    monkeypatch.setattr("baomi.engine.home.to_migrate", lambda: ("custody.0002",))
    ran = baomi("ledger", "verify", "--live")
    assert ran.code == 2
    assert ran.out.startswith("UNREADABLE") and "baomi upgrade" in ran.out
