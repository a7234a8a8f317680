"""How far was read: what is known is known, whatever order it comes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.networks.bluesky.cursor import MOST_MARKS, WINDOW, Cursor, Reach, cursor_of, mark_of

START = datetime(2026, 11, 1, tzinfo=UTC)


def test_a_cursor_survives_its_text() -> None:
    cursor = Cursor(
        Reach().begun(START).past([("a", START), ("b", START + timedelta(hours=1))]), own=Reach().begun(START)
    )
    assert cursor_of(cursor.text()) == cursor
    assert cursor_of("") == Cursor()
    assert cursor_of("{") == Cursor()


def test_a_stream_that_was_read_once_keeps_its_floor() -> None:
    reach = Reach().begun(START)
    assert reach.begun(START - timedelta(days=9)) == reach
    assert reach.low == START
    assert reach.knows("x", START - timedelta(seconds=1))
    assert not reach.knows("x", START)


def test_beyond_the_window_everything_counts_as_known() -> None:
    reach = Reach().begun(START).past([("a", START + timedelta(days=2))])
    assert reach.low == START + timedelta(days=2) - WINDOW
    assert not reach.knows("late", START + timedelta(days=2) - WINDOW + timedelta(minutes=1))


@given(st.lists(st.integers(0, 100_000), max_size=40), st.lists(st.integers(0, 100_000), max_size=40))
def test_whatever_was_handed_out_is_never_new_again(first: list[int], second: list[int]) -> None:
    reach = Reach().begun(START)
    handed: list[tuple[str, datetime]] = []
    for batch in (first, second):
        fresh = [(f"p{each}", START + timedelta(seconds=each)) for each in dict.fromkeys(batch)]
        fresh = [each for each in fresh if not reach.knows(*each)]
        assert not {name for name, _ in fresh} & {name for name, _ in handed}
        handed += fresh
        reach = cursor_of(Cursor(reach.past(fresh)).text()).heard
    assert all(reach.knows(*each) for each in handed)


def test_the_cursor_stays_small_however_much_came() -> None:
    many = [(f"p{number}", START + timedelta(seconds=number)) for number in range(MOST_MARKS * 2)]
    reach = Reach().begun(START).past(many)
    assert len(reach.known) == MOST_MARKS
    assert all(reach.knows(*each) for each in many)
    assert not reach.knows("new", START + timedelta(seconds=MOST_MARKS * 2))


def test_marks_are_short_and_differ() -> None:
    assert len(mark_of("at://a")) == 8
    assert mark_of("at://a") != mark_of("at://b")
