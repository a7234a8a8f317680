"""Reads the missing rows of a long list elsewhere: onwards from the nearest row that is here, or far away through the list's ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from app.ui.slots import PAGE, Anchor, Row, Slots

FAR = 4 * PAGE
"""Further than this from the next row in memory, rows are found through the ids."""
STRETCH = 64
"""Rows found through the ids at once: a few screenfuls. One who jumps waits for them, and mostly jumps again."""

R = TypeVar("R", bound=Row)

Fetch = Callable[[Callable[[Any], Any], Callable[[Any], None]], Callable[[], None]]
"""Runs a function of the queries elsewhere, delivers its result on this thread; the returned function cancels the delivery."""


class Source(Protocol[R]):
    """What a list shows; each reading is a function of the queries."""

    def count(self, queries: Any) -> int: ...

    def page(self, queries: Any, after: Anchor | None, limit: int) -> Sequence[R]: ...

    def by_ids(self, queries: Any, ids: Sequence[int]) -> Sequence[R]:
        """Rows in the order of the ids; those that are gone are left out."""

    def ids(self, queries: Any) -> Sequence[int]:
        """All ids in the order of the list."""

    def anchor(self, row: R) -> Anchor: ...

    def belongs(self, row: R) -> bool:
        """Whether a row (still) stands in this list."""

    def name(self, row: R) -> str:
        """What the screen reader says."""


class PageReader(Generic[R]):
    """Asks for each place once at a time; `forget` makes all answers under way worthless."""

    def __init__(self, fetch: Fetch, slots: Slots[R], filled: Callable[[int, int], None]) -> None:
        """`filled(first, last)` hears which places were filled, both included."""
        self._fetch = fetch
        self._slots = slots
        self._filled = filled
        self._source: Source[R] | None = None
        self._round = 0
        self._asked: dict[int, Callable[[], None]] = {}
        """What is being read, by its first place, and how to cancel it."""
        self._ids: Sequence[int] | None = None
        self._ids_asked = False
        self._ids_waiting: list[Callable[[Sequence[int]], None]] = []

    def read(self, source: Source[R]) -> None:
        """From here on read this list."""
        self.forget()
        self._source = source

    def ask(self, query: Callable[[Any], Any], deliver: Callable[[Any], None]) -> None:
        """Any reading that is worthless once `forget` was called."""
        asked_in = self._round
        self._fetch(query, lambda result: deliver(result) if asked_in == self._round else None)

    def ask_for(self, place: int) -> None:
        """Read what is at a place and around it."""
        source, slots = self._source, self._slots
        page, stretch = place // PAGE * PAGE, place // STRETCH * STRETCH
        if source is None or page in self._asked or stretch in self._asked:
            return
        start = page
        while start > 0 and page - start < FAR and slots.peek(start - 1) is None:
            start -= 1
        before = slots.peek(start - 1) if start > 0 else None
        if start > 0 and (before is None or (start < page and self._ids is not None)):
            self._asked[stretch] = _nothing
            self.with_ids(lambda ids: self._ask_ids(stretch, list(ids[stretch : stretch + STRETCH])))
            return
        last = min(page + PAGE, len(slots))
        anchor = source.anchor(before) if before is not None else None
        self._ask_rows(page, start, lambda queries: source.page(queries, anchor, last - start)[: last - start])

    def with_ids(self, use: Callable[[Sequence[int]], None]) -> None:
        """Call with the ids of the whole list, reading them first if they are not here."""
        if self._ids is not None:
            use(self._ids)
            return
        self._ids_waiting.append(use)
        if not self._ids_asked and self._source is not None:
            self._ids_asked = True
            self.ask(self._source.ids, self._take_ids)

    def places_moved(self) -> None:
        """What is being read for places is out of date: pages are asked for again when looked at, the ids if somebody waits."""
        for cancel in self._asked.values():
            cancel()
        self._asked.clear()
        self._ids = None
        if self._ids_waiting:
            self._round += 1
            self._ids_asked = False
            waiting, self._ids_waiting = self._ids_waiting, []
            for use in waiting:
                self.with_ids(use)

    def forget(self) -> None:
        self._round += 1
        for cancel in self._asked.values():
            cancel()
        self._asked.clear()
        self._ids = None
        self._ids_asked = False
        self._ids_waiting = []

    # ---- inside

    def _take_ids(self, ids: Sequence[int]) -> None:
        self._ids_asked = False
        if len(ids) == len(self._slots):
            self._ids = ids
        waiting, self._ids_waiting = self._ids_waiting, []
        for use in waiting:
            use(ids)

    def _ask_ids(self, first: int, wanted: list[int]) -> None:
        source = self._source
        if first in self._asked and source is not None:
            del self._asked[first]
            self._ask_rows(first, first, lambda queries: _complete(source.by_ids(queries, wanted), wanted))

    def _ask_rows(self, first: int, start: int, query: Callable[[Any], Sequence[R]]) -> None:
        asked_in = self._round
        self._asked[first] = _nothing

        def deliver(rows: Sequence[R]) -> None:
            if asked_in == self._round and self._asked.pop(first, None) is not None and rows:
                end = self._slots.fill(start, rows)
                self._filled(start, end - 1)

        cancel = self._fetch(query, deliver)
        if first in self._asked:
            self._asked[first] = cancel


def _complete(rows: Sequence[R], wanted: Sequence[int]) -> Sequence[R]:
    """Rows for places are of use only if none is missing."""
    return rows if len(rows) == len(wanted) else ()


def _nothing() -> None:
    """Until the fetch has answered how to cancel it."""
