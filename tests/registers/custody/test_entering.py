"""Papers enter the register: envelopes, own papers, marks, numbers of copies, voided numbers."""

from uuid import UUID

import pytest

from baomi.engine.inputs import InvalidInputs
from baomi.kernel.verdict import BadInput
from baomi.registers.custody import models
from baomi.registers.office.load import label_in
from tests.factories.deeds import do, size
from tests.registers.custody.desk import PAPER, refused


def test_an_envelope_registers_every_paper_and_copy(desk):
    before = size()
    receipt = desk.receive_all(
        [PAPER, PAPER | {"number": "", "level": "", "copy_numbers": "", "copies": 2}]
    )
    assert size() == before + 1
    first, second = receipt.told["papers"]
    assert first["registered_number"] == "2025-001"
    assert second["registered_number"] == "2025-002"
    assert first["copy_numbers"] == ["000758", "000759", "000760"]
    assert second["copy_numbers"] == ["本001", "本002"]
    labels = first["labels"] + second["labels"]
    assert [label_in(label).serial for label in labels] == [1, 2, 3, 4, 5]
    paper = desk.paper(UUID(first["paper"]))
    assert (paper["level"], paper["mark_typed"]) == (2, "机密★10年")
    assert (paper["term_kind"], paper["term_value"], paper["term_presumed"]) == (
        "years",
        "10",
        False,
    )
    assert (paper["number_key"], paper["series_serial"]) == ("×办发|2025|7", 1)
    envelope = models.Envelope.objects.get()
    assert (envelope.papers_stated, envelope.papers_found) == (2, 2)
    copies = models.Copy.objects.filter(paper=second["paper"])
    assert {(copy.state, copy.office_numbered) for copy in copies} == {("unstored", True)}


@pytest.mark.parametrize(
    ("level", "issuer", "stored", "marked"),
    [
        ("", "省委办公厅", 0, ""),
        ("", "云澜市财政局", -1, ""),
        ("无", "云澜市财政局", -1, ""),
        ("内部", "云澜市财政局", 0, "内部"),
        ("secret", "云澜市财政局", 2, "机密"),
        ("工作秘密", "云澜市财政局", 0, "工作秘密"),
    ],
    ids=["central-unmarked", "unmarked", "said-unmarked", "internal", "code", "work-secret"],
)
def test_a_level_is_what_the_paper_says(desk, level, issuer, stored, marked):
    paper, _ = desk.receive(level=level, issuer=issuer)
    row = desk.paper(paper)
    assert (row["level"], row["mark_typed"]) == (stored, marked)


@pytest.mark.parametrize(
    ("level", "years"),
    [("绝密", "30"), ("机密", "20"), ("秘密", "10")],
    ids=["top-secret", "secret", "confidential"],
)
def test_a_missing_term_is_presumed(desk, level, years):
    paper, _ = desk.receive(level=level)
    row = desk.paper(paper)
    assert (row["term_kind"], row["term_value"], row["term_presumed"]) == ("years", years, True)


def test_an_unmarked_central_paper_is_not_entered_below_internal(desk):
    said = {"sender": "省委", "intact": True, "papers_stated": 1}
    papers = [PAPER | {"level": "未注密级"}]
    found = refused("custody.receive_envelope", desk.registrar, papers=papers, **said)
    assert set(found) == {"GZ2.3.4a/unmarked_paper_of_a_higher_body_is_internal"}
    assert not models.Envelope.objects.exists()


def test_a_difference_must_be_explained(desk):
    with pytest.raises(BadInput, match="清单写 2 件，实收 1 件"):
        desk.receive_all([PAPER], papers_stated=2)
    desk.receive_all([PAPER], papers_stated=2, difference="已电告发件单位，少一件")
    assert models.Envelope.objects.get().difference == "已电告发件单位，少一件"


def test_a_broken_envelope_must_be_explained(desk):
    with pytest.raises(BadInput, match="包装破损"):
        desk.receive_all([PAPER], intact=False)


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ({"copy_numbers": "000758、000758"}, "写了两次"),
        ({"copy_numbers": "000758", "copies": 2}, "份数写的是 2"),
        ({"level": "很密"}, "不认识"),
        ({"level": "", "term": "10年"}, "没有保密期限"),
        ({"handler": UUID(int=5)}, "查无此人"),
        ({"handling_unit": UUID(int=5)}, "没有这个承办单位"),
    ],
    ids=["number-twice", "count", "level", "term", "handler", "unit"],
)
def test_what_cannot_be_meant(desk, paper, sentence):
    with pytest.raises(BadInput, match=sentence):
        desk.receive(**paper)
    assert not models.Paper.objects.exists()


def test_the_same_paper_is_not_entered_twice(desk):
    desk.receive()
    with pytest.raises(BadInput, match="已登记为 2025-001"):
        desk.receive(copy_numbers="000900")
    other = PAPER | {"number": "×办发〔2025〕8号", "copy_numbers": "1"}
    with pytest.raises(BadInput, match="填了两次"):
        desk.receive_all([other, other])


def test_an_envelope_without_papers_is_no_envelope(desk):
    with pytest.raises(InvalidInputs):
        desk.receive_all([])


def test_unseen_characters_are_refused_and_texts_are_composed(desk):
    with pytest.raises(InvalidInputs) as caught:
        desk.receive(title="通知\u202e书")
    assert "控制字符" in caught.value.faults[0].sentence
    paper, _ = desk.receive(title="cafe\u0301")
    assert desk.paper(paper)["title"] == "caf\u00e9"


