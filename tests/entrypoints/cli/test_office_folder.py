"""``baomi`` as a program: from an empty folder to a verified export, on a home of its own."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from baomi.kernel.ledger import verify as verifier
from tests.entrypoints.cli.conftest import BAOMI, PLAN, Program

NEW = "Seven-Grey-Herons-41"


def logged_in(program: Program, told: dict, login: str) -> None:
    """Log in with the one-time code and change it, or with the password that was set before."""
    new = program.file(f"{login}.new", f"{NEW}\n")
    code = program.file(f"{login}.code", f"{told['codes'][login]}\n")
    if program("login", login, BAOMI_PASSWORD_FILE=new).code != 0:
        assert program("login", login, BAOMI_PASSWORD_FILE=code).code == 0
        done = program("passwd", BAOMI_PASSWORD_FILE=code, BAOMI_NEW_PASSWORD_FILE=new)
        assert done.code == 0, done.err


@pytest.mark.parametrize(
    "words",
    [["whoami"], ["ledger", "verify", "--live"]],
    ids=" ".join,
)
def test_an_empty_home_says_what_to_do_and_stays_empty(program, words):
    ran = program(*words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.strip() == "还没有建账，请先运行 baomi setup。"
    assert not program.home.exists()


def test_setup_makes_a_private_home_and_a_certificate(founded_program):
    program, told = founded_program
    paths = [program.home, *program.home.rglob("*")]
    assert [path for path in paths if path.stat().st_mode & 0o077] == []
    assert len(told["codes"]) == 6
    assert told["certificate"][0].startswith("建账")
    assert told["note"].splitlines()[1] == "2"
    assert all(code not in line for code in told["codes"].values() for line in told["certificate"])


def test_setup_is_done_once(founded_program):
    program, _ = founded_program
    ran = program("setup", "--plan", program.folder / "plan.yaml")
    assert ran.code == 1
    assert "已经建账" in ran.err


def test_setup_goes_on_where_it_was_interrupted(program):
    plan = program.file("plan.yaml", PLAN)
    assert program("setup", "--plan", program.file("half.yaml", "office: 某机关")).code == 2
    (program.home / "keys").mkdir(parents=True)
    (program.home / "log").mkdir()
    ran = program("setup", "--plan", plan, "--alg", "sm3")
    assert ran.code == 0, ran.err
    assert "撕开后交本人" in ran.out and "台账编号：" in ran.out
    assert program("ledger", "verify", "--live").out.strip() == "CLEAN"


def test_setup_stays_away_from_other_files(program):
    program.home.mkdir()
    (program.home / "letter.txt").write_text("mine", encoding="utf-8")
    ran = program("setup", "--plan", program.file("plan.yaml", PLAN))
    assert ran.code == 2
    assert "letter.txt" in ran.err
    assert [path.name for path in program.home.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (
            PLAN.replace("registrar: {name: 赵建, login: zhao, letter: 办发8号}", ""),
            "“保密员”没有填写",
        ),
        (PLAN + "extra: 1\n", "没有“extra”这一项"),
        ("- 1", "名称: 内容"),
        ("a: [", "YAML"),
    ],
    ids=["missing", "unknown", "list", "broken"],
)
def test_a_plan_that_cannot_be_meant(program, plan, said):
    ran = program("setup", "--plan", program.file("plan.yaml", plan))
    assert ran.code == 2
    assert said in ran.err
    assert not program.home.exists()


def test_a_log_in_lasts_from_one_command_to_the_next(founded_program):
    program, told = founded_program
    logged_in(program, told, "zhao")
    ran = program("whoami", "--json")
    assert (ran.code, ran.data["posts"]) == (0, ["registrar"])
    assert program("act", "office.add_unit", "--set", "name=新室").code == 3
    assert program("whoami", "--as", "registrar").code == 4
    assert program("import", program.folder / "plan.yaml", XDG_RUNTIME_DIR="/none").code == 4


def test_what_is_changed_behind_the_programs_back_is_found(program):
    assert program("setup", "--plan", program.file("plan.yaml", PLAN)).code == 0
    import sqlite3

    with sqlite3.connect(program.home / "office.db") as database:
        database.execute("UPDATE office_person SET name = '赵健' WHERE name = '赵建'")
        database.execute("DROP TRIGGER ledger_entry_no_update")
    database.close()
    ran = program("ledger", "verify", "--live")
    assert ran.code == 1
    codes = {line.split()[0] for line in ran.out.splitlines()}
    assert {"ROW", "SCHEMA"} <= codes
    refused = program("login", "zhao")
    assert refused.code == 1
    assert "缺少触发器" in refused.err


def test_a_checkpoint_is_printed_to_be_taken_away(founded_program):
    program, _ = founded_program
    ran = program("ledger", "checkpoint", "--json")
    assert ran.code == 0, ran.err
    assert ran.data["note"].startswith("bm.local/")
    anchor = program.file("taken.txt", ran.data["note"])
    assert program("ledger", "verify", "--live", "--anchor", anchor, "--fast").code == 0
    wrong = program("ledger", "verify", "--live", "--receipt", "1:0000000000000000")
    assert wrong.code == 1
    assert "RECEIPT" in wrong.out
    assert program("ledger", "verify").code == 2
    assert program("ledger", "verify", program.folder / "none").code == 2


def test_a_locked_out_administrator_is_let_in_by_two(founded_program):
    program, told = founded_program
    for login in ("zhao", "wu"):
        logged_in(program, told, login)
    ran = program(
        *("setup", "--recover", "--account", "sun", "--by", "zhao", "--second", "wu"),
        *("--ground", "启封3号信封", "--json"),
        BAOMI_PASSWORD_FILE=str(program.folder / "zhao.new"),
        BAOMI_SECOND_PASSWORD_FILE=str(program.folder / "wu.new"),
    )
    assert ran.code == 0, ran.err + ran.out
    code = program.file("sun.again", ran.data["told"]["code"] + "\n")
    assert program("login", "sun", BAOMI_PASSWORD_FILE=code).code == 0


def test_the_worker_seals_and_ends_when_told(founded_program):
    program, _ = founded_program
    process = subprocess.Popen(
        [BAOMI, "worker"], env=program.environ, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert "数据库" in process.stderr.readline().decode()
        time.sleep(0.3)  # it waits for the next round now
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "封存" in out.decode()


def test_an_upgrade_of_an_office_that_is_up_to_date(founded_program):
    program, _ = founded_program
    ran = program("upgrade", "--json")
    assert (ran.code, ran.data) == (0, {"applied": [], "entries": 0})


def test_nothing_lies_in_the_package(founded_program):
    program, _ = founded_program
    inside = Path(verifier.__file__).parents[2]
    assert not (inside / "data").exists()
    assert not program.home.is_relative_to(inside)
