"""``baomi why``: may it be done now? Records nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from baomi.engine.explain import explain
from baomi.engine.face import wording
from baomi.engine.face.described import choices_told, needed_titles
from baomi.engine.may_need import approvals_that_may_be_needed, in_one_sentence
from baomi.entrypoints.cli.answer import Answer, ExitCode
from baomi.entrypoints.cli.deed import Wanted, action_named, deed_options, request_of
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker
from baomi.kernel.action import Action


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
    action = action_named(name)
    is_open = bool(action.inputs.model_fields) and not (settings or file)
    with choices_told(action, who.terms):
        verdict = explain(request, filled_in=not is_open)
    needed = approvals_that_may_be_needed(action, who.terms) if is_open else ()
    told = wording.as_data(verdict.refusals, who.person)
    data = {
        "allowed": verdict.allowed,
        "refused": told,
        "asked": list(verdict.asked),
        "needed": needed_titles(action.inputs) if is_open else [],
        "may_need": [asdict(each) for each in needed],
    }
    further = [sentence] if (sentence := in_one_sentence(needed)) else []
    if not verdict.allowed:
        return Answer(data, ["不能办理。", *wording.as_lines(told), *further], ExitCode.REFUSED)
    if is_open:
        return Answer(data, [_as_far_as_known(action), *further])
    return Answer(data, [f"可以办理（共核对 {len(verdict.asked)} 项）。"])


def _as_far_as_known(action: Action[Any]) -> str:
    """Nothing is entered yet, so that the clauses about it were not asked."""
    needed = needed_titles(action.inputs)
    if needed:
        further = f"办理时还要填：{'、'.join(needed)}。"
    else:
        further = f"办理时填写的内容还要核对：见 baomi rules {action.name}。"
    return f"现有情况下没有发现不准之处；{further}"
