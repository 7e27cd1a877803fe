"""The invented office of the tests: founded and furnished by actions on a fixed day."""

from datetime import date

from baomi.engine.demo.office_plan import Office, make_office
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.words import Door

FOUNDED_ON = date(2025, 1, 6)  # a Monday
TODAY = date(2025, 3, 3)  # a Monday without a holiday near: the day on which tests stand
NOW_US = instant_on(TODAY, 9, 30)


def founded(alg: int = 1) -> Office:
    """Found and furnish the office on ``FOUNDED_ON``."""
    with clock.standing_at(instant_on(FOUNDED_ON, 9)):
        return make_office(alg=alg, door=Door.WORKER)
