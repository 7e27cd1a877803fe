"""Real offices (no demonstration): founded by ``baomi setup``, everybody with his own password."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.browser import Visitor
from tests.journeys.program import Program, new_program

PLAN = """\
office: 云澜市人大常委会
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
CHOSEN = "Nine-Blue-Kettles-8"


@dataclass
class NewOffice:
    """An office in its first hour: the program, and the one-time codes on paper."""

    program: Program
    codes: dict[str, str] = field(repr=False)

    def arrive(self, who: Visitor, login: str) -> None:
        """Log in; the first time with the one-time code, which is changed at once."""
        code = self.codes.pop(login, None)
        who.log_in(login, code or CHOSEN)
        if code is not None:
            who.change_password(code, CHOSEN)


def entries(program: Program, kind: str = "%") -> int:
    """How many entries of a kind stand in the ledger."""
    path = f"file:{program.home / 'office.db'}?mode=ro"
    with closing(sqlite3.connect(path, uri=True)) as database:
        asked = "SELECT count(*) FROM ledger_entry WHERE kind LIKE ?"
        return int(database.execute(asked, [kind]).fetchone()[0])


def new_office(folder: Path) -> NewOffice:
    """Found it by ``baomi setup`` in an empty folder."""
    program = new_program(folder)
    plan = folder / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    told: Mapping[str, Mapping[str, str]] = program.ok("setup", "--plan", str(plan))
    return NewOffice(program, dict(told["codes"]))


def demo_office(folder: Path) -> tuple[Program, dict[str, str]]:
    """A small demonstration office, and its log-ins by role; every password is ``CHOSEN``."""
    program = new_program(folder)
    told = program.ok("demo", "--no-serve", "--papers", "20", BAOMI_DEMO_PASSWORD=CHOSEN)
    return program, {each["title"]: each["login"] for each in told["logins"]}
