"""Commands and groups with a Chinese face: headings, usage lines, and ``--json`` everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import click

from baomi.entrypoints.cli.answer import Answer

HELP = "显示本说明"
AS_JSON = "输出一份 JSON，供其他程序读取"
_JSON_KEY = "baomi.json"


def wants_json() -> bool:
    """Whether the command that runs was asked for JSON."""
    return bool(click.get_current_context().meta.get(_JSON_KEY, False))


def _remember_json(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it by place
    if wanted:
        context.meta[_JSON_KEY] = True


class _ChineseHelp(click.Command):
    """The parts of click's help that it words itself."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = [each for each in self.get_params(ctx) if isinstance(each, click.Argument)]
        told = [(each.human_readable_name, each.help) for each in arguments if each.help]
        if told:
            with formatter.section("参数"):
                formatter.write_dl(told)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        with formatter.section("选项"):
            formatter.write_dl([_told(each, ctx) for each in options if not each.hidden])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP
        return option


def _told(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    needed = "（必填）" if option.required else ""
    return option.get_help_spec(ctx), f"{option.help or ''}{needed}"


class Command(_ChineseHelp):
    """One command. What its callback returns is shown, as text or as JSON."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)
        self.params.append(
            click.Option(
                ["--json"],
                is_flag=True,
                expose_value=False,
                callback=_remember_json,
                help=AS_JSON,
            )
        )

    def invoke(self, ctx: click.Context) -> Any:
        answer = super().invoke(ctx)
        if isinstance(answer, Answer):
            answer.show(as_json=wants_json())
            ctx.exit(answer.code)
        return answer


class LaterCommands(MutableMapping[str, click.Command]):
    """Commands by their word, each imported when it is asked for: ``--help`` stays fast."""

    def __init__(self, package: str, told: Mapping[str, str]) -> None:
        self._package = package
        self.told = told

    def __getitem__(self, word: str) -> click.Command:
        if word not in self.told:
            raise KeyError(word)
        stem = word.replace("-", "_")
        module = import_module(f"{self._package}.{_MODULES.get(stem, stem)}")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{self._package}.{stem} has no command")
        return command

    def __setitem__(self, word: str, command: click.Command) -> None:
        raise TypeError("a command is a file under commands/ and a line in the table")

    def __delitem__(self, word: str) -> None:
        raise TypeError("a command is a file under commands/ and a line in the table")

    def __contains__(self, word: object) -> bool:
        return word in self.told

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)

    def __len__(self) -> int:
        return len(self.told)


# words that Python keeps for itself, or that would hide a built-in
_MODULES = {"import": "import_", "list": "list_"}


class Group(_ChineseHelp, click.Group):
    """A group of commands, listed in the order of its table."""

    def __init__(self, *args: Any, later: LaterCommands, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "")
        kwargs.setdefault("subcommand_metavar", "命令 [参数]…")
        kwargs["commands"] = later
        super().__init__(*args, **kwargs)
        self.later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.later)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(self.later.told.items()))
