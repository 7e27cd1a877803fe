"""Docx templates: placeholders however they were cut, rows repeated, and nothing ever evaluated."""

import io
import zipfile

import pytest
import zxingcpp
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shape import InlineShape
from PIL import Image

from baomi.engine.papers.forms import package
from baomi.engine.papers.forms.default_template import default_template
from baomi.engine.papers.forms.filling import check, fill
from baomi.engine.papers.forms.package import NO_DOCX
from baomi.engine.papers.forms.reading_back import NotPrinted, compare_docx
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from tests.engine.papers.declared_forms import LABEL, REQUEST, content


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def written(*lines: str) -> bytes:
    """A template of some paragraphs."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def lines_of(docx: bytes) -> list[str]:
    return [each.text for each in Document(io.BytesIO(docx)).paragraphs]


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def with_paragraph(xml: str) -> bytes:
    """A template with one paragraph of the given runs."""
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    return saved(document)


def complex_field(instruction: str, result: str = "") -> str:
    begin, middle, end = (
        run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    code = run(f"<w:instrText>{instruction}</w:instrText>")
    return begin + code + middle + (run(f"<w:t>{result}</w:t>") if result else "") + end


def test_the_programs_own_template():
    made = content()
    template = default_template(REQUEST)
    docx = fill(template, made)
    compare_docx(docx, made)
    document = Document(io.BytesIO(docx))
    faces = {each.get(qn("w:eastAsia")) for each in document.element.iter(qn("w:rFonts"))}
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"} <= faces
    section = document.sections[0]
    size = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(each.mm) for each in size] == [210, 297, 37, 28]
    assert {"PAGE"} == {each.text for each in section.footer._element.iter(qn("w:instrText"))}
    found = check(REQUEST, template)
    assert found.faults == ()
    assert {"person", "papers.name", "leader", "qr", "receipt"} <= set(found.used)
    told = document.core_properties
    assert (told.author, told.title, told.comments) == ("", "", "")


def test_the_label_is_drawn():
    docx = fill(default_template(REQUEST), content())
    (picture,) = (
        part.blob
        for part in Document(io.BytesIO(docx)).part.package.iter_parts()
        if part.content_type == "image/png"
    )
    (seen,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    assert (str(seen.format), seen.text) == ("QR Code", LABEL)
    header = Document(io.BytesIO(docx)).sections[0].header
    assert LABEL in header.paragraphs[0].text  # a header is on every page
    assert [
        round(InlineShape(each).width.mm) for each in header._element.iter(qn("wp:inline"))
    ] == [16]
    bare = fill(default_template(REQUEST), content(label=""))
    parts = Document(io.BytesIO(bare)).part.package.iter_parts()
    assert "image/png" not in {part.content_type for part in parts}


@pytest.mark.parametrize(
    "place",
    ["{{person}}", "{{ person }}", "«person»", "« person »", "«携带人»", "{{携带人}}"],
)
def test_placeholders_by_key_and_by_label(place):
    assert lines_of(fill(written(f"由{place}携带"), content())) == ["由欧阳镕玥携带"]


@pytest.mark.parametrize(
    "cut",
    [
        ["{{person}}"],
        ["由{", "{per", "son}", "}携带"],
        list("由{{person}}携带"),
        ["由{{per", "", "son}}携带，限{{un", "til}}"],
    ],
    ids=range(4),
)
def test_placeholders_that_were_cut_into_runs(cut):
    document = Document()
    paragraph = document.add_paragraph()
    for piece in cut:
        paragraph.add_run(piece).bold = True
    whole = "".join(cut).replace("{{person}}", "欧阳镕玥").replace("{{until}}", "2025年3月9日")
    assert lines_of(fill(saved(document), content())) == [whole]


@pytest.mark.parametrize(
    "field",
    [
        f'<w:fldSimple w:instr=" MERGEFIELD person \\* MERGEFORMAT ">{run("<w:t>x</w:t>")}'
        "</w:fldSimple>",
        '<w:fldSimple w:instr="MERGEFIELD person"/>',
        complex_field(" MERGEFIELD  person  \\* MERGEFORMAT ", "«person»"),
        complex_field(' mergefield "携带人"', "姓名"),
        complex_field("MERGEFIELD person"),
        run(
            '<w:fldChar w:fldCharType="begin"/><w:instrText>MERGE</w:instrText>'
            "<w:instrText>FIELD person</w:instrText>"
            '<w:fldChar w:fldCharType="end"/>'
        ),
    ],
    ids=range(6),
)
def test_mail_merge_fields(field):
    template = with_paragraph(run("<w:t>由</w:t>") + field + run("<w:t>携带</w:t>"))
    docx = fill(template, content())
    assert lines_of(docx) == ["由欧阳镕玥携带"]
    assert not list(Document(io.BytesIO(docx)).element.iter(qn("w:fldChar"), qn("w:fldSimple")))


@pytest.mark.parametrize(
    "field",
    [
        complex_field(" IF 1 = 1 yes no"),
        complex_field(" DDEAUTO c:\\windows\\cmd.exe x"),
        complex_field("INCLUDETEXT c:\\secret.docx", "x"),
        complex_field("= 2 + 2"),
        '<w:fldSimple w:instr="HYPERLINK http://example.invalid"/>',
        run('<w:fldChar w:fldCharType="begin"/>') + run("<w:instrText>PAGE</w:instrText>"),
    ],
    ids=range(6),
)
def test_other_fields_are_refused(field):
    (fault,) = check(REQUEST, with_paragraph(field)).faults
    assert "不能使用" in fault
    with pytest.raises(BadInput, match="邮件合并域"):
        fill(with_paragraph(field), content())


def test_page_numbers_stay():
    docx = fill(with_paragraph(complex_field("PAGE", "1")), content())
    assert [each.text for each in Document(io.BytesIO(docx)).element.iter(qn("w:instrText"))] == [
        "PAGE"
    ]


def test_an_unknown_placeholder_is_named_with_those_that_there_are():
    with pytest.raises(BadInput) as caught:
        fill(written("{{persn}}和«价格»"), content())
    told = caught.value.sentence
    for text in (
        "“persn”",
        "“价格”",
        "«person»（携带人）",
        "«papers.name»（携带载体.文件资料名称）",
    ):
        assert text in told


def test_nothing_is_evaluated():
    made = content(person="{{why}}«until»{{ 7*7 }}{% x %}", why="{{person}}")
    docx = fill(written("{{person}}／{{why}}", "{% for x in y %}", "{#"), made)
    assert lines_of(docx)[0] == "{{why}}«until»{{ 7*7 }}{% x %}／{{person}}"
    assert lines_of(docx)[1:] == ["{% for x in y %}", "{#"]
    for place in ("{{ person|upper }}", "{{ person.__class__ }}", "{{ 7*7 }}"):
        with pytest.raises(BadInput, match="不认识占位符"):
            fill(written(place), content())


def rows_template(*cells: str) -> bytes:
    document = Document()
    table = document.add_table(rows=2, cols=len(cells))
    for place, text in enumerate(cells):
        table.rows[0].cells[place].text = f"栏{place}"
        table.rows[1].cells[place].text = text
    return saved(document)


def rows_of(docx: bytes) -> list[list[str]]:
    (table,) = Document(io.BytesIO(docx)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_row_is_repeated():
    template = rows_template("«papers.number»", "{{携带载体.密级}}", "{{person}}")
    assert rows_of(fill(template, content())) == [
        ["栏0", "栏1", "栏2"],
        ["2025-001", "机密", "欧阳镕玥"],
        ["2025-002", "秘密", "欧阳镕玥"],
    ]
    assert rows_of(fill(template, content(papers=[])))[1:] == [["（无）", "", "欧阳镕玥"]]
    words = content(papers=[("{{papers.level}}", Level.SECRET, "甲")])
    assert rows_of(fill(template, words))[1][0] == "{{papers.level}}"


def test_a_column_outside_of_a_row_is_told():
    (fault,) = check(REQUEST, written("«papers.number»")).faults
    assert "须放在表格的一行里" in fault
    assert "不认识占位符" in check(REQUEST, written("«papers»")).faults[0]


def test_headers_text_boxes_and_lines():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{office}}"
    document.add_paragraph("{{why}}")
    box = f"<w:p {nsdecls('w')}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{{{person}}}}</w:t>"
    box += "</w:r></w:p></w:txbxContent></w:pict></w:r><w:r><w:t>框外</w:t></w:r></w:p>"
    document.element.body.insert(0, parse_xml(box))
    docx = fill(saved(document), content(why="一\n二"))
    made = Document(io.BytesIO(docx))
    assert made.sections[0].header.paragraphs[0].text == "某市人大机关"
    assert [each.text for each in made.element.body.iter(qn("w:t"))] == [
        "欧阳镕玥",
        "框外",
        "一",
        "二",
    ]
    assert "一\n二" in [each.text for each in made.paragraphs]


def test_a_template_brings_nothing_in():
    document = Document()
    document.add_paragraph("{{person}}")
    document.part.relate_to(
        "http://example.invalid/x.png", RELATIONSHIP_TYPE.IMAGE, is_external=True
    )
    with pytest.raises(BadInput, match="链接到外部"):
        check(REQUEST, saved(document))
    document = Document()
    document.part.relate_to(document.part._settings_part, f"{package.__name__}/oleObject")
    with pytest.raises(BadInput, match="嵌有其他文件"):
        check(REQUEST, saved(document))


def test_whence_a_template_came_is_forgotten():
    document = Document()
    part = document.part._settings_part
    path = "file:///C:/Users/somebody/Normal.dotm"
    kind = f"{RELATIONSHIP_TYPE.SETTINGS.rpartition('/')[0]}/attachedTemplate"
    key = part.relate_to(path, kind, is_external=True)
    attached = f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{key}"/>'
    document.settings.element.insert(0, parse_xml(attached))
    docx = fill(saved(document), content())
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        assert not any(b"somebody" in packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"PK\x03\x04 not really", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_docx_is_told(junk):
    with pytest.raises(BadInput) as caught:
        check(REQUEST, junk)
    assert caught.value.sentence == NO_DOCX


def test_a_flood_is_not_unpacked(monkeypatch):
    template = written("{{person}}")
    monkeypatch.setattr(package, "MOST_UNPACKED", 1000)
    with pytest.raises(BadInput, match="展开后太大"):
        check(REQUEST, template)
    monkeypatch.setattr(package, "MOST_BYTES", 1000)
    with pytest.raises(BadInput, match="超过"):
        check(REQUEST, template)


@pytest.mark.parametrize("other", [{"person": "某人"}, {"why": "其他"}, {"papers": []}], ids=str)
def test_what_is_not_in_the_docx_is_noticed(other):
    docx = fill(default_template(REQUEST), content())
    with pytest.raises(NotPrinted):
        compare_docx(docx, content(**other))
