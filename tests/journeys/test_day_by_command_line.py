"""A registrar's day by the command line: old books come in, copies go out and come back, one not.

Every step is a process of its own; nothing is known but what the commands print.
"""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from baomi.kernel.words import Level
from tests.journeys.program import new_program

BOOKS = Path(__file__).parents[1] / "data" / "books"
CSV, WORKBOOK = BOOKS / "received-2021.csv", BOOKS / "received-2019-2020.xlsx"
REGISTRAR = ("--as", "registrar")
LEVELS = {level.title: level for level in Level}
CABINETS = {
    Level.NONE: "内部柜",
    Level.INTERNAL: "内部柜",
    Level.CONFIDENTIAL: "秘密柜",
    Level.SECRET: "机密柜",
}


@dataclass(frozen=True)
class Desk:
    """The registrar's desk: the program, and what came in."""

    program: object
    books: dict
    imported: list  # copies of the books that are not locked in yet
    reader: str
    place: str

    def copies(self):
        listed = self.program.ok("list", "custody.copy", *REGISTRAR)
        return {copy["label"]: copy for copy in listed}

    def act(self, action, *words, typed=""):
        return self.program.ok("act", action, *words, *REGISTRAR, typed=typed)

    def ledger_size(self):
        path = f"file:{self.program.home / 'office.db'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as database:
            return database.execute("SELECT count(*) FROM ledger_entry").fetchone()[0]


def holder_of(program, post):
    (name,) = {
        row["person"]
        for row in program.ok("list", "office.post", *REGISTRAR)
        if row["post"] == post and row["until_on"] is None
    }
    return name


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    program = new_program(tmp_path_factory.mktemp("day"))
    program.ok("demo", "--no-serve", "--papers", "8", "--seed", "5")
    before = {copy["label"] for copy in program.ok("list", "custody.copy", *REGISTRAR)}
    books = {book.name: program.ok("import", str(book), "--yes") for book in (WORKBOOK, CSV)}
    imported = [
        copy
        for copy in program.ok("list", "custody.copy", *REGISTRAR)
        if copy["label"] not in before
        and copy["state"] == "未入柜"
        and LEVELS[copy["level"]] in CABINETS
    ]
    copies_of = Counter(copy["registered_number"] for copy in imported)
    # papers with many copies first: a circle is set for each paper
    imported.sort(key=lambda c: (-copies_of[c["registered_number"]], c["label"]))
    return Desk(
        program=program,
        books=books,
        imported=imported,
        reader=holder_of(program, "办公室主任"),
        place="阅文室",
    )


@pytest.fixture(scope="module")
def ten(desk):
    """Ten copies of the old books: locked in, a circle for their papers, handed out, as scanned."""
    chosen = desk.imported[:10]
    for cabinet in dict.fromkeys(CABINETS[LEVELS[copy["level"]]] for copy in chosen):
        labels = [c["label"] for c in chosen if CABINETS[LEVELS[c["level"]]] == cabinet]
        desk.act(
            "custody.store_copies", "-", "--set", f"cabinet={cabinet}", typed="\n".join(labels)
        )
    for paper in dict.fromkeys(copy["registered_number"] for copy in chosen):
        desk.act("custody.set_circle", paper, "--set", f"persons={desk.reader}")
    labels = [copy["label"] for copy in chosen]
    receipt = desk.act(
        "custody.hand_over_copy",
        "-",
        "--set",
        f"person={desk.reader}",
        "--set",
        f"place={desk.place}",
        typed="\r\n".join([*labels, ""]),
    )
    return SimpleNamespace(labels=labels, receipt=receipt, out=desk.copies())


@pytest.fixture(scope="module")
def evening(desk, ten):
    """Nine come back, and a day passes."""
    nine = ten.labels[:9]
    desk.act("custody.take_back_copy", "-", typed="\n".join(nine))
    back = desk.copies()
    desk.program.ok("clock", "--forward", "1d")
    return SimpleNamespace(nine=nine, tenth=ten.labels[9], back=back)


@pytest.mark.parametrize("book", [WORKBOOK.name, CSV.name])
def test_the_rows_of_a_book_add_up(desk, book):
    told = desk.books[book]

    assert told["rows"] == sum(told[key] for key in ("done", "questions", "refused", "skipped"))
    assert told["done"] > 50 and told["copies"] >= told["papers"] > 50
    assert {(each["row"] > 0, bool(each["text"])) for each in told["problems"]} == {(True, True)}


def test_a_second_import_of_a_book_adds_nothing(desk):
    before = desk.ledger_size()

    told = desk.program.ok("import", str(CSV), "--yes")

    assert told["done"] == 0
    assert desk.ledger_size() == before


def test_ten_copies_are_out_in_one_deed(desk, ten):
    assert ten.receipt["told"]["copies"] == 10
    assert {ten.out[label]["state"] for label in ten.labels} == {"在手"}
    assert {ten.out[label]["holder"] for label in ten.labels} == {desk.reader}


