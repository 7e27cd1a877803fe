"""Need-to-know: what one may not see does not exist."""

from datetime import date
from uuid import UUID

import pytest

from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers.custody import reads
from baomi.registers.office import load as office_load
from baomi.registers.paging import listing
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do
from tests.factories.office import TODAY


def person(key, day=TODAY):
    return office_load.person(key, day, Terms.on(day))


def listed(name, actor):
    return listing(reads.BOOKS[name], actor, Terms.on(TODAY))


def sees(key, day=TODAY):
    visible = reads.visible_to(person(key, day))
    return (
        set(visible.papers.values_list("id", flat=True)),
        set(visible.copies.values_list("id", flat=True)),
    )


NOTHING: tuple[set[UUID], set[UUID]] = (set(), set())


def test_the_registrar_sees_all_and_administrators_nothing(desk):
    paper, copies = desk.ready()
    assert sees(desk.registrar) == ({paper}, set(copies))
    office = desk.office
    for administrator in (office.system_admin, office.security_admin, office.auditor):
        assert sees(administrator) == NOTHING


def test_a_circle_counts_as_far_as_the_clearance(desk):
    paper, copies = desk.ready(desk.reader, desk.general)
    assert sees(desk.reader) == ({paper}, set(copies))
    assert sees(desk.general) == NOTHING
    assert sees(desk.office.office_director) == NOTHING


def test_a_keeper_sees_what_he_keeps(desk):
    paper, copies = desk.ready()
    assert sees(desk.keeper) == NOTHING
    desk.lend_to_keeper(copies[0])
    assert sees(desk.keeper) == ({paper}, {copies[0]})
    desk.give(copies[0], by=desk.keeper)
    assert sees(desk.keeper) == ({paper}, {copies[0]})
    desk.take_back(copies[0])
    assert sees(desk.keeper) == NOTHING


def test_a_handler_sees_the_paper_that_he_handles(desk):
    told = do("custody.register_own_paper", desk.general, title="草稿", carrier="paper").told
    assert sees(desk.general) == ({UUID(told["paper"])}, set())


def test_whoever_left_sees_nothing(desk):
    paper, copies = desk.ready()
    do("office.end_service", desk.office.security_admin, desk.reader, ground="调离")
    assert sees(desk.reader) == ({paper}, set(copies))
    assert sees(desk.reader, date(2025, 3, 4)) == NOTHING


def spellings(desk):
    paper, copies = desk.receive()
    label = listed("custody.copy", person(desk.registrar)).rows[0][0]
    return paper, copies[0], label


def test_a_copy_is_found_by_label_number_and_id(desk):
    _, copy, label = spellings(desk)
    registrar = person(desk.registrar)
    for text in (label, label.lower(), "2025-001/000758", "２０２５－００１／000758", str(copy)):
        assert reads.PICKERS["custody.copy"](registrar, text) == copy
    assert reads.PICKERS["custody.copy"](registrar, "×办发[2025]7号/000758") == copy


def test_a_paper_is_found_by_its_numbers(desk):
    paper, _, _ = spellings(desk)
    registrar = person(desk.registrar)
    for text in ("2025-001", "2025-1", "×办发（2025）第07号", str(paper)):
        assert reads.PICKERS["custody.paper"](registrar, text) == paper


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("custody.copy", "2025-001"),
        ("custody.copy", "2025-001/000999"),
        ("custody.copy", "2025-009/000758"),
        ("custody.paper", "2024-001"),
        ("custody.paper", "通知"),
        ("custody.envelope", "2025-001"),
        ("custody.envelope", str(UUID(int=3))),
    ],
    ids=["no-copy", "other-copy", "other-paper", "paper", "title", "envelope", "envelope-id"],
)
def test_what_does_not_exist(desk, kind, text):
    desk.receive()
    with pytest.raises(BadInput, match="没有"):
        reads.PICKERS[kind](person(desk.registrar), text)


def test_what_may_not_be_seen_is_unknown_in_the_same_words(desk):
    paper, copy, label = spellings(desk)
    stranger, registrar = person(desk.general), person(desk.registrar)
    for kind, known, unknown in (
        ("custody.copy", (label, "2025-001/000758", str(copy)), "2024-001/000001"),
        ("custody.paper", ("2025-001", "×办发〔2025〕7号", str(paper)), "2024-001"),
    ):
        with pytest.raises(BadInput) as absent:
            reads.PICKERS[kind](registrar, unknown)
        for text in known:
            with pytest.raises(BadInput) as hidden:
                reads.PICKERS[kind](stranger, text)
            assert hidden.value.sentence == absent.value.sentence


