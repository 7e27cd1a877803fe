import pytest

from baomi.kernel.ledger import verify as v
from tests.kernel.ledger.builder import export
from tests.kernel.ledger.matrix import CASES, Case
from tests.kernel.ledger.story import lawful


def names(cases):
    return [case.name.replace(" ", "-") for case in cases]


@pytest.mark.parametrize("alg", [1, 2])
@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_live_verification_names_the_tampering(case: Case, alg: int) -> None:
    found = case.make(lawful(alg))
    found.ledger.is_live = case.live or found.mac_key is not None
    report = found.verified()
    assert set(case.codes) <= set(report.counts), report.findings
    assert not report.clean


PORTABLE = [case for case in CASES if not case.live]


@pytest.mark.parametrize("alg", [1, 2])
@pytest.mark.parametrize("case", PORTABLE, ids=names(PORTABLE))
@pytest.mark.parametrize("fast", [False, True], ids=["all-signatures", "fast"])
def test_export_shows_the_tampering(case: Case, alg: int, fast: bool, tmp_path) -> None:
    found = case.make(lawful(alg))
    found.ledger = v.ExportFolder(export(found.ledger, tmp_path))
    report = found.verified(fast=fast)
    assert set(case.codes) <= set(report.counts), report.findings
    assert not report.clean
