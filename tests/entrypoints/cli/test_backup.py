"""Backup and restore at the command line: who may, what is refused, and that nothing is left."""

import json
import shutil
from pathlib import Path

import pytest

from baomi.engine.head import read_head
from tests.entrypoints.cli.conftest import PLAN, Program

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


@pytest.fixture
def own_home(office, settings, tmp_path):
    """The backup key in a folder of the test's own: the shared office gets none."""
    home = tmp_path / "home"
    for name in ("keys", "sealer"):
        shutil.copytree(Path(settings.BAOMI_HOME) / name, home / name)
    settings.BAOMI_HOME = home
    return home


def test_a_backup_is_recorded_then_written_and_verified(own_home, baomi, tmp_path):
    file = tmp_path / "a.backup"
    ran = baomi("backup", file, "--as", "system_admin", "--json")
    assert ran.code == 0, ran.err
    assert "请立即抄存" in ran.err
    assert ran.data["verified"] is True
    seq = int(ran.data["receipt"].partition(":")[0])
    # the record of it and a seal are among them
    assert ran.data["entries"] == read_head().size >= seq + 2
    shown = baomi("list", "exports.export", "--as", "auditor").out
    assert "例行备份" in shown
    again = baomi("backup", tmp_path / "b.backup", "--as", "system_admin")
    assert "已校验" in again.out
    assert "抄存" not in again.err
    checked = baomi("backup", file, "--check")
    assert checked.code == 0
    assert "已校验，可以恢复" in checked.out


@pytest.mark.parametrize("post", ["registrar", "auditor", "security_admin", "group_leader"])
def test_only_the_system_administrator_makes_backups(own_home, baomi, tmp_path, post):
    size = read_head().size
    ran = baomi("backup", tmp_path / "a.backup", "--as", post)
    assert ran.code == 3
    assert "只能由系统管理员" in ran.err
    assert not (tmp_path / "a.backup").exists()
    assert not (own_home / "keys" / "backup.key").exists()
    assert read_head().size == size


def test_nobody_makes_one_without_logging_in(own_home, baomi, tmp_path):
    assert baomi("backup", tmp_path / "a.backup").code == 4


def test_what_is_no_backup_is_told_so(own_home, baomi, tmp_path):
    (tmp_path / "key").write_text("00" * 32)
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04" + bytes(1000))
    ran = baomi("backup", tmp_path / "sheet.xlsx", "--check", "--key-file", tmp_path / "key")
    assert (ran.code, ran.out) == (2, "")
    assert "不是备份文件" in ran.err
    ran = baomi("backup", tmp_path / "none", "--check", "--key-file", tmp_path / "key")
    assert ran.code == 2
    assert "读不到备份文件" in ran.err


PASSWORDS = {"sun": "一二三四五Correct-horse-7", "li": "六七八九十Battery-staple-8"}


IN_WORDS = ["--approver", "孙系（系统管理员）", "--approver", "李安（安全保密管理员）"]


