"""A list of any length of which only what is looked at is in memory; rows are read in pages by keyset and follow commits.

`data()` never reads: a row that is not here yet answers None (the delegate paints a skeleton) and its page is asked for. Changes
re-read the touched rows alone and become exact removals, insertions and moves, so that selection and scrolling stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.ui.page_reader import Fetch, PageReader, Source
from app.ui.slots import PAGE, Row, Slots

MANY = 300
"""More rows than this coming and going at once are not followed one by one."""
REREAD_PAGES = 4

RowRole = Qt.ItemDataRole.UserRole
TickedRole = Qt.ItemDataRole.UserRole + 1

A_WHILE = 20_000
"""Ids that are put into a set in a millisecond."""

R = TypeVar("R", bound=Row)
Index = QModelIndex | QPersistentModelIndex

__all__ = ["PAGE", "Fetch", "RowRole", "Source", "TickedRole", "WindowedModel"]


class Ticked(Sequence[int]):
    """Ids in an order, possibly hundreds of thousands; knows at once whether one is among them."""

    def __init__(self, ids: Sequence[int], members: set[int]) -> None:
        self._ids = ids
        self._members = members

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._members

    def __getitem__(self, place: Any) -> Any:
        return self._ids[place]

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(len(self._ids))

    def __repr__(self) -> str:
        return f"Ticked({list(self._ids[:5])}, {len(self._ids)} in all)"


class WindowedModel(QAbstractTableModel, Generic[R]):
    """One column; `RowRole` gives the row or None, `TickedRole` whether it is ticked."""

    counted = Signal(int)
    """How many rows there are now."""
    arrived = Signal()
    """Rows that were missing are here."""
    ticks_changed = Signal()

    def __init__(self, source: Source[R], fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._slots: Slots[R] = Slots(source.anchor)
        self._reader: PageReader[R] = PageReader(fetch, self._slots, self._filled)
        self._reader.read(source)
        self._ticked: set[int] = set()
        """Another set each time: who holds what was ticked goes on holding that."""
        self._all_ticked: Ticked | None = None
        """All ticked ones as the last question was answered; None once that is out of date."""

    # ---- filling

    def show(self, source: Source[R], count: int, first: Sequence[R]) -> None:
        """Show another list whose count and first rows are at hand: nothing is read before the first paint."""
        self._ticked, self._all_ticked = set(), None
        self._begin_anew(source, count, first)
        self.ticks_changed.emit()

    def show_later(self, source: Source[R]) -> None:
        """Show another list, reading count and first page elsewhere; what was shown stays until then."""
        self._reader.read(source)
        self._source = source
        self._reader.ask(
            lambda queries: (source.count(queries), source.page(queries, None, PAGE)),
            lambda result: self.show(source, *result),
        )

    # ---- asking

    def row_at(self, row: int, *, ask: bool = True) -> R | None:
        """The row, if it is here; asks for it and those around it if not."""
        if not 0 <= row < len(self._slots):
            return None
        found = self._slots.row(row)
        if found is None and ask:
            self._reader.ask_for(row)
        return found

    def position_of(self, row_id: int) -> int:
        """Where a row is among those in memory, -1 if it is not."""
        return self._slots.positions((row_id,)).get(row_id, -1)

    def find(self, row_id: int, deliver: Callable[[int], None]) -> None:
        """Where a row is in the whole list, -1 if nowhere; at once if it is in memory, else through the ids."""
        here = self.position_of(row_id)
        if here >= 0:
            deliver(here)
            return

        def look(ids: Sequence[int]) -> None:
            try:
                place = ids.index(row_id)
            except ValueError:
                place = -1
            deliver(place)

        self._reader.with_ids(look)

    def held_ids(self) -> list[int]:
        """The ids in memory, in the order of the list."""
        return [row.id for row in self._slots.rows()]

    # ---- Qt's side

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._slots)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == RowRole:
            return self.row_at(index.row())
        if role == TickedRole:
            row = self.row_at(index.row())
            return row is not None and row.id in self._ticked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row_at(index.row())
            return self._source.name(row) if row is not None else ""
        return None

    # ---- ticks

    @property
    def ticked(self) -> Ticked:
        """The ticked ids, those in memory in the order of the list, then the others."""
        if self._all_ticked is None or len(self._all_ticked) <= MANY:  # of a few, the order may have changed
            here = [row_id for row_id in self.held_ids() if row_id in self._ticked] if self._ticked else []
            self._all_ticked = Ticked((*here, *sorted(self._ticked.difference(here))), self._ticked)
        return self._all_ticked

    def tick(self, row: int, on: bool | None = None) -> None:
        """Tick a row or take the tick away; None switches."""
        held = self.row_at(row)
        if held is None:
            return
        on = held.id not in self._ticked if on is None else on
        self._ticked, self._all_ticked = {*self._ticked, held.id} if on else self._ticked - {held.id}, None
        self._say_changed(row, row)
        self.ticks_changed.emit()

    def tick_all(self) -> None:
        """Every row of the list, those not in memory too."""

        source = self._source

        def read(queries: Any) -> tuple[Sequence[int], set[int]]:
            ids, members = source.ids(queries), set[int]()
            for start in range(0, len(ids), A_WHILE):  # in pieces, so that the screen's thread gets its turn between them
                members.update(ids[start : start + A_WHILE])
            return ids, members

        def take(found: tuple[Sequence[int], set[int]]) -> None:
            ids, members = found
            self._ticked, self._all_ticked = members, None
            self._all_ticked = Ticked(ids, members)
            self.repaint_all()
            self.ticks_changed.emit()

        self._reader.ask(read, take)

    def clear_ticks(self) -> bool:
        """Whether there were any."""
        had = bool(self._ticked)
        if had:
            self._ticked, self._all_ticked = set(), None
            self.repaint_all()
            self.ticks_changed.emit()
        return had

    # ---- following commits

    def follow(self, touched: Iterable[int] | None) -> None:
        """A commit touched these rows; None means that any may have changed."""
        if touched is None:
            self._reread()
            return
        ids, source = sorted(set(touched)), self._source
        if ids:
            self._reader.ask(
                lambda queries: (source.count(queries), source.by_ids(queries, ids)),
                lambda result: self._settle(ids, *result),
            )

    def repaint_all(self) -> None:
        """Time went on or the language changed: what is shown is drawn again."""
        self._say_changed(0, len(self._slots) - 1)

    # ---- inside

    def _settle(self, touched: Sequence[int], count: int, rows: Sequence[R]) -> None:
        """Bring the touched rows to where they belong now, then make the length right among the rows that are not here."""
        now = {row.id: row for row in rows if self._source.belongs(row)}
        before = len(self._slots)
        held = self._slots.positions(touched)
        strangers = [row for row_id, row in now.items() if row_id not in held]
        gone = sorted((place for row_id, place in held.items() if row_id not in now), reverse=True)
        if len(strangers) + len(gone) > MANY:
            self._reread()
            return
        for place in gone:
            self._remove(place, place)
        ended = [row_id for row_id in touched if row_id in self._ticked and row_id not in now]
        if ended:
            self._ticked, self._all_ticked = self._ticked.difference(ended), None
            self.ticks_changed.emit()
        for row_id in (row_id for row_id in held if row_id in now):
            self._replace(self.position_of(row_id), now[row_id])
        for row in strangers:
            self._admit(row)
        if not self._fit(count):
            self._reread()
        elif len(self._slots) != before:
            self.counted.emit(len(self._slots))

    def _replace(self, here: int, row: R) -> None:
        """A new version of a row that is here, which may stand elsewhere now."""
        held = self._slots.peek(here)
        moved = held is not None and self._source.anchor(held) != self._source.anchor(row)
        target = self._slots.place_for(row, ignoring=here) if moved else here
        self._slots.put(here, row)
        if target is None:
            self._remove(here, here)  # it went where nobody looks: the count will add a place there
        elif target in (here, here + 1):
            self._say_changed(here, here)
        else:
            nothing = QModelIndex()
            self.beginMoveRows(nothing, here, here, nothing, target)
            place = self._slots.move(here, target)
            self._reader.places_moved()
            self.endMoveRows()
            self._say_changed(place, place)

    def _admit(self, row: R) -> None:
        """A row that was not here; nothing to do when it stands among others that are not."""
        target = self._slots.place_for(row)
        if target is None:
            return
        self.beginInsertRows(QModelIndex(), target, target)
        self._slots.insert(target, row)
        self._reader.places_moved()
        self.endInsertRows()

    def _remove(self, first: int, last: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, last)
        self._slots.remove(first, last)
        self._reader.places_moved()
        self.endRemoveRows()

    def _fit(self, count: int) -> bool:
        """Add or take places among the rows that are not here, from the end, until the length is right; False where there are none."""
        surplus = len(self._slots) - count
        if surplus == 0:
            return True
        gap = self._slots.last_gap()
        if gap is None:
            return False
        if surplus < 0:
            self.beginInsertRows(QModelIndex(), gap, gap - surplus - 1)
            self._slots.open_gap(gap, -surplus)
            self._reader.places_moved()
            self.endInsertRows()
            return True
        first = gap
        while first > 0 and gap - first + 1 < surplus and self._slots.peek(first - 1) is None:
            first -= 1
        self._remove(first, gap)
        return self._fit(count)

    def _reread(self) -> None:
        """Read count and the first pages anew and start over, as after a change of everything; ticks stay."""
        source = self._source
        self._reader.forget()
        self._reader.ask(
            lambda queries: (source.count(queries), source.page(queries, None, PAGE * REREAD_PAGES)),
            lambda result: self._begin_anew(source, *result),
        )

    def _begin_anew(self, source: Source[R], count: int, first: Sequence[R]) -> None:
        self.beginResetModel()
        self._source = source
        self._reader.read(source)
        self._slots.start(source.anchor, count, first)
        self.endResetModel()
        self.counted.emit(len(self._slots))

    def _filled(self, first: int, last: int) -> None:
        self._say_changed(first, last)
        self.arrived.emit()

    def _say_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
