"""The last sentence of an import is true, and one problem is told once with all its rows."""

from baomi.entrypoints.importer import run
from baomi.entrypoints.importer.closing import closing, gathered
from baomi.entrypoints.importer.entries import Problem
from tests.entrypoints.importer.importing import book, entry, import_of


def problem(row, text="“某局”：没有这个单位", sheet="", column="承办单位"):
    return Problem(sheet=sheet, row=row, column=column, code="unit_unknown", text=text)


def test_what_was_recorded_and_what_is_left(office, tmp_path):
    path = tmp_path / "收文.csv"
    first = book(path, entry(1), entry(2, 承办单位="某局"), entry(3, 退回时间="2021-02-30"))
    assert closing(import_of(first, office)) == (
        "登记了 1 行（文件 1 件，1 份）；有疑问 1 行、拒收 1 行，"
        "处理后再次导入即可，已登记的不会重复。"
    )
    mended = import_of(book(path, entry(1), entry(2), entry(3)), office)
    assert closing(mended) == (
        "登记了 2 行（文件 2 件，2 份），另有 1 行以前已登记，没有重复登记；没有疑问，也没有拒收。"
    )


def test_the_same_unknown_unit_is_told_once(office, tmp_path):
    rows = [entry(n, 承办单位="某局") for n in (1, 2, 3)]
    told = run.preview(book(tmp_path / "a.csv", *rows), actor=office.registrar)
    assert len(told.problems) == 3
    (one,) = gathered(told.problems)
    assert (one.rows, one.column) == ("2、3、4", "承办单位")
    assert one.sentence.startswith("（3 行）“某局”")


def test_what_differs_stays_apart_in_its_order():
    told = gathered([problem(2), problem(3, text="另一句"), problem(5)])
    assert [(one.rows, one.sentence) for one in told] == [
        ("2、5", "（2 行）“某局”：没有这个单位"),
        ("3", "另一句"),
    ]


def test_rows_of_several_sheets_name_their_sheet_and_many_are_counted():
    (one,) = gathered([problem(2, sheet="1月"), problem(2, sheet="2月")])
    assert (one.sheet, one.rows) == ("1月、2月", "1月!2、2月!2")
    (many,) = gathered(problem(row) for row in range(1, 31))
    assert many.rows == "1、2、3、4、5、6、7、8、9、10、11、12等 30 行"


def test_what_concerns_whole_sheets_counts_sheets():
    (one,) = gathered([problem(None, sheet="1月"), problem(None, sheet="2月")])
    assert (one.rows, one.sentence[:7]) == ("", "（2 个工作表")