class Saved:
    """What was carried away before the machine was lost."""

    def __init__(self, program: Program, *, end: int) -> None:
        self.program, self.folder, self.end = program, program.folder, end
        file, key = self.folder / "a.backup", self.folder / "backup.key"
        self.words = ["restore", file, "--key-file", key, "--reason", "硬盘损坏"]
        self.keys = ["--seal-key", self.folder / "seal.key"]

    def to(self, home: Path) -> Program:
        """The program with another home."""
        other = Program(self.folder)
        other.home = home
        other.environ |= {"BAOMI_HOME": str(home), **self.passwords("sun", "li")}
        return other

    def passwords(self, first: str, second: str) -> dict[str, str]:
        named = {"BAOMI_PASSWORD_FILE": first, "BAOMI_SECOND_PASSWORD_FILE": second}
        return {
            name: self.program.file(f"pw-{login}", PASSWORDS[login])
            for name, login in named.items()
        }


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A real office with a backup, and a checkpoint after it."""
    program = Program(tmp_path_factory.mktemp("lost"))
    founded = program("setup", "--plan", program.file("plan.yaml", PLAN), "--json").data
    for login, password in PASSWORDS.items():
        old, new = founded["codes"][login], program.file(f"new-{login}", password)
        code = {"BAOMI_PASSWORD_FILE": program.file(f"code-{login}", old)}
        assert program("login", login, **code).code == 0
        assert program("passwd", **code, BAOMI_NEW_PASSWORD_FILE=new).code == 0
    program("login", "sun", BAOMI_PASSWORD_FILE=program.file("new-sun", PASSWORDS["sun"]))
    made = program("backup", program.folder / "a.backup", "--json")
    assert made.code == 0, made.out
    program("ledger", "checkpoint")
    sealed = program("ledger", "checkpoint", "--json").data
    program.file("note", sealed["note"])
    for name in ("backup.key", "seal.key"):
        shutil.copy(program.home / "keys" / name, program.folder / name)
    return Saved(program, end=sealed["seq"])


def test_an_office_is_restored_and_its_loss_told_for_ever(saved, tmp_path):
    there = saved.to(tmp_path / "new" / "home")
    notes = ["--anchor", saved.folder / "note"]
    ran = there(*saved.words, *saved.keys, *notes, "--by", "sun", "--second", "li", "--json")
    assert ran.code == 0, ran.out + ran.err
    told = ran.data
    loss = saved.end - told["restored_to"]
    assert told["losses"][0]["count"] == loss > 0
    assert told["lines"] == [f"DECLARED LOSS {loss}", "CLEAN"]
    certificate = "\n".join(told["certificate"])
    for word in ("孙系", "李安", "硬盘损坏", told["old_log_id"].replace("-", "")):
        assert word in certificate
    live = there("ledger", "verify", "--live", *notes)
    assert live.out.splitlines() == [f"DECLARED LOSS {loss}", "CLEAN"]
    # whoever could log in before can do so again
    assert there("login", "sun").code == 0


def test_one_person_alone_restores_nothing_and_leaves_nothing(saved, tmp_path):
    there = saved.to(tmp_path / "home")
    words = [*saved.words, *saved.keys, "--by", "sun", "--second", "sun"]
    ran = there(*words, **saved.passwords("sun", "sun"))
    assert ran.code == 3, ran.out + ran.err
    assert "不同的两个人" in ran.err
    assert not there.home.exists()


def test_nothing_is_restored_over_an_office(saved):
    there = saved.to(saved.program.home)
    ran = there(*saved.words, *saved.keys, *IN_WORDS)
    assert ran.code == 2
    assert "不是空的" in ran.err


@pytest.mark.nightly
def test_where_nobody_can_log_in_and_the_seal_key_is_lost(saved, tmp_path):
    there = saved.to(tmp_path / "home")
    ran = there(*saved.words, "--without-seal-key", *IN_WORDS, "--json")
    assert ran.code == 0, ran.out + ran.err
    assert ran.data["lines"] == ["DECLARED LOSS 0", "CLEAN"]
    assert json.dumps(ran.data["certificate"], ensure_ascii=False).count("批准人：") == 2


@pytest.fixture
def kept(own_home, baomi, tmp_path, monkeypatch):
    """A backup of the invented office, and the words that would restore it into an empty home."""
    file, key = tmp_path / "a.backup", tmp_path / "key"
    assert baomi("backup", file, "--as", "system_admin").code == 0
    shutil.copy(own_home / "keys" / "backup.key", key)
    monkeypatch.setattr("baomi.entrypoints.cli.commands.restore.check_empty", lambda: None)
    monkeypatch.setattr("baomi.entrypoints.cli.commands.restore.restore", _never)
    master = own_home / "keys" / "seal.key"
    return {"file": file, "--key-file": key, "--seal-key": master, "--reason": "硬盘损坏"}


def _never(*_args, **_named):
    raise AssertionError("restored all the same")


def words_of(kept: dict, *more) -> list:
    pairs = [(name, value) for name, value in kept.items() if name != "file"]
    return ["restore", kept["file"], *(word for pair in pairs for word in pair), *more]


def test_a_wrong_key_or_a_changed_octet_is_refused(kept, baomi, tmp_path):
    other = tmp_path / "other"
    other.write_text("11" * 32)
    ran = baomi(*words_of({**kept, "--key-file": other}, *IN_WORDS))
    assert ran.code == 2
    assert "密钥与备份不符" in ran.err
    octets = bytearray(kept["file"].read_bytes())
    octets[-1] ^= 1
    kept["file"].write_bytes(octets)
    ran = baomi(*words_of(kept, *IN_WORDS))
    assert ran.code == 2
    assert "已损坏" in ran.err


def test_a_note_of_another_office_is_not_declared_as_a_loss(kept, baomi, tmp_path):
    note = tmp_path / "note"
    note.write_text(f"bm.local/{'0' * 32}\n5\n{'A' * 43}=\n", "utf-8")
    ran = baomi(*words_of(kept, *IN_WORDS, "--anchor", note))
    assert ran.code == 2
    assert "不属于备份" in ran.err


@pytest.mark.parametrize(
    ("approvers", "said"),
    [
        (IN_WORDS[:2], "两名不同的批准人"),
        (IN_WORDS[:2] * 2, "两名不同的批准人"),
        ([*IN_WORDS, *IN_WORDS[:2]], "两名不同的批准人"),
        (["--approver", " ", *IN_WORDS[:2]], "两名不同的批准人"),
        ([*IN_WORDS, "--without-seal-key"], "二者选一"),
    ],
    ids=["one", "one-twice", "three", "nobody", "seal-key-and-none"],
)
def test_wrong_words_for_a_restore(kept, baomi, approvers, said):
    ran = baomi(*words_of(kept, *approvers))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_what_is_no_seal_key_is_refused(kept, baomi, tmp_path):
    other = tmp_path / "seal"
    other.write_bytes(bytes(31))
    ran = baomi(*words_of({**kept, "--seal-key": other}, *IN_WORDS))
    assert ran.code == 2
    assert "长度不对" in ran.err
