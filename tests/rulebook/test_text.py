"""The rulebook's text: complete, in the paper's order, and refused when it is written wrongly."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from baomi.rulebook.documents import RulebookError
from baomi.rulebook.text import TEXT_FOLDER, ControlKind, RulebookText, load_text

VERSION = "2020-12-24"

# As the paper is numbered, written down apart from the data: a clause lost or moved shows here.
IDS = {
    "GZ1": "0a 0b 1a 1b 1c 2a 2b 2c 3a 3b 3c 3d 4a 4b",
    "GZ2.1": "1a 1b 2a 2b 3a 3b 4 5 5a 5b 5c 5d 5e 5f 5g 5h 6a 6b 6c 6d 6e 6f 6g 6h",
    "GZ2.2": "1a 1b 2 3a 3b 3c 4a 4b 5a 5b 6 7",
    "GZ2.3": "1a 1b 2a 2b 2c 3a 3b 3c 3d 4a 4b 5a 5b 5c 5d 5e 6a 6b 7 8",
    "GZ2.4": "1a 1b 1c 2a 2b 3a 3b 4 5a 5b 6a 6b 6c",
    "GZ2.5": ("1a 1b 2 3a 3b 3c1 3c2 3c3 3c4 3d 3e 4a1 4a2 4b 4c 4d 5a 5b 5c 5d 5e 5f 5g 5h 5i 5j"),
    "GZ2.6": "1a 1b 1c 1d 1e 2 3a 3b 3c 4a 4b 5a 5b 5c 5d",
    "GZ2.7": "1a 1b 2a 2b 2c 3a 3b 4a 4b 5 6 7",
    "GZ2.8": "1 2 3a 3b 3c 3d",
    "GZ3": "1a 1b 1c 1d 1e 2a 2b 3a 3b 4a 4b 4c 4d 5",
}
IDS_UNDER_ITEMS = (
    "CW1 CW2.1 CW2.2 CW2.3a CW2.3b CW2.4a CW2.4b CW3a CW3b CW4",
    "JZ1 JZ2a JZ2b JZ2c JZ2d JZ2e JZ2f JZ3a JZ3b JZ3c JZ4a JZ4b JZ4c JZ5a JZ5b JZ5c JZ5d JZ5e JZ6",
    "DM1a DM1b DM1c DM2a DM2b DM3 DM4.1 DM4.2 DM4.4 DM4.5 DM4.6 DM4.7 DM4.8 DM4.9",
    "DM5.1 DM5.2 DM5.3 DM6a DM6b DM6c DM6d DM6e DM7 DM8 DM9a DM9b DM9c DM9d DM10",
    "DM+1 DM+2 DM+3 DM+4 DM+5",
    "LG1 LG1a LG1b LG1c LG1d LG2.0 LG2.1a LG2.1b LG2.1c LG2.1d LG2.2a LG2.2b LG2.3a LG2.3b LG2.3c",
    "LG2.4 LG3.1a LG3.1b LG3.1c LG3.1d LG3.2a LG3.2b LG3.2c LG3.2d LG3.2e",
    "LG4.0 LG4.1a LG4.1b LG4.2 LG4.3a LG4.3b1 LG4.3b2 LG4.3c LG4.3d1 LG4.3d2 LG4.3d3",
    "LG4.4a1 LG4.4a2 LG4.4b1 LG4.4b2 LG4.4b3 LG4.4c LG4.4d",
)


@pytest.fixture(scope="module")
def text() -> RulebookText:
    return load_text()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A rulebook that a test may spoil."""
    shutil.copytree(TEXT_FOLDER / VERSION, tmp_path / VERSION)
    return tmp_path


def spoil(folder: Path, part: str, old: str, new: str) -> None:
    path = folder / VERSION / f"{part}.yaml"
    whole = path.read_text("utf-8")
    assert whole.count(old) >= 1
    path.write_text(whole.replace(old, new, 1), "utf-8")


def test_every_clause_stands_in_the_order_of_the_paper(text: RulebookText) -> None:
    expected = [f"{head}.{item}" for head, items in IDS.items() for item in items.split()]
    expected += [one for line in IDS_UNDER_ITEMS for one in line.split()]
    assert [clause.id for clause in text.clauses] == expected


def test_counts_by_system(text: RulebookText) -> None:
    assert len(text.clauses) == 262
    assert Counter(clause.system for clause in text.clauses) == {
        "GZ": 156,
        "CW": 10,
        "JZ": 19,
        "DM": 34,
        "LG": 43,
    }


def test_counts_of_expected_controls(text: RulebookText) -> None:
    kinds = Counter(control.kind.value for clause in text.clauses for control in clause.controls)
    assert kinds == {
        "guard": 157,
        "register": 136,
        "check": 81,
        "duty": 77,
        "form": 51,
        "approval": 30,
        "access": 12,
    }


def test_five_systems_are_named(text: RulebookText) -> None:
    assert [one.code for one in text.systems] == ["GZ", "CW", "JZ", "DM", "LG"]
    assert text.title_of("DM") == "定密工作制度"
    with pytest.raises(KeyError):
        text.title_of("XX")


def test_no_title_is_used_twice_within_a_section(text: RulebookText) -> None:
    titles = Counter((clause.id.rsplit(".", 1)[0], clause.title) for clause in text.clauses)
    assert [key for key, count in titles.items() if count > 1] == []


def test_only_approvals_are_by_setting(text: RulebookText) -> None:
    marked = [c for clause in text.clauses for c in clause.controls if c.by_setting]
    assert {control.kind for control in marked} == {ControlKind.APPROVAL}


