"""Where a clause stands on the paper, and what a number means that somebody reads off it."""

import pytest

from baomi.rulebook.place import Numbering, typed_number
from baomi.rulebook.text import load_text


@pytest.mark.parametrize(
    ("clause", "place", "numbering"),
    [
        ("GZ1.0a", "一、保密工作机构及其职责/开头一段", "inferred"),
        ("GZ1.3d", "一、保密工作机构及其职责/（三）", "lettered"),
        ("GZ2.3.1b", "二、保密工作的管理/（三）涉密文件、资料管理/1.", "lettered"),
        ("GZ2.3.7", "二、保密工作的管理/（三）涉密文件、资料管理/7.", "paper"),
        ("GZ3.5", "三、保密工作的责任及保密队伍建设/5.", "paper"),
        ("CW2.1", "二、结合财务室的具体内容规定/1.", "paper"),
        ("CW3a", "三", "lettered"),
        ("DM4.9", "四、定密具体程序/（九）", "paper"),
        ("DM10", "十", "paper"),
        ("LG2.0", "二、离岗离职的前置条件/开头一段", "inferred"),
        ("LG2.1a", "二、离岗离职的前置条件/（一）清退涉密文件", "lettered"),
        ("LG2.4", "二、离岗离职的前置条件/（四）收回场所出入权限", "inferred"),
        ("LG4.3b1", "四、脱密期管理/（二）不同类型人员的管理", "inferred"),
        ("DM+1", "", "ours"),
        ("X1b", "", "ours"),
    ],
)
def test_a_clause_stands_where_the_paper_has_it(clause, place, numbering):
    found = load_text().place_of(clause)
    assert "/".join(found.written) == place
    assert found.numbering == Numbering(numbering)


def test_every_clause_of_the_paper_has_a_place_and_says_whose_its_number_is():
    for clause in load_text().clauses:
        place = load_text().place_of(clause.id)
        assert bool(place.written) == ("+" not in clause.id)
        assert place.note.endswith("。")
        if place.numbering is Numbering.PAPER:
            assert "本程序" not in place.note


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2.3.1", ("", "2.3.1")),
        ("GZ2.3.1", ("GZ", "2.3.1")),
        ("gz2.3.1B", ("GZ", "2.3.1b")),
        ("GZ 2.3.1 a", ("GZ", "2.3.1a")),
        ("２．３．１", ("", "2.3.1")),
        ("二(三)1", ("", "2.3.1")),
        ("二、（三）1.", ("", "2.3.1")),
        ("DM四（九）", ("DM", "4.9")),
        ("dm十", ("DM", "10")),
        ("DM+1", ("DM", "+1")),
        ("LG", ("LG", "")),
        ("二十", ("", "20")),
        ("十二", ("", "12")),
    ],
)
def test_a_number_is_understood_as_it_is_written(typed, number):
    assert typed_number(typed) == number


@pytest.mark.parametrize("typed", ["传阅", "密级2", "", "。", "一律", "USB", "2.3.1 传阅"])
def test_what_is_no_number_is_looked_for_in_words(typed):
    assert typed_number(typed) is None
