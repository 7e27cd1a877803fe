"""The demonstration office: made by processes of its own, full, clean, the same for a seed."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from itertools import pairwise

import pytest

from baomi.engine.sealer import MOST_UNSEALED
from baomi.kernel.clock import clock
from baomi.kernel.words import Level, PersonnelClass, Post
from baomi.rulebook.terms import Terms
from tests.journeys.program import new_program

ACCOUNTS = 40  # granted in one commit when the office is furnished
PASSWORD = "Tide-Lantern-4471"  # noqa: S105 - of an office that is thrown away
CIRCLE = """
    SELECT m.happened_on, p.personnel_class, p.joined_on, paper.level,
           (SELECT min(added_on) FROM custody_circle_member c
             WHERE c.paper_id = paper.id AND c.person_id = m.to_holder_id) AS in_circle_since
    FROM custody_movement m
    JOIN office_person p ON p.id = m.to_holder_id
    JOIN custody_copy copy ON copy.id = m.copy_id
    JOIN custody_paper paper ON paper.id = copy.paper_id
    WHERE m.kind = 'hand_over' AND m.purpose IN ('reading', 'handling')
"""
KEEPING = """
    SELECT m.id, count(reader.id)
    FROM custody_movement m
    JOIN custody_copy copy ON copy.id = m.copy_id
    JOIN office_post_holding held ON held.person_id = m.to_holder_id AND held.post = ?
    LEFT JOIN custody_circle_member c ON c.paper_id = copy.paper_id
    LEFT JOIN office_person reader ON reader.id = c.person_id AND reader.unit_id = held.unit_id
    WHERE m.kind = 'hand_over' AND m.purpose = 'keeping'
    GROUP BY m.id
