"""``baomi setup`` that goes wrong: what is wrong is said, and the folder is as it was."""

import os
import pty
import subprocess

import pytest
import yaml
from django.db import DatabaseError

from baomi.engine.found import Founding
from baomi.engine.inputs import InvalidInputs
from baomi.engine.sealer import NoSigningKey
from baomi.entrypoints.cli import faults, founding
from baomi.entrypoints.cli.commands import setup
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import Ref, Refusal, Refused, Verdict
from baomi.kernel.words import PersonnelClass
from tests.entrypoints.cli.conftest import BAOMI, PLAN, Program

PEOPLE = (
    *("zhao\n赵建\n办发1号", "qian\n钱证\n办发2号", "sun\n孙系\n办发3号"),
    *("li\n李安\n办发4号", "zhou\n周审\n办发5号", "qian\n办发6号"),
    *("wu\n吴任\n办发7号", "zhao\n办发8号"),
)
HEAD = ("某市人大常委会", "研究室、法制委")


def typed(*lines: str) -> str:
    return "\n".join([*lines, ""])


def left(program: Program) -> list[str]:
    return sorted(str(each.relative_to(program.folder)) for each in program.folder.rglob("*"))


def test_setup_asks_at_the_terminal(program):
    people = ["zhao\n赵建\n办发1号", "qian\n钱证\n办发2号", "sun\n孙系\n办发3号"]
    people += ["li\n李安\n办发4号", "zhou\n周审\n办发5号", "qian\n办发6号"]
    people += ["wu\n吴任\n办发7号", "zhao\n办发8号"]
    answers = "\n".join(["某市人大常委会", "研究室、法制委", *people, ""])
    ran = program("setup", stdin=answers)
    assert ran.code == 0, ran.err
    assert "机关：某市人大常委会" in ran.out
    assert "建账人" in ran.err
    ended = Program(program.folder / "other")
    ended.folder.mkdir()
    assert ended("setup", stdin="某市\n").code == 2


def test_an_administrator_is_asked_for_again_as_soon_as_he_cannot_be_one(program):
    people = list(PEOPLE)
    people[3] = "sun\n" + people[3]
    people[7] = "li\n" + people[7]
    ran = program("setup", stdin=typed(*HEAD, *people))
    assert ran.code == 0, ran.err
    assert "孙系已任系统管理员，不能再任安全保密管理员（三员分立），请改由他人担任。" in ran.err
    assert "李安已任安全保密管理员，不能再任保密员（三员分立），请改由他人担任。" in ran.err
    assert "保密员：赵建（办发8号）" in ran.out


def test_at_a_terminal_no_answer_is_lost(program):
    keyboard, screen = pty.openpty()
    people = list(PEOPLE)
    people[7] = "li\n" + people[7]
    os.write(keyboard, typed(*HEAD, *people).encode())
    ran = subprocess.run(
        [BAOMI, "setup"],
        stdin=screen,
        capture_output=True,
        env=program.environ,
        cwd=program.folder,
        check=False,
        timeout=120,
    )
    os.close(screen)
    os.close(keyboard)
    assert ran.returncode == 0, ran.stderr.decode()
    assert "不能再任保密员" in ran.stderr.decode()
    assert "建账证书" in ran.stdout.decode()


def test_an_answer_that_cannot_be_meant_is_asked_for_again(program):
    people = list(PEOPLE)
    people[0] = "Zhao\n" + people[0]
    people[1] = "zhao\n" + people[1]
    ran = program("setup", stdin=typed(HEAD[0], "研究室\u202e", HEAD[1], *people))
    assert ran.code == 0, ran.err
    assert "登录名须以小写字母开头" in ran.err
    assert "看不见的控制字符" in ran.err
    assert "见证人不能是建账人本人" in ran.err


def test_a_setup_that_fails_keeps_the_answers_and_leaves_the_folder_as_it_was(program):
    key = program.home / "keys" / "mac.key"
    key.parent.mkdir(mode=0o700, parents=True)
    key.touch(mode=0o600)
    assert program("whoami").code == 1  # any command makes the web's own key beside the others
    before = left(program)
    answers = typed(*HEAD, *PEOPLE, "是", "taken.yaml", "kept.yaml")
    taken = program.folder / "taken.yaml"
    taken.write_text("mine", encoding="utf-8")
    ran = program("setup", stdin=answers)
    assert ran.code == 1
    assert "数据目录中已有密钥" in ran.err
    assert "taken.yaml 已经存在，不会覆盖" in ran.err
    assert "改正后执行 baomi setup --plan kept.yaml" in ran.err
    assert taken.read_text(encoding="utf-8") == "mine"
    kept = program.folder / "kept.yaml"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert yaml.safe_load(kept.read_text(encoding="utf-8"))["registrar"]["letter"] == "办发8号"
    assert left(program) == sorted([*before, "kept.yaml", "taken.yaml"])
    key.unlink()
    assert program("setup", "--plan", kept).code == 0


