"""Round ticks that hold every value, and labels that keep apart."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.ui.charts.scale import apart, scale_of

VALUES = st.lists(st.none() | st.integers(-100_000, 10_000_000), max_size=40)


@given(VALUES)
def test_an_axis_holds_all_values_and_zero_with_few_round_ticks(values: list[int | None]) -> None:
    scale = scale_of(values)
    for value in (*values, 0):
        if value is not None:
            assert 0 <= scale.place(value) <= 1
    assert 2 <= len(scale.ticks) <= 8
    steps = {round(later - earlier, 6) for earlier, later in pairwise(scale.ticks)}
    assert len(steps) == 1
    assert all(tick == int(tick) for tick in scale.ticks)


def test_nothing_has_an_axis_all_the_same() -> None:
    assert scale_of([]).ticks == (0.0, 1.0)
    assert scale_of([0, None]).place(0) == 0


@given(st.lists(st.floats(0, 200), max_size=8))
def test_labels_keep_their_order_and_apart_as_far_as_there_is_room(places: list[float]) -> None:
    found = apart(places, 15, 0, 300)
    ordered = sorted(found)
    assert all(later - earlier >= 15 - 1e-6 for earlier, later in pairwise(ordered))
    assert all(-1e-6 <= each <= 300 + 1e-6 for each in found)
    for one in range(len(places)):
        for other in range(len(places)):
            if places[one] < places[other]:
                assert found[one] < found[other]
