"""Ask for one operation fifty times at once, from threads of several processes."""

import json
import os
import threading
import time

from tests.proofs.child import forked, opened, tell

PROCESSES = 5
THREADS = 10
START_SECONDS = 1.5


def ask(request, start: float, mouth: int) -> None:
    """Ask once, at the moment agreed on, and say which receipt or refusal came."""
    from django.db import connection

    from baomi.engine.perform import perform

    connection.ensure_connection()
    time.sleep(max(0.0, start - time.monotonic()))
    try:
        receipt = perform(request)
        answer = [receipt.seq, receipt.leaf, dict(receipt.told)]
    except Exception as wrong:
        answer = [type(wrong).__name__]
    finally:
        connection.close()
    os.write(mouth, json.dumps(answer).encode() + b"\n")


def crowd(request, start: float, mouth: int) -> None:
    """The threads of one process."""
    threads = [threading.Thread(target=ask, args=(request, start, mouth)) for _ in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def main() -> None:
    office = opened()
    from baomi.engine.head import read_head
    from tests.proofs import account

    before = read_head().size
    request = office.give(office.copies[0], office.readers[0])
    ear, mouth = os.pipe()
    start = time.monotonic() + START_SECONDS
    pids = [forked(lambda: crowd(request, start, mouth)) for _ in range(PROCESSES)]
    os.close(mouth)
    with os.fdopen(ear, "rb") as told:
        answers = [json.loads(line) for line in told]
    for pid in pids:
        os.waitpid(pid, 0)
    tell(
        {
            "answers": len(answers),
            "different": sorted({json.dumps(each) for each in answers}),
            "seq": account.entered()[request.op_id][0],
            "entries": read_head().size - before,
            "findings": account.findings(),
            "half_written": account.half_written(),
        }
    )


if __name__ == "__main__":
    main()
