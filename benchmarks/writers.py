"""Eight processes write at once: how many deeds together, and how long the unluckiest waits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from itertools import cycle
from typing import Final
from uuid import UUID

from benchmarks import throwaway
from benchmarks.calibration import durable_transactions
from benchmarks.figures import Figures
from benchmarks.lanes import pipe

WRITERS: Final = 8
EACH: Final = 40  # copies of one writer
SECONDS: Final = 6.0


def main() -> int:
    """Start them, wait, and tell; or be one of them (arguments: how long, registrar, inputs …)."""
    if len(sys.argv) > 1:
        return _write(sys.argv[1])
    raw = durable_transactions()
    with throwaway.office() as of:
        copies = throwaway.receive(of, WRITERS * EACH)
        give = {key: str(value) for key, value in throwaway.hand_over(of).items()}
        started = [
            subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "benchmarks.writers", _told(of.registrar, mine, give)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for mine in (copies[at::WRITERS] for at in range(WRITERS))
        ]
        for each in started:
            pipe(each.stdout).readline()  # it is ready
        for each in started:
            pipe(each.stdin).write("go\n")
            pipe(each.stdin).flush()
        waits = [wait for each in started for wait in json.loads(each.communicate()[0])]
    waits.sort()
    figures = Figures(f"{WRITERS} 个进程同时办理，{SECONDS:.0f} 秒", ("数值",))
    figures.add("裸 SQLite 持久事务，每秒", f"{raw:,.0f}")
    figures.add("合计每秒办理", f"{len(waits) / SECONDS:,.0f}")
    figures.add("等待中位数（毫秒）", f"{waits[len(waits) // 2] * 1e3:.1f}")
    figures.add("99% 不超过（毫秒）", f"{waits[len(waits) * 99 // 100] * 1e3:.1f}")
    figures.add("最长一次（毫秒，要求不超过 1000）", f"{waits[-1] * 1e3:.1f}")
    figures.show()
    return 0


def _told(registrar: UUID, copies: tuple[UUID, ...], give: dict[str, str]) -> str:
    return json.dumps([str(registrar), [str(each) for each in copies], give])


def _write(told: str) -> int:
    registrar, copies, give = json.loads(told)
    throwaway.open_home(os.environ["BAOMI_HOME"])
    from baomi.engine.perform import perform

    keys = [UUID(each) for each in copies]
    deeds = [("custody.hand_over_copy", key, give) for key in keys]
    deeds += [("custody.take_back_copy", key, {}) for key in keys]
    for name, key, said in (deeds[0], deeds[len(keys)]):  # what a process does once
        perform(throwaway.request(name, UUID(registrar), (key,), said))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    waits = []
    until = time.perf_counter() + SECONDS
    for name, key, said in cycle(deeds):
        began = time.perf_counter()
        if began > until:
            break
        perform(throwaway.request(name, UUID(registrar), (key,), said))
        waits.append(time.perf_counter() - began)
    sys.stdout.write(json.dumps(waits))
    return 0


if __name__ == "__main__":
    sys.exit(main())
