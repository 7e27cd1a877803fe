"""What is recorded is known again: in the same file, in another copy of it, to another person."""

import pytest

from baomi.entrypoints.importer import run
from baomi.kernel.words import Post
from tests.entrypoints.importer.importing import (
    BOOKS,
    SAMPLES,
    book,
    entry,
    figures,
    findings,
    import_of,
    state,
)
from tests.factories.deeds import do


@pytest.mark.parametrize("name", SAMPLES)
def test_a_second_import_adds_nothing(office, name):
    first = import_of(BOOKS / name, office)
    before = state()
    seen = run.preview(BOOKS / name, actor=office.registrar)
    again = import_of(BOOKS / name, office)
    assert state() == before
    skipped = first.skipped + first.done
    assert figures(again) == (first.rows, 0, 0, first.questions, 0, skipped, 0, 0)
    assert figures(seen) == figures(again)
    assert again.skipped_because == first.skipped_because | {"known": first.done}
    assert again.problems == first.problems


def test_a_row_is_known_in_another_file_with_other_spelling(office, tmp_path):
    import_of(book(tmp_path / "a.csv", *(entry(n) for n in (1, 2, 3))), office)
    moved = entry(2, 收文日期="2021年3月1日", 文件字号="×办发(2021)第2号", 份号="№000002")
    told = import_of(book(tmp_path / "b.csv", entry(4), moved), office)
    assert (told.done, told.skipped_because) == (1, {"header": 1, "known": 1})
    assert findings() == []


def test_what_one_registrar_recorded_another_one_knows(office, tmp_path):
    path = book(tmp_path / "a.csv", entry(1))
    import_of(path, office)
    other = office.readers["办公室"][0]
    said = {"post": Post.REGISTRAR, "letter": "云人发〔2025〕8号"}
    do("office.appoint", office.security_admin, other, second=office.auditor, **said)
    told = run.do(path, actor=other)
    assert (told.done, told.refused, told.skipped) == (0, 0, 2)


def test_what_was_asked_and_is_mended_is_recorded(office, tmp_path):
    path = tmp_path / "a.csv"
    assert import_of(book(path, entry(1), entry(2, 承办单位="某局")), office).questions == 1
    told = import_of(book(path, entry(1), entry(2)), office)
    assert (told.done, told.questions, told.skipped) == (1, 0, 2)
