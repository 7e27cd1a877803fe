"""Start-up refuses what may lose or change an acknowledged deed, and says what is in force."""

import os

import pytest

from tests import postgres
from tests.proofs.conftest import Home, on_postgresql

ON_BOTH = {
    "debug": "DEBUG 已打开",
    "missing_trigger": "缺少触发器 ledger_entry_no_delete",
    "clock_before_last_entry": "本机时钟早于台账最后一条",
    "head_is_not_the_last_entry": "台账的头与最后一条不符",
}
ON_SQLITE = {
    "old_sqlite_with_wal": "SQLite 3.40.1 在 WAL 方式下可能丢失已提交的内容",
    "synchronous_normal": "synchronous 低于 FULL",
    "synchronous_off": "synchronous 低于 FULL",
    "rollback_journal_without_extra": "synchronous 低于 EXTRA",
    "journal_in_memory": "journal_mode=memory 不能保证落盘",
    "foreign_keys_off": "foreign_keys 未打开",
    "network_file_system": "网络文件系统(nfs4)",
}
ON_POSTGRESQL = {
    "disabled_trigger": "缺少触发器 ledger_entry_no_delete",
    "commit_does_not_wait": "synchronous_commit 不足",
}
REFUSED = ON_BOTH | (ON_POSTGRESQL if on_postgresql() else ON_SQLITE)


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_sentence(home, case):
    told = home.run("starting", case)
    assert len(told["refused"]) == 1, told
    assert REFUSED[case] in told["refused"][0]
    # each sentence also says how to mend it
    assert "请" in told["refused"][0]


def test_a_sound_office_says_what_is_in_force(home):
    told = home.run("starting", "sound")["in_force"]
    if on_postgresql():
        assert "PostgreSQL" in told
        assert "落盘：on" in told
    else:
        assert "SQLite 3." in told
        assert told.endswith(("日志方式：WAL；落盘：FULL", "日志方式：DELETE；落盘：EXTRA"))


if on_postgresql():

    def test_a_server_that_does_not_flush_is_refused(tmp_path, monkeypatch):
        monkeypatch.setitem(postgres.SETTINGS, "fsync", "off")
        with postgres.running() as server:
            monkeypatch.setitem(os.environ, "BAOMI_TEST_PG_URL", server.url)
            home = Home(tmp_path / "home", "postgres")
            home.run("founding")
            told = home.run("starting", "sound")
        assert len(told["refused"]) == 1
        assert "fsync 未打开" in told["refused"][0]

else:

    def test_an_old_sqlite_without_wal_is_allowed(home):
        told = home.run("starting", "old_sqlite_without_wal")["in_force"]
        assert told == "数据库：SQLite 3.40.1；日志方式：DELETE；落盘：EXTRA"
