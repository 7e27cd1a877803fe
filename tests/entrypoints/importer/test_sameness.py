from __future__ import annotations

from pathlib import Path

import pytest

from baomi.entrypoints.importer.book import Book, read_register
from tests.entrypoints.importer.books import HEADINGS, entry, write_csv


def asked(book: Book) -> list[tuple[int, list[str]]]:
    return [(r.row, [q.code for q in r.questions]) for r in book.rows if r.questions]


def test_another_copy_of_the_book_has_the_same_content_keys(tmp_path: Path) -> None:
    changed = [
        entry(1, 文件字号="×办发(２０２１)第1號", 收文日期="2021年3月1日", 密级="秘　密★5年"),
        entry(2, 序号=20, 送出时间="2021.3.2"),
    ]
    first = read_register(write_csv(tmp_path / "a.csv", [HEADINGS, entry(1), entry(2)]))
    second = read_register(
        write_csv(tmp_path / "b.csv", [["题"], [], HEADINGS, *changed], "gb18030")
    )
    keys = [row.content_key for row in first.rows]
    assert keys == [row.content_key for row in second.rows]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"文件标题": "关于另一项工作的通知"},
        {"退回时间": "2021-03-10"},
        {"密级": "机密★5年"},
        {"份号": "000009"},
        {"送出时间": "去年"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_other_content_has_another_key(tmp_path: Path, change: dict[str, object]) -> None:
    rows = [
        read_register(write_csv(tmp_path / f"{i}.csv", [HEADINGS, entry(1, **values)])).rows[0]
        for i, values in enumerate(({}, change))
    ]
    assert rows[0].content_key != rows[1].content_key


def test_exact_repeat_is_passed_over_wherever_it_stands(tmp_path: Path) -> None:
    rows = [HEADINGS, entry(1), entry(2), entry(1, 收文日期="2021.3.1")]
    book = read_register(write_csv(tmp_path / "a.csv", rows))
    assert [(s.row, s.reason) for s in book.skipped if s.reason == "repeat"] == [(4, "repeat")]
    assert book.summary()["usable"] == 2


def test_line_told_apart_only_by_its_line_number_is_asked_about(tmp_path: Path) -> None:
    bare = {"收文编号": None, "份号": None}
    rows = [HEADINGS, entry(1, **bare), entry(1, 序号=2, **bare), entry(1, **bare)]
    book = read_register(write_csv(tmp_path / "a.csv", rows))
    assert next(code for _, codes in asked(book) for code in codes) == "same_again"
    assert book.skipped_by_reason()["repeat"] == 1
    assert len({row.content_key for row in book.rows}) == 2


def test_one_paper_in_several_rows_adds_up(tmp_path: Path) -> None:
    rows = [HEADINGS, entry(1, 份号="000001"), entry(1, 份号="000002", 承办单位="财经委")]
    book = read_register(write_csv(tmp_path / "a.csv", rows))
    assert asked(book) == []
    assert [row.same_paper_as for row in book.rows] == [None, ("", 2)]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"份号": "000001", "承办单位": "财经委"}, ["copies_again"]),
        ({"份号": None, "承办单位": "财经委"}, ["paper_again"]),
        ({"份号": "000002", "密级": "机密★5年"}, ["mark_differs"]),
        ({"文件标题": "关于另一项工作的通知", "收文编号": "2021-002"}, ["same_number"]),
        ({"来文机关": "×市委办公室", "收文编号": "2021-002"}, ["same_number"]),
        ({"文件字号": "×办字〔2021〕1号", "收文编号": "2021-002"}, ["near_number"]),
        ({"文件字号": "×办发〔21〕1号", "收文编号": "2021-002"}, ["number_unclear", "near_number"]),
        ({"文件字号": "×办发2021-1", "收文编号": "2021-002"}, ["number_unclear", "same_number"]),
        (
            {"文件字号": "×办字〔2021〕1号", "文件标题": "关于别事的函", "收文编号": "2021-002"},
            [],
        ),
    ],
    ids=range(9),
)
def test_rows_that_may_be_one_paper(
    tmp_path: Path, change: dict[str, object], codes: list[str]
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADINGS, entry(1), entry(1, **change)])
    assert [code for _, found in asked(read_register(path)) for code in found] == codes


def test_running_number_taken_by_another_paper_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADINGS, entry(1), entry(2, 收文编号="2021－1")])
    book = read_register(path)
    assert [(r.row, r.refusal.code) for r in book.rows if r.refusal] == [
        (3, "running_number_taken")
    ]
    assert "第 2 行" in (book.rows[1].refusal.text if book.rows[1].refusal else "")
