"""Job ``verify``: the live ledger from first to last, and every row that it vouches for."""

from __future__ import annotations

import time

from baomi.engine.jobs.kind import Kind, Outcome, Work, job
from baomi.engine.verify_live import verify_live
from baomi.kernel.ledger.verify import lines_of
from baomi.kernel.words import Post

MOST_LINES = 1000  # of findings on a page; the last line counts them all


@job(
    Kind(
        name="verify",
        title="校验台账",
        posts=frozenset({Post.REGISTRAR, Post.AUDITOR}),
        when_stopped="校验已按要求停止，没有得出结论。",
    )
)
def verify(work: Work) -> Outcome:
    """Told: ``clean``, ``entries``, ``seconds``, ``lines``, ``last`` (the closing line)."""
    begun = time.monotonic()
    report = verify_live(progress=work.progress)
    lines = list(lines_of(report))
    told = {
        "clean": report.clean,
        "entries": report.size,
        "findings": report.total,
        "seconds": round(time.monotonic() - begun, 1),
        "lines": lines[:-1][:MOST_LINES],
        "last": lines[-1],
    }
    return Outcome(told=told)
