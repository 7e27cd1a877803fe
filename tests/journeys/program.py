"""The program as an office runs it: a process, a folder of its own, nothing shared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baomi.kernel.ledger import verify

PROGRAM = Path(sys.executable).with_name("baomi")
_OURS = ("BAOMI_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "XDG_")
_MEASURING = "BAOMI_EVIDENCE"


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """``baomi`` with a home of its own."""

    home: Path

    def run(self, *words: str, typed: str = "", **environment: str) -> Ended:
        """Run a command; ``typed`` comes in as from a scanner or keyboard."""
        return _run([str(PROGRAM), *words], typed, self._environment() | environment)

    def ok(self, *words: str, typed: str = "", **environment: str) -> Any:
        """Run a command that has to succeed, with ``--json``; its document."""
        ended = self.run(*words, "--json", typed=typed, **environment)
        assert ended.code == 0, (words, ended)
        return ended.json

    def verify_alone(self, folder: Path) -> Ended:
        """Verify an export with the verifier's file alone, isolated from everything else."""
        alone = folder.parent / "verify.py"
        alone.write_bytes(Path(verify.__file__).read_bytes())
        return _run([sys.executable, "-I", str(alone), str(folder)], "", {"PATH": "/usr/bin:/bin"})

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(_OURS) or name == _MEASURING
        }
        state = str(self.home.parent / "state")
        return kept | {"BAOMI_HOME": str(self.home), "HOME": state, "XDG_RUNTIME_DIR": state}


def _run(words: list[str], typed: str, environment: dict[str, str]) -> Ended:
    done = subprocess.run(
        words,
        input=typed.encode(),
        capture_output=True,
        env=environment,
        timeout=300,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def new_program(folder: Path) -> Program:
    """The program with an empty home below a folder."""
    (folder / "state").mkdir(parents=True, mode=0o700)
    return Program(folder / "home")
