"""Pages of what is carried out, archived and consulted; the scan station moves none of it."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from baomi.kernel.clock import clock, instant_on
from baomi.registers.approvals.models import ApprovalStep
from baomi.registers.office import load
from tests.engine.papers.looking import words_on
from tests.entrypoints.web.page import page
from tests.entrypoints.web.scanning import Station, label_of, outcome, told
from tests.factories.deeds import size
from tests.registers.custody.desk import Desk
from tests.registers.custody.travelling import (
    BACK,
    archived,
    consultation_of,
    consulted,
    held,
    out,
    outing_of,
)
from tests.registers.walking import person

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
MOST_QUERIES = 30  # of an object's page, as the design allows


@pytest.fixture
def desk(office):
    return Desk(office)


def text_of(browser, kind, key) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(f"/o/{kind}/{key}")
    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES
    return page(answer).one("main").text


def test_a_copy_that_is_out_says_with_whom_and_until_when(desk, at):
    copy = held(desk)
    out(desk, copy)
    reader = person(desk.reader).name
    told_of = text_of(at("registrar"), "custody.copy", copy)
    assert f"由 {reader} 携带外出" in told_of
    assert f"应在 {BACK.isoformat()} 前带回" in told_of
    assert "已经逾期" not in told_of
    outing = text_of(at("registrar"), "custody.outing", outing_of(copy)["id"])
    assert "外出携带 2025-外出-1" in outing
    assert "000758" in outing
    with clock.standing_at(instant_on(BACK.replace(day=BACK.day + 1), 9)):
        assert "已经逾期" in text_of(at("registrar"), "custody.copy", copy)
    assert at(desk.general).get(f"/o/custody.outing/{outing_of(copy)['id']}").status_code == 404


def test_the_form_of_an_outing_says_who_approved_it_and_where(desk, at):
    copy = held(desk)
    both = {"occasions": ["business_trip", "public_place"]}
    out(desk, copy, **both)
    key = outing_of(copy)["id"]
    written = at("registrar").get(f"/form/custody.outing/{key}.docx").content
    told_of = "".join(cell.text for cell in Document(io.BytesIO(written)).tables[-1]._cells)
    printed = words_on(at("registrar").get(f"/form/custody.outing/{key}.pdf").content)
    steps = ApprovalStep.objects.filter(need__subject=copy)
    for step in steps.values("decided_by__name", "need__clause", "need__request__label_serial"):
        label = load.label("A", step["need__request__label_serial"])
        assert f" {step['decided_by__name']} 2025年3月3日（报批单 {label}）" in told_of
        assert label in printed
        assert f"（{step['need__clause']}）：同意" in told_of
    assert steps.count() == 2


def test_an_archived_copy_says_where_it_lies_and_who_consulted_it(desk, at):
    _, copy = archived(desk)
    told_of = text_of(at("registrar"), "custody.copy", copy)
    assert "已归档，在文件柜“机密柜”" in told_of
    assert "2025-WS-0012" in told_of
    consulted(desk, copy)
    key = consultation_of(copy)["id"]
    assert "编写年鉴" in text_of(at(desk.reader), "custody.consultation", key)
    assert "查档" in text_of(at("registrar"), "custody.copy", copy)
    assert at(desk.general).get(f"/o/custody.consultation/{key}").status_code == 404


@pytest.mark.parametrize(
    ("what", "mode", "sentence"),
    [
        ("out", "take", "先办理“带回”"),
        ("out", "store", "在有关人员手中"),
        ("consulted", "take", "先办理“归还档案”"),
        ("archived", "store", "已经归档"),
    ],
)
def test_the_station_says_what_is_to_be_done_first(what, mode, sentence, desk, at):
    if what == "out":
        copy = held(desk)
        out(desk, copy)
    else:
        _, copy = archived(desk)
        if what == "consulted":
            consulted(desk, copy)
    before = size()
    answer = Station(at("registrar"), desk.registrar, mode=mode).scan(label_of(copy))
    assert outcome(answer) == "fault"
    assert sentence in told(answer).text
    assert size() == before


def test_the_station_does_not_hand_out_what_is_archived(desk, at):
    _, copy = archived(desk)
    station = Station(
        at("registrar"), desk.registrar, person=str(desk.reader), place=str(desk.reading_room)
    )
    answer = station.scan(label_of(copy))
    assert outcome(answer) == "refused"
    assert "GZ2.2.4a" in told(answer).text
