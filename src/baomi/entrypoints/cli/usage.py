"""A command line that cannot be read, said in Chinese; and a program that cannot even start."""

from __future__ import annotations

import errno

import click


def sentences(fault: click.ClickException) -> tuple[str, ...]:
    """Faults of writing that click finds, in Chinese."""
    return (_wrong_usage(fault), _where_to_read(fault))


def _wrong_usage(fault: click.ClickException) -> str:
    if isinstance(fault, click.NoSuchOption):
        return f"没有 {fault.option_name} 这个选项{_perhaps(fault.possibilities)}。"
    if isinstance(fault, click.exceptions.NoSuchCommand):
        return f"没有 {fault.command_name} 这条命令{_perhaps(fault.possibilities)}。"
    if isinstance(fault, click.MissingParameter):
        return f"缺少 {_name_of(fault.param)}。"
    if isinstance(fault, click.BadOptionUsage):
        return f"选项 {fault.option_name} 的写法不对，或缺少内容。"
    if isinstance(fault, click.BadParameter):
        return f"{_name_of(fault.param)} 的内容不对。"
    return "命令的写法不对，或多写了内容。"


def _perhaps(possibilities: list[str] | None) -> str:
    return f"，是不是 {'、'.join(possibilities)}" if possibilities else ""


def _name_of(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.human_readable_name


def _where_to_read(fault: click.ClickException) -> str:
    context = getattr(fault, "ctx", None)
    path = context.command_path if context else "baomi"
    return f"用法见 {path} --help。"


def cannot_start(fault: Exception) -> str:
    """Why Django could not be set up: settings, key file or installation."""
    if type(fault).__module__.startswith("baomi."):
        return str(fault)
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return "磁盘已满，没有办成：请清理后再试。"
    if isinstance(fault, OSError):
        return f"读写不了 {fault.filename}：请核对数据目录（BAOMI_HOME）及其权限。"
    return f"程序没有安装好（{type(fault).__name__}）：请重新执行 make setup。"
