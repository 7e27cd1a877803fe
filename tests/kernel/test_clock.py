"""The one clock."""

from datetime import date

from baomi.kernel.clock import Clock, day_of, instant_on


def test_the_day_changes_at_midnight_in_beijing():
    midnight = instant_on(date(2026, 3, 1))
    assert day_of(midnight) == date(2026, 3, 1)
    assert day_of(midnight - 1) == date(2026, 2, 28)


def test_an_offset_moves_day_and_instant_but_not_the_wall_clock():
    clock = Clock()
    before = clock.now_us()
    clock.move(86_400_000_000)
    assert clock.now_us() - before >= 86_400_000_000
    assert clock.wall_us() - before < 86_400_000_000
    assert (clock.today() - day_of(clock.wall_us())).days == 1


def test_a_clock_that_stands_goes_on_afterwards():
    clock = Clock()
    noon = instant_on(date(2024, 2, 29), 12)
    with clock.standing_at(noon):
        assert clock.now_us() == noon
        assert clock.today() == date(2024, 2, 29)
        with clock.standing_at(noon + 1):
            assert clock.now_us() == noon + 1
        assert clock.now_us() == noon
    assert clock.now_us() >= clock.wall_us() - 1_000_000


def test_instants_are_exact_to_the_microsecond():
    assert instant_on(date(1970, 1, 1), 8) == 0
