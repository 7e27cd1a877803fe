"""One way in: all or nothing, one entry for a deed, the entry's images equal to the rows."""

import json
from datetime import timedelta

import pytest

from baomi.engine import registry
from baomi.engine.explain import explain
from baomi.engine.head import read_head
from baomi.engine.inputs import InvalidInputs
from baomi.engine.models import LateEntry
from baomi.engine.perform import changes, perform, perform_all, perform_many
from baomi.engine.request import Receipt
from baomi.engine.verify_live import verify_live
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.ids import new_id
from baomi.kernel.ledger.entry import decode
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Post
from baomi.registers.custody import models
from baomi.registers.custody.actions.hand_over_copy import HandOverCopy
from baomi.registers.office import load as office_load
from tests.factories.deeds import do, entries, request, size
from tests.factories.office import TODAY

GIVE = "custody.hand_over_copy"


def state() -> tuple:
    """Everything that must not move when a deed is not done."""
    counts = {table: model.objects.count() for table, model in registry.ledgered().items()}
    copies = list(models.Copy.objects.order_by("id").values_list("id", "ver", "holder_id"))
    head = read_head()
    return counts, copies, head.size, head.last_leaf, head.frontier.to_bytes()


def body_of(receipt: Receipt) -> dict:
    return json.loads(entries(receipt.seq)[0].body)


def sound() -> list[str]:
    """What the verifier has to say, but that the furnished office was never sealed."""
    return [f.line() for f in verify_live(fast=True).findings if f.code != "CKPT_GAP"]


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
    assert body["door"] == "cli"
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


def held(person, post):
    """The appointment by which somebody holds a post."""
    holdings = office_load.holdings_of(person, TODAY, None)
    return next(each.id for each in holdings if each.post is post)


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


class TestAfterTheFact:
    """补记: a deed of a day that has passed, judged by that day."""

    @pytest.fixture
    def give(self, desk):
        """Ask to hand over one copy, as of another day."""
        with clock.standing_at(instant_on(TODAY - timedelta(days=40), 9)):
            _, (copy, *_) = desk.ready()

        def asked(day, reason="当日停电"):
            how = {"person": desk.reader, "place": desk.reading_room}
            one = request(GIVE, desk.registrar, copy, **how)
            return type(one)(**{**fields(one), "happened_on": day, "late_reason": reason})

        return asked

    def test_it_keeps_both_days_and_the_reason(self, give):
        day = TODAY - timedelta(days=3)
        receipt = perform(give(day))
        late = LateEntry.objects.get(op=receipt.op_id)
        assert (late.happened_on, late.recorded_on, late.reason) == (day, TODAY, "当日停电")
        assert body_of(receipt)["on"] == day.isoformat()
        assert "engine_late_entry" in {each["t"] for each in body_of(receipt)["changes"]}
        assert sound() == []

    @pytest.mark.parametrize(
        ("days", "reason", "says"),
        [(31, "停电", "补记不得早于"), (3, " ", "补记须写明原因"), (-1, "停电", "不能晚于今天")],
        ids=["too_old", "no_reason", "future"],
    )
    def test_what_is_not_allowed_is_said(self, give, days, reason, says):
        before = state()
        with pytest.raises(BadInput, match=says):
            perform(give(TODAY - timedelta(days=days), reason))
        assert state() == before

    def test_today_is_not_after_the_fact(self, give):
        receipt = perform(give(TODAY, ""))
        assert not LateEntry.objects.filter(op=receipt.op_id).exists()

    def test_posts_are_those_of_that_day(self, office):
        person = office.readers["研究室"][0]
        letter = {"letter": "云人发〔2025〕4号", "second": office.auditor}
        with clock.standing_at(instant_on(TODAY - timedelta(days=10), 9)):
            old = held(office.registrar, Post.REGISTRAR)
            do("office.end_appointment", office.security_admin, old, second=office.auditor)
            tomorrow = TODAY - timedelta(days=9)
        with clock.standing_at(instant_on(tomorrow, 9)):
            do("office.appoint", office.security_admin, person, post=Post.REGISTRAR, **letter)
        room = {"name": "新库房", "unit": office.units["研究室"], "responsible": person}
        asked = request("office.add_room", person, keeps_papers=False, **room)
        early = TODAY - timedelta(days=20)
        with pytest.raises(Refused) as refused:
            late = {**fields(asked), "happened_on": early, "late_reason": "补记"}
            perform(type(asked)(**late))
        assert refused.value.verdict.clauses == ("access",)
        assert perform(asked).seq == size() - 1


def fields(one) -> dict:
    return {name: getattr(one, name) for name in type(one).__dataclass_fields__}


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
