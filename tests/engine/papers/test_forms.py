"""Official forms: a declaration, what it says in words, and the PDF."""

from dataclasses import replace
from datetime import date

import pytest

from baomi.engine.papers.forms.pdf import render_pdf
from baomi.engine.papers.forms.reading_back import NotPrinted, compare_pdf
from baomi.engine.papers.press import MISSING_SIGN
from baomi.kernel.words import Level
from baomi.registers.official import Field, Filled, Form, Signature
from tests.engine.papers.declared_forms import (
    COLUMNS,
    DAY,
    LABEL,
    REQUEST,
    USUAL,
    content,
    nothing,
    worded,
)
from tests.engine.papers.looking import Seen, codes_on, pages_of, properties_of, words_on

RARE = "张喆堃㐂𠮷"


def form(*fields: Field, **more) -> Form:
    """A form of some fields."""
    return Form(name="a.b", title="表", kind="a", load=nothing, fields=fields, **more)


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        ([Field(key="a", label="甲"), Field(key="a", label="乙")], {}),
        ([Field(key="a", label="甲"), Field(key="b", label="甲")], {}),
        ([Field(key="title", label="甲")], {}),
        ([Field(key="a", label="存证回执")], {}),
        ([Field(key="A b", label="甲")], {}),
        ([Field(key="a", label="甲")], {"body": ("«b»",)}),
        ([Field(key="a", label="甲", columns=COLUMNS)], {"body": ("«a»",)}),
        ([Field(key="a", label="甲")], {"signatures": (Signature(key="a", title="乙"),)}),
        ([Field(key="a", label="甲")], {"decided_in": "a"}),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(fields, more):
    with pytest.raises(ValueError, match=r"^a\.b: "):
        form(*fields, **more)


def test_what_was_loaded_is_what_the_form_declares():
    for wrong in (
        {key: value for key, value in USUAL.items() if key != "why"},
        {**USUAL, "else": "甲"},
        {**USUAL, "papers": [("2025-001", "机密")]},
    ):
        with pytest.raises(ValueError, match="some"):
            worded(REQUEST, Filled(values=wrong))


def test_values_are_printed_in_the_words_of_papers():
    made = content(after=False, why=7)
    assert made.words["until"] == "2025年3月9日"
    assert (made.words["alone"], made.words["after"], made.words["why"]) == ("是", "否", "7")
    assert made.rows["papers"][1] == ("2025-002", "秘密", "某函")
    assert made.body == ("本人欧阳镕玥承诺遵守2020年版。",)
    assert content(person="«version»").body == ("本人«version»承诺遵守2020年版。",)


@pytest.mark.parametrize(
    ("level", "term", "mark"),
    [
        (Level.SECRET, "10年", "机密★10年"),
        (Level.TOP_SECRET, "", "绝密"),
        (Level.INTERNAL, "10年", "内部"),
        (Level.NONE, "", ""),
    ],
)
def test_the_mark(level, term, mark):
    assert content(level=level, term=term).words["mark"] == mark


def test_a_form_on_paper():
    made = worded(
        REQUEST, Filled(values=USUAL, level=Level.SECRET, term="10年", label=LABEL), "9:0f"
    )
    pdf = render_pdf(made, day=DAY)
    words = words_on(pdf)
    for text in ("机密★10年", REQUEST.title, "欧阳镕玥", "2025年3月9日", "组长审批意见", "—1—"):
        assert text in words
    for text in (
        "存证回执：9:0f",
        "打印：李璟堃",
        "本人欧阳镕玥承诺遵守2020年版。",
        "注：一式两份。",
    ):
        assert text in words
    assert "制度版本" not in words
    assert codes_on(pdf) == [Seen("QR Code", LABEL)]
    assert properties_of(pdf)["Page size"].startswith("595.276 x 841.89")
    assert "Title" not in properties_of(pdf)
    assert "pdfaid:part>2<" in pdf.decode("latin-1")
    assert render_pdf(made, day=DAY) == pdf
    compare_pdf(pdf, made)


def test_without_level_label_and_receipt_nothing_stands_in_their_places():
    pdf = render_pdf(content(level=Level.NONE, label=""), day=DAY)
    assert codes_on(pdf) == []
    assert "存证回执" not in words_on(pdf)
    assert "★" not in words_on(pdf)


def test_long_text_and_many_rows_go_on_over_the_pages():
    papers = [
        (f"2025-{number:03d}", Level.SECRET, f"第{number}件：{'通知' * (number % 40)}")
        for number in range(120)
    ]
    made = content(
        why="\n".join(f"{number}、汇报调研情况。" * 6 for number in range(60)), papers=papers
    )
    pdf = render_pdf(made, day=DAY)
    assert pages_of(pdf) > 5
    words = words_on(pdf)
    assert words.count("文件资料名称") >= pages_of(pdf) - 4
    assert words.count("机密★10年") == pages_of(pdf)
    for page in range(1, pages_of(pdf) + 1):
        assert codes_on(pdf, page=page) == [Seen("QR Code", LABEL)]
    compare_pdf(pdf, made)


def test_no_rows_are_printed_as_none():
    made = content(papers=[])
    pdf = render_pdf(made, day=DAY)
    assert "（无）" in words_on(pdf)
    compare_pdf(pdf, made)


def test_rare_names_are_printed_and_what_no_font_has_is_marked():
    made = content(person=RARE)
    pdf = render_pdf(made, day=DAY)
    assert RARE in words_on(pdf)
    compare_pdf(pdf, made)
    made = content(person="王𪚥")
    pdf = render_pdf(made, day=DAY)
    assert f"王{MISSING_SIGN}" in words_on(pdf)
    compare_pdf(pdf, made)


@pytest.mark.parametrize(
    "other",
    [
        {"person": "欧阳镕"},
        {"until": date(2025, 3, 8)},
        {"why": "参加座谈会。"},
        {"papers": [("2025-001", Level.TOP_SECRET, "某通知"), USUAL["papers"][1]]},
        {"after": "已检查"},
        {"version": "2021年版"},
        {"leader": "同意"},
        {"label": "BMC0000012O7K6"},
        {"term": "20年"},
    ],
    ids=str,
)
def test_what_is_not_on_the_paper_is_noticed(other):
    pdf = render_pdf(content(), day=DAY)
    with pytest.raises(NotPrinted):
        compare_pdf(pdf, content(**other))


def test_a_label_that_is_not_on_the_paper_is_noticed():
    pdf = render_pdf(content(), day=DAY)
    fields = tuple(
        replace(each, label="携带者") if each.key == "person" else each for each in REQUEST.fields
    )
    with pytest.raises(NotPrinted, match="person"):
        compare_pdf(pdf, content(replace(REQUEST, fields=fields)))
