"""Every command speaks Chinese, and whatever goes wrong is a sentence and an exit code."""

import shutil

import click
import pytest
from django.db import OperationalError

from baomi.entrypoints.cli import faults, main
from baomi.entrypoints.cli.commands import rules
from tests.architecture.source_tree import has_chinese

ENGLISH = ("Usage", "Options", "Commands", "Show this message", "Error", "TEXT", "required")


def commands(command: click.Command, name: str):
    yield name, command
    if isinstance(command, click.Group):
        for word in command.commands:
            yield from commands(command.commands[word], f"{name} {word}")


EVERY = list(commands(main.cli, "baomi"))


@pytest.mark.parametrize(("name", "command"), EVERY, ids=[name for name, _ in EVERY])
def test_help_is_chinese(name, command):
    told = command.get_help(click.Context(command, info_name=name))
    assert "用法" in told
    assert has_chinese(command.help)
    assert [word for word in ENGLISH if word in told] == []
    silent = [each.name for each in command.params if not has_chinese(each.help)]
    assert silent == []


def test_every_command_takes_json():
    single = [command for _, command in EVERY if not isinstance(command, click.Group)]
    assert len(single) > 20
    assert all("--json" in option.opts for c in single for option in c.params[-1:])


def test_help_lists_every_command_and_needs_no_office(baomi):
    ran = baomi("--help")
    assert ran.code == 0
    assert all(word in ran.out for word in main.COMMANDS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ledgr"], "没有 ledgr 这条命令"),
        (["rules", "--nosuch"], "没有 --nosuch 这个选项"),
        (["act"], "缺少 事项"),
        (["export", "custody.copy", "--reason", "x"], "缺少 --out"),
        (["logout", "now"], "多写了内容"),
        (["act", "x", "--set"], "选项 --set 的写法不对"),
    ],
    ids=["command", "option", "argument", "needed", "extra", "value"],
)
def test_wrong_usage_is_said_in_chinese(baomi, words, said):
    ran = baomi(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "--help" in ran.err


def test_an_error_is_json_where_json_was_asked_for(baomi):
    ran = baomi("rules", "no.such", "--json")
    assert (ran.code, ran.err) == (2, "")
    assert "没有“no.such”这件事" in ran.data["error"]


def test_an_unforeseen_fault_tells_a_number_and_keeps_no_message(baomi, monkeypatch, settings):
    def breaks(name):
        raise RuntimeError("关于某某的绝密报告")

    monkeypatch.setattr(rules, "action_named", breaks)
    ran = baomi("rules", "custody.hand_over_copy")
    assert (ran.code, ran.out) == (1, "")
    assert "程序出错，编号 " in ran.err
    assert "绝密报告" not in ran.err and "Traceback" not in ran.err
    number = ran.err.partition("编号 ")[2][:8]
    kept = (settings.BAOMI_HOME / "log" / "errors.log").read_text(encoding="utf-8")
    line = next(line for line in kept.splitlines() if number in line)
    assert "RuntimeError rules.py:" in line
    assert "绝密报告" not in kept


def test_an_interrupted_command_ends_quietly(baomi, monkeypatch):
    def interrupted(name):
        raise KeyboardInterrupt

    monkeypatch.setattr(rules, "action_named", interrupted)
    ran = baomi("rules", "custody.hand_over_copy")
    assert (ran.code, ran.err.strip()) == (130, "已中断。")


def test_settings_that_cannot_be_read_are_said_without_a_traceback(program):
    ran = program("whoami", DATABASE_URL="mysql://root:geheim@x/y")
    assert ran.code == 1
    assert "DATABASE_URL 须以 postgres://" in ran.err
    assert "geheim" not in ran.err and "Traceback" not in ran.err


def test_the_reader_of_a_pipe_may_go(program):
    ran = program("rules")
    assert ran.code == 0 and len(ran.out.splitlines()) > 20
    assert not program.home.exists()


@pytest.mark.parametrize(("free", "says"), [(4096, "磁盘已满"), (1 << 30, "程序出错")])
def test_a_database_that_does_not_open_on_a_full_disk(monkeypatch, tmp_path, settings, free, says):
    settings.BAOMI_HOME = tmp_path
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    told = faults.told(OperationalError("unable to open database file"))
    assert says in " ".join(str(each) for each in told.text)
