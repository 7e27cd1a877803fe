"""``baomi forms`` and ``baomi form``: an office edits a template, tries it, and prints by it."""

import io
from pathlib import Path

import pytest
from docx import Document

from baomi.engine.papers.forms.kinds import forms

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CARD = "custody.copy_card"
REGISTRAR = ("--as", "registrar")


@pytest.fixture
def templates(settings):
    """The folder of the office's own templates, empty again afterwards."""
    folder = Path(settings.BAOMI_HOME) / "templates"
    folder.mkdir(exist_ok=True)
    yield folder
    for each in folder.iterdir():
        each.unlink()
    folder.rmdir()


def template(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_every_form_is_listed(baomi, templates):
    (templates / f"{CARD}.docx").write_bytes(template("{{title}}"))
    told = {each["name"]: each for each in baomi("forms", "list", "--json").data}
    assert set(told) == set(forms())
    assert told[CARD] == {
        "name": CARD,
        "title": "涉密载体登记卡",
        "kind": "custody.copy",
        "own_template": True,
    }
    assert "涉密载体登记卡" in baomi("forms", "list").out


def test_a_template_is_taken_out_edited_and_tried(baomi, tmp_path):
    out = tmp_path / "card.docx"
    ran = baomi("forms", "template", CARD, "--out", out)
    assert ran.code == 0
    assert "«copy»（份号）" in ran.out
    ran = baomi("forms", "check", CARD, out, "--json")
    assert ran.code == 0
    assert ran.data["faults"] == ran.data["left_out"] == []
    assert "不会覆盖" in baomi("forms", "template", CARD, "--out", out).err
    out.write_bytes(template("{{copy}}", "{{price}}"))
    ran = baomi("forms", "check", CARD, out)
    assert ran.code == 1
    assert "不认识占位符“price”" in ran.out
    out.write_bytes(template("{{copy}}"))
    assert "没有用到的占位符：" in baomi("forms", "check", CARD, out).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("template", "no.form", "--out", "x.docx"),
            "可用的有：approvals.request（报批审批表）、custody.copy_card（涉密载体登记卡）、",
        ),
        (("template", CARD, "--out", "x.doc"), "应以 .docx 结尾"),
        (("template", CARD, "--out", "no/such/folder.docx"), "请核对目录是否存在"),
        (("check", CARD, "no-such-file.docx"), "读不到"),
        (("check", CARD, __file__), "不是 Word 文档"),
    ],
    ids=range(5),
)
def test_what_is_typed_wrongly_is_told(baomi, words, told):
    ran = baomi("forms", *words)
    assert ran.code == 2
    assert told in ran.err


def test_printed_by_the_offices_own_template(baomi, desk, templates, tmp_path):
    _, copies = desk.ready()
    (templates / f"{CARD}.docx").write_bytes(template("本机关格式：{{份号}}"))
    out = tmp_path / "card.docx"
    ran = baomi("form", CARD, copies[0], "--out", out, *REGISTRAR)
    assert ran.code == 0
    assert "（密级：机密）" in ran.out
    assert [each.text for each in Document(out).paragraphs] == ["本机关格式：000758"]
    assert out.stat().st_mode & 0o077 == 0
    assert "不会覆盖" in baomi("form", CARD, copies[0], "--out", out, *REGISTRAR).err


def test_an_unfit_template_is_told_and_spoils_no_pdf(baomi, desk, templates, tmp_path):
    _, copies = desk.ready()
    (templates / f"{CARD}.docx").write_bytes(template("{{price}}"))
    out = tmp_path / "card.docx"
    ran = baomi("form", CARD, copies[0], "--out", out, *REGISTRAR)
    assert ran.code == 2
    assert "本单位的模板 custody.copy_card.docx 不能使用：不认识占位符“price”" in ran.err
    assert not out.exists()
    pdf = tmp_path / "card.pdf"
    assert baomi("form", CARD, copies[0], "--out", pdf, *REGISTRAR).code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
