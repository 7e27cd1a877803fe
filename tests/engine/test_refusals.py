"""Refused deeds are kept apart, chained by a running hash; a flood is not kept one by one."""

import json

import pytest
from django.db import connection

from baomi.engine import refusals
from baomi.engine.perform import perform_all, perform_many
from baomi.engine.sealer import seal_now
from baomi.kernel.clock import clock
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door
from tests.factories.deeds import do, entries, request, size
from tests.factories.office import NOW_US
from tests.registers.custody.desk import PAPER

GIVE = "custody.hand_over_copy"


def kept() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, actor, action, target, clauses, door FROM ledger_refusal ORDER BY n"
        )
        return [(n, bytes(actor), *told) for n, actor, *told in cursor.fetchall()]


@pytest.fixture
def wrong(desk):
    """Ask to give a copy to somebody outside the circle."""
    _, (copy, *_) = desk.ready()
    how = {"person": desk.general, "place": desk.reading_room}

    def asked(door=Door.WORKER):
        return request(GIVE, desk.registrar, copy, door=door, **how)

    return asked


def test_kept_with_who_what_and_which_clauses_but_no_title(desk, wrong):
    asked, before = wrong(), size()
    with pytest.raises(Refused) as refused:
        perform_all([asked])
    row = kept()[-1]
    assert row[1:4] == (desk.registrar.bytes, GIVE, str(asked.targets[0]))
    assert row[4].split() == list(refused.value.verdict.clauses)
    assert row[5] == "worker"
    assert PAPER["title"] not in json.dumps(row[2:], ensure_ascii=False)
    assert size() == before


def test_one_alone_and_many_in_a_batch_are_kept_alike(wrong):
    before = len(kept())
    outcomes = list(perform_many([wrong(), wrong(), wrong()], batch=2))
    assert {type(each) for each in outcomes} == {Refused}
    assert len(kept()) == before + 3


def test_the_hash_runs_on(wrong):
    hashes = [refusals.running_hash()]
    for _ in range(3):
        list(perform_many([wrong()]))
        hashes.append(refusals.running_hash())
    assert len(set(hashes)) == 4
    chain = list(refusals.chain())
    assert all(is_sound for _, _, is_sound in chain)
    assert [digest for _, digest, _ in chain][-4:] == hashes


def test_the_next_checkpoint_holds_the_hash(wrong, signing):
    list(perform_many([wrong()]))
    body = json.loads(entries(seal_now().seq)[0].body)
    assert body["refusals"] == refusals.running_hash().hex()


def test_a_flood_is_stopped_for_one_actor_and_a_minute(desk, wrong):
    asked = wrong()

    def record(actor):
        return refusals.record(
            actor=actor, action=GIVE, targets=asked.targets, clauses=["GZ2.3.1b"], door=Door.WORKER
        )

    told = [record(desk.general) for _ in range(refusals.PER_MINUTE + 2)]
    assert told == [True] * refusals.PER_MINUTE + [False] * 2
    assert record(desk.reader)
    with clock.standing_at(NOW_US + 61_000_000):
        assert record(desk.general)


def test_bad_input_is_no_refusal(desk):
    before = len(kept())
    _, (copy, *_) = desk.ready()
    list(perform_many([request("custody.take_back_copy", desk.registrar, copy)]))
    assert len(kept()) == before
    assert do("custody.set_circle", desk.registrar, desk.copy(copy)["paper_id"],
              persons=[desk.reader]).seq == size() - 1  # fmt: skip
