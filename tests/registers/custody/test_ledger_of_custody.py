"""Every deed names each row that it changed: the ledger replays to what stands in the tables."""

from datetime import date
from uuid import UUID

from baomi.engine import registry
from baomi.engine.body import changes
from baomi.kernel.ledger.canonical import parse_canonical
from tests.factories.approving import approved
from tests.factories.deeds import do, entries
from tests.registers.custody.travelling import consulted, out, put

REGISTERS = ("custody_", "duties_")


def replayed():
    """The newest image of every row of these registers, as the ledger's entries give them."""
    images = {}
    for entry in entries():
        for change in parse_canonical(entry.body).get("changes", ()):
            if change["t"].startswith(REGISTERS):
                images[change["t"], change["id"]] = change["after"]
    return {key: image for key, image in images.items() if image is not None}


def standing():
    """Every row of these registers as it stands."""
    found = {}
    for table, model in registry.ledgered().items():
        if table.startswith(REGISTERS):
            ids = set(model._default_manager.values_list("id", flat=True))
            for key in ids:
                (change,) = changes({table: {key}})
                found[table, str(key)] = change["after"]
    return found


def slips_of_a_day(desk, first, second, other):
    """Slips for two copies that were given, and for one that comes back; one of them is undone."""
    slip = UUID(do("custody.draw_up_slip", desk.registrar, first, second).told["slip"])
    do("custody.acknowledge_slip", desk.reader, slip)
    desk.take_back(first)
    slip = UUID(do("custody.draw_up_slip", desk.registrar, first).told["slip"])
    do("custody.confirm_slip", desk.registrar, slip)
    desk.give(other)
    do("custody.draw_up_slip", desk.registrar, other)
    do("custody.undo", desk.registrar, other)


def travels_and_archive(desk):
    """A circle widened, a copy carried out and brought back, another consulted in the archive."""
    paper, copies = desk.ready(number="")
    desk.give(copies[0], purpose="handling")
    said = {"persons": [desk.keeper], "reason": "参与承办"}
    approved(desk.reader, "custody.widen_circle", paper, **said)
    do("custody.widen_circle", desk.registrar, paper, **said)
    out(desk, copies[0])
    do("custody.bring_back", desk.registrar, copies[0], findings="完好")
    put(desk, copies[1])
    consulted(desk, copies[1])
    do("custody.end_consultation", desk.registrar, copies[1])


def a_year_of_custody(desk):
    """Each deed of the register at least once."""
    paper, copies = desk.ready(desk.reader, desk.keeper)
    desk.give(copies[0], copies[1])
    slips_of_a_day(desk, *copies)
    do("custody.undo", desk.registrar, copies[0])
    do("custody.report_missing", desk.reader, copies[1], circumstances="不在")
    said = {"cabinet": desk.cabinet, "circumstances": "找到"}
    do("custody.report_found", desk.registrar, copies[1], **said)
    desk.take_back(copies[0])
    desk.circle(paper, desk.reader)
    said = {"audience": "处级干部", "audience_level": "县处级", "manner": "集中阅读"}
    do("custody.convey_paper", desk.registrar, paper, place=desk.reading_room, **said)
    do("custody.correct_paper", desk.registrar, paper, pages=3, reason="漏填")
    do("custody.correct_copy_number", desk.registrar, copies[2], copy_number="9", reason="看错")
    do("custody.void_number", desk.registrar, year=2025, serial=2, reason="误编")
    own = do("custody.register_own_paper", desk.reader, title="草稿", carrier="paper").told
    do("custody.mark_paper", desk.reader, UUID(own["paper"]), level="secret", term="10年")
    do("custody.number_copies", desk.registrar, UUID(own["paper"]), copies=2)
    past = do(
        "custody.record_past_receipt",
        desk.registrar,
        registered_number="2021-3",
        received_on=date(2021, 3, 5),
        issuer="某局",
        title="旧件",
    ).told
    (old,) = (UUID(each) for each in past["copies"])
    said = {"person": desk.reader, "went_out_on": date(2021, 3, 6)}
    do("custody.record_past_hand_over", desk.registrar, old, **said)
    do("custody.record_past_return", desk.registrar, old, back_on=date(2021, 3, 7))
    issued = {"issued_on": date(2022, 1, 5), "registered_number": "2022-001", "copies": 2}
    do("custody.record_past_issue", desk.registrar, title="旧发文", **issued)
    travels_and_archive(desk)
    said = {"title": "补交", "owner": desk.reader, "due_on": date(2025, 3, 9)}
    duty = UUID(do("duties.open_by_hand", desk.registrar, **said).told["duty"])
    do("duties.pass_on", desk.reader, duty, person=desk.general, reason="下周出差")
    do("duties.close_by_hand", desk.general, duty)


def test_the_ledger_replays_to_the_tables(desk):
    start = len(entries())
    a_year_of_custody(desk)
    assert replayed() == standing()
    done = {entry.kind for entry in entries(start)}
    ours = {name for name in registry.actions() if name.startswith("custody.")}
    assert ours | {"duties.open_by_hand", "duties.pass_on", "duties.close_by_hand"} <= done
