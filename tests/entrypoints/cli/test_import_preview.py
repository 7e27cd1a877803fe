"""``baomi import`` shows each row before it records any, and closes with a true sentence."""

import csv
import io
import stat

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

HEAD = "收文日期,来文单位,文件字号,文件标题,密级,份数,备注\n"


@pytest.fixture
def book(tmp_path):
    """A book of so many sound rows."""

    def book(count, head=HEAD):
        rows = [
            f"2021-01-05,省委办公厅,×办发〔2021〕{n}号,关于第{n}项工作的通知,秘 密,1,\n"
            for n in range(1, count + 1)
        ]
        path = tmp_path / "收文登记簿2021.csv"
        path.write_text(head + "".join(rows), encoding="utf-8")
        return path

    return book


def recorded(baomi):
    return baomi("list", "custody.paper", "--as", "registrar", "--json").data


def test_json_carries_every_line(office, baomi, book):
    told = baomi("import", book(45), "--json").data
    assert [line["row"] for line in told["lines"]] == list(range(1, 47))
    assert told["lines"][1]["fate"] == "done"
    assert told["lines"][1]["readings"] == [{"column": "密级", "read": "秘密", "typed": "秘 密"}]
    assert "项工作" not in str(told["lines"])


def test_the_terminal_shows_the_first_forty(office, baomi, book):
    ran = baomi("import", book(45))
    assert "×办发〔2021〕39号" in ran.out
    assert "×办发〔2021〕40号" not in ran.out
    assert "另有 6 行，加 --json 或 --preview OUT.csv 可看全部" in ran.out
    assert "密级 秘密 ← 秘 密" in ran.out
    assert "可看全部" not in baomi("import", book(2)).out


def test_all_lines_go_into_a_file_that_only_its_owner_reads(office, baomi, book, tmp_path):
    path = tmp_path / "预览.csv"
    ran = baomi("import", book(45), "--preview", path)
    assert ran.code == 0, ran.err
    assert "46 行的预览已写到" in ran.out
    text = path.read_text(encoding="utf-8-sig")
    _, head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == ["工作表", "行", "怎样登记", "内容", "原因", "读法"]
    assert [row[2] for row in rows] == ["略过", *["登记"] * 45]
    assert "项工作" not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert recorded(baomi) == []
    again = baomi("import", book(2), "--preview", path)
    assert again.code == 2
    assert "已经存在" in again.err
    assert path.read_text(encoding="utf-8-sig") == text


@pytest.mark.parametrize("other", [["--yes"], ["--questions", "q.csv"]], ids=["yes", "questions"])
def test_the_file_has_no_other_purpose(office, baomi, book, tmp_path, other):
    path = tmp_path / "预览.csv"
    ran = baomi("import", book(1), "--preview", path, *other)
    assert ran.code == 2
    assert "--preview" in ran.err
    assert not path.exists()
    assert recorded(baomi) == []


@pytest.mark.parametrize("words", [[], ["--yes"]], ids=["preview", "yes"])
def test_a_file_without_headings(office, baomi, tmp_path, words):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙,丙\n一,二,三\n", encoding="utf-8")
    ran = baomi("import", path, *words)
    assert (ran.code, ran.out) == (2, "")
    assert "没有找到表头行" in ran.err
    assert "“甲”、“乙”、“丙”" in ran.err
    assert "--map 甲=文件标题" in ran.err


def test_an_unknown_column_says_how_to_name_or_ignore_it(office, baomi, book):
    path = book(1, HEAD.replace("备注", "暗号"))
    path.write_text(path.read_text(encoding="utf-8").replace("1,\n", "1,天王盖地虎\n"), "utf-8")
    told = baomi("import", path, "--json").data["problems"]
    assert [each["code"] for each in told] == ["unknown_column"]
    assert "--map 暗号=备注" in told[0]["text"]
    assert "--map 暗号= 略过" in told[0]["text"]
    assert baomi("import", path, "--map", "暗号=", "--json").data["problems"] == []


def test_a_heading_is_as_good_as_the_name_of_its_field(office, baomi, book):
    path = book(1, HEAD.replace("来文单位", "甲方"))
    assert baomi("import", path, "--map", "甲方=来文单位", "--yes", "--json").data["done"] == 1
    assert "省委办公厅" in str(recorded(baomi))


def test_rows_are_examined_and_the_last_sentence_is_true(office, baomi, book):
    ran = baomi("import", book(2), "--yes")
    assert "已核对 2/2" in ran.err
    assert "已登记 2/2" not in ran.err
    assert ran.out.rstrip().endswith("登记了 2 行（文件 2 件，2 份）；没有疑问，也没有拒收。")
    path = book(3)
    path.write_text(path.read_text(encoding="utf-8").replace("3号", "乱3号", 1), "utf-8")
    again = baomi("import", path, "--yes")
    assert again.code == 0
    assert "以前已登记" in again.out
