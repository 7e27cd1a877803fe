"""What each book offers: its filters, whose it is, and how it is called."""

from datetime import date
from uuid import UUID

import pytest

from baomi.engine import registry
from baomi.engine.face.reading import books
from baomi.engine.sealer import seal_now
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.registers.duties.models import Duty
from tests.registers.custody.desk import refused
from tests.registers.walking import page, person, walked


def narrowed(who, name, **filters):
    return set(page(who, name, filters=filters, size=200).ids)


def test_copies_are_narrowed_alike_for_registrar_and_reader(desk):
    _, secret = desk.ready(desk.reader)
    _, internal = desk.ready(desk.reader, number="×办发〔2025〕8号", level="内部", copy_numbers="7")
    desk.give(secret[0])
    for who in (desk.registrar, desk.reader):
        assert narrowed(who, "custody.copy", level="secret") == set(secret)
        assert narrowed(who, "custody.copy", level="internal") == set(internal)
        assert narrowed(who, "custody.copy", state="held") == {secret[0]}
        assert narrowed(who, "custody.copy", state="held", level="internal") == set()
        assert narrowed(who, "custody.copy", holder=str(desk.reader)) == {secret[0]}
        cabinet = narrowed(who, "custody.copy", cabinet=str(desk.cabinet))
        assert cabinet == {*secret[1:], *internal}
        assert narrowed(who, "custody.copy", since_from="2025-03-03") == {*secret, *internal}
        assert narrowed(who, "custody.copy", since_until="2025-03-02") == set()
    assert len(narrowed(desk.registrar, "custody.movement", kind="hand_over")) == 1
    assert len(narrowed(desk.registrar, "custody.movement", person=str(desk.reader))) == 1
    assert len(narrowed(desk.reader, "custody.movement", kind="hand_over")) == 1
    assert narrowed(desk.reader, "custody.movement", kind="store") == set()


def test_papers_are_narrowed_by_what_the_register_tells(desk):
    first, _ = desk.ready(desk.reader)
    second, _ = desk.receive(number="×办发〔2025〕8号", issuer="市水利局", level="内部")
    registrar = desk.registrar
    for filters, wanted in (
        ({"level": "internal"}, {second}),
        ({"year": "2025"}, {first, second}),
        ({"year": "2024"}, set()),
        ({"year": "abc"}, set()),
        ({"issuer": "水利"}, {second}),
        ({"category": "收文"}, {first, second}),
        ({"origin": "own"}, set()),
        ({"registered_from": "2025-03-03", "registered_until": "2025-03-03"}, {first, second}),
        ({"registered_until": "2025-03-02"}, set()),
        ({"level": ""}, {first, second}),
    ):
        assert narrowed(registrar, "custody.paper", **filters) == wanted, filters
    assert narrowed(desk.reader, "custody.paper", issuer="水利") == set()


def test_duties_are_narrowed_by_state_day_and_whose_they_are(desk):
    _, copies = desk.ready()
    desk.give(copies[0])
    duty = Duty.objects.get(subject=copies[0])
    registrar, clause = desk.registrar, duty.clause
    assert narrowed(registrar, "duties.duty", state="open", clause=clause[:3]) == {duty.id}
    assert duty.id not in narrowed(registrar, "duties.duty", state="done")
    assert narrowed(registrar, "duties.duty", mine="yes") == set()
    assert narrowed(desk.reader, "duties.duty", mine="yes") == {duty.id}
    assert narrowed(registrar, "duties.duty", overdue="yes") == set()
    assert narrowed(registrar, "custody.copy", overdue="yes") == set()
    with clock.standing_at(instant_on(date(2025, 3, 10), 9)):
        assert narrowed(registrar, "duties.duty", overdue="yes") == {duty.id}
        assert narrowed(registrar, "custody.copy", overdue="yes") == {copies[0]}
        with pytest.raises(BadInput, match="没有这个筛选条件"):
            narrowed(desk.reader, "custody.copy", overdue="yes")
    day = duty.due_on.isoformat()
    assert narrowed(registrar, "duties.duty", due_from=day, due_until=day) == {duty.id}


def test_the_ledgers_books_are_for_those_who_answer_for_them(desk):
    desk.ready()
    refused("custody.set_circle", desk.general, UUID(int=1))
    entries = page(desk.registrar, "ledger.entry", size=3)
    cells = dict(zip((key for key, _ in entries.columns), entries.rows[0], strict=True))
    assert (cells["kind"], cells["actor"]) == ("确定传阅范围", person(desk.registrar).name)
    assert cells["receipt"].startswith(f"{cells['seq']}:")
    assert entries.links[0]["actor"] == ("office.person", desk.registrar)
    auditor = desk.office.auditor
    assert walked(auditor, "ledger.entry", size=50)[0][0] == cells["seq"]
    mine = {"actor": str(desk.registrar), "kind": "custody.set_circle", "from": "2025-03-03"}
    assert page(auditor, "ledger.entry", filters=mine).ids == (cells["seq"],)
    (told,) = page(auditor, "ledger.refusal").rows
    assert told[2:] == ("确定传阅范围", person(desk.general).name, "办理权限", "后台")
    for who, names in (
        (desk.reader, ("ledger.entry", "ledger.refusal", "ledger.checkpoint")),
        (desk.registrar, ("ledger.refusal",)),
    ):
        for name in names:
            assert page(who, name).ids == ()


def test_checkpoints_are_listed(office):
    written = seal_now()
    (row,) = page(office.auditor, "ledger.checkpoint").rows
    assert row[0] == row[2] == written.seq
    assert row[3] == written.receipt


def test_every_book_says_what_it_is(office):
    for name, book in books().items():
        assert name == book.name
        texts = [book.title, book.help, *(column.heading for column in book.columns)]
        texts += [each.heading for each in (*book.filters, *book.orders)]
        assert all(not text.isascii() for text in texts)
        assert set(book.begin_with) <= set(registry.actions())
        assert book.written_in in {"", *(order.key for order in book.orders)}
        for each in (book.columns, book.filters, book.orders):
            assert len({one.key for one in each}) == len(each)
