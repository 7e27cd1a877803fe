"""Pages of a book: every row once, in both directions, and nothing but what may be seen."""

import base64
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baomi.engine.face.reading import books
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level
from baomi.registers import paging
from baomi.registers.exports.models import Export
from baomi.registers.keyset import Keyset
from baomi.registers.listing import Order
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.factories.watch import by_hand
from tests.registers.walking import TERMS, page, person, walked

ROWS = 130


@pytest.fixture
def many_exports(office):
    """A hundred and thirty exports on three days, so that most keys are equal."""
    rows = [
        Export(
            id=new_id(),
            register="custody.copy",
            reason=f"第{n}次核对",
            rows=n,
            level=n % 4,
            exported_by_id=office.registrar if n % 13 else office.office_director,
            exported_on=TODAY - timedelta(days=n * n % 3),
        )
        for n in range(ROWS)
    ]
    with by_hand():
        Export.objects.bulk_create(rows)
    return rows


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("size", [1, 7, 50, 65, 129, 130, 200])
def test_every_row_is_met_once_in_both_directions(office, many_exports, order, size):
    forwards, backwards = walked(office.auditor, "exports.export", order=order, size=size)
    sign = -1 if order == "newest" else 1
    wanted = sorted(many_exports, key=lambda row: (row.exported_on, row.id))[::sign]
    assert forwards == backwards == [row.id for row in wanted]


def test_a_filter_holds_on_every_page(office, many_exports):
    kept = {row.id for row in many_exports if row.level == Level.SECRET}
    forwards, backwards = walked(
        office.auditor, "exports.export", filters={"level": "secret"}, size=9
    )
    assert forwards == backwards
    assert len(forwards) == len(kept)
    assert set(forwards) == kept


def test_each_sees_his_own_exports_and_the_auditor_all(office, many_exports):
    own = {row.id for row in many_exports if row.exported_by_id == office.office_director}
    assert set(walked(office.office_director, "exports.export", size=4)[0]) == own
    assert page(office.system_admin, "exports.export").ids == ()
    assert len(walked(office.auditor, "exports.export")[0]) == ROWS


def test_a_row_that_came_between_shifts_nothing(office, many_exports):
    first = page(office.auditor, "exports.export", size=20)
    said = {"book": "custody.paper", "reason": "核对", "rows": 1, "level": "none"}
    do("exports.record_export", office.registrar, **said)
    second = page(office.auditor, "exports.export", size=20, after=first.after)
    assert not set(first.ids) & set(second.ids)
    assert [*second.ids] == walked(office.auditor, "exports.export")[0][21:41]


def test_copies_are_walked_across_two_tables(desk):
    for number in range(4):
        desk.receive(number=f"×办发〔2025〕{number + 10}号", copy_numbers="000001-000004")
    for order in ("number", "newest", "longest"):
        forwards, backwards = walked(desk.registrar, "custody.copy", order=order, size=3)
        assert forwards == backwards
        assert len(set(forwards)) == len(forwards) == 16
    numbers = page(desk.registrar, "custody.copy", order="number", size=16).rows
    assert [row[1] for row in numbers] == sorted(row[1] for row in numbers)


def broken_marks(mark):
    key, *values = json.loads(base64.urlsafe_b64decode(mark + "=="))

    def told(*content):
        octets = json.dumps(content).encode()
        return base64.urlsafe_b64encode(octets).decode().rstrip("=")

    day, row = values
    return [
        *("", "x", "%%%", "页", mark[:-3], mark + "AAAA", "A" * 5000),
        *(told(), told(key), told(key, day), told("oldest", day, row), told(key, day, row, 1)),
        *(told(key, 5, row), told(key, "2025-13-01", row), told(key, day, "zz"), told(key, day, 7)),
        *(told(key, [day], row), told(key, None, row), told(key, True, row), told(key, {}, row)),
        *(told(key, day, "\x00"), told(key, "\ud800", row)),
        base64.urlsafe_b64encode(b"[" * 200).decode(),
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
    ]


def test_a_broken_place_is_refused_in_words(office, many_exports):
    mark = page(office.auditor, "exports.export", size=5).after
    assert page(office.auditor, "exports.export", after=mark).ids
    for broken in broken_marks(mark):
        for how in ({"after": broken}, {"before": broken}):
            with pytest.raises(BadInput, match="页码已失效，请从第一页看起"):
                page(office.auditor, "exports.export", **how)
    with pytest.raises(BadInput, match="页码已失效"):
        page(office.auditor, "exports.export", after=mark, before=mark)


@pytest.mark.parametrize("number", [-1, 2**31, 2**63, 2**70, 1.5, "1"])
def test_a_number_out_of_range_is_a_broken_place(desk, number):
    desk.receive()
    octets = json.dumps(["newest", number]).encode()
    mark = base64.urlsafe_b64encode(octets).decode().rstrip("=")
    try:
        shown = page(desk.registrar, "custody.copy", after=mark)
    except BadInput as wrong:
        assert wrong.sentence == "页码已失效，请从第一页看起"
    else:
        assert connection.vendor == "sqlite"  # its whole numbers are wider
        assert len(shown.ids) == 3


def test_places_hold_no_text(desk):
    for number in range(3):
        desk.receive(number=f"×办发〔2025〕{number + 10}号", title="极为机密的标题")
    for book in books().values():
        for order in book.orders:
            shown = page(desk.registrar, book.name, order=order.key, size=1)
            if shown.after:
                text = base64.urlsafe_b64decode(shown.after + "==").decode()
                assert text.isascii(), text


