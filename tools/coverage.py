"""Write ``docs/reference/coverage.json`` from what the engine saw during a full test run.

``python -m tools.coverage OBSERVED`` reads the lines that the engine noted. Which controls are
proven is computed from this file when it is asked for, and typed by nobody. A proof that the
file told of and the run did not show again is a failure, unless ``--accept`` says that it is meant.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baomi.config.settings.test")
django.setup()

from baomi.engine import matrix  # noqa: E402 - Django's registry of apps must stand first
from baomi.engine.proof import Proof, coverage_file, gather, last_run  # noqa: E402 - see above
from baomi.kernel.clock import clock, day_of  # noqa: E402 - see above


def proven(proof: Proof) -> set[str]:
    """The controls that a run has proven."""
    rows = matrix.rows(proof)
    return {f"{row.clause} {row.kind} {row.control}" for row in rows if row.status == "proven"}


def run_day() -> str:
    """The day of the run, or the one that SOURCE_DATE_EPOCH names: a rerun writes the same file."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    at_us = int(epoch) * 1_000_000 if epoch.isdecimal() else clock.wall_us()
    return day_of(at_us).isoformat()


def main(arguments: Sequence[str]) -> int:
    """Write the file and say how many controls stand where.

    Returns 1 without observations, and where a proof was lost: then the file stays as it was.
    """
    names = [each for each in arguments if each != "--accept"]
    observed = Path(names[0]) if names else None
    if observed is None or not observed.exists():
        print("没有测试观察记录，请先执行 make test")
        return 1
    with observed.open(encoding="utf-8") as lines:
        seen = gather(lines)
    lost = sorted(proven(last_run()) - proven(Proof(seen)))
    if lost and "--accept" not in arguments:
        print("\n".join(f"不再得到证明：{each}" for each in lost))
        return 1
    rows = matrix.rows(Proof(seen))
    kept = {"day": run_day(), "seen": seen}
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    coverage_file().write_text(text + "\n", encoding="utf-8")
    statuses = sorted({row.status for row in rows})
    print(", ".join(f"{sum(row.status == s for row in rows)} {s}" for s in statuses))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
