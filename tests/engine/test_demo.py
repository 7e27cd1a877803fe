"""The demonstration office: made by processes of its own, full, clean, the same for a seed.

By the command a year with few papers, and some weeks with more of them; every night the whole.
"""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from baomi.engine.demo.ending import OVERDUE_COPIES, OVERDUE_ERRANDS
from baomi.engine.demo.make import FEWEST_PAPERS
from baomi.engine.demo.waiting import OVERDUE_DECISIONS, OVERDUE_OUTINGS
from baomi.engine.sealer import MOST_UNSEALED
from baomi.kernel.clock import clock
from baomi.kernel.words import Level, PersonnelClass
from baomi.rulebook.terms import Terms
from tests.engine.demo.expected import HAPPENS_IN_EVERY_YEAR, REFUSES_IN_EVERY_YEAR
from tests.engine.demo.made import a_year, some_weeks
from tests.engine.demo.told import handed_over
from tests.journeys.program import new_program

ACCOUNTS = 60  # granted in one commit when the office is furnished
LOGINS = 15
PEOPLE = 80
PASSWORD = "Tide-Lantern-4471"  # noqa: S105 - of an office that is thrown away


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    return a_year(tmp_path_factory.mktemp("year"), seed=1, papers=1, BAOMI_DEMO_PASSWORD=PASSWORD)


