"""Three books by a clerk who has never seen the program, measured against his own count."""

import csv
from collections import Counter

import pytest
import yaml

from baomi.entrypoints.importer.book import read_register
from baomi.registers.custody import models
from tests.entrypoints.importer.importing import (
    BOOKS,
    custody,
    figures,
    findings,
    import_of,
)
from tests.factories.deeds import do

TRUTH = yaml.safe_load((BOOKS / "truth.yaml").read_text(encoding="utf-8"))
CLASSES = {
    "titles": "title",
    "headings": "header",
    "totals": "total",
    "blanks": "blank",
    "notes": "note",
    "repeats": "repeat",
}
# what only somebody who knows the office's own rules would ask about: an approval that a loan
# needed, a day that it was due, a series of numbers that no other row has, copies without numbers
BEYOND = {
    "issued-2022": {("2022年发文", 63)},
    "received-2018": {("6月", 11)},
    "loans-2023": {("", 16), ("", 34)},
}
# what is asked although a clerk can tell: a year of two digits, copies counted out in words,
# several units of which each got one, a unit but no day of going out, 各委、室
CAUTIOUS = {
    "issued-2022": {("2022年发文", row) for row in (34, 57, 69, 73)},
    "received-2018": {
        *(("1月", row) for row in (9, 14)),
        *(("4月", row) for row in (2, 13)),
        *(("5月", row) for row in (2, 4, 7)),
        *(("6月", row) for row in (2, 12, 13)),
        ("3月", 2),
    },
    "loans-2023": set(),
}


def spans(rows):
    for row in rows:
        first, _, last = str(row).partition("-")
        yield from range(int(first), int(last or first) + 1)


def places(truth, *keys):
    """Sheet and row of the problems, of the doubtful rows, or of what goes with them."""
    only = next(iter(truth["rows"]))
    found = set()
    for key in keys:
        for item in truth[key]:
            sheet = item.get("sheet", only)
            found |= {(sheet, item["row"]), *((sheet, row) for row in item.get("with", ()))}
    return found


@pytest.mark.parametrize("name", ["issued-2022", "received-2018", "loans-2023"])
def test_every_line_is_what_the_clerk_says_it_is(name):
    truth = TRUTH[name]
    book = read_register(BOOKS / truth["file"])
    assert book.physical_rows == truth["physical_rows"]
    said = {
        (sheet, row): CLASSES.get(kind, "data")
        for sheet, kinds in truth["rows"].items()
        for kind, rows in kinds.items()
        for row in spans(rows)
    }
    read = {(line.sheet, line.row): line.reason for line in book.skipped}
    read |= {(row.sheet, row.row): "data" for row in book.rows}
    assert read == said
    assert sum(row.count or 0 for row in book.rows) == truth["copies"]


@pytest.mark.parametrize("name", ["issued-2022", "received-2018", "loans-2023"])
def test_what_the_clerk_would_ask_is_asked_and_little_else(name):
    truth = TRUTH[name]
    book = read_register(BOOKS / truth["file"])
    asked = {(row.sheet, row.row) for row in book.rows if not row.is_usable}
    problems = {(item.get("sheet", book.rows[0].sheet), item["row"]) for item in truth["problems"]}
    known_to_the_office = {("5月", 12)} if name == "received-2018" else {("", 11)}
    assert problems - asked <= BEYOND[name] | known_to_the_office
    assert asked - places(truth, "problems", "doubtful") <= CAUTIOUS[name]


def test_the_received_book_is_imported(office):
    told = import_of(BOOKS / "received-2018.xls", office)
    truth = TRUTH["received-2018"]
    book = read_register(BOOKS / "received-2018.xls")
    stopped = {(each.sheet, each.row) for each in told.problems}
    problems = {(item["sheet"], item["row"]) for item in truth["problems"]}
    assert problems - stopped <= BEYOND["received-2018"]
    assert stopped <= places(truth, "problems", "doubtful") | CAUTIOUS["received-2018"]
    rows = [row for row in book.rows if (row.sheet, row.row) not in stopped]
    assert (told.done, told.papers) == (len(rows), len(rows))
    assert told.copies == sum(row.count for row in rows)
    assert told.rows == told.done + told.questions + told.refused + told.skipped == 88
    assert custody()["held"] == sum(row.count for row in rows if row.out_on and not row.back_on)
    first = models.Paper.objects.get(series_category="密收", series_serial=1)
    assert (first.registered_number, first.registered_on.year) == ("密收2018-001", 2018)
    assert "簿册编号 密收001" in first.remarks
    assert findings() == []


