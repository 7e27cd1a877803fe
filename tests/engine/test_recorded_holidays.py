"""The days of a recorded notice are vouched for by the ledger; the program's own are no rows."""

from datetime import date

from baomi.engine.sealer import seal_now
from baomi.engine.verify_live import verify_live
from baomi.kernel.clock import clock, instant_on
from baomi.registers.holidays.models import Day
from tests.factories.deeds import do
from tests.factories.watch import by_hand
from tests.registers.holidays.notices import OF_2027


def test_replay_gives_the_days_as_they_stand(desk, signing):
    with clock.standing_at(instant_on(date(2026, 11, 24), 9)):
        do(
            "holidays.record_notice",
            desk.registrar,
            year=2027,
            number="国办发明电〔2026〕9号",
            published_on=date(2026, 11, 4),
            text=OF_2027,
        )
        seal_now()
        assert verify_live().findings == []
        with by_hand():
            Day.objects.filter(day=date(2027, 1, 31)).update(day=date(2027, 1, 30))
        assert verify_live().counts
