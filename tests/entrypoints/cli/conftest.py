"""The command line as tests use it: in this process, or as a program with a home of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.entrypoints.conftest import Ran

BAOMI = Path(sys.executable).with_name("baomi")
PLAN = """\
office: 某市人大常委会
units: [办公室, 研究室]
founder: {name: 赵建, login: zhao, letter: 办发1号}
witness: {name: 钱证, login: qian, letter: 办发2号}
system_admin: {name: 孙系, login: sun, letter: 办发3号}
security_admin: {name: 李安, login: li, letter: 办发4号}
auditor: {name: 周审, login: zhou, letter: 办发5号}
group_leader: {name: 钱证, login: qian, letter: 办发6号}
office_director: {name: 吴任, login: wu, letter: 办发7号}
registrar: {name: 赵建, login: zhao, letter: 办发8号}
"""


class Program:
    """``baomi`` as a program, with a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
        self.environ = {
            **kept,
            "BAOMI_HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(folder / "run"),
        }

    def __call__(self, *words, stdin="", **environ) -> Ran:
        done = subprocess.run(
            [BAOMI, *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**self.environ, **environ},
            cwd=self.folder,
            timeout=120,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def file(self, name: str, text: str) -> str:
        """A file readable by its owner only."""
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture
def program(tmp_path) -> Program:
    """The program with an empty home."""
    return Program(tmp_path)


@pytest.fixture(scope="module")
def founded_program(tmp_path_factory) -> tuple[Program, dict]:
    """The program after ``baomi setup``, and what the setup told."""
    ready = Program(tmp_path_factory.mktemp("founded"))
    done = ready("setup", "--plan", ready.file("plan.yaml", PLAN), "--json")
    assert done.code == 0, done.err
    return ready, done.data
