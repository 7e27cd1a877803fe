"""Reading through the API: what one may see, a page at a time; the rest does not exist."""

from uuid import uuid4

import pytest

from baomi.engine.face.reading import books
from baomi.engine.jobs.running import run_next
from baomi.entrypoints.api.document import document
from tests.entrypoints.api_door import posted
from tests.entrypoints.asking import name, paper

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "金丝雀八八三"
COPIES = "/api/registers/custody.copy"
PAPERS = "/api/registers/custody.paper"


@pytest.fixture
def copies(desk):
    return desk.ready(title=CANARY)[1]


def same(answers) -> tuple[int, bytes]:
    """The one answer that all of them are."""
    ((status, content),) = {(each.status_code, each.content) for each in answers}
    return status, content


def first_fault(answer) -> str:
    assert answer.status_code == 422, answer.content
    return answer.json()["faults"][0]["sentence"]


def test_registers_are_those_that_one_is_offered(at, desk):
    told = {each["name"]: each for each in at("registrar").get("/api/registers").json()}
    assert set(told) < set(books())
    assert "ledger.refusal" not in told
    copies = told["custody.copy"]
    assert all(each["heading"] for each in (*copies["columns"], *copies["orders"]))
    choices = {each["key"]: each for each in copies["filters"]}
    assert any(each["choices"] for each in choices.values())
    assert "ledger.refusal" in {each["name"] for each in at("auditor").get("/api/registers").json()}


def test_a_book_that_one_is_not_offered_is_as_one_that_there_is_not(at, office):
    program = at("registrar")
    asked = ("ledger.refusal", "custody.dragon")
    status, _ = same([posted(program, f"/api/registers/{each}", {}) for each in asked])
    assert status == 404
    lists = [program.get(f"/api/ledger/{each}") for each in ("refusals", "dragons")]
    assert same(lists)[0] == 404


def test_rows_come_a_page_at_a_time_and_back_again(at, copies):
    program = at("registrar")
    first = posted(program, COPIES, {"size": 2}).json()
    second = posted(program, COPIES, {"size": 2, "after": first["after"]}).json()
    assert [len(each["rows"]) for each in (first, second)] == [2, 1]
    assert set(first["ids"] + second["ids"]) == {str(each) for each in copies}
    assert second["after"] is None
    back = posted(program, COPIES, {"size": 2, "before": second["before"]}).json()
    assert back["rows"] == first["rows"]
    assert first["level"] == "secret"


def test_rows_are_narrowed_by_words_names_and_codes(at, copies, desk):
    desk.give(copies[0])
    program = at("registrar")
    for filters in ({"holder": name(desk.reader)}, {"holder": str(desk.reader)}):
        told = posted(program, COPIES, {"filters": filters}).json()
        assert told["ids"] == [str(copies[0])]
    for level, count in (("机密", 3), ("secret", 3), ("绝密", 0)):
        told = posted(program, COPIES, {"filters": {"level": level}}).json()
        assert len(told["rows"]) == count
    found = posted(program, PAPERS, {"search": CANARY, "columns": ["title"]}).json()
    assert found["rows"] == [{"title": CANARY}]


@pytest.mark.parametrize(
    "sent",
    [
        {"filters": {"dragon": "x"}},
        {"filters": {"level": "龙"}},
        {"filters": {"holder": "查无其人"}},
        {"order": "dragon"},
        {"columns": ["dragon"]},
        {"after": "x"},
        {"after": "x", "before": "x"},
        {"size": 201},
        {"size": 0},
        {"dragon": 1},
        {"filters": {"level": 7}},
        {"search": "x" * 300},
    ],
    ids=[
        *("filter", "choice", "name", "order", "column", "place", "both_ways", "too_many_rows"),
        *("no_rows", "key", "no_text", "too_long"),
    ],
)
def test_each_slip_is_said_in_a_sentence(sent, at, office):
    assert any("一" <= each <= "鿿" for each in first_fault(posted(at("registrar"), COPIES, sent)))


def test_who_is_not_in_the_circle_reads_nothing_of_it(at, copies, desk):
    program = at(desk.general)
    paper_id = desk.copy(copies[0])["paper_id"]
    for address, sent in ((COPIES, {}), (PAPERS, {}), (PAPERS, {"search": CANARY})):
        answer = posted(program, address, sent)
        assert answer.json()["rows"] == []
    asked = [
        program.get(f"/api/objects/custody.copy/{key}{more}")
        for key in (copies[0], uuid4())
        for more in ("", "/history")
    ]
    asked += [program.get(f"/api/objects/custody.paper/{key}") for key in (paper_id, uuid4())]
    asked += [program.get(f"/api/objects/custody.dragon/{paper_id}")]
    assert same(asked)[0] == 404


