"""Files that leave the system: recorded first, marked, private, and harmless to open."""

import csv
import io

import openpyxl
import pytest

from baomi.entrypoints.cli import sheet
from baomi.entrypoints.cli.answer import Stop

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

DANGEROUS = ["=1+1", "+1", "-1", "@A1", "＝1+1", "＋1", "－1", "＠A1", "\t=1", "\r=1", " =1"]


def test_a_register_is_exported_with_a_watermark(office, baomi, tmp_path):
    out = tmp_path / "people.csv"
    ran = baomi(
        *("export", "office.person", "--out", out, "--reason", "年度核对"),
        *("--as", "registrar", "--json"),
    )
    assert ran.code == 0, ran.err
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert "云澜市人大常委会（演示）" in lines[0][0]
    assert "2025-03-03 09:30" in lines[0][0]
    assert ran.data["receipt"] in lines[0][0]
    assert lines[1][0] == "姓名"
    assert len(lines) == 2 + ran.data["rows"]
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_workbook_keeps_text_as_text(office, baomi, tmp_path):
    out = tmp_path / "people.xlsx"
    words = ["export", "office.person", "--out", out, "--reason", "核对", "--as", "registrar"]
    ran = baomi(*words, "--json")
    assert ran.code == 0, ran.err
    page = openpyxl.load_workbook(out).active
    assert ran.data["receipt"] in page["A1"].value
    assert page["A2"].value == "姓名"
    assert page.max_row == 2 + ran.data["rows"]
    assert {cell.data_type for row in page.iter_rows(min_row=3) for cell in row} <= {"s", "n"}


def test_nothing_is_overwritten_and_no_other_kind_is_written(office, baomi, tmp_path):
    out = tmp_path / "there.csv"
    out.write_text("kept", encoding="utf-8")
    words = ["--reason", "核对", "--as", "registrar"]
    ran = baomi("export", "office.person", "--out", out, *words)
    assert ran.code == 2
    assert "已经存在" in ran.err
    assert out.read_text(encoding="utf-8") == "kept"
    assert baomi("export", "office.person", "--out", tmp_path / "x.pdf", *words).code == 2


def test_a_refused_export_leaves_no_file(office, baomi, tmp_path):
    out = tmp_path / "people.csv"
    words = ["--reason", "核对", "--as", "system_admin"]
    ran = baomi("export", "office.person", "--out", out, *words)
    assert ran.code == 3
    assert "不准导出" in ran.out
    assert not out.exists()


def test_an_export_needs_its_reason(office, baomi, tmp_path):
    out = tmp_path / "people.csv"
    words = ["export", "office.person", "--out", out, "--as", "registrar"]
    ran = baomi(*words, "--reason", "  ")
    assert ran.code == 2
    assert "理由" in ran.err
    assert not out.exists()


def test_an_unknown_register_names_those_that_there_are(office, baomi, tmp_path):
    ran = baomi("list", "custody.coppy", "--as", "registrar")
    assert ran.code == 2
    assert "custody.copy" in ran.err


@pytest.fixture
def dangerous():
    return sheet.Sheet(
        "office.person",
        "机关　=1",
        ["编号", "内容", "内容"],
        [[n, t, None] for n, t in enumerate(DANGEROUS)],
    )


def test_no_cell_of_a_csv_file_is_run(tmp_path, dangerous):
    path = tmp_path / "a.csv"
    with sheet.new_file(path) as file:
        sheet.write(file, path, dangerous)
    lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert [line[1] for line in lines[2:]] == [f"'{text}" for text in DANGEROUS]
    assert [line[0] for line in lines[2:]] == [str(n) for n in range(len(DANGEROUS))]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path, dangerous):
    path = tmp_path / "a.xlsx"
    with sheet.new_file(path) as file:
        sheet.write(file, path, dangerous)
    page = openpyxl.load_workbook(path).active
    cells = [page.cell(row=n + 3, column=2) for n in range(len(DANGEROUS))]
    assert {cell.data_type for cell in cells} == {"s"}
    # the format writes a carriage return as _x000D_
    read = [cell.value.replace("_x000D_", "").strip() for cell in cells]
    assert read == [text.strip() for text in DANGEROUS]
    assert [page.cell(row=3, column=1).data_type] == ["n"]


def test_a_list_without_rows_still_has_its_headings(tmp_path):
    path = tmp_path / "a.xlsx"
    with sheet.new_file(path) as file:
        sheet.write(file, path, sheet.Sheet("duties.duty", "机关", ["编号"], []))
    assert openpyxl.load_workbook(path).active["A2"].value == "编号"


def test_a_file_that_cannot_be_written_whole_is_gone(tmp_path):
    path = tmp_path / "a.csv"
    with pytest.raises(ZeroDivisionError), sheet.new_file(path) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert not path.exists()
    with pytest.raises(Stop):
        sheet.new_file(tmp_path / "a.txt").__enter__()
