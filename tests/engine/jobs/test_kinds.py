"""The jobs themselves: verification, export, print; with the rights and words of who asked."""

import csv
import io

import openpyxl
import pytest

from baomi.engine.jobs import queue
from baomi.engine.jobs.kind import kinds_done_here
from baomi.engine.jobs.kinds import printing
from baomi.engine.jobs.running import run_next
from baomi.engine.sealer import seal_now
from baomi.kernel.verdict import BadInput
from baomi.registers.exports.models import Export
from tests.factories.deeds import kinds as entered
from tests.factories.deeds import size

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

EXPORT = {"book": "custody.copy", "reason": "年度核对"}


def done(kind, person, asked=None):
    """The job as its asker sees it when it is over."""
    key = queue.ask(kind, person, asked or {})
    assert run_next("w", kinds_done_here()) is True
    return queue.seen(key, person)


def rows_of(seen, person, kind):
    _, content = queue.result_file(seen.id, person)
    if kind == ".csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_verification_tells_what_it_found(desk, signing):
    seal_now()
    seen = done("verify", desk.registrar)
    assert seen.state == queue.DONE, seen.faults
    assert (seen.told["clean"], seen.told["entries"]) == (True, size())
    assert (seen.done, seen.total) == (size(), size())
    assert seen.told["last"].startswith("CLEAN")


def test_verification_is_for_registrar_and_auditor(desk):
    for person in (desk.reader, desk.keeper, desk.leader):
        with pytest.raises(BadInput, match="“校验台账”只供保密员、安全审计员办理"):
            queue.ask("verify", person, {})


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_an_export_is_recorded_and_marked(desk, kind):
    desk.receive(title="=1+1")
    before = size()
    seen = done("export", desk.registrar, {**EXPORT, "format": kind})
    assert seen.state == queue.DONE, seen.faults
    assert entered(before) == ["exports.record_export"]
    assert (seen.told["rows"], seen.told["level"]) == (3, "secret")
    mark, head, *rows = rows_of(seen, desk.registrar, kind)
    assert seen.told["receipt"] in mark[0] and "机密" in mark[0]
    assert "文件资料名称" in head
    title = rows[0][head.index("文件资料名称")]
    assert title == {".xlsx": "=1+1", ".csv": "'=1+1"}[kind]
    assert seen.file_name == f"custody-copy-{before}{kind}"
    export = Export.objects.get()
    assert (export.reason, export.rows) == ("年度核对", 3)


def test_an_export_holds_what_its_asker_may_see(desk):
    desk.receive()
    seen = done("export", desk.keeper, EXPORT)
    assert seen.told["rows"] == 0


def test_an_export_is_refused_in_the_askers_words(desk):
    desk.receive()
    seen = done("export", desk.reader, EXPORT)
    assert seen.state == queue.FAILED
    assert seen.faults[0] == "不准办理。"
    assert "登记导出" in seen.faults[1]
    assert queue.result_file(seen.id, desk.reader) is None
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"reason": " "}, "请写明导出的理由"),
        ({"book": "custody.secret"}, "本台账"),
        ({"format": ".exe"}, "只能导出为 .xlsx 或 .csv"),
        ({"filters": {"title": "甲"}}, "筛选条件"),
    ],
    ids=["reason", "book", "format", "filter"],
)
def test_a_wrong_asking_is_a_sentence(desk, asked, sentence):
    seen = done("export", desk.registrar, EXPORT | asked)
    assert seen.state == queue.FAILED
    assert sentence in seen.faults[0]
    assert not Export.objects.exists()


def test_a_paper_is_printed_by_its_printer(desk, monkeypatch):
    def prints(actor, asked):
        return f"{actor.id} {asked['ids']}".encode(), "labels.pdf"

    monkeypatch.setitem(printing.PRINTERS, "labels", prints)
    seen = done("print", desk.registrar, {"paper": "labels", "ids": ["1"]})
    told = queue.result_file(seen.id, desk.registrar)
    assert told == ("labels.pdf", f"{desk.registrar} ['1']".encode())
    assert "没有这种打印件" in done("print", desk.registrar, {"paper": "x"}).faults[0]
