"""An import that is killed again and again loses nothing and does nothing twice."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.entrypoints.importer.importing import BOOKS, SAMPLES

BOOK = "received-2021.csv"
START = (
    "import django; django.setup(); from tests.entrypoints.importer.killable import main; main()"
)
PROGRAM = [sys.executable, "-c", START]
ROOT = Path(__file__).parents[3]
KILLS = 5


def environment(home):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    settings = "baomi.config.settings.office"
    own = {"BAOMI_HOME": str(home), "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": settings}
    return kept | own


def run(home, *arguments):
    done = subprocess.run(
        [*PROGRAM, *arguments], env=environment(home), capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout.decode().splitlines()[-1])


def import_and_kill(home, entries, delay):
    """Kill the import (SIGKILL) ``delay`` seconds after it told of so many entries."""
    with subprocess.Popen(
        [*PROGRAM, "import", str(BOOKS / BOOK)],
        env=environment(home),
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        told = [process.stdout.readline() for _ in range(entries)]
        time.sleep(delay)
        process.kill()
    assert process.returncode == -9
    return told


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """Two homes of the same office: one for the undisturbed import, one for the killed one."""
    first, second = (tmp_path_factory.mktemp("home") / name for name in ("a", "b"))
    run(first, "found")
    shutil.copytree(first, second)
    return first, second


def test_killed_at_random_moments_and_run_again(homes):
    undisturbed, killed = homes
    run(undisturbed, "import", str(BOOKS / BOOK))
    expected = run(undisturbed, "tell")
    rows, done, *_ = SAMPLES[BOOK]
    assert len(expected["papers"]) == done

    dice = random.Random(20210105)  # noqa: S311 - moments of a test, no secret
    entries = 0
    for _ in range(KILLS):
        entries += dice.randint(1, 14)
        told = import_and_kill(killed, entries, dice.random() / 50)
        assert told[-1].decode().startswith(f"{entries}/")
    last = run(killed, "import", str(BOOKS / BOOK))
    assert 0 < last["done"] < done
    assert last["done"] + last["questions"] + last["skipped"] == rows

    found = run(killed, "tell")
    assert found.pop("findings") == expected.pop("findings") == []
    assert expected.pop("unsealed") <= 66  # a row of three deeds may begin at the 64th
    assert found.pop("unsealed") <= 63 + 66  # beside what the last run left unsealed
    assert found == expected
