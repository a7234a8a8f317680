"""Where figures stand on an axis. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Scale(NamedTuple):
    """An axis from `low` to `high`, with a line at each of `ticks`."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """0 at the lower end, 1 at the upper."""
        return (value - self.low) / (self.high - self.low)


def scale_of(values: Iterable[float | None], most: int = 4, *, whole: bool = True) -> Scale:
    """Round ticks that hold all values and zero, at most about `most` of them; `whole`: no fractions between them."""
    known = [value for value in values if value is not None]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    if low == high:
        return Scale(0.0, 1.0, (0.0, 1.0))
    step = _step((high - low) / most)
    if whole:
        step = max(1.0, math.ceil(step) if step > 1 else 1.0)
    first, last = math.floor(low / step), math.ceil(high / step)
    return Scale(first * step, last * step, tuple(number * step for number in range(first, last + 1)))


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(each * power for each in _STEPS if each * power >= rough * (1 - 1e-9))


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Labels beside their lines, moved as little as keeps them `gap` apart and within [low, high]; in the order given."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    found = [min(max(places[number], low), high) for number in order]
    for place in range(1, len(found)):
        found[place] = max(found[place], found[place - 1] + gap)
    over = found[-1] - high if found else 0.0
    if over > 0:
        found[-1] -= over
        for place in range(len(found) - 2, -1, -1):
            found[place] = min(found[place], found[place + 1] - gap)
    answer = [0.0] * len(places)
    for place, number in enumerate(order):
        answer[number] = found[place]
    return answer
