"""Two workers on one queue: every job is done once, whoever is faster."""

import os

from tests.proofs.child import forked, opened, tell

JOBS = 30
WORKERS = 3


def main() -> None:
    office = opened()
    from baomi.engine.jobs import queue
    from baomi.engine.jobs.kind import Kind, Outcome, job
    from baomi.engine.jobs.running import run_next

    queue.MOST_OPEN = JOBS
    ear, mouth = os.pipe()

    @job(Kind(name="tell", title="报数"))
    def tell_number(work):
        os.write(mouth, f"{work.asked['number']}\n".encode())
        return Outcome(told={"by": os.getpid()})

    def work() -> None:
        while run_next(f"w{os.getpid()}", {"tell"}):
            pass

    keys = [queue.ask("tell", office.registrar, {"number": number}) for number in range(JOBS)]
    pids = [forked(work) for _ in range(WORKERS)]
    os.close(mouth)
    with os.fdopen(ear, "rb") as told:
        numbers = sorted(int(line) for line in told)
    codes = [os.waitpid(pid, 0)[1] for pid in pids]
    seen = [queue.seen(key, office.registrar) for key in keys]
    tell(
        {
            "numbers": numbers,
            "codes": codes,
            "states": sorted({each.state for each in seen}),
            "workers": len({each.told["by"] for each in seen}),
        }
    )


if __name__ == "__main__":
    main()
