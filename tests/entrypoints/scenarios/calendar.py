"""X2: the notice on next year's holidays, owed from the middle of November until it is recorded."""

from datetime import date

from tests.entrypoints.asking import Asked, name
from tests.entrypoints.scenarios.duties import Life, lives
from tests.registers.holidays.notices import OF_2027


@lives("X2/record_the_notice/time")
def next_year_is_not_known(desk):
    return Life(
        opens=None,
        closes=Asked(
            action="holidays.record_notice",
            post="registrar",
            inputs={
                "year": 2027,
                "number": "国办发明电〔2026〕9号",
                "published_on": "2026-11-04",
                "text": OF_2027,
            },
        ),
        owner=name(desk.registrar),
        on=date(2026, 11, 15),
        days=35,
    )
