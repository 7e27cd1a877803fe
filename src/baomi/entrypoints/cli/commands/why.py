"""``baomi why``: may it be done now? Records nothing."""

from __future__ import annotations

import click

from baomi.engine.explain import explain
from baomi.entrypoints.cli import wording
from baomi.entrypoints.cli.answer import Answer, ExitCode
from baomi.entrypoints.cli.deed import Wanted, deed_options, request_of
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker


@click.command(
    "why",
    cls=Command,
    help="现在能不能办？不能，依据哪一条，怎样才能办。只作说明，不办理，也不记录。"
    "没有填写内容时，只按已知的情况判断。",
)
@deed_options
def command(
    *,
    name: str,
    targets: tuple[str, ...],
    settings: tuple[str, ...],
    file: str | None,
    on: str | None,
    reason: str,
    as_post: str | None,
) -> Answer:
    """The verdict: lawful (exit code 0), or each refusal (3)."""
    who = asker(as_post)
    wanted = Wanted(name=name, targets=targets, settings=settings, file=file, on=on, reason=reason)
    request = request_of(wanted, who)
    verdict = explain(request, filled_in=bool(settings or file))
    told = wording.as_data(verdict.refusals, who.person)
    data = {"allowed": verdict.allowed, "refused": told, "asked": list(verdict.asked)}
    if verdict.allowed:
        judged = len(verdict.asked)
        return Answer(data, [f"可以办理（共核对 {judged} 项）。"])
    return Answer(data, ["不能办理。", *wording.as_lines(told)], ExitCode.REFUSED)