@pytest.fixture(scope="module")
def weeks(tmp_path_factory):
    return some_weeks(tmp_path_factory.mktemp("weeks"), seed=7, papers=36)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Each night another year."""
    seed = clock.today().toordinal()
    return a_year(tmp_path_factory.mktemp("whole"), seed=seed, papers=300)


@pytest.fixture(params=["year", "weeks", pytest.param("whole", marks=pytest.mark.nightly)])
def office(request):
    return request.getfixturevalue(request.param)


def test_the_live_office_verifies_clean_and_says_that_it_is_a_demonstration(office):
    told = office.program.ok("ledger", "verify", "--live", "--max-age", "26")

    assert told["lines"][0].startswith("DEMO")
    assert told["lines"][-1] == "CLEAN"


def test_its_export_verifies_clean_with_the_verifier_alone(year, tmp_path):
    folder = tmp_path / "export"
    year.program.ok("ledger", "export", str(folder), "--reason", "核对", "--as", "registrar")

    ended = year.program.verify_alone(folder)

    assert ended.out.splitlines()[0].startswith("DEMO")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "CLEAN")


def test_the_same_seed_tells_the_same_story(weeks, tmp_path):
    again = some_weeks(tmp_path / "again", seed=7, papers=36)

    assert [each for each in again.story if each[0] != "ledger.checkpoint"] == [
        each for each in weeks.story if each[0] != "ledger.checkpoint"
    ]
    assert again.described() == weeks.described()


def test_as_many_papers_as_were_asked_for_or_the_fewest_that_there_are(year, weeks):
    for office, asked in ((year, FEWEST_PAPERS), (weeks, 36)):
        (papers,) = office.rows("SELECT count(*) FROM custody_paper")[0]

        assert papers == office.report["papers"] == asked


def test_every_copy_has_exactly_one_custodian(office):
    copies = office.rows("SELECT state, holder_id, cabinet_id FROM custody_copy")
    shapes = {(state, bool(holder), bool(cabinet)) for state, holder, cabinet in copies}

    assert shapes == {
        ("stored", False, True),
        ("held", True, False),
        ("missing", False, False),
        ("unstored", False, False),
        ("archived", False, True),
    }


def test_every_reader_was_entitled_when_he_was_given_a_copy(office):
    given = 0
    for movement, told in handed_over(office.entries):
        if movement["purpose"] == "keeping":
            continue
        given += 1
        copy, on = movement["copy_id"], movement["happened_on"]
        person = told.of("office_person")[movement["to_holder_id"]]
        terms = Terms.on(date.fromisoformat(on))
        cleared = terms.clearance_of(PersonnelClass(person["personnel_class"]))
        assert told.circle_of(copy)[person["id"]] <= on
        assert person["joined_on"] <= on
        assert person["left_on"] is None or on <= person["left_on"]
        assert Level(told.level_of(copy)) <= cleared
    assert given > 20


def test_every_keeper_was_given_what_somebody_of_his_unit_may_read(office):
    kept = 0
    for movement, told in handed_over(office.entries):
        if movement["purpose"] != "keeping":
            continue
        kept += 1
        people = told.of("office_person")
        unit = people[movement["to_holder_id"]]["unit_id"]
        circle = told.circle_of(movement["copy_id"])
        assert unit in {people[person]["unit_id"] for person in circle}
    assert kept >= 3


def test_whoever_owes_a_copy_has_it_in_his_hands(office):
    duties = office.rows(
        "SELECT d.owner, copy.state, copy.holder_id FROM duties_duty d "
        "LEFT JOIN custody_copy copy ON copy.id = d.subject "
        "WHERE d.state = 'open' AND d.name = 'return_the_copy'"
    )

    assert len(duties) >= 12
    assert all((state, holder) == ("held", owner) for owner, state, holder in duties)


def test_a_handful_is_overdue_in_the_hands_of_readers_and_at_the_desks(office):
    rows = office.rows(
        "SELECT name, count(*) FROM duties_duty WHERE state = 'open' AND due_on < ? GROUP BY name",
        clock.today().isoformat(),
    )

    late = dict(rows)
    assert office.report["overdue"] == sum(late.values())
    # the program cannot bring a notice that was not public when it was made
    late.pop("record_the_notice", None)
    assert late == {
        "return_the_copy": OVERDUE_COPIES,
        "by_hand": OVERDUE_ERRANDS,
        "bring_back": OVERDUE_OUTINGS,
        "decide_the_request": OVERDUE_DECISIONS,
    }


def test_something_is_due_today(office):
    today = clock.today().isoformat()
    rows = office.rows("SELECT name FROM duties_duty WHERE state = 'open' AND due_on = ?", today)

    assert [name for (name,) in rows].count("return_the_copy") >= 4


def test_what_happens_in_every_year_has_happened(office):
    kinds = {kind for kind, _ in office.story}

    assert kinds >= HAPPENS_IN_EVERY_YEAR
    assert office.rows("SELECT count(*) FROM engine_late_entry")[0][0] >= 2
    assert office.rows("SELECT count(*) FROM custody_copy WHERE state = 'missing'")[0] == (1,)


def test_approvals_have_ended_in_every_way_and_some_wait_for_each_who_decides(office):
    states = {state for (state,) in office.rows("SELECT state FROM approvals_request")}
    waiting = office.rows(
        "SELECT DISTINCT asked_post FROM approvals_need WHERE state = 'waiting' ORDER BY 1"
    )

    assert states >= {"waiting", "granted", "refused", "used", "withdrawn"}
    assert [post for (post,) in waiting] == ["group_leader", "office_director", "secrecy_leader"]


def test_in_a_year_one_was_returned_one_ran_out_and_the_yearly_work_was_done(year):
    today = clock.today().isoformat()
    granted = year.rows("SELECT valid_until FROM approvals_need WHERE state = 'granted'")
    states = {state for (state,) in year.rows("SELECT state FROM approvals_request")}
    late = year.rows(
        "SELECT name FROM duties_duty WHERE state = 'done' AND closed_on > due_on "
        "AND name IN ('draft_the_plan', 'draft_the_summary', 'sign_the_pledge')"
    )

    assert "returned" in states
    assert {until < today for (until,) in granted} == {True, False}
    assert set(late) <= {("draft_the_plan",)}
    assert {kind for kind, _ in year.story} >= {"governance.adopt_plan", "governance.adopt_summary"}


def test_so_many_people_serve_in_the_end_and_nobody_has_gone_with_a_copy(office):
    (serving,) = office.rows("SELECT count(*) FROM office_person WHERE left_on IS NULL")[0]
    gone = office.rows(
        "SELECT p.id FROM office_person p JOIN custody_copy c ON c.holder_id = p.id "
        "WHERE p.left_on IS NOT NULL"
    )

    assert (serving, gone) == (PEOPLE, [])


def test_refused_deeds_of_many_clauses_were_kept(office):
    assert office.refused() >= REFUSES_IN_EVERY_YEAR


def test_the_year_is_lived_from_end_to_end(year):
    days = {date.fromisoformat(on) for _, on in year.story if on}

    assert (clock.today() - min(days)).days >= 365
    assert max(days) == clock.today()
    assert max(after - before for before, after in pairwise(sorted(days))) <= timedelta(days=40)


def test_the_story_ends_now_and_was_sealed_as_the_worker_does(office):
    times = office.rows("SELECT kind, time_us FROM ledger_entry ORDER BY seq")
    sealed = [number for number, (kind, _) in enumerate(times) if kind == "ledger.checkpoint"]

    assert times[-1][1] <= clock.now_us()
    assert clock.now_us() - times[-1][1] < 26 * 3600 * 1_000_000
    assert max(after - before for before, after in pairwise(sealed)) <= MOST_UNSEALED + ACCOUNTS


@pytest.mark.parametrize("number", range(LOGINS))
def test_each_log_in_works_at_once(year, number):
    title, login, password = year.report["logins"][number].values()
    file = year.program.home.parent / "password"
    file.write_text(password)

    assert title and password == PASSWORD
    year.program.ok("login", login, BAOMI_PASSWORD_FILE=str(file))


def test_the_first_log_in_is_the_registrars(year):
    login = year.report["logins"][0]["login"]
    file = year.program.home.parent / "password"
    file.write_text(PASSWORD)
    year.program.ok("login", login, BAOMI_PASSWORD_FILE=str(file))

    assert year.program.ok("whoami")["posts"] == ["registrar"]


def test_passwords_are_random_where_none_was_chosen_and_stand_nowhere_in_the_ledger(weeks):
    passwords = {told["password"] for told in weeks.report["logins"]}
    bodies = b"".join(bytes(body) for _, body in weeks.entries)

    assert len(passwords) == LOGINS and all(len(password) >= 16 for password in passwords)
    assert not [password for password in passwords if password.encode() in bodies]


def test_a_poor_password_is_said_before_anything_is_founded(tmp_path):
    program = new_program(tmp_path)

    ended = program.run("demo", "--no-serve", BAOMI_DEMO_PASSWORD="123")  # noqa: S106 - what is refused

    assert ended.code == 2
    assert "BAOMI_DEMO_PASSWORD" in ended.err
    assert "还没有建账" in program.run("ledger", "verify", "--live").err
    assert not (program.home / "keys" / "mac.key").exists()