def test_every_order_ends_uniquely_and_sorts_by_numbers_days_and_ids(office):
    for book in books().values():
        rows = book.rows(person(office.registrar))
        for order in book.orders:
            keys = Keyset(rows.model, order)
            assert keys.fields[-1].unique, f"{book.name} {order.key}"
    model = books()["custody.paper"].rows(person(office.registrar)).model
    for by in (("title",), ("dated_on", "id"), ("-id", "level")):
        with pytest.raises(TypeError):
            Keyset(model, Order(key="x", heading="甲", by=by))


@pytest.mark.parametrize(
    "how",
    [
        {"order": "title"},
        {"order": "-id"},
        {"filters": {"paper__title__startswith": "关"}},
        {"filters": {"title": "关"}},
        {"filters": {"level": "3"}},
        {"filters": {"level": "__"}},
        {"filters": {"holder": "张伟"}},
        {"filters": {"holder": "' OR 1=1"}},
        {"filters": {"since_from": "昨天"}},
        {"filters": {"since_until": "2025-02-30"}},
        {"columns": ["paper__title"]},
        {"columns": ["label", "secret"]},
        {"size": 0},
        {"size": 201},
        {"size": 10**9},
        {"search": "x" * 201},
    ],
    ids=lambda how: str(how)[:40].encode("unicode_escape").decode(),
)
def test_what_a_book_does_not_offer_is_refused_in_words(desk, how):
    desk.receive()
    with pytest.raises(BadInput) as wrong:
        page(desk.registrar, "custody.copy", **how)
    assert not wrong.value.sentence.isascii()


def test_hidden_cells_are_no_oracle(office):
    reader = office.readers["研究室"][0]
    for key, value in (("personnel_class", "core"), ("in_service", "yes")):
        assert page(office.registrar, "office.person", filters={key: value}).ids
        with pytest.raises(BadInput, match="没有这个筛选条件"):
            page(reader, "office.person", filters={key: value})
    keys = {each.key for each in paging.usable_filters(books()["office.person"], person(reader))}
    assert keys == {"unit"}
    shown = page(reader, "office.person", columns=["name", "badge"], size=3)
    assert {row[1] for row in shown.rows} == {""}


def test_chosen_columns_come_in_the_order_chosen(desk):
    _, copies = desk.receive()
    shown = page(desk.registrar, "custody.copy", columns=["state", "label", "state"])
    assert [key for key, _ in shown.columns] == ["state", "label"]
    assert {len(row) for row in shown.rows} == {2}
    usual = page(desk.registrar, "custody.copy")
    every = paging.listing(books()["custody.copy"], person(desk.registrar), TERMS)
    assert len(usual.columns) < len(every.columns)
    assert set(usual.ids) == set(copies)


def test_cells_lead_to_what_they_name(desk):
    paper, copies = desk.ready()
    desk.give(copies[0])
    shown = page(desk.reader, "custody.copy", filters={"mine": "yes"})
    (links,) = shown.links
    assert links["label"] == ("custody.copy", copies[0])
    assert links["title"] == ("custody.paper", paper)
    assert links["holder"] == ("office.person", desk.reader)
    assert "cabinet" not in links
    assert shown.level is Level.SECRET
    (duty,) = page(desk.reader, "duties.duty").links
    assert duty["matter"] == ("custody.copy", copies[0])
    same = {"clause": "GZ2.3.2"}
    (told,) = page(desk.office.office_director, "duties.duty", filters=same).links
    assert "matter" not in told


def test_one_row_with_all_its_columns_or_nothing(desk):
    paper, _ = desk.ready()
    book = books()["custody.paper"]
    found = paging.one(book, person(desk.reader), TERMS, paper)
    cells = dict(zip((key for key, _ in found.columns), found.cells, strict=True))
    assert (found.id, found.level, cells["carrier"]) == (paper, Level.SECRET, "纸质")
    assert found.links["title"] == ("custody.paper", paper)
    assert paging.one(book, person(desk.general), TERMS, paper) is None
    assert paging.one(book, person(desk.registrar), TERMS, new_id()) is None


def test_only_small_books_are_counted(office):
    registrar = person(office.registrar)
    unit = {"unit": str(office.units["研究室"])}
    everybody = paging.count(books()["office.person"], registrar, TERMS)
    assert 0 < paging.count(books()["office.person"], registrar, TERMS, filters=unit) < everybody
    with pytest.raises(ValueError, match="is not counted"):
        paging.count(books()["custody.copy"], registrar, TERMS)


def test_a_page_costs_few_queries_however_many_rows(desk):
    for number in range(6):
        paper, copies = desk.receive(number=f"×办发〔2025〕{number + 10}号")
        desk.store(*copies)
        desk.circle(paper, desk.reader)
        desk.give(copies[0])
    for who in (desk.registrar, desk.reader, desk.keeper, desk.office.auditor):
        for name, book in books().items():
            actor = person(who)
            for search in ("", "通知") if book.search else ("",):
                with CaptureQueriesContext(connection) as asked:
                    paging.page(book, actor, TERMS, search=search)
                assert len(asked) <= 4, (name, [each["sql"] for each in asked])


def test_what_one_sees_is_not_changed_by_what_others_have(desk):
    _, copies = desk.ready(desk.reader)
    desk.give(copies[0])

    def told():
        return {
            name: (shown.columns, shown.rows, shown.ids, shown.links, shown.after, shown.level)
            for name in books()
            if name.startswith(("custody.", "duties.", "exports.", "ledger."))
            for shown in [page(desk.reader, name, size=2)]
        }

    before = told()
    assert before["custody.copy"][1]
    for number in range(3):
        _, others = desk.ready(
            desk.leader, title="另一件事", number=f"×办发〔2025〕{number + 50}号"
        )
        desk.give(others[0], person=desk.leader)
    said = {"book": "custody.paper", "reason": "核对", "rows": 1, "level": "none"}
    do("exports.record_export", desk.registrar, **said)
    assert told() == before
