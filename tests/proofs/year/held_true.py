"""What must hold in the registers after any deeds, found by plain queries and no rule's help."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from baomi.kernel.words import Level
from baomi.registers.approvals.models import ApprovalNeed
from baomi.registers.custody import models as custody
from baomi.registers.duties.models import Duty
from baomi.registers.governance.models import Yearly
from baomi.registers.holidays.models import Notice
from baomi.registers.office.models import Room

READ_OR_HANDLED = ("reading", "handling")
Fault = str


def faults() -> list[Fault]:
    """Everything that does not hold now."""
    found = (places(), returns(), journeys(), consultations(), slips(), rooms(), needs(), timed())
    return [fault for each in found for fault in each]


def places() -> Iterator[Fault]:
    """Every copy is in one place: with somebody, in a cabinet, or known to be nowhere."""
    rows = custody.Copy.objects.values_list("id", "state", "cabinet_id", "holder_id")
    for key, state, cabinet, holder in rows:
        in_cabinet, in_hand = cabinet is not None, holder is not None
        if (in_cabinet, in_hand) != (state in ("stored", "archived"), state == "held"):
            yield f"copy {key} is {state}, cabinet {cabinet}, holder {holder}"
    # coming back from a journey is no giving: its carrier may have left while he was away
    given = custody.Movement.objects.filter(kind="hand_over", to_holder__left_on__isnull=False)
    for key, holder, left_on, day in given.values_list(
        "copy_id", "to_holder_id", "to_holder__left_on", "happened_on"
    ):
        if left_on < day:
            yield f"copy {key} was given to {holder}, who had left"


def opened(name: str) -> dict[UUID, Counter[str]]:
    """Open duties of a name: by thing, the clauses of them."""
    found: dict[UUID, Counter[str]] = {}
    for subject, clause in Duty.objects.filter(name=name, state="open").values_list(
        "subject", "clause"
    ):
        found.setdefault(subject, Counter())[clause] += 1
    return found


def _alike(name: str, expected: dict[UUID, Counter[str]]) -> Iterator[Fault]:
    """The open duties of a name are those expected, each once, and no others."""
    owed = opened(name)
    for key in owed.keys() | expected.keys():
        if owed.get(key) != expected.get(key):
            yield f"{name} of {key}: open {owed.get(key)}, expected {expected.get(key)}"


def returns() -> Iterator[Fault]:
    """Whoever has a copy to read or handle owes it, once; what is back is owed by nobody.

    A keeper who gave a 绝密 copy on owes its coming back to the registrar that day as well
    (GZ2.3.7), until it has been carried out and back.
    """
    owed: dict[UUID, Counter[UUID | None]] = {}
    open_ones = Duty.objects.filter(name="return_the_copy", state="open")
    for subject, owner in open_ones.values_list("subject", "owner"):
        owed.setdefault(subject, Counter())[owner] += 1
    rows = custody.Copy.objects.exclude(state="missing")
    columns = ("id", "holder_id", "kept_by_id", "purpose", "paper__level")
    for key, holder, keeper, purpose, level in rows.values_list(*columns):
        is_top = level >= Level.TOP_SECRET
        is_out = purpose in READ_OR_HANDLED or (purpose == "keeping" and is_top)
        wanted = Counter({holder: 1} if holder and is_out else {})
        found = owed.get(key, Counter())
        if is_top and keeper not in (None, holder) and wanted and found[keeper] == 1:
            wanted[keeper] = 1
        if found != wanted:
            yield f"copy {key}, {purpose or 'at rest'}: open duties of {found}, wanted {wanted}"


def journeys() -> Iterator[Fault]:
    """What is out is to be brought back, under the clauses of its occasion; nothing else is."""
    rows = custody.OutingLine.objects.filter(back_on=None, outing__voided_by=None)
    expected: dict[UUID, Counter[str]] = {}
    columns = ("copy_id", "outing__business_trip", "outing__public_place")
    for copy, business, public, social in rows.values_list(*columns, "outing__social_occasion"):
        clauses = expected.setdefault(copy, Counter())
        if business:
            clauses["GZ2.2.5b"] += 1
        if public or social:
            clauses["GZ2.1.5d"] += 1
    out = custody.Copy.objects.filter(purpose="carrying").exclude(state="missing")
    carried = set(out.values_list("id", flat=True))
    missing = set(custody.Copy.objects.filter(state="missing").values_list("id", flat=True))
    for key in carried ^ (expected.keys() - missing):
        yield f"copy {key} is out by one register and not by the other"
    yield from _alike("bring_back", expected)


def consultations() -> Iterator[Fault]:
    """What is consulted is to be given back; nothing else is."""
    rows = custody.ConsultationLine.objects.filter(ended_on=None, consultation__voided_by=None)
    copies = rows.values_list("copy_id", flat=True)
    yield from _alike("end_consultation", {key: Counter({"GZ2.2.4a": 1}) for key in copies})


def slips() -> Iterator[Fault]:
    """A slip that nobody signed waits for a signature; one that was signed or is void does not."""
    rows = custody.Slip.objects.filter(confirmed_on=None, voided_by=None)
    waiting = {key: Counter({"GZ2.3.1a": 1}) for key in rows.values_list("id", flat=True)}
    yield from _alike("sign_the_slip", waiting)


def rooms() -> Iterator[Fault]:
    """A room that keeps papers has its measures, or somebody owes them."""
    rows = Room.objects.filter(keeps_papers=True, measures="")
    bare = {key: Counter({"GZ2.2.1a": 1}) for key in rows.values_list("id", flat=True)}
    yield from _alike("record_measures", bare)


def needs() -> Iterator[Fault]:
    """What waits for a decision is owed by a post; what was decided is not."""
    rows = ApprovalNeed.objects.filter(state="waiting")
    waiting = {key: Counter({"X3h": 1}) for key in rows.values_list("id", flat=True)}
    yield from _alike("decide_the_request", waiting)


def timed() -> Iterator[Fault]:
    """No period is open whose deed was done; no duty stands twice; done is what a deed closed."""
    rows = Duty.objects.values_list("clause", "name", "subject", "period", "state", "closed_by")
    yearly = set(Yearly.objects.values_list("kind", "year"))
    fulfilled = {("draft_the_plan", str(year)) for kind, year in yearly if kind == "plan"}
    fulfilled |= {("draft_the_summary", str(year)) for kind, year in yearly if kind == "summary"}
    notices = Notice.objects.values_list("year", flat=True)
    fulfilled |= {("record_the_notice", str(year)) for year in notices}
    seen: Counter[tuple[str, str, UUID, str]] = Counter()
    reviews: Counter[UUID] = Counter()
    for clause, name, subject, period, state, closed_by in rows:
        seen[clause, name, subject, period] += 1
        if state == "open" and (name, period) in fulfilled:
            yield f"{name} {period} is open, and was done"
        if (state in ("done", "waived")) != (closed_by is not None):
            yield f"{name} of {subject} is {state}, closed by {closed_by}"
        reviews[subject] += name == "review_the_rulebook" and state == "open"
    yield from (f"{each} stands {count} times" for each, count in seen.items() if count > 1)
    yield from (f"{each} is to be reviewed twice" for each, count in reviews.items() if count > 1)
