"""What is archived is only consulted, with approval, on the spot."""

from datetime import date
from uuid import UUID

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.registers.custody.models import Archiving
from tests.factories.approving import approved
from tests.factories.deeds import do, unaccounted
from tests.factories.office import TODAY
from tests.registers.custody.desk import duties, refused
from tests.registers.custody.travelling import (
    archived,
    consultation,
    consultation_of,
    consulted,
    consulted_line,
    put,
)
from tests.registers.walking import page

ASK = "GZ2.2.4a/approved_by_post_in_terms"
EXCERPT = "GZ2.2.4b/approved_by_post_in_terms"


def archivist(desk) -> UUID:
    """Somebody who keeps the archive from today on."""
    who = desk.office.readers["法制委"][0]
    said = {"post": "archivist", "letter": "任〔2025〕9号", "second": desk.office.auditor}
    do("office.appoint", desk.office.security_admin, who, **said)
    return who


def test_a_copy_is_put_into_the_archive(desk):
    _, copy = archived(desk)
    row = desk.copy(copy)
    assert (row["state"], row["cabinet_id"]) == ("archived", desk.cabinet)
    (entered,) = Archiving.objects.filter(copy=copy).values()
    assert (entered["archive_number"], entered["handed_over_by_id"]) == (
        "2025-WS-0012",
        desk.keeper,
    )
    assert page(desk.registrar, "custody.archiving").ids == (entered["id"],)
    assert page(desk.reader, "custody.archiving").ids == (entered["id"],)
    assert page(desk.general, "custody.archiving").ids == ()
    do("custody.undo", desk.registrar, copy)
    assert desk.copy(copy)["state"] == "stored"
    assert Archiving.objects.filter(copy=copy, voided_by=None).count() == 0
    assert unaccounted() == []


def test_an_archived_copy_may_get_another_number(desk):
    _, copy = archived(desk)
    put(desk, copy)
    assert Archiving.objects.filter(copy=copy).count() == 2
    with pytest.raises(BadInput, match="已经归档"):
        desk.store(copy)


def test_an_archived_copy_is_not_handed_out(desk):
    _, copy = archived(desk)
    said = {"person": desk.reader, "place": desk.reading_room}
    found = refused("custody.hand_over_copy", desk.registrar, copy, **said)
    (refusal,) = found.values()
    assert set(found) == {"GZ2.2.4a/archived_copy_stays_in_the_archive"}
    assert refusal.remedy_action == "custody.consult_archive"


def test_nobody_consults_without_approval(desk):
    _, copy = archived(desk)
    said = consultation(desk)
    assert set(refused("custody.consult_archive", desk.registrar, copy, **said)) == {ASK}
    consulted(desk, copy)
    row = desk.copy(copy)
    assert (row["state"], row["holder_id"], row["purpose"]) == ("held", desk.reader, "consulting")
    (duty,) = duties(copy)
    assert (duty["clause"], duty["owner"], duty["due_on"]) == ("GZ2.2.4a", desk.reader, TODAY)
    with pytest.raises(BadInput, match="先办理“归还档案”"):
        desk.take_back(copy)
    do("custody.end_consultation", desk.registrar, copy)
    row = desk.copy(copy)
    assert (row["state"], row["cabinet_id"], duties(copy)) == ("archived", desk.cabinet, [])
    assert consulted_line(copy)["ended_on"] == TODAY
    assert unaccounted() == []


def test_an_excerpt_needs_an_approval_of_its_own(desk):
    _, copy = archived(desk)
    said = consultation(desk, excerpts=True, excerpt_use="年鉴第三章")
    found = refused("custody.consult_archive", desk.registrar, copy, **said)
    assert set(found) == {ASK, EXCERPT}
    consulted(desk, copy, excerpts=True, excerpt_use="年鉴第三章")
    nowhere = {"excerpted": "第3页第二段"}
    found = refused("custody.end_consultation", desk.registrar, copy, **nowhere)
    assert set(found) == {"GZ2.2.4b/excerpt_goes_where_it_is_written"}
    kept = nowhere | {"excerpt_kept": "年鉴稿，研究室存"}
    do("custody.end_consultation", desk.registrar, copy, **kept)
    shown = page(desk.reader, "custody.consultation")
    told = dict(zip((key for key, _ in shown.columns), shown.rows[0], strict=True))
    assert (told["excerpted"], told["excerpt_kept"]) == ("第3页第二段", "年鉴稿，研究室存")
    assert (told["state"], told["copies"]) == ("已归还", "2025-001 第000758份")