"""


class Made:
    """An office that the program made, and its tables as any program reads them."""

    def __init__(self, program, report):
        self.program, self.report = program, report
        told = self.rows("SELECT kind, body FROM ledger_entry ORDER BY seq")
        self.story = [(kind, json.loads(body).get("on")) for kind, body in told]

    def rows(self, sql, *values):
        path = f"file:{self.program.home / 'office.db'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def described(self):
        """What was received, in the order of the numbers, and who had each copy when."""
        papers = self.rows("SELECT registered_number, number, title, level FROM custody_paper")
        moved = self.rows(
            "SELECT c.label_serial, m.turn, m.kind, m.at_us / 1000000, p.name "
            "FROM custody_movement m JOIN custody_copy c ON c.id = m.copy_id "
            "LEFT JOIN office_person p ON p.id = m.to_holder_id"
        )
        return sorted(papers), sorted(moved, key=lambda row: row[:2])

    def refused(self):
        return set(self.rows("SELECT DISTINCT action, clauses FROM ledger_refusal"))


def made(folder, *, seed, papers=8, **environment):
    program = new_program(folder)
    words = ("demo", "--no-serve", "--seed", str(seed), "--papers", str(papers))
    return Made(program, program.ok(*words, **environment))


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return made(tmp_path_factory.mktemp("first"), seed=1, BAOMI_DEMO_PASSWORD=PASSWORD)


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    return made(tmp_path_factory.mktemp("larger"), seed=7, papers=24)


@pytest.fixture(params=["first", "larger"])
def office(request):
    return request.getfixturevalue(request.param)


def test_the_live_office_verifies_clean_and_says_that_it_is_a_demonstration(office):
    told = office.program.ok("ledger", "verify", "--live", "--max-age", "26")

    assert told["lines"][0].startswith("DEMO")
    assert told["lines"][-1] == "CLEAN"


def test_its_export_verifies_clean_with_the_verifier_alone(first, tmp_path):
    folder = tmp_path / "export"
    first.program.ok("ledger", "export", str(folder), "--reason", "核对", "--as", "registrar")

    ended = first.program.verify_alone(folder)

    assert ended.out.splitlines()[0].startswith("DEMO")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "CLEAN")


def test_the_same_seed_tells_the_same_story(first, tmp_path):
    again = made(tmp_path / "again", seed=1)

    assert again.story == first.story
    assert again.described() == first.described()


def test_as_many_papers_as_were_asked_for(office, first):
    (papers,) = office.rows("SELECT count(*) FROM custody_paper")[0]

    assert papers == office.report["papers"] == (8 if office is first else 24)


def test_every_copy_has_exactly_one_custodian(office):
    copies = office.rows("SELECT state, holder_id, cabinet_id FROM custody_copy")
    shapes = {(state, bool(holder), bool(cabinet)) for state, holder, cabinet in copies}

    assert shapes == {
        ("stored", False, True),
        ("held", True, False),
        ("missing", False, False),
    }


def test_every_reader_was_entitled_on_that_day(office):
    movements = office.rows(CIRCLE)

    assert len(movements) > 10
    for happened_on, personnel_class, joined_on, level, in_circle_since in movements:
        cleared = Terms.on(date.fromisoformat(happened_on)).clearance_of(
            PersonnelClass(personnel_class)
        )
        assert in_circle_since is not None and in_circle_since <= happened_on
        assert joined_on <= happened_on
        assert Level(level) <= cleared


def test_every_keeper_serves_a_unit_of_the_circle(office):
    kept = office.rows(KEEPING, Post.UNIT_KEEPER.value)

    assert kept
    assert all(readers for _, readers in kept)


def test_whoever_owes_a_copy_has_it_in_his_hands(office):
    duties = office.rows(
        "SELECT d.owner, copy.state, copy.holder_id FROM duties_duty d "
        "LEFT JOIN custody_copy copy ON copy.id = d.subject "
        "WHERE d.state = 'open' AND d.name = 'return_the_copy'"
    )

    assert len(duties) >= 4
    assert all((state, holder) == ("held", owner) for owner, state, holder in duties)


def test_three_copies_are_overdue_and_no_other_duty_is(office):
    rows = office.program.ok("list", "duties.duty", "--overdue", "--as", "registrar")

    assert len(rows) == 3


def test_what_happens_once_in_every_month_has_happened(office):
    kinds = {kind for kind, _ in office.story}

    assert kinds >= {
        "custody.register_own_paper",
        "custody.mark_paper",
        "custody.number_copies",
        "custody.convey_paper",
        "custody.correct_paper",
        "custody.report_missing",
        "custody.report_found",
        "custody.undo",
        "duties.pass_on",
        "duties.open_by_hand",
        "duties.close_by_hand",
        "ledger.key",
    }
    assert office.rows("SELECT count(*) FROM engine_late_entry")[0] == (2,)
    assert office.rows("SELECT count(*) FROM custody_copy WHERE state = 'missing'")[0] == (1,)


def test_refused_deeds_of_many_clauses_were_kept(office):
    refused = " ".join(clauses for _, clauses in office.refused()).split()

    assert set(refused) >= {
        "access",
        "GZ2.2.1a",
        "GZ2.2.1b",
        "GZ2.3.1a",
        "GZ2.3.1b",
        "GZ2.3.2b",
        "GZ2.3.4b",
        "GZ2.3.7",
        "GZ2.3.8",
        "X1a",
    }


def test_the_month_ends_now_and_was_sealed_as_the_worker_does(office):
    times = office.rows("SELECT kind, time_us FROM ledger_entry ORDER BY seq")
    sealed = [number for number, (kind, _) in enumerate(times) if kind == "ledger.checkpoint"]

    assert times[-1][1] <= clock.now_us()
    assert clock.now_us() - times[-1][1] < 26 * 3600 * 1_000_000
    assert max(after - before for before, after in pairwise(sealed)) <= MOST_UNSEALED + ACCOUNTS


@pytest.mark.parametrize("number", range(9))
def test_each_log_in_works_at_once(first, number):
    title, login, password = first.report["logins"][number].values()
    file = first.program.home.parent / "password"
    file.write_text(password)

    assert title and password == PASSWORD
    first.program.ok("login", login, BAOMI_PASSWORD_FILE=str(file))


def test_the_first_log_in_is_the_registrars(first):
    login = first.report["logins"][0]["login"]
    file = first.program.home.parent / "password"
    file.write_text(PASSWORD)
    first.program.ok("login", login, BAOMI_PASSWORD_FILE=str(file))

    assert first.program.ok("whoami")["posts"] == ["registrar"]


def test_passwords_are_random_where_none_was_chosen_and_stand_nowhere_in_the_ledger(larger):
    passwords = {told["password"] for told in larger.report["logins"]}
    bodies = b"".join(
        body for (body,) in larger.rows("SELECT CAST(body AS BLOB) FROM ledger_entry")
    )

    assert len(passwords) == 9 and all(len(password) >= 16 for password in passwords)
    assert not [password for password in passwords if password.encode() in bodies]


def test_a_poor_password_is_said_before_anything_is_founded(tmp_path):
    program = new_program(tmp_path)

    ended = program.run("demo", "--no-serve", BAOMI_DEMO_PASSWORD="123")  # noqa: S106 - what is refused

    assert ended.code == 2
    assert "BAOMI_DEMO_PASSWORD" in ended.err
    assert "还没有建账" in program.run("ledger", "verify", "--live").err
    assert not (program.home / "keys" / "mac.key").exists()
