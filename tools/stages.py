"""Run the checks in order, cheapest first, and stop at the first that fails.

``python -m tools.stages`` runs all of them; names choose some. The last line counts the
tests of all pytest runs together: ``N passed, N failed``.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent
PYTHON: Final = sys.executable
# what the engine saw during the run: the coverage of the rulebook is measured from it
EVIDENCE: Final = ROOT / ".evidence" / "observed.jsonl"
SUMMARY: Final = re.compile(r"^.*\b\d+ \w+.* in \d+(\.\d+)?s( \(.*\))?\W*$")
COUNT: Final = re.compile(r"(\d+) (passed|failed|errors?)\b")

PYTEST: Final = (PYTHON, "-m", "pytest", "-n", "2")
# neither Django nor its pytest plugin is loaded; its one setting is then unknown to pytest
NO_DJANGO: Final = (
    *("-p", "no:django", "-o", "strict_config=false"),
    *("-W", "ignore::pytest.PytestConfigWarning"),
)
NO_DATABASE: Final = ("tests/kernel", "tests/rulebook")
# whole days of an office, at the command line and in a browser; and the year of the demonstration
JOURNEYS: Final = ("tests/journeys", "tests/engine/test_demo.py")
# these start the program on homes of their own (SQLite), or walk the addresses, whatever is asked;
# or they look at papers, files and pages, to which it is all one where the rows are kept
NOT_AGAIN: Final = (
    *("tests/architecture", "tests/tools", "tests/engine/demo", "tests/entrypoints/access"),
    *("tests/engine/papers", "tests/engine/attachments/test_checking.py"),
    *("tests/engine/test_demo_year.py", "tests/engine/test_matrix.py"),
    *("tests/entrypoints/test_every_form.py", "tests/entrypoints/test_every_register.py"),
    *("tests/entrypoints/importer/test_headers.py", "tests/entrypoints/importer/test_rows.py"),
    *("tests/entrypoints/importer/test_workbook.py", "tests/entrypoints/cli/test_backup.py"),
    *("tests/entrypoints/cli/test_setup.py", "tests/entrypoints/cli/test_demo.py"),
    *("tests/entrypoints/cli/test_forms.py", "tests/entrypoints/cli/test_clause.py"),
    *("tests/entrypoints/api/test_document.py", "tests/entrypoints/api/test_rulebook.py"),
    *("tests/entrypoints/web/test_forms.py", "tests/entrypoints/web/test_headers.py"),
    *("tests/entrypoints/web/test_printing.py", "tests/entrypoints/web/test_station_scans.py"),
    *("tests/entrypoints/web/test_rulebook.py", "tests/entrypoints/web/test_rulebook_clause.py"),
    *("tests/entrypoints/web/test_home.py", "tests/entrypoints/web/test_home_roles.py"),
    *("tests/entrypoints/cli/test_office_folder.py", "tests/entrypoints/cli/test_serve.py"),
    *("tests/entrypoints/api/test_fuzz.py", "tests/entrypoints/web/test_deeds.py"),
)
ELSEWHERE: Final = tuple(f"--ignore={each}" for each in (*NO_DATABASE, *JOURNEYS))


@dataclass(frozen=True, slots=True)
class Stage:
    """One command of the check; a pytest stage is shown as it runs, and its tests are counted."""

    name: str
    title: str
    command: tuple[str, ...]
    is_pytest: bool = False


STAGES: Final = (
    Stage("format", "格式", (str(BIN / "ruff"), "format", "--check", ".")),
    Stage("lint", "写法", (str(BIN / "ruff"), "check", ".")),
    Stage("types", "类型", (str(BIN / "mypy"),)),
    Stage("layers", "分层", (str(BIN / "lint-imports"), "--no-cache")),
    Stage("kernel", "内核与制度（无数据库）", (*PYTEST, *NO_DJANGO, *NO_DATABASE), is_pytest=True),
    Stage("sqlite", "SQLite", (*PYTEST, "tests", *ELSEWHERE), is_pytest=True),
    Stage(
        "postgres",
        "PostgreSQL",
        (
            *(PYTHON, "-m", "tests.postgres", "--", *PYTEST, "tests", *ELSEWHERE),
            *(f"--ignore={each}" for each in NOT_AGAIN),
        ),
        is_pytest=True,
    ),
    # an office and a browser are started for a file, not for each test
    Stage(
        "journeys",
        "一天的工作（浏览器）",
        (*PYTEST, "--dist=loadfile", *JOURNEYS),
        is_pytest=True,
    ),
    Stage(
        "migrations",
        "迁移齐全",
        (
            *(PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"),
            "--settings=baomi.config.settings.test",
        ),
    ),
    Stage("coverage", "制度落实实测", (PYTHON, "-m", "tools.coverage", str(EVIDENCE))),
    Stage("docs", "参考文档与程序一致", (PYTHON, "-m", "tools.reference", "--check")),
)

# not part of every run
NIGHTLY: Final = Stage(
    "nightly",
    "夜间证明",
    (PYTHON, "-m", "tests.postgres", "--", PYTHON, "-m", "pytest", "-m", "nightly", "tests"),
    is_pytest=True,
)


def run(stage: Stage) -> tuple[int, str]:
    """Run one stage and return its exit code and output; pytest's output is shown as it comes."""
    process = subprocess.Popen(
        stage.command,
        cwd=ROOT,
        env=os.environ | {"BAOMI_EVIDENCE": str(EVIDENCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: list[str] = []
    for line in process.stdout or ():
        lines.append(line)
        if stage.is_pytest:
            print(line, end="", flush=True)
    return process.wait(), "".join(lines)


def counts(output: str) -> Mapping[str, int]:
    """How many tests passed and failed, from the last summary line of a pytest run."""
    summary = next((line for line in reversed(output.splitlines()) if SUMMARY.match(line)), "")
    found = {"passed": 0, "failed": 0}
    for number, word in COUNT.findall(summary):
        found["passed" if word == "passed" else "failed"] += int(number)
    return found


def clear_evidence() -> None:
    """Forget what an earlier run saw."""
    EVIDENCE.parent.mkdir(exist_ok=True)
    EVIDENCE.unlink(missing_ok=True)


def show(stage: Stage) -> tuple[int, Mapping[str, int]]:
    """Run a stage, print how long it took and, unless it was shown already, why it failed."""
    print(f"── {stage.title} …", end="\n" if stage.is_pytest else " ", flush=True)
    began = time.monotonic()
    code, output = run(stage)
    seconds = f"{time.monotonic() - began:.1f} s"
    print(f"── {stage.title} … {seconds}" if stage.is_pytest else seconds, flush=True)
    if code != 0:
        print("" if stage.is_pytest else output, end="")
        print(f"✗ {stage.title}：没有通过")
    return code, counts(output) if stage.is_pytest else {"passed": 0, "failed": 0}


def main(names: Sequence[str]) -> int:
    """Run the named stages, or all of them. Returns 0 only when each of them succeeds."""
    known = {stage.name: stage for stage in (*STAGES, NIGHTLY)}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"没有这样的阶段：{'、'.join(unknown)}；可选：{'、'.join(known)}")
        return 2
    chosen = [known[name] for name in names] or list(STAGES)
    clear_evidence()
    passed = failed = code = 0
    for stage in chosen:
        code, found = show(stage)
        passed, failed = passed + found["passed"], failed + found["failed"]
        if code != 0:
            break
    if any(stage.is_pytest for stage in chosen):
        print(f"{passed} passed, {failed} failed")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