def test_a_broken_or_wrong_label_says_so(desk):
    desk.receive()
    registrar = person(desk.registrar)
    with pytest.raises(BadInput, match="只读到一部分"):
        reads.PICKERS["custody.copy"](registrar, "BMC0000")
    with pytest.raises(BadInput, match="不是文件标签"):
        reads.PICKERS["custody.copy"](registrar, office_load.label("P", 1))


def test_an_envelope_is_the_registrars(desk):
    from tests.registers.custody.desk import PAPER

    key = UUID(desk.receive_all([PAPER]).told["envelope"])
    assert reads.PICKERS["custody.envelope"](person(desk.registrar), str(key)) == key
    with pytest.raises(BadInput, match="没有这次收文"):
        reads.PICKERS["custody.envelope"](person(desk.reader), str(key))


def cells(found):
    """Rows by Chinese heading."""
    heads = [heading for _, heading in found.columns]
    return [dict(zip(heads, row, strict=True)) for row in found.rows]


def test_lists_speak_as_the_registers_do(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    registrar = person(desk.registrar)
    found = listed("custody.paper", registrar)
    (paper,) = cells(found)
    assert found.level is Level.SECRET
    assert (paper["收文编号"], paper["秘密等级"], paper["保密期限"]) == ("2025-001", "机密", "10年")
    assert (paper["文件份数"], paper["载体类别"]) == (3, "纸质")
    first, second, _ = cells(listed("custody.copy", registrar))
    assert (first["份号"], first["状态"], first["用途"]) == ("000758", "在手", "阅")
    assert first["持有人"] == person(desk.reader).name
    assert (second["状态"], second["文件柜"]) == ("在柜", "机密柜")
    last = cells(listed("custody.movement", registrar))[-1]
    assert last["事项"] in {"入柜", "交阅"}


def test_a_presumed_term_says_so(desk):
    desk.receive(level="机密")
    (paper,) = cells(listed("custody.paper", person(desk.registrar)))
    assert paper["保密期限"] == "20年（推定）"


def test_lists_show_what_may_be_seen(desk):
    desk.ready()
    desk.receive(number="", copy_numbers="9", level="绝密")
    for name in ("custody.paper", "custody.copy", "custody.movement", "custody.conveyance"):
        assert listed(name, person(desk.general)).rows == ()
    assert len(listed("custody.paper", person(desk.reader)).rows) == 1
    assert listed("custody.envelope", person(desk.reader)).rows == ()
    assert len(listed("custody.envelope", person(desk.registrar)).rows) == 2


def test_voided_numbers_and_conveyings_are_listed(desk):
    paper, _ = desk.receive()
    do("custody.void_number", desk.registrar, year=2025, serial=2, reason="误编")
    said = {"audience": "处级干部", "audience_level": "县处级", "manner": "集中阅读"}
    do("custody.convey_paper", desk.registrar, paper, place=desk.reading_room, **said)
    registrar = person(desk.registrar)
    assert cells(listed("custody.voided_number", registrar))[0]["作废原因"] == "误编"
    assert cells(listed("custody.conveyance", registrar))[0]["传达方式"] == "集中阅读"


def test_the_history_of_a_copy(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    do("custody.undo", desk.registrar, copies[0])
    rows = cells(reads.history(person(desk.registrar), copies[0], Terms.on(TODAY)))
    assert [(row["事项"], row["已撤销"]) for row in rows] == [
        ("入柜", ""),
        ("交阅", "是"),
        ("撤销", ""),
    ]
    with pytest.raises(BadInput, match="没有这一份文件"):
        reads.history(person(desk.general), copies[0], Terms.on(TODAY))


def test_a_reader_sees_of_a_history_what_concerns_him(desk):
    _, copies = desk.ready(desk.reader, desk.leader)
    desk.give(copies[0], remark="加急")
    desk.take_back(copies[0])
    leader, reader = person(desk.leader), person(desk.reader)
    assert reads.history(leader, copies[0], Terms.on(TODAY)).rows == ()
    assert listed("custody.movement", leader).rows == ()
    assert [row["事项"] for row in cells(reads.history(reader, copies[0], Terms.on(TODAY)))] == [
        "交阅",
        "收回",
    ]
