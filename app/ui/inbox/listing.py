"""Which list is shown, and its rows: a view of the inbox, perhaps of one account, or what a search found. There before anything else is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.commands.lists import ListQueries, ListReads
from app.models.conversation import ConversationRow, View
from app.ui.inbox.groups import Title, titles
from app.ui.inbox.rows import row_name
from app.ui.inbox.sources import TYPED, FoundSource, ViewSource
from app.ui.look import Look
from app.ui.windowed_model import PAGE, WindowedModel

FURTHEST = 2000
"""So far a row that comes next is looked for."""


class Listing(QObject):
    """Reads through `reads`; the model follows commits when told to."""

    listed = Signal()
    """Another list, another length, or other groups."""

    def __init__(
        self, reads: ListReads, look: Look, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reads = reads
        self._look = look
        self._now = now
        self.view = View.NEEDS_ANSWER
        self.account_id: int | None = None
        self.said_of: Callable[[ConversationRow], str] | None = None
        """What a screen reader says of a row beside what is in it; None while nobody can tell."""
        self._source: ViewSource | FoundSource = self._view_source()
        self.model: WindowedModel[ConversationRow] = WindowedModel(self._source, reads.later, self)

    def read(self, most: int = PAGE) -> None:
        """Count and first rows of the view, at once; so many of them."""
        source = self._source = self._view_source()

        def look(queries: ListQueries) -> tuple[int, list[ConversationRow]]:
            return queries.conversation_count(source.view, source.account_id), queries.conversations(
                source.view, source.account_id, None, most
            )

        count, rows = self._reads.now(look)
        self.model.show(source, count, rows)
        self.listed.emit()

    def show_view(self, view: View, account_id: int | None) -> None:
        """Another view, or narrowed to another account."""
        self.view, self.account_id = view, account_id
        self.read()

    def show_found(self, source: FoundSource, rows: Sequence[ConversationRow]) -> None:
        """Show what was found instead of a view; `rows` are the first of it."""
        self._source = source
        self.model.show(source, source.count_all, rows)
        self.listed.emit()

    @property
    def found(self) -> FoundSource | None:
        """What is shown instead of a view; None while it is a view."""
        return self._source if isinstance(self._source, FoundSource) else None

    @property
    def searched(self) -> str | None:
        """The words typed whose finds are shown; None while it shows anything else."""
        found = self.found
        return found.key.removeprefix(TYPED) if found is not None and found.key.startswith(TYPED) else None

    def group_titles(self, *, of_held_rows: bool = False) -> dict[int, Title]:
        """Looks through the rows further down and so has them read, unless those that are here are to do."""
        if self.found is not None:
            return {}
        row_at = partial(self.model.row_at, ask=not of_held_rows)
        return titles(self._look, self.view, self.model.rowCount(), row_at, self._now())

    def title(self, account: str = "") -> str:
        """The name of the view, and of the account it is narrowed to."""
        if self.found is not None and self.found.title:
            return self.found.title
        title = self._look.text(f"inbox.view.{self.view}")
        return f"{title}, {account}" if account else title

    def _view_source(self) -> ViewSource:
        return ViewSource(self.view, self.account_id, self.name_of, self._now)

    def name_of(self, row: ConversationRow) -> str:
        """What a screen reader says of a row."""
        name, more = row_name(self._look, row, self._now()), self.said_of(row) if self.said_of is not None else ""
        return f"{name}, {more}" if more else name

    def successor(self, here: int, past: Collection[int]) -> int:
        """The next row that is not among those put away, else the one before; -1 when none is left."""
        places: list[int] = [*range(here + 1, min(here + 1 + FURTHEST, self.model.rowCount())), *range(here - 1, max(-1, here - FURTHEST), -1)]
        for place in places:
            row = self.model.row_at(place)
            if row is None or row.id not in past:
                return place
        return -1
