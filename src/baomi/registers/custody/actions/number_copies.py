"""Give numbers and labels to copies: of a paper of our own, or of copies that came later.

Clauses: `baomi rules custody.number_copies`.
"""

from __future__ import annotations

from dataclasses import dataclass

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps.choosing import one_paper
from baomi.registers.custody.actions.steps.entering import (
    CopiesInputs,
    new_copies,
    numbers_for,
    write_copies,
)


@dataclass(frozen=True, slots=True)
class Read:
    """The paper, and its new copies."""

    paper: facts.Paper
    copies: tuple[facts.Copy, ...] = ()
    office_numbered: bool = False


class NumberCopies(Action[Read]):
    """Number copies of a paper that is registered."""

    name = "custody.number_copies"
    title = "编份号"
    help = "给已登记文件的各份编号建账：本机关印制的，或者后来补到的。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.CopyIsNumbered,)
    inputs = CopiesInputs
    target = "custody.paper"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(one_paper(asked)))

    def complete(self, situation: Deed[Read], inputs: CopiesInputs) -> Deed[Read]:
        paper = situation.facts.paper
        numbers, by_office = numbers_for(inputs, load.numbers_of(paper.id))
        copies = new_copies(paper, numbers, load.next_label(), situation.today)
        return with_happenings(
            situation,
            [facts.CopyIsNumbered(copy=copy) for copy in copies],
            facts=Read(paper, copies, by_office),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        copies = deed.facts.copies
        touched = write_copies(copies, office_numbered=deed.facts.office_numbered)
        told = {
            "copies": [str(copy.id) for copy in copies],
            "copy_numbers": [copy.number for copy in copies],
            "labels": [copy.label for copy in copies],
        }
        return Change(touched=touched, told=told)
