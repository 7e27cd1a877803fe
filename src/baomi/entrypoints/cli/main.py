"""The program ``baomi``: finds the command, runs it, and words whatever goes wrong."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from baomi.entrypoints.cli import usage
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop, show_stop
from baomi.entrypoints.cli.faces import Group, LaterCommands

SETTINGS = "baomi.config.settings.office"
PRIVATE = 0o077  # what is written here is read by the service's own account only

COMMANDS = {
    "setup": "建立机关（空目录）；--recover 供管理员被锁在外面时使用",
    "upgrade": "程序更新后，更新数据库结构",
    "demo": "建立演示机关（虚构的单位和人员）",
    "login": "登录，十分钟内有效",
    "logout": "退出登录",
    "whoami": "当前登录的是谁",
    "passwd": "修改本人口令",
    "act": "办理一件事",
    "ask": "报批：把要办的事报请批准",
    "attach": "把扫描件附到清单、文件、审批上",
    "attachment": "取出一份附件",
    "why": "现在能不能办？不能，依据哪一条，怎样才能办",
    "rules": "一件事受哪些条款约束、要填什么",
    "clause": "一条制度：怎样写、现行法律、怎样落实、今天怎样",
    "list": "查看台账",
    "history": "一份载体的流转经过",
    "duties": "应办事项",
    "tick": "列出按日期应办的事项（后台每分钟自动做）",
    "calendar": "日历：放假、上班和本人应办；--ics 写成日历文件",
    "import": "导入过去的登记簿（补录）",
    "export": "导出台账",
    "form": "打印一张表格（审批表、登记卡等），写成 PDF 或 Word 文件",
    "forms": "有哪些表格；取出模板，供本单位修改",
    "coverage": "每一条制度由哪段程序落实",
    "ledger": "台账日志：导出、校验、封存",
    "serve": "提供网页（连同后台程序）",
    "worker": "后台：定时封存，办理导入、导出、校验等作业",
    "backup": "备份全部台账和日志；--check 校验一份备份",
    "restore": "从备份恢复到空目录，另起一本台账并写明损失",
    "keys": "密钥更换",
    "clock": "演示机关专用：查看和移动时钟",
}


class _Program(Group):
    """The program itself: Django is set up for the commands, not for ``baomi --help``."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.later:
            _set_up_django()
        return super().get_command(ctx, cmd_name)


cli = _Program(
    name="baomi",
    help="保密：机关保密管理程序。每条命令加 --help 可看说明。"
    "退出码：0 正常，1 有问题，2 写法或内容有误，3 依据制度不准办理，4 尚未登录。",
    later=LaterCommands("baomi.entrypoints.cli.commands", COMMANDS),
)


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.apps import apps

    if not apps.ready:
        import django

        django.setup()


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing it meets becomes a traceback."""
    as_json = "--json" in arguments
    try:
        answer: Any = cli.main(list(arguments), prog_name="baomi", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return ExitCode.BAD_INPUT
    except Stop as stop:
        show_stop(stop.sentences, as_json=as_json)
        return stop.code
    except BrokenPipeError:
        # whoever read the output has gone: nothing more can be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.FAULT
    except (KeyboardInterrupt, click.Abort):
        show_stop(["已中断。"], as_json=as_json)
        return ExitCode.INTERRUPTED
    except click.ClickException as fault:
        show_stop(usage.sentences(fault), as_json=as_json)
        return ExitCode.BAD_INPUT
    except Exception as fault:
        told = _told(fault)
        show_stop([str(each) for each in told.text], as_json=as_json)
        return told.code
    return answer if isinstance(answer, int) else ExitCode.DONE


def _told(fault: Exception) -> Answer:
    from django.apps import apps

    if not apps.ready:
        return Answer(None, [usage.cannot_start(fault)], ExitCode.FAULT)
    # the modules that know every kind of fault are needed only now
    told: Answer = import_module("baomi.entrypoints.cli.faults").told(fault)
    return told


def main() -> None:
    """The console script."""
    os.umask(PRIVATE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
