"""A demonstration office's clock is moved and kept; an office's own never is."""

import pytest

from baomi.engine import home
from baomi.kernel.clock import clock

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

DAY_US = 24 * 3600 * 1_000_000


@pytest.fixture(autouse=True)
def _clock_put_back(settings):
    yield
    clock.move(0)
    (settings.BAOMI_HOME / home.DEMO_CLOCK).unlink(missing_ok=True)


def test_forward_is_kept_for_the_next_command(founded_once, db, baomi, settings):
    assert baomi("clock", "--forward", "1d", "--json").data["offset_us"] == DAY_US
    assert baomi("clock", "--forward", "8h", "--json").data["offset_us"] == DAY_US * 4 // 3
    clock.move(0)  # as a new process finds it
    assert baomi("clock", "--show", "--json").data["offset_us"] == DAY_US * 4 // 3
    assert (settings.BAOMI_HOME / home.DEMO_CLOCK).stat().st_mode & 0o777 == 0o600
    home.open_office()
    assert clock.offset_us == DAY_US * 4 // 3


def test_back_and_reset(founded_once, db, baomi):
    assert baomi("clock", "--back", "30m", "--json").data["offset_us"] == -DAY_US // 48
    assert baomi("clock", "--reset", "--json").data["offset_us"] == 0


def test_never_before_the_ledgers_last_day(founded_once, db, baomi):
    ran = baomi("clock", "--back", "9999d")
    assert ran.code == 2
    assert "不能退到台账最后一条的前一天以前" in ran.err
    assert clock.offset_us == 0


@pytest.mark.parametrize("span", ["1", "1w", "-1d", "一天"])
def test_what_is_no_span(founded_once, db, baomi, span):
    ran = baomi("clock", f"--forward={span}")
    assert ran.code == 2
    assert "不是时长" in ran.err


def test_one_movement_at_a_time(founded_once, db, baomi):
    assert baomi("clock", "--reset", "--forward", "1d").code == 2


def test_a_real_office_has_the_machines_clock(founded_once, db, baomi, monkeypatch, settings):
    monkeypatch.setattr(home, "is_demo", lambda: False)
    ran = baomi("clock", "--forward", "1d")
    assert ran.code == 2
    assert "只有演示机关" in ran.err
    (settings.BAOMI_HOME / home.DEMO_CLOCK).write_text(str(DAY_US), encoding="ascii")
    home.open_office()
    assert clock.offset_us == 0