def test_only_the_registrar_receives(desk):
    said = {"sender": "省委", "intact": True, "papers_stated": 1, "papers": [PAPER]}
    assert "access/actor_holds_the_post" in refused("custody.receive_envelope", desk.reader, **said)


def own_paper(desk, **more):
    said = {"title": "工作要点（稿）", "carrier": "paper"} | more
    return UUID(do("custody.register_own_paper", desk.reader, **said).told["paper"])


def test_an_own_paper_is_marked_by_its_handler_and_then_numbered(desk):
    paper = own_paper(desk)
    assert desk.paper(paper)["registered_number"] == "发文2025-001"
    found = refused("custody.number_copies", desk.registrar, paper, copies=3)
    assert set(found) == {"GZ2.3.8/own_paper_is_marked_before_it_goes_out"}
    assert found.popitem()[1].remedy_action == "custody.mark_paper"
    do("custody.mark_paper", desk.reader, paper, level="secret", term="20年")
    row = desk.paper(paper)
    assert (row["level"], row["mark_typed"], row["marked_by_id"]) == (2, "机密★20年", desk.reader)
    told = do("custody.number_copies", desk.registrar, paper, copies=3).told
    assert told["copy_numbers"] == ["本001", "本002", "本003"]


def test_a_disc_goes_through_the_same_steps(desk):
    paper = own_paper(desk, carrier="disc")
    found = refused("custody.number_copies", desk.registrar, paper, copies=1)
    assert "DM8/carrier_is_marked_before_it_is_numbered" in found
    do("custody.mark_paper", desk.reader, paper, level="confidential", term="6个月")
    do("custody.number_copies", desk.registrar, paper, copies=1)
    assert models.Copy.objects.filter(paper=paper).count() == 1


def test_nobody_marks_in_the_handlers_place(desk):
    paper = own_paper(desk)
    found = refused("custody.mark_paper", desk.registrar, paper, level="secret", term="10年")
    assert set(found) == {"GZ2.3.8/marker_is_the_handler"}


def test_a_level_stands_with_its_term(desk):
    paper = own_paper(desk)
    found = refused("custody.mark_paper", desk.reader, paper, level="secret")
    assert set(found) == {"GZ2.3.8/mark_has_level_and_term"}
    do("custody.mark_paper", desk.reader, paper, level="none")
    assert desk.paper(paper)["marked_by_id"] == desk.reader


@pytest.mark.parametrize(
    ("level", "term", "sentence"),
    [("internal", "10年", "没有保密期限"), ("secret", "很久很久", "看不懂")],
    ids=["internal-with-term", "unreadable-term"],
)
def test_a_mark_that_cannot_be_meant(desk, level, term, sentence):
    paper = own_paper(desk)
    with pytest.raises(BadInput, match=sentence):
        do("custody.mark_paper", desk.reader, paper, level=level, term=term)


def test_a_mark_is_set_once_and_only_on_our_own(desk):
    paper = own_paper(desk)
    do("custody.mark_paper", desk.reader, paper, level="internal")
    with pytest.raises(BadInput, match="已经标明过"):
        do("custody.mark_paper", desk.reader, paper, level="secret", term="10年")
    received, _ = desk.receive()
    with pytest.raises(BadInput, match="制文机关"):
        do("custody.mark_paper", desk.registrar, received, level="secret", term="10年")


def test_one_registers_only_what_one_handles(desk):
    with pytest.raises(BadInput, match="自己承办"):
        own_paper(desk, handler=desk.general)
    told = do(
        "custody.register_own_paper",
        desk.registrar,
        title="简报",
        carrier="paper",
        handler=desk.general,
    ).told
    assert desk.paper(UUID(told["paper"]))["handler_id"] == desk.general


def test_copies_that_came_later_are_numbered(desk):
    paper, _ = desk.receive()
    with pytest.raises(BadInput, match="000758 已经登记过"):
        do("custody.number_copies", desk.registrar, paper, copy_numbers="000758")
    told = do("custody.number_copies", desk.registrar, paper, copy_numbers="000761").told
    assert told["copy_numbers"] == ["000761"]
    assert models.Copy.objects.filter(paper=paper).count() == 4


def test_office_numbers_go_on_where_they_stopped(desk):
    paper, _ = desk.receive(copy_numbers="", copies=2)
    told = do("custody.number_copies", desk.registrar, paper, copies=2).told
    assert told["copy_numbers"] == ["本003", "本004"]


def test_a_voided_number_is_never_used(desk):
    before = size()
    do("custody.void_number", desk.registrar, year=2025, serial=1, reason="误编")
    assert size() == before + 1
    paper, _ = desk.receive()
    assert desk.paper(paper)["registered_number"] == "2025-002"
    for serial in (1, 2):
        with pytest.raises(BadInput, match="已经用过或已作废"):
            do("custody.void_number", desk.registrar, year=2025, serial=serial, reason="误编")
    with pytest.raises(BadInput, match="下一个编号是 3"):
        do("custody.void_number", desk.registrar, year=2025, serial=9, reason="误编")


def test_an_unknown_paper_and_no_paper(desk):
    with pytest.raises(BadInput, match="没有这份文件"):
        do("custody.number_copies", desk.registrar, UUID(int=7), copies=1)
    with pytest.raises(BadInput, match="请选定一份文件"):
        do("custody.number_copies", desk.registrar, copies=1)
