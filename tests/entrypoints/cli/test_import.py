"""``baomi import``: shown first, done with consent, and never twice."""

import pytest

from baomi.entrypoints.cli import session

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

BOOK = """\
收文登记簿,,,,,,
收文日期,来文单位,文件字号,文件标题,密级,份数,备注
2021-01-05,省委办公厅,×办发〔2021〕3号,关于某项工作的通知,机密,2,
2021-01-06,省委办公厅,×办发〔2021〕4号,关于另一项工作的通知,秘密,1,
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "收文登记簿2021.csv"
    path.write_text(BOOK, encoding="utf-8")
    return path


def test_a_preview_records_nothing(office, baomi, book):
    ran = baomi("import", book, "--json")
    assert ran.code == 0, ran.err or ran.out
    assert ran.data["preview"] is True
    assert baomi("list", "custody.paper", "--as", "registrar", "--json").data == []


def test_in_a_demonstration_the_registrar_imports(office, baomi, book):
    ran = baomi("import", book, "--yes", "--json")
    assert ran.code == 0, ran.err or ran.out
    told = ran.data
    assert "preview" not in told
    assert told["rows"] == 4
    assert told["rows"] == sum(told[key] for key in ("done", "questions", "refused", "skipped"))
    assert told["done"] == told["papers"] == 2
    assert told["copies"] == 3
    again = baomi("import", book, "--yes", "--json").data
    assert (again["done"], again["papers"]) == (0, 0)
    assert len(baomi("list", "custody.paper", "--as", "registrar", "--json").data) == 2


def test_the_preview_is_a_table_for_people(office, baomi, book):
    ran = baomi("import", book)
    assert "以上为预览，尚未登记" in ran.out
    assert "登记 2" in ran.out


def test_others_may_not(office, baomi, book):
    ran = baomi("import", book, "--yes", "--as", "auditor")
    assert ran.code == 3
    assert "不准导入" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--map", "事由"], "列名=字段"),
        (["--map", "事由=nosuch"], "没有“nosuch”这个字段"),
    ],
    ids=["sign", "field"],
)
def test_wrong_columns(office, baomi, book, words, said):
    ran = baomi("import", book, *words)
    assert ran.code == 2
    assert said in ran.err


def test_a_file_that_is_no_book(office, baomi, tmp_path):
    assert "找不到文件" in baomi("import", tmp_path / "none.csv").err
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"no workbook")
    ran = baomi("import", path, "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_without_a_log_in_a_real_office_imports_nothing(office, baomi, book, monkeypatch):
    monkeypatch.setattr("baomi.engine.home.is_demo", lambda: False)
    assert not session.token_file().exists()
    assert baomi("import", book, "--yes").code == 4