def test_what_was_to_be_read_only_is_not_excerpted(desk):
    _, copy = archived(desk)
    consulted(desk, copy)
    said = {"excerpted": "第3页", "excerpt_kept": "年鉴稿"}
    found = refused("custody.end_consultation", desk.registrar, copy, **said)
    assert set(found) == {"GZ2.2.4b/excerpt_was_approved_beforehand"}


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"excerpts": True}, "请填写“摘录、引用的用途”"),
        ({"excerpt_use": "年鉴"}, "填了用途"),
    ],
    ids=["no-use", "use-alone"],
)
def test_excerpts_and_their_use_go_together(desk, how, sentence):
    _, copy = archived(desk)
    with pytest.raises(BadInput, match=sentence):
        do("custody.consult_archive", desk.registrar, copy, **consultation(desk, **how))


def test_who_may_not_know_it_does_not_consult_it(desk):
    _, copy = archived(desk)
    other = desk.office.readers["法制委"][0]
    found = refused(
        "custody.consult_archive", desk.registrar, copy, **consultation(desk, person=other)
    )
    assert set(found) == {"GZ2.2.4a/consulting_person_may_know_it", ASK}


def test_both_deeds_can_be_undone(desk):
    _, copy = archived(desk)
    consulted(desk, copy)
    do("custody.end_consultation", desk.registrar, copy)
    do("custody.undo", desk.registrar, copy)
    assert consulted_line(copy)["ended_on"] is None
    assert len(duties(copy)) == 1
    do("custody.undo", desk.registrar, copy)
    assert consultation_of(copy)["voided_by"] is not None
    assert (desk.copy(copy)["state"], duties(copy)) == ("archived", [])
    assert unaccounted() == []


def test_the_archivist_sees_the_archive_and_no_more(desk):
    who = archivist(desk)
    _, copy = archived(desk)
    _, copies = desk.ready(desk.leader, cabinet=desk.top_cabinet, level="绝密", number="")
    do(
        "custody.put_into_archive",
        desk.registrar,
        copies[0],
        archive_number="2025-WS-0013",
        cabinet=desk.top_cabinet,
        handed_over_by=desk.registrar,
    )
    assert page(who, "custody.copy").ids == (copy,)
    approved(desk.reader, "custody.consult_archive", copy, **consultation(desk))
    do("custody.consult_archive", who, copy, **consultation(desk))
    assert page(who, "custody.copy").ids == (copy,)
    outcome = page(who, "custody.consultation", filters={"unended": "yes"}).ids
    assert outcome == page(desk.reader, "custody.consultation").ids
    assert page(desk.general, "custody.consultation").ids == ()
    with clock.standing_at(instant_on(date(2025, 3, 4), 9)):
        assert page(who, "custody.consultation", filters={"overdue": "yes"}).ids == outcome
        assert page(who, "custody.consultation").rows[0][1] == "逾期未还"
    do("custody.end_consultation", who, copy)
    assert page(who, "custody.consultation", filters={"excerpting": "yes"}).ids == ()


def test_what_is_consulted_may_go_missing_and_is_found(desk):
    _, copy = archived(desk)
    consulted(desk, copy)
    do("custody.report_missing", desk.reader, copy, circumstances="不在桌上")
    said = {"cabinet": desk.cabinet, "circumstances": "在阅文室找到"}
    do("custody.report_found", desk.registrar, copy, **said)
    assert (consulted_line(copy)["ended_on"], duties(copy)) == (TODAY, [])
    assert unaccounted() == []
