"""One way in: all or nothing, one entry for a deed, the entry's images equal to the rows."""

import json
from datetime import timedelta

import pytest

from baomi.engine import perform as perform_module
from baomi.engine.body import changes
from baomi.engine.explain import explain
from baomi.engine.inputs import InvalidInputs
from baomi.engine.perform import perform_all, perform_many
from baomi.engine.request import Receipt
from baomi.kernel.ids import new_id
from baomi.kernel.ledger.entry import decode
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Post
from baomi.registers.custody import models
from baomi.registers.custody.actions.hand_over_copy import HandOverCopy
from baomi.registers.office import load as office_load
from tests.engine.seen import body_of, held, sound, state
from tests.factories.deeds import do, entries, request, size
from tests.factories.office import TODAY

GIVE = "custody.hand_over_copy"


def test_a_deed_is_one_entry_whose_images_are_the_rows(desk):
    _, (copy, *_) = desk.ready()
    before = size()
    receipt = desk.give(copy)
    assert size() == before + 1 == receipt.seq + 1
    entry, body = entries(receipt.seq)[0], body_of(receipt)
    assert entry.kind == GIVE
    assert receipt.leaf == entry.leaf.hex()
    assert receipt.text == f"{receipt.seq}:{entry.leaf.hex()[:16]}"
    fields = decode(entry.raw)
    assert (fields.actor, fields.op_id) == (desk.registrar, receipt.op_id)
    assert {each["t"] for each in body["changes"]} >= {"custody_copy", "custody_movement"}
    for each in body["changes"]:
        assert changes({each["t"]: {models.Copy._meta.pk.to_python(each["id"])}}) == [each]
    assert body["door"] == "worker"
    assert body["on"] == TODAY.isoformat()
    assert "GZ2.3.1b/reader_is_in_the_circle" in body["asked"]
    assert sound() == []


def test_what_cannot_be_meant_leaves_nothing(desk):
    _, (copy, *_) = desk.ready()
    before = state()
    with pytest.raises(BadInput):
        desk.take_back(copy)
    assert state() == before


def test_what_is_filled_in_wrongly_leaves_nothing(desk):
    _, (copy, *_) = desk.ready()
    before = state()
    with pytest.raises(InvalidInputs) as wrong:
        do(GIVE, desk.registrar, copy, purpose="pleasure")
    assert {fault.field for fault in wrong.value.faults} == {"person", "purpose"}
    assert state() == before


def test_what_is_refused_leaves_nothing(desk):
    _, (copy, *_) = desk.ready()
    before = state()
    with pytest.raises(Refused):
        desk.give(copy, person=desk.general)
    assert state() == before


def test_an_error_after_the_rows_were_written_takes_them_back(desk, monkeypatch):
    _, (copy, *_) = desk.ready()
    carry_out = HandOverCopy.carry_out

    def broken(self, deed):
        carry_out(self, deed)
        raise OSError("the disk went away")

    monkeypatch.setattr(HandOverCopy, "carry_out", broken)
    before = state()
    with pytest.raises(OSError, match="disk"):
        desk.give(copy)
    assert state() == before
    monkeypatch.undo()
    desk.give(copy)
    assert sound() == []


def test_deeds_that_another_entails_name_it_as_their_cause(desk):
    """The director steps down; what he was by virtue of that post ends with it."""
    office = desk.office
    holding = held(office.office_director, Post.OFFICE_DIRECTOR)
    tomorrow = TODAY + timedelta(days=1)
    before = office_load.holdings_of(office.office_director, tomorrow, None)
    receipt = do("office.end_appointment", office.security_admin, holding, second=office.auditor)
    caused = entries(receipt.seq + 1)
    assert {each.kind for each in caused} == {"office.end_appointment"}
    assert {json.loads(each.body)["cause"] for each in caused} == {receipt.seq}
    assert "cause" not in body_of(receipt)
    assert receipt.op_id not in {decode(each.raw).op_id for each in caused}
    after = office_load.holdings_of(office.office_director, tomorrow, None)
    assert len(before) - len(after) == 1 + len(caused)
    assert sound() == []