def borrowers(office):
    for unit, names in TRUTH["people"].items():
        for name in names:
            said = {"name": name, "unit": office.units[unit], "personnel_class": "important"}
            said |= {"rank": "科级", "class_ground": "审查表"}
            do("office.add_person", office.security_admin, **said)


def received_before(path, book):
    """A book of the papers that were lent, each received once, with every copy that was lent."""
    papers = {}
    for row in book.rows:
        if row.is_usable:
            papers.setdefault(row.number.key, (row, set()))[1].update(row.copies.numbers)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["收文日期", "来文机关", "文件字号", "文件标题", "密级", "份号", "收文编号"])
        for serial, (row, numbers) in enumerate(papers.values(), start=1):
            year = row.number.year
            first = [f"{year}-01-01", "市保密局", row.number.canonical, row.title]
            level = next(iter(v for k, v in row.typed.items() if k == "密级"), "")
            lines.writerow([*first, level, "、".join(sorted(numbers)), f"{year}-{serial:03d}"])
    return len(papers), sum(len(numbers) for _, numbers in papers.values())


def test_the_loans_move_what_was_received_before(office, tmp_path):
    borrowers(office)
    book = read_register(BOOKS / "loans-2023.csv")
    papers, copies = received_before(tmp_path / "收文.csv", book)
    told = import_of(tmp_path / "收文.csv", office)
    assert figures(told)[-2:] == (papers, copies), told.problems

    told = import_of(BOOKS / "loans-2023.csv", office)
    stopped = {each.row: each.code for each in told.problems}
    assert stopped[11] == "person_unknown"
    lent = [row for row in book.rows if row.row not in stopped]
    assert (told.done, told.papers, told.copies) == (len(lent), 0, 0)
    problems = {item["row"] for item in TRUTH["loans-2023"]["problems"]}
    assert problems - stopped.keys() <= {row for _, row in BEYOND["loans-2023"]}
    moved = Counter(models.Movement.objects.values_list("kind", flat=True))
    assert moved == {
        "past_out": sum(len(row.copies.numbers) for row in lent),
        "past_back": sum(len(row.copies.numbers) for row in lent if row.back_on),
    }
    assert findings() == []


def test_no_paper_of_the_issued_book_is_taken_for_a_received_one(office):
    told = import_of(BOOKS / "issued-2022.xlsx", office)
    assert told.rows == told.done + told.questions + told.refused + told.skipped == 80
    assert models.Paper.objects.filter(origin="received").count() == 0


def test_the_issued_book_is_imported_as_papers_of_our_own(office):
    told = import_of(BOOKS / "issued-2022.xlsx", office)
    truth = TRUTH["issued-2022"]
    book = read_register(BOOKS / "issued-2022.xlsx")
    stopped = {(each.sheet, each.row) for each in told.problems if each.row}
    assert [each.code for each in told.problems if not each.row] == ["kept_as_remark"]
    problems = {("2022年发文", item["row"]) for item in truth["problems"]}
    assert problems - stopped <= BEYOND["issued-2022"]
    assert stopped <= places(truth, "problems", "doubtful") | CAUTIOUS["issued-2022"]
    rows = [row for row in book.rows if (row.sheet, row.row) not in stopped]
    assert told.done == len(rows)
    assert told.papers == len({row.number.key for row in rows})
    assert told.copies == sum(row.count for row in rows)
    assert told.rows == told.done + told.questions + told.refused + told.skipped == 80
    assert set(models.Paper.objects.values_list("origin", "issuer")) == {("own", "本机关")}
    first = models.Paper.objects.get(number_key=rows[0].number.key)
    assert first.registered_on == rows[0].issued_on
    assert f"发往 {rows[0].unit}；签收 {rows[0].person}" in first.remarks
    assert custody() == {"unstored": told.copies}
    assert findings() == []
    assert import_of(BOOKS / "issued-2022.xlsx", office).done == 0
