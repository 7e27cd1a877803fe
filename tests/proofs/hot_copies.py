"""Four processes give out and take back the same five copies for some seconds.

Word: how many seconds.
"""

import json
import os
import random
import sys
import time

from tests.proofs.child import forked, opened, tell

PROCESSES = 4
HOT = 5


class Clerk:
    """One of several who do not know of each other."""

    def __init__(self, office, number: int) -> None:
        self.office = office
        self.random = random.Random(number)  # noqa: S311 — a choice of copies, no secret
        self.done: list[str] = []
        self.lost: dict[str, int] = {}  # the answers of those who came second
        self.faults: list[str] = []
        self.longest = 0.0

    def work(self, until: float) -> None:
        while time.monotonic() < until:
            copy = self.random.choice(self.office.copies[:HOT])
            reader = self.random.choice(self.office.readers)
            giving = self.random.random() < 0.5
            began = time.monotonic()
            self.ask(self.office.give(copy, reader) if giving else self.office.take_back(copy))
            self.longest = max(self.longest, time.monotonic() - began)

    def ask(self, request) -> None:
        from baomi.engine.perform import perform
        from baomi.kernel.verdict import BadInput, Refused

        try:
            perform(request)
            self.done.append(str(request.op_id))
        except Refused as refused:
            for each in refused.verdict.refusals:
                self._lose(each.words(lambda _: False)[0])
        except BadInput as wrong:
            self._lose(wrong.sentence)
        except Exception as fault:
            self.faults.append(f"{type(fault).__name__}: {fault}")

    def _lose(self, sentence: str) -> None:
        self.lost[sentence] = self.lost.get(sentence, 0) + 1

    def report(self) -> bytes:
        return json.dumps(
            {
                "done": self.done,
                "lost": self.lost,
                "faults": self.faults,
                "longest": self.longest,
            }
        ).encode()


def serve(office, number: int, until: float, folder: str) -> None:
    clerk = Clerk(office, number)
    clerk.work(until)
    with open(os.path.join(folder, f"clerk-{number}.json"), "wb") as file:  # noqa: PTH118, PTH123
        file.write(clerk.report())


def main(seconds: float) -> None:
    office = opened()
    from tests.proofs import account

    folder = os.environ["BAOMI_HOME"]
    until = time.monotonic() + seconds
    pids = [forked(lambda n=number: serve(office, n, until, folder)) for number in range(PROCESSES)]
    for pid in pids:
        os.waitpid(pid, 0)
    told = []
    for number in range(PROCESSES):
        with open(os.path.join(folder, f"clerk-{number}.json"), "rb") as file:  # noqa: PTH118, PTH123
            told.append(json.load(file))
    done = [op for each in told for op in each["done"]]
    tell(
        {
            "done": len(done),
            "by_clerk": [len(each["done"]) for each in told],
            "unequal": sorted(set(done) ^ {str(op) for op in account.entered()}),
            "answers": sorted({answer for each in told for answer in each["lost"]}),
            "lost": sum(sum(each["lost"].values()) for each in told),
            "faults": [fault for each in told for fault in each["faults"]],
            "longest": max(each["longest"] for each in told),
            "broken_paths": account.broken_paths(),
            "half_written": account.half_written(),
            "findings": account.findings(),
        }
    )


if __name__ == "__main__":
    main(float(sys.argv[1]))
