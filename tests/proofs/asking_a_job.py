"""Ask for a verification, and wait until the worker that runs beside has done it."""

import time

from tests.proofs.child import opened, tell

SECONDS = 20.0


def main() -> None:
    office = opened()
    from baomi.engine.jobs import queue

    key = queue.ask("verify", office.registrar, {})
    end = time.monotonic() + SECONDS
    while (seen := queue.seen(key, office.registrar)).is_open and time.monotonic() < end:
        time.sleep(0.1)
    tell({"state": seen.state, "told": dict(seen.told), "faults": list(seen.faults)})


if __name__ == "__main__":
    main()