def test_a_clause_beyond_the_paper_says_so(text: RulebookText) -> None:
    assert all(clause.beyond for clause in text.under("DM+"))
    assert text.by_id["GZ2.3.2b"].beyond == ("当日交回的期限", "有逾期未还的阅件人停止交阅")
    assert text.by_id["GZ2.3.2a"].beyond == ()


def test_two_destroying_approvals(text: RulebookText) -> None:
    assert len(text.by_id["GZ2.8.3b"].controls_of(ControlKind.APPROVAL)) == 2


@pytest.mark.parametrize(
    "clause", ["DM1a", "DM6b", "LG1d", "GZ2.8.2", "GZ2.5.5h", "JZ6", "GZ1.1b", "GZ3.5"]
)
def test_a_clause_behind_the_law_names_the_law(text: RulebookText, clause: str) -> None:
    found = text.by_id[clause]
    assert found.is_behind_the_law
    assert all(text.statute_of[each.statute].title for each in found.law)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("GZ2.3.1", ["GZ2.3.1a", "GZ2.3.1b"]),
        ("GZ2.5.4", ["GZ2.5.4a1", "GZ2.5.4a2", "GZ2.5.4b", "GZ2.5.4c", "GZ2.5.4d"]),
        ("LG1", ["LG1", "LG1a", "LG1b", "LG1c", "LG1d"]),
        ("DM1", ["DM1a", "DM1b", "DM1c"]),
        ("DM4", []),
        ("GZ9", []),
    ],
)
def test_parts_of_a_numbered_clause(text: RulebookText, number: str, expected: list[str]) -> None:
    assert [clause.id for clause in text.parts_of(number)] == expected


@pytest.mark.parametrize(
    ("prefix", "count"), [("DM", 34), ("DM1", 3), ("GZ2.3", 20), ("GZ2.3.1a", 1), ("GZ2", 128)]
)
def test_what_stands_under_a_heading(text: RulebookText, prefix: str, count: int) -> None:
    assert len(text.under(prefix)) == count


def test_clashes_and_readings_are_kept(text: RulebookText) -> None:
    assert {"GZ2.5.5h", "JZ6"} <= {one for clash in text.clashes for one in clash.clauses}
    assert len(text.clashes) == 7
    assert any("LG2.4" in reading.clauses for reading in text.uncertain_readings)


def test_text_cannot_be_changed(text: RulebookText) -> None:
    with pytest.raises(ValueError, match="frozen"):
        text.clauses[0].__setattr__("title", "别的")


def test_an_untouched_copy_loads(copied: Path, text: RulebookText) -> None:
    assert load_text(folder=copied) == text


def test_unknown_version_is_refused() -> None:
    with pytest.raises(RulebookError, match="找不到制度数据文件"):
        load_text("1999-01-01")


def test_a_version_is_a_date_and_no_path() -> None:
    with pytest.raises(RulebookError, match="发布日期"):
        load_text("../2020-12-24")


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        ("gz2_3", "id: GZ2.3.1b", "id: GZ2.3.1a", "编号重复：GZ2.3.1a"),
        ("gz2_3", "id: GZ2.3.1b", "id: GZ2.3-1b", "写法不对"),
        ("gz2_3", "id: GZ2.3.1b", "id: QQ2.3.1b", "写法不对"),
        ("gz2_3", "kind: guard", "kind: wish", "不在允许的取值之内"),
        ("gz2_3", "    title: ", "    heading: ", "heading|title"),
        ("gz2_3", "    requires: ", "    remark: 多余\n    requires: ", "是未知的项"),
        ("gz2_3", "    requires: ", "    title: 又一个\n    requires: ", "重复出现"),
        ("gz2_3", "clauses:", "clauses: [", "不合 YAML 的写法"),
        ("gz2_3", "clauses:", "? [a]\n: b\nclauses:", "不合 YAML 的写法"),
        ("gz2_3", "requires: 传阅", "requires: ''\n    #", "requires”不得为空，请补上"),
        ("index", "issued: 2020-12-24", "issued: 2020-02-30", "不存在的日期"),
        ("index", "issued: 2020-12-24", "issued: 某日", "“issued”的取值不对，请改正"),
        ("index", "parts: [gz1, ", "parts: [gz0, ", "找不到制度数据文件 gz0.yaml"),
        ("index", "parts: [", "pieces: [", "缺少“parts”"),
        ("index", "{code: CW, ", "{code: CX, ", "不属于所列的任何制度"),
        ("index", "[GZ2.5.5b, JZ5c]", "[GZ2.5.5b, JZ5z]", "引用了不存在的条款：JZ5z"),
        ("index", "{id: CW4, ", "{id: CW5, ", "标题之下没有条款：CW5"),
        ("gz2_8", "statute: regulation", "statute: custom", "没有列出的法律法规：custom"),
        ("gz2_8", "article: 第二十七条", "article: 27条", "写法不对"),
        ("gz2_8", "relation: differs", "relation: strange", "不在允许的取值之内"),
    ],
)
def test_a_wrong_text_is_refused_in_chinese(
    copied: Path, part: str, old: str, new: str, message: str
) -> None:
    spoil(copied, part, old, new)
    with pytest.raises(RulebookError, match=message):
        load_text(folder=copied)


def test_a_title_longer_than_sixteen_characters_is_refused(copied: Path) -> None:
    spoil(copied, "gz2_3", "title: 传阅严格登记", "title: " + "长" * 17)
    with pytest.raises(RulebookError, match="title”太长，请缩短"):
        load_text(folder=copied)


def test_every_control_kind_has_a_chinese_label() -> None:
    assert len({kind.label for kind in ControlKind}) == 7
    assert ControlKind.DUTY.label == "应办"
