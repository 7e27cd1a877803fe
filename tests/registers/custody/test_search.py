"""Titles are found by two signs, as they stand now, and only by who may see the paper."""

import pytest

from baomi.kernel.verdict import BadInput
from baomi.registers.custody import models
from baomi.registers.custody.actions.steps.title_index import reindex_titles
from baomi.registers.custody.reads import BOOKS, search
from baomi.registers.custody.titles import pairs_of, shadow_of
from baomi.registers.office import load as office_load
from baomi.registers.paging import page
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.factories.watch import by_hand

TERMS = Terms.on(TODAY)


def person(key):
    return office_load.person(key, TODAY, TERMS)


def found(who, text, book="custody.paper"):
    return set(page(BOOKS[book], person(who), TERMS, search=text).ids)


@pytest.fixture
def papers(desk):
    """Three papers: the reader is in the circle of the first."""
    first, copies = desk.ready(title="关于加强防汛抗旱工作的通知")
    second, _ = desk.receive(title="关于干部培训的意见", number="×组〔2025〕3号", copy_numbers="9")
    third, _ = desk.receive(title="防火 与　抗旱，都要抓", number="", copy_numbers="000077")
    return first, second, third, copies


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("防汛", {0}),
        ("抗旱", {0, 2}),
        ("防汛抗旱", {0}),
        ("防火与抗旱", {2}),
        ("抗旱都要", {2}),
        ("的意", {1}),
        ("見", None),
        ("无此", set()),
        ("旱防", set()),
        ("省委办公", {0, 1, 2}),
        ("2025-002", {1}),
        ("×组（2025）第3号", {1}),
        ("×组", {1}),
    ],
)
def test_a_paper_is_found_by_what_stands_on_it(desk, papers, text, places):
    if places is None:
        with pytest.raises(BadInput, match="至少输入两个字"):
            found(desk.registrar, text)
        return
    assert found(desk.registrar, text) == {papers[place] for place in places}


@pytest.mark.parametrize("many", [0, 1], ids=["walked", "gathered"])
def test_common_and_rare_pairs_find_the_same(desk, papers, monkeypatch, many):
    monkeypatch.setattr(search, "MANY", {"id": many, "paper": many})
    first, second, third, copies = papers
    assert found(desk.registrar, "抗旱") == {first, third}
    assert found(desk.registrar, "防汛抗旱") == {first}
    assert found(desk.registrar, "防汛", "custody.copy") == set(copies)
    assert found(desk.registrar, "干部培训") == {second}


def test_copies_are_found_by_number_label_and_paper(desk, papers):
    first, _, third, copies = papers
    label = office_load.label("C", desk.copy(copies[1])["label_serial"])
    assert found(desk.registrar, label, "custody.copy") == {copies[1]}
    assert found(desk.registrar, label) == {first}
    assert found(desk.registrar, "000759", "custody.copy") == {copies[1]}
    assert found(desk.registrar, "2025-001/000760", "custody.copy") == {copies[2]}
    assert found(desk.registrar, "9", "custody.copy") != set()
    of_third = set(models.Copy.objects.filter(paper=third).values_list("id", flat=True))
    assert found(desk.registrar, "防火", "custody.copy") == of_third
    assert found(desk.registrar, "2025-003", "custody.copy") == of_third
    with pytest.raises(BadInput, match="只读到一部分"):
        found(desk.registrar, "BMC0000", "custody.copy")
    badge = office_load.label("P", 1)
    assert found(desk.registrar, badge, "custody.copy") == set()


def test_what_may_not_be_seen_is_not_found(desk, papers):
    first, _, _, copies = papers
    for text in ("防汛", "抗旱", "通知", "2025-001"):
        assert found(desk.reader, text) == {first}
        assert found(desk.reader, text, "custody.copy") == set(copies)
        assert found(desk.general, text) == set()
        assert found(desk.office.auditor, text, "custody.copy") == set()
    for text in ("培训", "防火", "2025-002", "×组〔2025〕3号"):
        assert found(desk.reader, text) == set()


def test_a_corrected_title_is_found_and_the_wrong_one_is_not(desk, papers):
    first = papers[0]
    do("custody.correct_paper", desk.registrar, first, title="关于加强防洪工作", reason="错登")
    assert found(desk.registrar, "防洪") == {first}
    assert found(desk.registrar, "防汛") == set()
    assert found(desk.registrar, "省委办公") == set(papers[:3])
    do("custody.correct_paper", desk.registrar, first, issuer="市水利局", reason="错登")
    assert found(desk.registrar, "水利") == {first}
    do("custody.correct_paper", desk.registrar, first, remarks="补注", reason="漏登")
    assert found(desk.registrar, "防洪") == {first}


def test_the_index_is_made_anew_as_it_was(desk, papers):
    before = set(models.TitlePair.objects.values_list("pair", "paper"))
    shadows = set(models.TitleShadow.objects.values_list("paper", "folded"))
    assert before and len(shadows) == 3
    models.TitlePair.objects.all().delete()
    assert found(desk.registrar, "防汛") == set()
    assert reindex_titles() == 3
    assert set(models.TitlePair.objects.values_list("pair", "paper")) == before
    assert set(models.TitleShadow.objects.values_list("paper", "folded")) == shadows


def test_pairs_are_of_one_text():
    assert shadow_of("甲《乙》", "丙 丁") == "甲乙\n丙丁"
    assert pairs_of("甲乙\n丙丁丙丁") == ("甲乙", "丙丁", "丁丙")
    assert pairs_of("甲") == pairs_of("") == ()


def test_what_is_searched_is_a_text(desk, papers):
    for text in ("防汛\x00", "防\u202e汛", "汛" * 300):
        with pytest.raises(BadInput):
            found(desk.registrar, text)
    for text in ("%%", "__", "防汛%", "\\\\", "'\"；", "🀄🀄"):
        found_ids = found(desk.registrar, text) if pairs_of(shadow_of(text)) else set()
        assert found_ids == set() or text == "防汛%"


def test_a_level_marked_later_goes_into_the_copies(desk):
    paper, copies = desk.receive(level="")
    unmarked = {"origin": "own", "mark_typed": "", "handler": desk.general}
    with by_hand():
        models.Paper.objects.filter(id=paper).update(**unmarked)
    do("custody.mark_paper", desk.general, paper, level="confidential", term="10年")
    of_level = {"level": "confidential"}
    shown = page(BOOKS["custody.copy"], person(desk.registrar), TERMS, filters=of_level)
    assert set(shown.ids) == set(copies)
