"""The places of a long list, most of them empty: which rows are in memory, where, and before which place another row belongs.

Without Qt. Keeps the pages looked at last and lets the others go.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

PAGE = 256
KEPT_PAGES = 64

Anchor = tuple[int, int]
"""(sort key, id): where a row stands; lists are in ascending order of it."""


class Row(Protocol):
    """All that is asked of a row."""

    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=Row)


class Slots(Generic[R]):
    """A list of rows or None, with the pages of it that were touched lately."""

    def __init__(self, anchor: Callable[[R], Anchor]) -> None:
        self._anchor = anchor
        self._slots: list[R | None] = []
        self._recent: OrderedDict[int, None] = OrderedDict()
        self._runs: list[tuple[int, int]] | None = None

    def __len__(self) -> int:
        return len(self._slots)

    def start(self, anchor: Callable[[R], Anchor], count: int, first: Sequence[R]) -> None:
        """Begin anew with so many places, the first of them filled."""
        self._anchor = anchor
        self._slots = [None] * max(count, len(first))
        self._recent.clear()
        self.fill(0, first)

    def row(self, place: int) -> R | None:
        """What is at a place; looking keeps its page."""
        found = self._slots[place]
        if found is not None:
            self._touch(place // PAGE)
        return found

    def peek(self, place: int) -> R | None:
        """What is at a place, without keeping it."""
        return self._slots[place]

    def rows(self) -> list[R]:
        """All that are here, in order."""
        return [row for first, last in self.runs() for row in self._slots[first:last] if row is not None]

    def positions(self, wanted: Iterable[int]) -> dict[int, int]:
        """Where those of the wanted ids are that are here."""
        ids = set(wanted)
        found: dict[int, int] = {}
        for first, last in self.runs():
            for place in range(first, last):
                row = self._slots[place]
                if row is not None and row.id in ids:
                    found[row.id] = place
        return found

    def runs(self) -> list[tuple[int, int]]:
        """The stretches of places whose rows are here, as (first, end exclusive)."""
        if self._runs is None:
            runs: list[tuple[int, int]] = []
            for page in sorted(self._recent):
                for place in range(page * PAGE, min((page + 1) * PAGE, len(self._slots))):
                    if self._slots[place] is None:
                        continue
                    if runs and runs[-1][1] == place:
                        runs[-1] = (runs[-1][0], place + 1)
                    else:
                        runs.append((place, place + 1))
            self._runs = runs
        return self._runs

    def place_for(self, row: R, ignoring: int = -1) -> int | None:
        """Before which place a row belongs; None when that is among rows that are not here. `ignoring` is its own place."""
        anchor = self._anchor(row)
        size = len(self._slots)
        if size == 0 or (size == 1 and ignoring == 0):
            return 0
        runs = [piece for run in self.runs() for piece in _without(run, ignoring)]
        for number, (first, last) in enumerate(runs):
            if anchor > self._anchor_at(last - 1):
                continue
            place = bisect_left(range(first, last), anchor, key=self._anchor_at) + first
            if place > first:
                return place
            before = runs[number - 1][1] if number else 0
            return first if _adjoin(before, first, ignoring) else None
        end = runs[-1][1] if runs else 0
        return size if runs and _adjoin(end, size, ignoring) else None

    def last_gap(self) -> int | None:
        """The last place whose row is not here."""
        for place in range(len(self._slots) - 1, -1, -1):
            if self._slots[place] is None:
                return place
        return None

    # ---- changing

    def fill(self, start: int, rows: Sequence[R]) -> int:
        """Put rows that were read into their places; answers the end (exclusive)."""
        end = min(start + len(rows), len(self._slots))
        self._slots[start:end] = list(rows[: end - start])
        self._runs = None
        for page in range(start // PAGE, -(-end // PAGE)):
            self._touch(page)
        return end

    def put(self, place: int, row: R) -> None:
        """Another version of the row that is there."""
        self._slots[place] = row

    def insert(self, place: int, row: R) -> None:
        self._slots.insert(place, row)
        self._touch(place // PAGE)
        self._moved()

    def open_gap(self, place: int, count: int) -> None:
        self._slots[place:place] = [None] * count
        self._moved()

    def remove(self, first: int, last: int) -> None:
        """Both places included."""
        del self._slots[first : last + 1]
        self._moved()

    def move(self, source: int, before: int) -> int:
        """Take a row out and put it before another place (as counted with it in); answers where it is now."""
        row = self._slots.pop(source)
        place = before - 1 if before > source else before
        self._slots.insert(place, row)
        self._touch(place // PAGE)
        self._moved()
        return place

    # ---- inside

    def _anchor_at(self, place: int) -> Anchor:
        row = self._slots[place]
        if row is None:
            raise LookupError(f"no row at {place}")
        return self._anchor(row)

    def _moved(self) -> None:
        """Rows slid over the edges of their pages: the page after a kept one is kept too."""
        self._runs = None
        for page in list(self._recent):
            if (page + 1) * PAGE < len(self._slots):
                self._recent.setdefault(page + 1)

    def _touch(self, page: int) -> None:
        if page not in self._recent:
            self._runs = None
        self._recent[page] = None
        self._recent.move_to_end(page)
        while len(self._recent) > KEPT_PAGES:
            old, _ = self._recent.popitem(last=False)
            first, last = old * PAGE, min((old + 1) * PAGE, len(self._slots))
            if last > first:
                self._slots[first:last] = [None] * (last - first)
            self._runs = None


def _without(run: tuple[int, int], place: int) -> list[tuple[int, int]]:
    """A stretch with one place cut out of it."""
    first, last = run
    if not first <= place < last:
        return [run]
    return [piece for piece in ((first, place), (place + 1, last)) if piece[1] > piece[0]]


def _adjoin(end: int, start: int, ignoring: int) -> bool:
    """Whether nothing but the ignored place lies between an end (exclusive) and a start."""
    return end == start or (start - end == 1 and end == ignoring)
