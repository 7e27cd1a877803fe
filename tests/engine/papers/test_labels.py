"""Labels and badges: what is printed is read back, and means the thing that it stands on."""

from datetime import date

import pytest

from baomi.engine.papers.labels import (
    A4_21,
    A4_24,
    ONE_60_40,
    Badge,
    CabinetLabel,
    CopyLabel,
    render_badges,
    render_cabinet_labels,
    render_labels,
)
from baomi.kernel.labels import Label, make_label, parse_label
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from tests.engine.papers.looking import Seen, codes_on, pages_of, properties_of, words_on

DAY = date(2025, 3, 3)
OFFICE = "0195a1b2c3d4e5f60718293a4b5c6d7e"


def label(kind, serial):
    return make_label(kind, serial, office=OFFICE)


def copy_labels(count):
    return [
        CopyLabel(
            label=label("C", number),
            level=Level.SECRET,
            registered_number=f"2025-{number:03d}",
            copy_number=f"{757 + number:06d}",
        )
        for number in range(1, count + 1)
    ]


def both(kind, *serials):
    """Each label once as QR and once as Code 128."""
    texts = sorted(label(kind, serial) for serial in serials)
    return {(form, text) for form in ("QR Code", "Code 128") for text in texts}


def seen(found):
    return {(each.format, each.text) for each in found}


@pytest.mark.parametrize("sheet", [A4_21, A4_24], ids=["21", "24"])
def test_every_code_of_a_full_sheet_is_read_back(sheet):
    pdf = render_labels(copy_labels(sheet.places + 1), day=DAY, sheet=sheet)
    assert pages_of(pdf) == 2
    found = codes_on(pdf)
    assert seen(found) == both("C", *range(1, sheet.places + 1))
    assert len(found) == 2 * sheet.places
    read = {parse_label(each.text, office=OFFICE) for each in found}
    assert read == {Label(kind="C", serial=number) for number in range(1, sheet.places + 1)}
    assert seen(codes_on(pdf, page=2)) == both("C", sheet.places + 1)


def test_a_label_says_level_number_and_copy():
    words = words_on(render_labels(copy_labels(2), day=DAY))
    for text in ("机密", "2025-001", "第000758份", label("C", 1), "2025-002", label("C", 2)):
        assert text in words


def test_a_label_printer_gets_one_a_page():
    pdf = render_labels(copy_labels(2), day=DAY, sheet=ONE_60_40)
    assert pages_of(pdf) == 2
    assert properties_of(pdf)["Page size"].startswith("170.079 x 113.386")
    for page in (1, 2):
        assert seen(codes_on(pdf, page=page)) == both("C", page)


def test_places_that_are_gone_are_left_out():
    pdf = render_labels(copy_labels(3), day=DAY, used=19)
    assert pages_of(pdf) == 2
    assert seen(codes_on(pdf)) == both("C", 1, 2)
    with pytest.raises(BadInput, match="0 到 20"):
        render_labels(copy_labels(1), day=DAY, used=21)


def test_nothing_to_print_is_told():
    with pytest.raises(BadInput, match="没有选中"):
        render_labels([], day=DAY)


def test_cabinet_labels_are_read_back():
    cabinets = [
        CabinetLabel(label=label("K", 1), name="机密柜", room="东楼 203", level=Level.SECRET),
        CabinetLabel(
            label=label("K", 2), name="研究室密码柜" * 3, room="东" * 30, level=Level.CONFIDENTIAL
        ),
    ]
    pdf = render_cabinet_labels(cabinets, day=DAY)
    assert seen(codes_on(pdf)) == both("K", 1, 2)
    words = words_on(pdf)
    assert "机密柜" in words
    assert "最高存放：秘密" in words
    assert "研究室密码柜" * 3 in words  # set smaller, never cut off


def test_badges_bear_rare_names():
    names = ["张喆", "欧阳镕玥", "李璟堃", "阿卜杜勒·艾哈迈德江"]
    badges = [
        Badge(label=label("P", number), name=name, unit="研究室")
        for number, name in enumerate(names, start=1)
    ]
    pdf = render_badges(badges, office="某市人大机关", day=DAY)
    assert seen(codes_on(pdf)) == both("P", 1, 2, 3, 4)
    words = words_on(pdf)
    for text in (*names, "研究室", "某市人大机关", "工牌"):
        assert text in words
    assert Seen("QR Code", label("P", 1)) in codes_on(pdf)


def test_the_same_labels_are_the_same_bytes():
    once, again = (render_labels(copy_labels(30), day=DAY) for _ in range(2))
    assert once == again
    assert once != render_labels(copy_labels(30), day=date(2025, 3, 4))
