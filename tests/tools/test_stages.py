"""The counts at the end of a run are those that pytest printed."""

import pytest

from tools.stages import counts


@pytest.mark.parametrize(
    ("output", "passed", "failed"),
    [
        ("....\n12 passed in 0.51s\n", 12, 0),
        ("F\n1 failed, 11 passed, 2 skipped in 61.10s (0:01:01)\n", 11, 1),
        ("E\n3 passed, 1 error in 2s\n", 3, 1),
        ("no tests ran in 0.01s\n", 0, 0),
        ("INTERNALERROR> 7 passed\n", 0, 0),
    ],
    ids=["good", "failed", "error", "none", "crash"],
)
def test_counts(output: str, passed: int, failed: int):
    assert counts(output) == {"passed": passed, "failed": failed}
