"""Doing an import: each entry becomes the deeds that it tells, all of them or none."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from baomi.entrypoints.importer import recording, run
from baomi.entrypoints.importer.book import read_register
from baomi.entrypoints.importer.plan import BACK
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.custody import models
from baomi.registers.duties.models import Duty
from tests.entrypoints.importer.importing import (
    BOOKS,
    SAMPLES,
    book,
    custody,
    entry,
    figures,
    findings,
    import_of,
    says,
    state,
)
from tests.factories.deeds import entries, kinds, size
from tests.factories.office import TODAY


def kept_refusals():
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, clauses, door FROM ledger_refusal ORDER BY n")
        return cursor.fetchall()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_imported_to_the_copy(office, name):
    before = size()
    of_the_office = set(Duty.objects.filter(state="open").values_list("id", flat=True))
    told = import_of(BOOKS / name, office)
    assert figures(told) == SAMPLES[name]
    assert told.rows == told.done + told.questions + told.refused + told.skipped
    assert kept_refusals() == []
    assert (models.Paper.objects.count(), models.Copy.objects.count()) == figures(told)[-2:]

    asked = {(problem.sheet, problem.row) for problem in told.problems}
    rows = [r for r in read_register(BOOKS / name).rows if (r.sheet, r.row) not in asked]
    assert told.copies == sum(row.count for row in rows)
    still_out = [row for row in rows if row.out_on and not row.back_on]
    assert custody()["held"] == sum(row.count for row in still_out)
    still_open = Duty.objects.filter(state="open")
    assert of_the_office <= {duty.id for duty in still_open}
    owed = still_open.exclude(id__in=of_the_office)
    assert {duty.due_on for duty in owed} == {TODAY + timedelta(days=30)}
    assert owed.count() == custody()["held"]

    deeds = Counter(kinds(before))
    assert deeds == {
        "custody.record_past_receipt": told.done,
        "custody.record_past_hand_over": told.done,
        "custody.record_past_return": told.done - len(still_out),
    }
    noted = models.Movement.objects.exclude(notes=[]).values("copy__paper").distinct()
    assert noted.count() == told.noted
    assert findings() == []


def test_one_row_is_three_deeds_of_the_recorded_past(office, tmp_path):
    before = size()
    told = import_of(book(tmp_path / "收文.csv", entry(1, 备注="急件")), office)
    assert figures(told) == (2, 1, 0, 0, 0, 1, 1, 1)
    assert kinds(before)[:3] == [
        "custody.record_past_receipt",
        "custody.record_past_hand_over",
        "custody.record_past_return",
    ]
    bodies = [json.loads(each.body) for each in entries(before)[:3]]
    assert all(body["past"] and body["door"] == "import" for body in bodies)
    paper = models.Paper.objects.get()
    assert (paper.registered_number, paper.registered_on) == ("2021-001", date(2021, 3, 1))
    assert (paper.number, paper.number_key) == ("×办发〔2021〕1号", "×办发|2021|1")
    assert (paper.handling_unit_id, paper.remarks) == (office.units["法制委"], "急件")
    moves = models.Movement.objects.order_by("turn")
    assert [(m.kind, m.happened_on, m.to_holder_id) for m in moves] == [
        ("past_out", date(2021, 3, 2), office.keepers["法制委"]),
        ("past_back", date(2021, 3, 9), None),
    ]


def test_a_row_is_recorded_whole_or_not_at_all(office, tmp_path, monkeypatch):
    do_under = recording.do_under

    def fails_at_the_return(pen, request, *, actor):
        if request.action == BACK:
            raise BadInput("退回不成", field="back_on")
        return do_under(pen, request, actor=actor)

    path = book(tmp_path / "收文.csv", entry(1), entry(2, 退回时间=None))
    monkeypatch.setattr(recording, "do_under", fails_at_the_return)
    told = import_of(path, office)
    assert (told.done, told.refused) == (1, 1)
    assert says(told) == [(2, "退回时间", "back_on")]
    assert models.Paper.objects.get().registered_number == "2021-002"
    monkeypatch.undo()
    assert import_of(path, office).done == 1
    assert findings() == []


def test_further_copies_are_added_to_the_same_paper(office, tmp_path):
    same = {"文件字号": "×办发[2021]第001号", "文件标题": "关于第1项工作的通知"}
    first = book(tmp_path / "a.csv", entry(1))
    later = book(tmp_path / "b.csv", entry(2, **same, 份数=2, 份号="000902-000903"))
    import_of(first, office)
    told = import_of(later, office)
    assert (told.done, told.papers, told.copies) == (1, 0, 2)
    paper = models.Paper.objects.get()
    assert "2021-03-01 又收 2 份（000902、000903）；编号 2021-002" in paper.remarks
    numbers = models.Copy.objects.filter(paper=paper).values_list("copy_number", flat=True)
    assert sorted(numbers) == ["000001", "000902", "000903"]
    assert findings() == []


def test_a_copy_number_that_is_taken_is_refused(office, tmp_path):
    import_of(book(tmp_path / "a.csv", entry(1)), office)
    told = import_of(book(tmp_path / "b.csv", entry(1, 备注="另一本")), office)
    assert says(told) == [(2, "份号", "copies_taken")]
    assert told.problems[0].text.startswith("份号已登记：000001")
    assert kept_refusals() == [("import", "份号已登记×1", "import")]


def test_a_registered_number_that_is_taken_is_refused(office, tmp_path):
    import_of(book(tmp_path / "a.csv", entry(1)), office)
    other = {"收文编号": "2021-001", "收文日期": "2021-04-01", "送出时间": "2021-04-02"}
    told = import_of(book(tmp_path / "b.csv", entry(9, **other, 退回时间=None)), office)
    assert says(told) == [(2, "收文编号", "registered_number")]
    assert (told.refused, models.Paper.objects.count()) == (1, 1)


def test_a_number_of_further_copies_must_be_free_too(office, tmp_path):
    same = {"文件字号": "×办发〔2021〕1号", "文件标题": "关于第1项工作的通知", "份号": "000902"}
    import_of(book(tmp_path / "a.csv", entry(1), entry(2)), office)
    told = import_of(book(tmp_path / "b.csv", entry(3, **same, 收文编号="2021-002")), office)
    assert says(told) == [(2, "收文编号", "registered_number")]


def test_refusals_are_kept_once_with_their_counts(office, tmp_path):
    bad = [entry(n, 退回时间="2021-02-30") for n in (1, 2)]
    import_of(book(tmp_path / "a.csv", *bad, entry(3, 文件标题="密" * 401), entry(4)), office)
    assert kept_refusals() == [("import", "内容不能成立×1 日期不存在×2", "import")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"文件标题": "另一个标题"}, "same_number"),
        ({"来文机关": "×市财政局"}, "same_number"),
        ({"文件字号": "×办字〔2021〕1号"}, "near_number"),
        ({"文件字号": "×办发〔21〕1号"}, "number_unclear"),
        ({"密级": "机密★5年"}, "mark_differs"),
        ({"密级": "秘密★6个月"}, "mark_differs"),
        ({"份号": None}, "paper_again"),
    ],
    ids=["title", "issuer", "one-sign", "no-year", "level", "term", "no-copy-number"],
)
def test_what_may_be_a_recorded_paper_is_asked(office, tmp_path, change, code):
    import_of(book(tmp_path / "a.csv", entry(1)), office)
    before = state()
    row = {"份号": "000777", "收文编号": "2021-077"} | change
    told = import_of(book(tmp_path / "b.csv", entry(1, **row)), office)
    assert (told.questions, [problem.code for problem in told.problems]) == (1, [code])
    assert state() == before


def test_another_spelling_of_number_and_term_is_the_same_paper(office, tmp_path):
    import_of(book(tmp_path / "a.csv", entry(1, 密级="秘密★1年")), office)
    row = {"文件字号": "×办发（2021）第01号", "密级": "秘 密★12个月", "份号": "000777"}
    told = import_of(book(tmp_path / "b.csv", entry(1, **row, 收文编号="2021-077")), office)
    assert (told.done, told.papers, models.Paper.objects.count()) == (1, 0, 1)


def test_columns_that_no_deed_takes_are_kept_as_typed(office, tmp_path):
    headings = ["收文日期", "来文机关", "文件字号", "文件标题", "密级", "份数", "收文号", "缓急"]
    line = ["2021-03-01", "×市财政局", "×财〔2021〕3号", "通知", "秘密", "2", "密收007", "特急"]
    import_of(book(tmp_path / "收文.csv", line, headings=headings), office)
    paper = models.Paper.objects.get()
    assert paper.remarks == "缓急 特急；簿册编号 密收007"
    assert paper.registered_number == "密收2021-007"
    assert sorted(models.Copy.objects.values_list("copy_number", "office_numbered")) == [
        ("本001", True),
        ("本002", True),
    ]


def test_a_row_of_many_copies_is_recorded_in_pieces(office, tmp_path):
    before = size()
    path = book(tmp_path / "收文.csv", entry(1, 份数=450, 份号="000001-000450", 退回时间=None))
    told = import_of(path, office)
    assert (told.done, told.copies, custody()["held"]) == (1, 450, 450)
    assert Counter(kinds(before)) == {
        "custody.record_past_receipt": 1,
        "custody.number_copies": 2,
        "custody.record_past_hand_over": 3,
    }
    assert findings() == []


def test_progress_is_told_by_entry_and_sealing_by_batch(office, tmp_path):
    path = book(tmp_path / "收文.csv", *(entry(n) for n in range(1, 26)))
    steps, batches = [], []
    run.do(
        path,
        actor=office.registrar,
        progress=lambda done, of: steps.append((done, of)),
        after_batch=lambda: batches.append(size()),
    )
    assert steps == [(n, 25) for n in range(1, 26)]
    start = batches[0]
    assert [each - start for each in batches] == [0, 66, 75]


def test_only_who_may_record_the_past_may_import(office, tmp_path):
    path = book(tmp_path / "收文.csv", entry(1))
    with pytest.raises(Refused):
        run.do(path, actor=office.readers["研究室"][0])
    assert models.Paper.objects.count() == 0
    assert kept_refusals() == [("custody.record_past_receipt", "access", "import")]


def test_whoever_is_unknown_may_not_import(office, tmp_path):
    with pytest.raises(BadInput):
        run.do(book(tmp_path / "收文.csv", entry(1)), actor=office.units["法制委"])