def test_a_thing_shows_its_row_and_what_may_be_done(at, copies, desk):
    told = at("registrar").get(f"/api/objects/custody.copy/{copies[0]}").json()
    listed = posted(at("registrar"), COPIES, {}).json()
    rows = dict(zip(listed["ids"], listed["rows"], strict=True))
    assert told["row"] == rows[str(copies[0])]
    deeds = {each["name"]: each for each in told["deeds"]}
    assert deeds["custody.hand_over_copy"]["allowed"]
    back = deeds["custody.take_back_copy"]
    assert not back["allowed"]
    assert back["fault"] or back["refused"]


def test_a_copy_tells_where_it_has_been(at, copies, desk):
    desk.give(copies[0])
    rows = at("registrar").get(f"/api/objects/custody.copy/{copies[0]}/history").json()["rows"]
    assert len(rows) > 1
    assert all(row["receipt"] for row in rows)


def test_duties_are_ones_own_unless_all_are_asked_for(at, copies, desk):
    desk.give(copies[0])
    own = at(desk.reader).get("/api/duties").json()["rows"]
    assert {row["state"] for row in own} == {"未办"}
    everybodys = at("registrar").get("/api/duties?all=true").json()["rows"]
    assert {row["id"] for row in own} <= {row["id"] for row in everybodys}
    assert at("registrar").get("/api/duties?all=true&overdue=true").json()["rows"] == []
    assert first_fault(at("registrar").get("/api/duties?size=0"))


def test_the_rulebook_is_read_by_everybody(at, desk):
    program = at(desk.general)
    clauses = program.get("/api/clauses").json()
    assert all(each["title"] and each["requires"] and each["controls"] for each in clauses)
    under = program.get("/api/coverage?clauses=GZ2.3.1").json()
    assert {each["clause"][:7] for each in under} == {"GZ2.3.1"}
    assert len(under) < len(program.get("/api/coverage").json())
    assert "龙" in first_fault(program.get("/api/coverage?clauses=龙"))


def test_the_ledgers_lists_are_for_those_who_answer_for_it(at, copies, desk):
    told = at("registrar").get("/api/ledger/entries?size=2").json()
    assert len(told["rows"]) == 2
    assert at("registrar").get(f"/api/ledger/entries?after={told['after']}").status_code == 200
    assert at("auditor").get("/api/ledger/refusals").status_code == 200
    assert at("auditor").get("/api/ledger/checkpoints").status_code == 200


def test_a_job_is_its_askers_alone(at, copies, desk):
    program = at("registrar")
    sent = {"reason": "年度核对", "filters": {"level": "机密"}}
    job = posted(program, f"{COPIES}/export", sent).json()["job"]
    mine = program.get(f"/api/jobs/{job}").json()
    assert (mine["state"], mine["has_file"]) == ("waiting", False)
    assert program.get(f"/api/jobs/{job}/file").status_code == 404
    assert run_next("worker-of-a-test", ["export"])
    assert program.get(f"/api/jobs/{job}").json()["told"]["rows"] == 3
    other = at(desk.reader)
    for more in ("", "/file"):
        asked = [other.get(f"/api/jobs/{key}{more}") for key in (job, uuid4())]
        assert same(asked)[0] == 404
    assert same([posted(other, f"/api/jobs/{key}/stop", {}) for key in (job, uuid4())])[0] == 404
    assert other.get("/api/jobs").json() == []
    assert [each["id"] for each in program.get("/api/jobs").json()] == [job]


def test_a_job_that_waits_is_stopped(at, copies):
    program = at("registrar")
    job = posted(program, f"{COPIES}/export", {"reason": "年度核对"}).json()["job"]
    assert posted(program, f"/api/jobs/{job}/stop", {}).json()["state"] == "ended"


@pytest.mark.parametrize(
    "sent",
    [{}, {"reason": ""}, {"reason": "核对", "format": ".doc"}, {"reason": "x", "order": "x"}],
    ids=["no_reason", "empty_reason", "unknown_format", "unknown_order"],
)
def test_an_export_without_what_it_needs_is_not_asked_for(sent, at, office):
    program = at("registrar")
    assert first_fault(posted(program, f"{COPIES}/export", sent))
    assert program.get("/api/jobs").json() == []


def test_no_title_stands_in_an_address_a_header_or_a_file_name(at, copies, desk):
    program = at("registrar")
    number = paper(desk.copy(copies[0])["paper_id"])
    job = posted(program, f"{PAPERS}/export", {"reason": "核对", "search": CANARY}).json()["job"]
    run_next("worker-of-a-test", ["export"])
    told = [
        posted(program, PAPERS, {"search": CANARY}),
        program.get(f"/api/objects/custody.copy/{copies[0]}"),
        program.get(f"/api/jobs/{job}/file"),
    ]
    for each in told:
        assert each.status_code == 200
        for header in each.headers.items():
            assert CANARY not in str(header)
            assert number not in str(header)
        assert each.headers["Cache-Control"] == "no-store"


def test_no_address_takes_a_text_in_its_query():
    for path, operations in document()["paths"].items():
        said = [each["name"] for each in operations.get("get", {}).get("parameters", ())]
        assert not {"search", "title", "name", "q"} & {
            each for each in said if f"{{{each}}}" not in path
        }
