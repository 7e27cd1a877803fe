"""A demonstration made by a process of its own, and its tables as any program reads them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

from tests.journeys.program import new_program

# a short span of time, which no word of the command line asks for
_SHORT = """
import django
django.setup()
from dataclasses import asdict
import json
from baomi.engine import home
from baomi.engine.demo.make import make_demo
home.make_folders()
home.migrate()
report = asdict(make_demo(seed={seed}, papers={papers}, days=1))
logins = [login._asdict() for login in report.pop("logins")]
print(json.dumps(report | {{"logins": logins}}))
"""
_OURS = ("BAOMI_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


class Made:
    """An office that the program made."""

    def __init__(self, program, report):
        self.program, self.report = program, report
        self.entries = self.rows("SELECT kind, body FROM ledger_entry ORDER BY seq")
        self.story = [(kind, json.loads(body).get("on")) for kind, body in self.entries]

    def rows(self, sql, *values):
        path = f"file:{self.program.home / 'office.db'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def described(self):
        """What was received, in the order of the numbers, and who had each copy when."""
        papers = self.rows("SELECT registered_number, number, title, level FROM custody_paper")
        moved = self.rows(
            "SELECT c.label_serial, m.turn, m.kind, m.happened_on, p.name "
            "FROM custody_movement m JOIN custody_copy c ON c.id = m.copy_id "
            "LEFT JOIN office_person p ON p.id = m.to_holder_id"
        )
        return sorted(papers), sorted(moved, key=lambda row: row[:2])

    def refused(self):
        """The clauses that refused anything."""
        rows = self.rows("SELECT DISTINCT clauses FROM ledger_refusal")
        return set(" ".join(clauses for (clauses,) in rows).split())


def a_year(folder, *, seed, papers, **environment):
    """Made by the command, as it stands in the manual."""
    program = new_program(folder)
    words = ("demo", "--no-serve", "--seed", str(seed), "--papers", str(papers))
    return Made(program, program.ok(*words, **environment))


def some_weeks(folder, *, seed, papers):
    """The shortest story that is told."""
    program = new_program(folder)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    done = subprocess.run(
        [sys.executable, "-c", _SHORT.format(seed=seed, papers=papers)],
        env=kept
        | {
            "BAOMI_HOME": str(program.home),
            "DJANGO_SETTINGS_MODULE": "baomi.config.settings.office",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return Made(program, json.loads(done.stdout.strip().rpartition("\n")[2]))
