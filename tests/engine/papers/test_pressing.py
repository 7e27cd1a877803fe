"""Setting a paper: fonts that are there, characters that are not, and data that is only data."""

from datetime import date
from pathlib import Path

import pytest

from baomi.engine.papers import fonts
from baomi.engine.papers.books import BookPaper, render_book, widths_of
from baomi.engine.papers.press import MISSING_SIGN, PaperFault, press
from baomi.engine.papers.proofs import CheckpointPaper, render_certificate, render_checkpoint
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from tests.engine.papers.looking import Seen, codes_on, pages_of, properties_of, words_on

DAY = date(2025, 3, 3)
RARE = "喆镕玥璟堃犇骉昇翀彧赟祎旻曌韡燚㐂𠮷"
NOT_IN_NOTO = "𪚥"
NOTE = (
    "bm.local/0195a1b2c3d4e5f60718293a4b5c6d7e\n1284\n"
    "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=\n\n"
    "— bm.local/0195a1b2c3d4e5f60718293a4b5c6d7e/k1 " + "aGVsbG93b3JsZGhl" * 5 + "\n"
)


def book(*rows, columns=("收文编号", "标题", "日期", "在册"), **more):
    said = {
        "office": "某市人大机关",
        "title": "涉密载体台账",
        "level": Level.SECRET,
        "who": "李璟堃",
        "when": "2025-03-03 09:30",
        "receipt": "1284:9f86d081884c7d65",
    }
    return BookPaper(columns=columns, rows=rows, **{**said, **more})


def row(title="关于做好某项工作的通知", number=1):
    return [f"2025-{number:03d}", title, DAY, True]


def test_rare_characters_are_printed():
    assert RARE in words_on(render_book(book(row(RARE)), day=DAY))


def test_a_character_that_no_font_has_is_marked_and_told():
    words = words_on(render_book(book(row(f"王{NOT_IN_NOTO}之件")), day=DAY))
    assert f"王{MISSING_SIGN}之件" in words
    assert "本机字体缺字" in words
    assert "本机字体缺字" not in words_on(render_book(book(row()), day=DAY))


@pytest.mark.parametrize(
    "odd",
    ["\x00", "\x07", "\x85", "\ufffe", "👩\u200d🚀", "e\u0301", "葛\U000e0100", "עב", "ﷺ"],
    ids=ascii,
)
def test_odd_characters_spoil_no_paper(odd):
    words = words_on(render_book(book(row(f"前{odd}后")), day=DAY))
    assert "前" in words
    assert "后" in words


def test_turned_writing_is_printed_straight():
    assert "机密文件" in words_on(render_book(book(row("机\u202e密\u200b文件")), day=DAY))


def test_many_missing_characters_are_all_marked():
    missing = "".join(chr(0xE000 + number) for number in range(60))
    assert MISSING_SIGN * 60 in words_on(render_book(book(row(missing)), day=DAY))


@pytest.fixture
def no_fonts(monkeypatch, tmp_path):
    """A machine without Chinese fonts."""
    monkeypatch.setattr(fonts, "NOTO_FOLDERS", (tmp_path,))
    fonts._found.cache_clear()
    yield
    fonts._found.cache_clear()


def test_without_a_chinese_font_nothing_is_printed(no_fonts):
    with pytest.raises(BadInput, match="fonts-noto-cjk"):
        render_book(book(row()), day=DAY)


def test_the_office_may_bring_its_own_fonts(no_fonts, monkeypatch, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    name = "NotoSansCJK-Regular.ttc"
    (own / name).symlink_to(Path("/usr/share/fonts/opentype/noto") / name)
    monkeypatch.setenv("BAOMI_FONTS", str(own))
    assert fonts.typefaces().text == ("Noto Sans CJK SC",)
    assert "关于做好某项工作的通知" in words_on(render_book(book(row()), day=DAY))


@pytest.mark.parametrize(
    "title",
    [
        '#panic("x")',
        "*粗* _斜_ $x^2$ @甲 <乙> = 标题",
        '"); #read("parts.typ")',
        "https://例.cn // 注",
        "`原样` \\u{41} \\ ~ -- ...",
        "'单' \"双\"",
    ],
)
def test_what_is_typed_is_printed_and_never_run(title):
    printed = words_on(render_book(book(row(title)), day=DAY))
    assert "".join(title.split()) in printed


def test_a_fault_of_a_template_quotes_nothing_of_the_data():
    with pytest.raises(PaperFault) as caught:
        press("slip", {"office": "绝不外传的标题"}, day=DAY)
    assert "外传" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_paper_says_nothing_of_itself():
    pdf = render_book(book(row()), day=DAY)
    said = properties_of(pdf)
    assert {"Title", "Author", "Subject", "Keywords"}.isdisjoint(said)
    assert "Mar  3" in said["CreationDate"]
    assert "pdfaid:part>2<" in pdf.decode("latin-1")


def test_a_list_repeats_its_headings_and_bears_its_mark():
    pdf = render_book(book(*(row(number=number) for number in range(1, 91))), day=DAY)
    assert pages_of(pdf) > 1
    words = words_on(pdf)
    assert words.count("收文编号") == pages_of(pdf)
    assert words.count("打印人：李璟堃") == pages_of(pdf)
    for text in ("机密", "涉密载体台账", "2025-03-0309:30", "共90行", "是"):
        assert text in words
    assert words.count("回执：1284:9f86d081884c7d65") == pages_of(pdf)
    assert pdf == render_book(book(*(row(number=number) for number in range(1, 91))), day=DAY)


def test_an_empty_list_is_printed_as_such():
    assert "共0行" in words_on(render_book(book(receipt=""), day=DAY))


def test_columns_fill_the_page_and_words_keep_their_width():
    size, widths = widths_of(["标签", "标题"], [["BMC0000012O7K5", "通知" * 60]])
    assert size == 9.0
    assert sum(widths) == pytest.approx(768 - 2 * 6, abs=0.1)
    assert widths[0] > 14 * 0.6 * size
    many = [f"栏{number}" for number in range(20)]
    smaller, widths = widths_of(many, [["BMC0000012O7K5"] * 20])
    assert smaller == 6.0
    assert sum(widths) == pytest.approx(756, abs=0.3)


def test_a_sealing_is_read_back_word_for_word():
    paper = CheckpointPaper(
        office="某市人大机关",
        note=NOTE,
        seq=1285,
        sealed_at="2025-03-03 09:30",
        receipt="1285:9f86d081884c7d65",
    )
    pdf = render_checkpoint(paper, day=DAY)
    assert codes_on(pdf) == [Seen("QR Code", NOTE)]
    words = words_on(pdf)
    for text in ("台账封存单", "2025-03-0309:30", "1285:9f86d081884c7d65", "aGVsbG93b3JsZGhl" * 5):
        assert text in words


def test_the_certificate_of_founding():
    vkey = "bm.local/0195a1b2c3d4e5f60718293a4b5c6d7e/k1+1234abcd+" + "QUJDRA==" * 5
    lines = ("演示机关，内容均为虚构", "建账证书", "机关：某市人大机关", f"第一把验证公钥：{vkey}")
    words = words_on(render_certificate(lines, day=DAY))
    for text in ("建账证书", "演示机关，内容均为虚构", "某市人大机关", vkey, "见证人："):
        assert text in words