def test_many_deeds_stand_or_fall_each_for_itself(desk):
    _, (first, second, third) = desk.ready()
    good = {"person": desk.reader, "purpose": "reading", "place": desk.reading_room}
    asked = [
        request(GIVE, desk.registrar, first, **good),
        request(GIVE, desk.registrar, second, **{**good, "person": desk.general}),
        request(GIVE, desk.registrar, second, purpose="pleasure"),
        request("custody.take_back_copy", desk.registrar, second),
        request(GIVE, desk.registrar, third, **good),
    ]
    before = size()
    outcomes = list(perform_many(asked, batch=2))
    kinds = [type(each) for each in outcomes]
    assert kinds == [Receipt, Refused, InvalidInputs, BadInput, Receipt]
    assert [outcomes[0].seq, outcomes[4].seq] == [before, before + 1]
    assert [desk.copy(each)["state"] for each in (first, second, third)] == [
        "held",
        "stored",
        "held",
    ]
    # the frontier in memory went back with each refused deed
    assert sound() == []


def test_a_deed_that_fails_after_its_entry_gives_the_head_back(desk, monkeypatch):
    _, (first, second, _) = desk.ready()
    good = {"person": desk.reader, "purpose": "reading", "place": desk.reading_room}
    asked = [request(GIVE, desk.registrar, each, **good) for each in (first, second)]
    remember = perform_module.remember

    def fails_once(op_id, *what):
        if op_id == asked[0].op_id:
            raise BadInput("写到一半")
        remember(op_id, *what)

    monkeypatch.setattr(perform_module, "remember", fails_once)
    before = size()
    failed, done = perform_many(asked)
    assert isinstance(failed, BadInput)
    assert (done.seq, size()) == (before, before + 1)
    assert sound() == []


def test_several_deeds_together_are_all_done_or_none(desk):
    _, (first, second, _) = desk.ready()
    good = {"person": desk.reader, "purpose": "reading", "place": desk.reading_room}
    before = state()
    with pytest.raises(Refused):
        perform_all(
            [
                request(GIVE, desk.registrar, first, **good),
                request(GIVE, desk.registrar, second, **{**good, "person": desk.general}),
            ]
        )
    assert state() == before
    both = [request(GIVE, desk.registrar, each, **good) for each in (first, second)]
    receipts = perform_all(both)
    assert [each.seq for each in receipts] == [before[2], before[2] + 1]
    assert sound() == []


def test_explaining_changes_and_records_nothing(desk):
    _, (copy, *_) = desk.ready()
    asked = request(GIVE, desk.registrar, copy, person=desk.general, place=desk.reading_room)
    before = state()
    assert explain(asked, filled_in=False).allowed
    verdict = explain(asked, filled_in=True)
    assert "GZ2.3.1b" in verdict.clauses
    assert state() == before


def test_an_undo_takes_the_copy_and_its_duties_back(desk):
    _, (copy, *_) = desk.ready()
    before = desk.copy(copy)
    desk.give(copy)
    receipt = do("custody.undo", desk.registrar, copy, reason="办错")
    after = desk.copy(copy)
    assert (after["state"], after["cabinet_id"]) == (before["state"], before["cabinet_id"])
    assert "duties_duty" in {each["t"] for each in body_of(receipt)["changes"]}
    assert sound() == []


def test_evidence_is_written_only_when_asked_for(desk, monkeypatch, tmp_path):
    _, (copy, second, _) = desk.ready()
    path = tmp_path / "evidence"
    monkeypatch.delenv("BAOMI_EVIDENCE", raising=False)
    desk.give(copy)
    assert not path.exists()
    monkeypatch.setenv("BAOMI_EVIDENCE", str(path))
    desk.give(second)
    with pytest.raises(Refused):
        desk.give(second, person=desk.general)
    seen = {
        (one["kind"], one["control"], one["outcome"])
        for one in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    assert ("guard", "GZ2.3.1b/reader_is_in_the_circle", "passed") in seen
    assert ("guard", "GZ2.3.1b/reader_is_in_the_circle", "refused") in seen
    assert ("register", "custody_copy", "written") in seen


def test_an_unknown_actor_is_said_so(desk):
    _, (copy, *_) = desk.ready()
    before = state()
    with pytest.raises(BadInput):
        desk.give(copy, by=new_id())
    assert state() == before