def test_nine_are_back_in_cabinets_of_their_level(evening):
    back = [evening.back[label] for label in evening.nine]

    assert {copy["state"] for copy in back} == {"在柜"}
    assert all(copy["cabinet"] == CABINETS[LEVELS[copy["level"]]] for copy in back)
    assert evening.back[evening.tenth]["state"] == "在手"


def test_the_tenth_is_overdue_the_day_after(desk, evening):
    listed = desk.program.ok("list", "duties.duty", "--overdue", *REGISTRAR)
    owed = [duty for duty in listed if duty["owner"] == desk.reader]

    assert [duty["overdue_days"] for duty in owed] == [1]
    assert owed[0]["clause"] == "GZ2.3.2b"


def test_where_the_tenth_is_stands_in_its_history_with_the_receipt(desk, ten, evening):
    moved = desk.program.ok("history", evening.tenth, *REGISTRAR)

    assert moved[-1]["receipt"] == ten.receipt["receipt"]
    assert moved[-1]["to_holder"] == desk.reader


def test_the_receipt_is_verified_in_the_live_ledger(desk, ten, evening):
    told = desk.program.ok("ledger", "verify", "--live", "--receipt", ten.receipt["receipt"])
    seq, digest = ten.receipt["receipt"].split(":")
    wrong = f"{seq}:{'0' * len(digest)}"

    assert (told["lines"][0].split()[0], told["lines"][-1]) == ("DEMO", "CLEAN")
    assert desk.program.run("ledger", "verify", "--live", "--receipt", wrong).code == 1


def test_a_refusal_names_clause_reason_and_remedy(desk, evening):
    size = desk.ledger_size()
    outsider = holder_of(desk.program, "组长（秘书长）")
    words = (
        "act",
        "custody.hand_over_copy",
        evening.nine[0],
        "--set",
        f"person={outsider}",
        "--set",
        f"place={desk.place}",
        *REGISTRAR,
    )

    ended = desk.program.run(*words, "--json")
    (refused,) = ended.json["refused"]

    assert ended.code == 3
    assert refused["clause"] == "GZ2.3.1b"
    assert outsider in refused["reason"] and "传阅范围" in refused["reason"]
    assert refused["remedy"] and desk.program.ok("rules", refused["remedy_action"])
    assert desk.program.run("why", *words[1:]).code == 3
    assert desk.ledger_size() == size
    for word in ("GZ2.3.1b", outsider, refused["remedy"]):
        assert word in desk.program.run(*words).out


def test_a_reader_with_something_overdue_is_given_nothing_more(desk, evening):
    ended = desk.program.run(
        "act",
        "custody.hand_over_copy",
        evening.nine[1],
        "--set",
        f"person={desk.reader}",
        "--set",
        f"place={desk.place}",
        *REGISTRAR,
        "--json",
    )

    assert ended.code == 3
    assert [each["clause"] for each in ended.json["refused"]] == ["GZ2.3.2b"]


@pytest.mark.parametrize(
    ("typed", "person", "sentence"),
    [
        pytest.param("{0}\n", "欧阳无此人", "查无此人", id="unknown person"),
        pytest.param("{0}{1}\n", None, "第 1 行.*两个标签连在一起", id="glued labels"),
        pytest.param("{0}\n{1}\x1d\n", None, "第 2 行.*控制字符", id="control character"),
        pytest.param("{0}\n{2}\n", None, "第 2 行.*标签", id="half a label"),
        pytest.param("\n\n", None, "没有选中文件", id="nothing scanned"),
    ],
)
def test_bad_input_is_a_clear_sentence_and_writes_nothing(desk, evening, typed, person, sentence):
    size = desk.ledger_size()
    one, two = evening.nine[:2]

    ended = desk.program.run(
        "act",
        "custody.hand_over_copy",
        "-",
        "--set",
        f"person={person or desk.reader}",
        "--set",
        f"place={desk.place}",
        *REGISTRAR,
        typed=typed.format(one, two, one[:9]),
    )

    assert ended.code == 2
    assert re.search(sentence, ended.err), ended
    assert not ended.out and "Traceback" not in ended.err
    assert desk.ledger_size() == size


def test_labels_in_full_width_and_read_twice_count_once(desk, evening):
    wide = evening.nine[2].translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})

    ended = desk.program.run(
        "act",
        "custody.store_copies",
        "-",
        "--set",
        "cabinet=绝密柜",
        *REGISTRAR,
        "--json",
        typed=f"{wide}\n{evening.nine[2]}\n",
    )

    assert ended.code == 0, ended
    assert ended.json["told"] == {"copies": 1}


def test_the_export_is_clean_for_the_verifier_alone(desk, evening, tmp_path):
    folder = tmp_path / "export"
    desk.program.ok("ledger", "export", str(folder), "--reason", "月末核对", *REGISTRAR)

    ended = desk.program.verify_alone(folder)

    assert ended.out.splitlines()[0].startswith("DEMO")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "CLEAN")
