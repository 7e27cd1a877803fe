from __future__ import annotations

import datetime as dt
import io
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from baomi.entrypoints.importer.workbook import UnreadableBook, read_book
from tests.entrypoints.importer.books import BOOKS, HEADINGS, entry, write_csv, write_xlsx

SAMPLE = BOOKS / "received-2019-2020.xlsx"


def refused(path: Path) -> str:
    with pytest.raises(UnreadableBook) as caught:
        read_book(path)
    return caught.value.message


def old_book(change=lambda sheet: None) -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("收文")
    sheet.write(0, 0, "文件标题")
    sheet.write(1, 0, "关于甲的通知")
    change(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def repacked(path: Path, changes: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()


def test_cells_keep_their_types_and_their_text(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [["甲", 3, 2.5, dt.date(2021, 1, 9), True], [" 乙 ", "№1", None, 7.0]]
    )
    (first, *_rest) = read_book(path)
    assert first.name == "收文"
    assert [c.typed for c in first.rows[0]] == ["甲", "3", "2.5", "2021-01-09", "是"]
    assert [c.typed for c in first.rows[1]] == ["乙", "№1", "", "7", ""]
    assert first.rows[0][3].value == dt.date(2021, 1, 9)


def test_merged_cells_show_their_value_and_say_so(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [["甲", None], ["乙", "丙"], [None, "丁"]], "A1:B1", "A2:A3"
    )
    rows = read_book(path)[0].rows
    assert [(c.typed, c.merged) for c in rows[0]] == [("甲", "origin"), ("甲", "left")]
    assert (rows[2][0].typed, rows[2][0].merged) == ("乙", "above")


def test_number_shown_with_leading_zeros_is_read_as_shown(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("收文", 0)
    sheet["A1"] = 751
    sheet["A1"].number_format = "000000"
    sheet["A2"] = 751
    workbook.save(tmp_path / "a.xlsx")
    assert [row[0].typed for row in read_book(tmp_path / "a.xlsx")[0].rows] == ["000751", "751"]


def test_formula_and_long_number_are_marked(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["甲", "=1+2", 110101199003070012], ["乙"]])
    row = read_book(path)[0].rows[0]
    assert [c.flaw for c in row] == ["", "formula", ""]
    assert [c.lost_digits for c in row] == [False, False, True]


def test_old_book_is_read_with_merged_cells_and_formulas(tmp_path: Path) -> None:
    def change(sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(2, 3, 0, 0, "关于乙的通知")
        sheet.write(2, 1, xlwt.Formula("1+2"))
        sheet.write(3, 1, "两行合并")

    path = tmp_path / "a.xls"
    path.write_bytes(old_book(change))
    rows = read_book(path)[0].rows
    assert [row[0].typed for row in rows] == [
        "文件标题",
        "关于甲的通知",
        "关于乙的通知",
        "关于乙的通知",
    ]
    assert rows[3][0].merged == "above"
    assert rows[2][1].flaw == "formula"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_csv_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADINGS, entry(1), entry(2)], encoding)
    rows = read_book(path)[0].rows
    assert [c.typed for c in rows[0]] == HEADINGS
    assert rows[2][4].typed == "关于第2项工作的通知"


@pytest.mark.parametrize(
    ("line", "expected", "flaw"),
    [
        ('="000651"', "000651", ""),
        ("=SUM(A1:A2)", "=SUM(A1:A2)", "formula"),
        ("＝1+1", "＝1+1", "formula"),
        ("'000651", "000651", ""),
        ("-12", "-12", ""),
    ],
)
def test_csv_cells_of_spreadsheets(tmp_path: Path, line: str, expected: str, flaw: str) -> None:
    (tmp_path / "a.csv").write_text(f"甲,{line}\n", encoding="utf-8")
    cell = read_book(tmp_path / "a.csv")[0].rows[0][1]
    assert (cell.typed, cell.flaw) == (expected, flaw)


def test_csv_with_tabs_and_quoted_line_breaks(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('甲\t"乙\n丙"\n丁\t戊\n', encoding="utf-16")
    rows = read_book(tmp_path / "a.csv")[0].rows
    assert [[c.typed for c in row] for row in rows] == [["甲", "乙\n丙"], ["丁", "戊"]]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xlsx", b"", "空"),
        ("a.xlsx", b"<html><table></table></html>", "内容却不是"),
        ("a.xls", b"<html><table></table></html>", "网页导出"),
        ("a.csv", SAMPLE.read_bytes(), "内容却是工作簿"),
        ("a.xls", SAMPLE.read_bytes(), "内容却不是"),
        ("a.xlsx", SAMPLE.read_bytes()[:9_000], "损坏"),
        ("a.xlsx", SAMPLE.read_bytes()[:-60], "损坏"),
        ("a.xlsx", old_book(), "内容却不是"),
        ("a.xls", old_book()[:1_400], "损坏"),
        ("a.xlsm", SAMPLE.read_bytes(), "宏"),
        ("a.docx", SAMPLE.read_bytes(), "只能导入"),
        ("a.csv", "甲,乙\n".encode() + "丙,丁\n".encode("gb18030"), "两种编码"),
        ("a.csv", b"\xff\xfe\x00", "认不出"),
        ("a.csv", b"\x81\x20\xff", "认不出"),
        ("a.csv", b"a,b\x01c\n", "控制字符"),
        ("a.csv", b'a,"' + b"b" * 200_000, "读不下去"),
    ],
    ids=range(16),
)
def test_what_is_no_sound_book_is_refused(
    tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert word in refused(tmp_path / name)


def test_missing_file_directory_and_pipe(tmp_path: Path) -> None:
    assert "打不开" in refused(tmp_path / "none.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    assert "不是文件" in refused(tmp_path / "folder.xlsx")
    os.mkfifo(tmp_path / "pipe.csv")
    assert "不是文件" in refused(tmp_path / "pipe.csv")


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.xls"])
def test_hundred_megabytes_are_refused_by_size_alone(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert "50 MB" in refused(tmp_path / name)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}, "压缩"),
        ({f"xl/media/{i}.png": b"x" for i in range(2_100)}, "太多"),
        ({"../evil.xml": b"<a/>"}, "越出目录"),
        ({"/etc/evil.xml": b"<a/>"}, "越出目录"),
        ({"xl/vbaProject.bin": b"x"}, "宏"),
        ({"xl/macrosheets/sheet1.xml": b"<a/>"}, "宏"),
        ({"word/document.xml": b"<a/>"}, "文字文档"),
        (
            {"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><sst>&b;</sst>'},
            "实体",
        ),
        ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}, "格式有误"),
    ],
    ids=["bomb", "parts", "climbing", "absolute", "macro", "macrosheet", "word", "entity", "xml"],
)
def test_hostile_workbook_is_refused(tmp_path: Path, changes: dict[str, bytes], word: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(repacked(SAMPLE, changes))
    assert word in refused(tmp_path / "a.xlsx")


def test_directory_that_lies_about_a_bomb(tmp_path: Path) -> None:
    bomb = b"<a>" + b" " * 5_000_000 + b"</a>"
    data = repacked(SAMPLE, {"xl/worksheets/sheet1.xml": bomb})
    lying = data.replace(len(bomb).to_bytes(4, "little"), (60).to_bytes(4, "little"))
    assert lying != data
    (tmp_path / "a.xlsx").write_bytes(lying)
    assert "损坏" in refused(tmp_path / "a.xlsx")


def test_password_on_a_new_book(tmp_path: Path) -> None:
    name = "Workbook".encode("utf-16-le")
    secret = "EncryptedPackage".encode("utf-16-le")
    data = bytearray(old_book())
    at = data.index(name)
    data[at : at + len(secret)] = secret
    data[at + 64 : at + 66] = (len(secret) + 2).to_bytes(2, "little")
    (tmp_path / "a.xlsx").write_bytes(data)
    assert "密码" in refused(tmp_path / "a.xlsx")


def test_password_on_an_old_book(tmp_path: Path) -> None:
    data = bytearray(old_book())
    data[512 + 20 : 512 + 22] = (0x2F).to_bytes(2, "little")  # the record after BOF: FILEPASS
    (tmp_path / "a.xls").write_bytes(data)
    assert "密码" in refused(tmp_path / "a.xls")


def test_claim_of_a_million_rows_is_harmless_and_a_real_one_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["甲"], ["乙"]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    claim = sheet.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert claim != sheet
    path.write_bytes(repacked(path, {"xl/worksheets/sheet1.xml": claim}))
    assert len(read_book(path)[0].rows) == 2
    real = sheet.replace(b'r="A2"', b'r="XFD1048576"')
    path.write_bytes(repacked(path, {"xl/worksheets/sheet1.xml": real}))
    assert "行" in refused(path)


def with_shared_string(path: Path, text: str, rows: int) -> None:
    """Make of a workbook one whose every cell names the same string, twenty cells a row."""
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{space}"><si><t>{text}</t></si></sst>'.encode()
    cells = b'<c t="s"><v>0</v></c>' * 20
    lines = b"".join(b'<row r="%d">%s</row>' % (i + 1, cells) for i in range(rows))
    begin, end = sheet.index(b"<sheetData>"), sheet.index(b"</sheetData>")
    changed = sheet[:begin] + b"<sheetData>" + lines + sheet[end:]
    parts = {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": changed}
    path.write_bytes(repacked(path, parts))


def test_string_repeated_beyond_the_childs_memory(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["甲"]])
    with_shared_string(path, "乙", 3)
    assert [cell.typed for cell in read_book(path)[0].rows[2]] == ["乙"] * 20
    with_shared_string(path, "x" * 900_000, 200)
    assert path.stat().st_size < 100_000
    assert "过大" in refused(path)


def test_random_damage_to_a_workbook_brings_a_sentence_or_a_book(tmp_path: Path) -> None:
    rng = random.Random(4)  # noqa: S311  a fixed seed, so that a failure can be repeated
    for number, source in enumerate([SAMPLE.read_bytes()] * 12 + [old_book()] * 12):
        data = bytearray(source)
        for _ in range(rng.randint(1, 40)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path = tmp_path / f"{number}.{'xlsx' if number < 12 else 'xls'}"
        path.write_bytes(data)
        try:
            assert read_book(path)
        except UnreadableBook as error:
            assert error.message.endswith("。")


def test_child_knows_no_django() -> None:
    code = (
        "import sys; import baomi.entrypoints.importer.child; "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    source = Path(__file__).resolve().parents[3] / "src"
    env = {"PYTHONPATH": str(source)}
    done = subprocess.run([sys.executable, "-c", code], env=env, check=False)
    assert done.returncode == 0


def test_refusal_shows_nothing_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "绝密标题.csv").write_bytes("关于甲的通知,\x01".encode())
    message = refused(tmp_path / "绝密标题.csv")
    assert "标题" not in message
    assert "关于甲" not in message
