"""The command line as the scenarios use it: what is typed, what is shown."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl

from baomi.engine.demo.office_plan import Office
from tests.entrypoints.asking import DONE, FAULTY, REFUSED, Answered, Asked
from tests.entrypoints.conftest import Ran

OUTCOMES = {0: DONE, 2: FAULTY, 3: REFUSED}
REGISTRAR = ("--as", "registrar", "--json")
CHOSEN = "Nine-Blue-Kettles-8"  # the auditor's own, after the one-time code


class CommandLine:
    """Types what is asked for, and reads the one JSON document that is answered."""

    def __init__(
        self,
        baomi: Callable[..., Ran],
        office: Office,
        folder: Path,
        secret: Callable[..., str],
        setenv: Callable[[str, str], None],
    ) -> None:
        self.baomi = baomi
        self.office = office
        self.folder = folder
        self.secret = secret
        self.setenv = setenv
        self.files = 0

    def make_ready(self, asked: Asked) -> None:
        """The auditor gets a password of his own, with which he confirms."""
        if not asked.confirmed:
            return
        login = self.office.logins[self.office.auditor]
        self.setenv("BAOMI_PASSWORD_FILE", self.secret(self.office.codes[login], "code"))
        self.setenv("BAOMI_NEW_PASSWORD_FILE", self.secret(CHOSEN, "new"))
        self.setenv("BAOMI_SECOND_PASSWORD_FILE", self.secret(CHOSEN, "second"))
        assert self.baomi("login", login).code == 0
        assert self.baomi("passwd").code == 0

    def act(self, asked: Asked) -> Answered:
        """``baomi act``."""
        verb = ["ask", "--why", asked.why] if asked.why else ["act"]
        words = [*verb, asked.action, *asked.targets, "--as", asked.post, "--json"]
        if asked.confirmed:
            words += ["--second", self.office.logins[self.office.auditor]]
        for setting in self._settings(asked.inputs):
            words += ["--set", setting]
        ran = self.baomi(*words)
        told = ran.data
        return Answered(
            outcome=OUTCOMES[ran.code],
            refused=told.get("refused", ()),
            words=told.get("error", ""),
        )

    def _settings(self, inputs: Mapping[str, Any]) -> Iterator[str]:
        for name, value in inputs.items():
            for each in value if isinstance(value, tuple) else (value,):
                yield f"{name}={each if isinstance(each, str) else self._in_a_file(each)}"

    def _in_a_file(self, value: Any) -> str:
        self.files += 1
        path = self.folder / f"entered-{self.files}.json"
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return f"@{path}"

    def listed(
        self, register: str, *, overdue: bool = False, post: str = "registrar"
    ) -> list[dict[str, Any]]:
        """``baomi list``."""
        words = ("--as", post, "--json", *["--overdue"] * overdue)
        return self.baomi("list", register, *words).data

    def owed(self, post: str = "registrar") -> list[dict[str, Any]]:
        """``baomi duties``."""
        return self.baomi("duties", "--all", "--as", post, "--json").data

    def form(self, name: str, kind: str, thing: UUID, post: str, written: str) -> bytes | None:
        """``baomi form``, the file read."""
        self.files += 1
        out = self.folder / f"form-{self.files}.{written}"
        ran = self.baomi("form", name, thing, "--out", out, "--as", post, "--json")
        assert ran.code == (0 if out.exists() else 2), ran.out
        return out.read_bytes() if out.exists() else None

    def exported(self, register: str, kind: str) -> tuple[list[str], list[list[str]]]:
        """``baomi export``, the file read back."""
        out = self.folder / f"{register}.{kind}"
        ran = self.baomi("export", register, "--out", out, "--reason", "年度核对", *REGISTRAR)
        assert ran.code == 0, ran.out
        _, head, *rows = _csv(out) if kind == "csv" else _xlsx(out)
        return head, rows


def _csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def _xlsx(path: Path) -> list[list[str]]:
    page = openpyxl.load_workbook(path).active
    rows = page.iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]
