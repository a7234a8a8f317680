"""Good times: the moments they mean, also on nights when the clocks change, and the next one that is free."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.rhythm import CLOSE, Pace, Paces
from app.models.slot import (
    HORIZON_DAYS,
    GoodTime,
    Occupied,
    QueueFull,
    Room,
    Slot,
    SlotGrid,
    Wish,
    good_times,
    next_good_time,
    overlaps,
)
from app.runtime.zones import ZoneInfo

MEXICO = ZoneInfo("America/Mexico_City")
NOW = datetime(2026, 11, 18, 15, 42, tzinfo=UTC)  # Wednesday, 09:42 in Mexico City


def slot(
    number: int, weekday: int, minute: int, account: int = 1, zone: str = "America/Mexico_City", **more: object
) -> Slot:
    return Slot(number, account, weekday, minute, zone, **more)  # type: ignore[arg-type]


def room(*occupied: Occupied, limit: int = 5, but: int | None = None) -> Room:
    return Room(occupied, Paces(Pace(limit)), MEXICO, but=but)


def at_wall(good: GoodTime) -> str:
    return good.at.astimezone(MEXICO).strftime("%a %H:%M")


def test_a_slot_keeps_its_wall_time_whatever_the_clocks_do() -> None:
    grid = SlotGrid((slot(1, 5, 660, zone="America/New_York"),))
    found = good_times(grid, date(2026, 10, 24), date(2026, 11, 8))
    assert [each.at.hour for each in found] == [15, 15, 16]
    assert {each.at.astimezone(ZoneInfo("America/New_York")).hour for each in found} == {11}


@pytest.mark.parametrize(
    ("zone", "day", "minute", "wall"),
    [
        ("America/New_York", date(2026, 3, 8), 150, "03:00"),
        ("Europe/Madrid", date(2026, 3, 29), 150, "03:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), 130, "02:30"),
        ("America/Santiago", date(2026, 9, 6), 30, "01:00"),
        ("Europe/London", date(2026, 3, 29), 90, "02:00"),
    ],
)
def test_a_time_that_a_day_has_not_is_the_next_minute_and_that_is_told(
    zone: str, day: date, minute: int, wall: str
) -> None:
    (found,) = good_times(SlotGrid((slot(1, day.weekday(), minute, zone=zone),)), day, day)
    assert found.at.astimezone(ZoneInfo(zone)).strftime("%H:%M") == wall
    assert found.moved


@pytest.mark.parametrize(
    ("zone", "day", "minute"),
    [
        ("America/New_York", date(2026, 11, 1), 90),
        ("Europe/Madrid", date(2026, 10, 25), 150),
        ("Australia/Lord_Howe", date(2026, 4, 5), 105),
        ("America/Santiago", date(2026, 4, 4), 1410),
        ("Europe/London", date(2026, 10, 25), 90),
    ],
)
def test_a_time_that_a_day_has_twice_is_its_first(zone: str, day: date, minute: int) -> None:
    (found,) = good_times(SlotGrid((slot(1, day.weekday(), minute, zone=zone),)), day, day)
    local = found.at.astimezone(ZoneInfo(zone))
    assert (local.hour * 60 + local.minute, local.fold) == (minute, 0)
    assert not found.moved


def test_a_day_that_is_switched_off_keeps_its_times() -> None:
    grid = SlotGrid((slot(1, 3, 660), slot(2, 4, 660), slot(3, 4, 720, enabled=False)), frozenset({(1, 3)}))
    assert [at_wall(each) for each in good_times(grid, date(2026, 11, 16), date(2026, 11, 22))] == ["Fri 11:00"]
    assert len(grid.of(1)) == 3


def test_accounts_that_share_a_time_and_a_queue_are_one() -> None:
    grid = SlotGrid((slot(1, 3, 660), slot(2, 3, 660, account=2), slot(3, 3, 660, account=3, pillar="offers")))
    found = good_times(grid, date(2026, 11, 19), date(2026, 11, 19))
    assert [(each.account_ids, each.pillar) for each in found] == [((1, 2), ""), ((3,), "offers")]


def test_the_next_good_time_is_the_first_free_one() -> None:
    grid = SlotGrid((slot(1, 2, 600), slot(2, 2, 1170), slot(3, 3, 660)))
    found = next_good_time(grid, room(), Wish((1,), NOW), MEXICO)
    assert isinstance(found, GoodTime)
    assert at_wall(found) == "Wed 10:00"
    taken = Occupied(found.at + timedelta(minutes=30), (1,), 7)
    after = next_good_time(grid, room(taken), Wish((1,), NOW), MEXICO)
    assert isinstance(after, GoodTime)
    assert at_wall(after) == "Wed 19:30"
    itself = next_good_time(grid, room(taken, but=7), Wish((1,), NOW), MEXICO)
    assert itself == found
    of_another = next_good_time(grid, room(Occupied(found.at, (2,), 7)), Wish((1,), NOW), MEXICO)
    assert of_another == found


def test_a_day_at_its_limit_is_passed_over_unless_the_post_is_put_first() -> None:
    grid = SlotGrid((slot(1, 2, 1170), slot(2, 3, 660)))
    full = room(Occupied(NOW - timedelta(hours=2), (1,), 1), limit=1)
    later, ahead = (next_good_time(grid, full, Wish((1,), NOW, first=first), MEXICO) for first in (False, True))
    assert isinstance(later, GoodTime)
    assert isinstance(ahead, GoodTime)
    assert (at_wall(later), at_wall(ahead)) == ("Thu 11:00", "Wed 19:30")


def test_a_queue_serves_its_pillar_and_all_of_them_what_is_put_first() -> None:
    grid = SlotGrid((slot(1, 2, 600, pillar="offers"), slot(2, 2, 1170, pillar="help"), slot(3, 3, 660)))
    found = {
        (pillar, first): next_good_time(grid, room(), Wish((1,), NOW, pillar, first), MEXICO)
        for pillar, first in (("offers", False), ("help", False), ("", False), ("", True))
    }
    assert [at_wall(each) for each in found.values() if isinstance(each, GoodTime)] == [
        "Wed 10:00", "Wed 19:30", "Thu 11:00", "Wed 10:00",
    ]  # fmt: skip


def test_a_time_good_for_all_accounts_goes_before_an_earlier_one_good_for_some() -> None:
    grid = SlotGrid((slot(1, 2, 600), slot(2, 3, 660), slot(3, 3, 660, account=2)))
    found = next_good_time(grid, room(), Wish((1, 2), NOW), MEXICO)
    assert isinstance(found, GoodTime)
    assert (at_wall(found), found.account_ids) == ("Thu 11:00", (1, 2))
    apart = SlotGrid((slot(1, 2, 600), slot(3, 3, 660, account=2)))
    assert isinstance(either := next_good_time(apart, room(), Wish((1, 2), NOW), MEXICO), GoodTime)
    assert at_wall(either) == "Wed 10:00"
    nowhere = next_good_time(
        grid, room(), Wish((), NOW), MEXICO
    )  # an idea that is for no account yet: the first of any
    assert isinstance(nowhere, GoodTime)
    assert at_wall(nowhere) == "Wed 10:00"
    without = next_good_time(apart, room(), Wish((1, 9), NOW), MEXICO)  # one that has no good times goes along
    assert isinstance(without, GoodTime)


def test_days_on_which_nothing_is_for_sale_are_passed_over() -> None:
    grid = SlotGrid((slot(1, 2, 600), slot(2, 3, 660), slot(3, 4, 660)))
    wish = Wish((1,), NOW, refused=((date(2026, 11, 10), date(2026, 11, 19)),))
    found = next_good_time(grid, room(), wish, MEXICO)
    assert isinstance(found, GoodTime)
    assert at_wall(found) == "Fri 11:00"


def test_a_queue_without_times_and_one_that_is_full_say_so() -> None:
    assert next_good_time(SlotGrid(), room(), Wish((1,), NOW), MEXICO) == QueueFull(None)
    grid = SlotGrid((slot(1, 2, 600),))
    taken = [Occupied(NOW.replace(hour=16, minute=0) + timedelta(weeks=week), (1,), week + 1) for week in range(12)]
    full = next_good_time(grid, room(*taken), Wish((1,), NOW), MEXICO)
    assert isinstance(full, QueueFull)
    assert full.until is not None
    assert full.until.astimezone(MEXICO).date() == date(2026, 11, 18) + timedelta(days=HORIZON_DAYS)


SLOTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 3)), max_size=14)
TAKEN = st.lists(st.tuples(st.integers(0, 20 * 1440), st.sets(st.integers(1, 3), min_size=1)), max_size=30)


@given(SLOTS, TAKEN, st.sets(st.integers(1, 3), min_size=1), st.integers(1, 4))
def test_what_is_found_is_a_good_time_and_free_and_none_before_is(
    slots: list[tuple[int, int, int]], taken: list[tuple[int, set[int]]], accounts: set[int], limit: int
) -> None:
    grid = SlotGrid(tuple(slot(number, day, minute, account) for number, (day, minute, account) in enumerate(slots)))
    occupied = [Occupied(NOW + timedelta(minutes=minutes), tuple(those), 1) for minutes, those in taken]
    wish = tuple(sorted(accounts))
    found = next_good_time(grid, room(*occupied, limit=limit), Wish(wish, NOW), MEXICO)

    def is_free(at: datetime) -> bool:
        own = [each for each in occupied if accounts & set(each.account_ids)]
        day = at.astimezone(MEXICO).date()
        per_account = [
            sum(account in each.account_ids and each.at.astimezone(MEXICO).date() == day for each in own)
            for account in accounts
        ]
        return all(abs(each.at - at) >= CLOSE for each in own) and max(per_account) < limit

    there = good_times(grid, NOW.date(), NOW.date() + timedelta(days=HORIZON_DAYS), wish)
    free = [each for each in there if each.at > NOW and is_free(each.at)]
    if isinstance(found, QueueFull):
        assert not free
    else:
        assert is_free(found.at)
        assert any(each.at == found.at for each in there)
        everywhere = {account for each in there if each.at > NOW for account in each.account_ids}
        together = [
            each.at
            for each in free
            if everywhere <= {account for other in there if other.at == each.at for account in other.account_ids}
        ]
        assert found.at == min(together or [each.at for each in free])


def test_slots_nearer_than_three_quarters_of_an_hour_are_told() -> None:
    assert overlaps([slot(1, 2, 600), slot(2, 2, 630), slot(3, 3, 600), slot(4, 2, 600, account=2)]) == {2: 30}