@pytest.mark.parametrize("answer", ["否", ""], ids=["no", "nobody"])
def test_answers_that_nobody_wants_to_keep_are_not_kept(program, answer):
    key = program.home / "keys" / "mac.key"
    key.parent.mkdir(mode=0o700, parents=True)
    key.touch(mode=0o600)
    assert program("whoami").code == 1  # any command makes the web's own key beside the others
    before = left(program)
    ran = program("setup", stdin="\n".join([*HEAD, *PEOPLE, answer]))
    assert ran.code == 1
    assert "没有建账，数据目录保持原样。" in ran.err
    assert left(program) == before


def test_what_a_failing_setup_made_is_gone_again(program):
    sealer = program.folder / "elsewhere" / "sealer"
    sealer.mkdir(mode=0o700, parents=True)
    (sealer / "k1.key").touch(mode=0o600)
    plan = program.file("plan.yaml", PLAN)
    before = left(program)
    program.environ["BAOMI_SEALER_HOME"] = str(sealer)
    ran = program("setup", "--plan", plan)
    assert ran.code == 1
    assert "数据库：" in ran.err  # so far it had come
    assert "数据目录中已有密钥" in ran.err
    assert left(program) == before
    (sealer / "k1.key").unlink()
    assert program("setup", "--plan", plan).code == 0


def test_a_plan_that_is_refused_says_why_and_makes_nothing(program):
    plan = PLAN.replace("registrar: {name: 赵建, login: zhao", "registrar: {name: 李安, login: li")
    name = program.file("plan.yaml", plan)
    ran = program("setup", "--plan", name)
    assert ran.code == 3
    assert "X1a 三员分立：李安已任安全保密管理员，不能再任保密员" in ran.out
    assert "怎样才能办：改由他人担任" in ran.out
    assert "baomi act" not in ran.out
    assert left(program) == ["plan.yaml"]
    told = program("setup", "--plan", name, "--json")
    assert {each["clause"] for each in told.data["refused"]} == {"X1a"}
    assert program("setup", "--plan", program.file("mended.yaml", PLAN)).code == 0


def test_a_plan_takes_the_words_of_its_choices():
    content = yaml.safe_load(PLAN)
    content["auditor"]["personnel_class"] = "重要"
    assert founding.checked(content).auditor.personnel_class is PersonnelClass.IMPORTANT
    content["auditor"]["personnel_class"] = "特级"
    with pytest.raises(InvalidInputs) as wrong:
        founding.checked(content)
    (fault,) = wrong.value.faults
    assert fault.field == "auditor.personnel_class"
    assert "可填：核心、重要、一般、非涉密" in fault.sentence


def test_a_plan_that_contradicts_itself_makes_nothing(program):
    ran = program(
        "setup", "--plan", program.file("plan.yaml", PLAN.replace("login: wu", "login: li"))
    )
    assert ran.code == 2
    assert "填给了两个人" in ran.err
    assert left(program) == ["plan.yaml"]


def test_a_fault_without_an_office_is_told_with_its_place(settings, tmp_path):
    settings.BAOMI_HOME = tmp_path / "none"
    told = faults.told(RuntimeError("关于某某的绝密报告"))
    (sentence,) = told.text
    assert sentence.startswith("程序出错（RuntimeError ")
    assert "绝密报告" not in sentence
    assert not (tmp_path / "none").exists()


@pytest.mark.django_db
def test_a_refusal_met_anywhere_is_told_whole_and_names_nobody():
    refusal = Refusal(
        clause="X1a",
        guard="posts_do_not_exclude_each_other",
        reason="{person}已任保密员",
        remedy="改由他人担任",
        remedy_action="office.end_appointment",
        refs={"person": Ref("office.person", new_id(), "李安", "有关人员")},
    )
    told = faults.told(Refused(Verdict((refusal,), ())))
    assert told.code == 3
    assert list(told.text)[1:3] == [
        "✗ X1a 三员分立：有关人员已任保密员",
        "  怎样才能办：改由他人担任",
    ]


@pytest.mark.parametrize("fault", [NoSigningKey(), OSError(28, "full"), DatabaseError("full")])
def test_the_codes_are_told_though_the_first_seal_fails(monkeypatch, capsys, fault):
    def failing():
        raise fault

    monkeypatch.setattr(setup, "seal_now", failing)
    note, root = setup._first_seal()
    assert "baomi ledger checkpoint" in capsys.readouterr().err
    assert note == ""
    made = Founding(
        receipt=None,
        codes={"zhao": "一次性"},
        certificate=("建账证书",),
        log_id=new_id(),
        people={},
        accounts={},
        units={},
    )
    told = list(founding.certificate(made, root))
    assert "首次封存的根散列值：（尚未封存，封存后补填）" in told
    assert any("一次性" in line and "zhao" in line for line in told)
