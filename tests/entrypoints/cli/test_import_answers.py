"""``baomi import --questions`` and ``--answers``: asked on a list, or at the terminal."""

import csv
import io
import stat
import sys

import pytest

from baomi.registers.custody import models

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

BOOK = """\
收文登记簿,,,,,,
收文日期,来文单位,文件字号,文件标题,密级,份数,备注
2021-01-05,省委办公厅,×办发〔2021〕3号,关于某项工作的通知,机密,2,
2021-01-06,省委办公厅,×办发〔2021〕3号,关于另一项工作的通知,秘密,1,
21.1.7,省委办公厅,×办发〔2021〕5号,关于又一项工作的通知,秘密,1,
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "收文登记簿2021.csv"
    path.write_text(BOOK, encoding="utf-8")
    return path


@pytest.fixture
def listed(office, baomi, book, tmp_path):
    """The list of questions, as it was written."""
    path = tmp_path / "疑问.csv"
    ran = baomi("import", book, "--questions", path)
    assert ran.code == 0, ran.err
    assert "2 个疑问已写到" in ran.out
    return path


def lines(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def fill(path, *said, encoding="utf-8-sig"):
    """The list with these answers, as a spreadsheet program writes it back."""
    top, head, *rows = lines(path)
    place = head.index("回答")
    for row, answer in zip(rows, said, strict=True):
        row[place] = answer
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([top, head, *rows])


def test_the_list_names_rows_and_holds_no_title(listed, book):
    _, head, *rows = lines(listed)
    assert head == ["工作表", "行", "问题编号", "列", "问题", "可选", "回答", "核对码"]
    assert [(row[1], row[2], row[3], row[6]) for row in rows] == [
        ("4", "same_number", "文件字号", ""),
        ("5", "day_unclear", "收文日期", ""),
    ]
    assert "同一份文件、两份不同的文件" in rows[0][5]
    assert all("不登记" in row[5] and row[7].isalpha() for row in rows)
    text = listed.read_text(encoding="utf-8-sig")
    assert not any(title in text for title in ("某项工作", "另一项", "又一项"))
    assert listed.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(listed.stat().st_mode) == 0o600


def test_the_list_overwrites_nothing(listed, baomi, book):
    before = listed.read_bytes()
    ran = baomi("import", book, "--questions", listed)
    assert (ran.code, listed.read_bytes()) == (2, before)
    assert "已经存在" in ran.err


def test_a_book_cannot_run_anything_through_the_list(office, baomi, tmp_path):
    book = tmp_path / "a.csv"
    evil = BOOK.replace("×办发〔2021〕5号", "=1+1").replace("省委办公厅", "@省委办公厅")
    book.write_text(evil.replace("收文日期", "+收文日期"), encoding="utf-8")
    path = tmp_path / "疑问.csv"
    baomi("import", book, "--questions", path, "--map", "+收文日期=收文日期")
    assert not any(cell[:1] in "=+-@" for row in lines(path) for cell in row if cell)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_filled_list_is_followed_in_look_and_deed(listed, baomi, book, encoding):
    fill(listed, "两份不同的文件", "2021/1/7", encoding=encoding)
    seen = baomi("import", book, "--answers", listed, "--json").data
    assert (seen["preview"], seen["done"], seen["questions"]) == (True, 3, 0)
    done = baomi("import", book, "--answers", listed, "--yes", "--json").data
    assert {key: seen[key] for key in done} == done
    assert models.Paper.objects.count() == 3
    again = baomi("import", book, "--answers", listed, "--yes", "--json").data
    assert (again["done"], again["skipped_because"]["known"]) == (0, 3)


def test_lines_left_empty_stay_questions(listed, baomi, book):
    fill(listed, "不登记", "")
    done = baomi("import", book, "--answers", listed, "--yes", "--json").data
    assert (done["done"], done["questions"]) == (1, 1)
    assert done["skipped_because"]["declined"] == 1


def test_a_wrong_answer_is_told_with_its_line(listed, baomi, book):
    fill(listed, "两份不同的文件", "不知道")
    ran = baomi("import", book, "--answers", listed, "--yes")
    assert ran.code == 2
    assert "答案第 4 行" in ran.err
    assert "没有登记任何内容" in ran.err
    assert models.Paper.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [("a,b\n1,2\n", "没有表头"), (None, "找不到答案文件")],
    ids=["no-list", "no-file"],
)
def test_a_file_that_is_no_list(office, baomi, book, tmp_path, content, said):
    path = tmp_path / "答.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    ran = baomi("import", book, "--answers", path, "--yes")
    assert ran.code == 2
    assert said in ran.err


def test_a_list_is_not_asked_for_and_recorded_at_once(office, baomi, book, tmp_path):
    ran = baomi("import", book, "--yes", "--questions", tmp_path / "疑问.csv")
    assert (ran.code, "不要同时加 --yes" in ran.err) == (2, True)


class Terminal(io.StringIO):
    """A person's lines at a terminal."""

    def isatty(self):
        return True


def test_the_questions_are_answered_at_the_terminal(office, baomi, book, monkeypatch):
    said = ["是", "2", "昨天", "是", "2021-01-07", "是"]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(said) + "\n"))
    ran = baomi("import", book)
    assert ran.code == 0, ran.err
    assert "2. 两份不同的文件" in ran.err
    assert "不在可选之内" in ran.err
    assert models.Paper.objects.count() == 3


def test_questions_may_be_left_for_later_at_the_terminal(office, baomi, book, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("是\n\n\n否\n是\n"))
    assert baomi("import", book).code == 0
    assert models.Paper.objects.count() == 1
