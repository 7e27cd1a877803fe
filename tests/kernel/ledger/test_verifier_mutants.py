"""Every check of the verifier is needed: with any one of them silenced the matrix turns red."""

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from baomi.kernel.ledger import verify as v
from tests.kernel.ledger.matrix import CASES, Case
from tests.kernel.ledger.story import lawful
from tests.kernel.ledger.tampering import Evidence

SOURCE = Path(v.__file__).read_text(encoding="utf-8")
CHECKS = [match.span() for match in re.finditer(r"(?<!def )\b(?:[\w.]+\.)?say\(", SOURCE)]
CODES = [re.search(r'say\(\s*"(\w+)"', SOURCE[start:])[1] for start, _ in CHECKS]


@cache
def prepared() -> list[tuple[Case, Evidence]]:
    return [(case, case.make(lawful(1))) for case in CASES]


def silenced(number: int) -> ModuleType:
    """The verifier with one of its checks finding nothing."""
    start, end = CHECKS[number]
    module = ModuleType("silenced_verifier")
    sys.modules[module.__name__] = module
    text = SOURCE[:start] + "(lambda *_: None)(" + SOURCE[end:]
    exec(compile(text, "silenced", "exec"), module.__dict__)  # noqa: S102 - our own file
    return module


def named(module: ModuleType) -> Iterator[bool]:
    """Whether each tampering is still named, with all signatures checked and with the newest."""
    for case, found in prepared():
        found.ledger.is_live = case.live
        for fast in (False, True):
            yield set(case.codes) <= set(found.verified(fast=fast, module=module).counts)


def test_matrix_is_green_with_every_check() -> None:
    assert all(named(v))


@pytest.mark.nightly
@pytest.mark.parametrize(
    "number", range(len(CHECKS)), ids=[f"{n}-{c}" for n, c in enumerate(CODES)]
)
def test_matrix_turns_red_without_this_check(number: int) -> None:
    assert not all(named(silenced(number)))
