"""Use one approval from several processes at once: one deed is done, the others are refused."""

import json
import os
import time
from datetime import timedelta
from uuid import UUID

from tests.proofs.child import forked, opened, tell

PROCESSES = 4
START_SECONDS = 1.0
KINDS = ("done", "refused", "fault")


def use(request, start: float, mouth: int) -> None:
    """Do the deed at the moment agreed on, and say what came of it."""
    from baomi.engine.perform import perform
    from baomi.kernel.verdict import BadInput, Refused

    time.sleep(max(0.0, start - time.monotonic()))
    try:
        perform(request)
        answer = ["done", str(request.op_id)]
    except Refused as no:
        answer = ["refused", *(each.words(lambda _: False)[0] for each in no.verdict.refusals)]
    except BadInput as wrong:
        answer = ["refused", wrong.sentence]
    except Exception as fault:
        answer = ["fault", f"{type(fault).__name__}: {fault}"]
    os.write(mouth, json.dumps(answer).encode() + b"\n")


def approved_deeds(office) -> list:
    """The same journey asked for from every side; it was approved once."""
    from baomi.engine.approving import instead_of_doing
    from baomi.engine.perform import perform
    from baomi.kernel.clock import clock
    from tests.proofs.small_office import asked

    leader, director, registrar = office.readers
    perform(office.give(office.copies[0], director))
    journey = {
        "carrier": director,
        "keeper": director,
        "occasions": ["business_trip"],
        "destination": "省委办公厅",
        "purpose": "参加评审会",
        "measures": "随身保管，不离人",
        "leaves_on": clock.today(),
        "back_until": clock.today() + timedelta(days=2),
    }
    first, *deeds = [
        asked("custody.carry_out", registrar, office.copies[0], **journey)
        for _ in range(PROCESSES + 1)
    ]
    told = perform(instead_of_doing(first, why="会议须核对原件")).told
    perform(asked("approvals.decide", leader, UUID(told["request"]), verdict="agree"))
    return deeds


def answers_to(deeds: list) -> list[list[str]]:
    """All asked for at one moment, each by a process of its own."""
    ear, mouth = os.pipe()
    start = time.monotonic() + START_SECONDS
    pids = [forked(lambda deed=deed: use(deed, start, mouth)) for deed in deeds]
    os.close(mouth)
    with os.fdopen(ear, "rb") as told:
        answered = [json.loads(line) for line in told]
    for pid in pids:
        os.waitpid(pid, 0)
    return answered


def main() -> None:
    office = opened()
    from baomi.engine.head import read_head
    from baomi.registers.approvals.models import ApprovalNeed
    from tests.proofs import account

    deeds = approved_deeds(office)
    before = read_head().size
    answered = answers_to(deeds)
    said = {kind: [words for outcome, *words in answered if outcome == kind] for kind in KINDS}
    tell(
        {
            "answers": len(answered),
            "done": [op for (op,) in said["done"]],
            "used_by": str(ApprovalNeed.objects.get().used_by),
            "faults": said["fault"],
            "refusals": sorted({each for words in said["refused"] for each in words}),
            "entries": read_head().size - before,
            "half_written": account.half_written(),
            "findings": account.findings(),
        }
    )


if __name__ == "__main__":
    main()
