"""Which list is shown, and its rows: a view of the inbox, perhaps of one account, or what a search found. There before anything else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.commands.lists import ListQueries, ListReads
from app.models.conversation import ConversationRow, View
from app.ui.inbox.groups import Title, titles
from app.ui.inbox.rows import row_name
from app.ui.inbox.sources import SearchSource, ViewSource
from app.ui.look import Look
from app.ui.windowed_model import PAGE, WindowedModel


class Listing(QObject):
    """Reads through `reads`; the model follows commits when told to."""

    listed = Signal()
    """Another list, another length, or other groups."""

    def __init__(self, reads: ListReads, look: Look, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reads = reads
        self._look = look
        self._now = now
        self.view = View.NEEDS_ANSWER
        self.account_id: int | None = None
        self._source: ViewSource | SearchSource = self._view_source()
        self.model: WindowedModel[ConversationRow] = WindowedModel(self._source, reads.later, self)
        self._cancel: Callable[[], None] | None = None

    def read(self, most: int = PAGE) -> None:
        """Count and first rows of the view, at once; so many of them."""
        source = self._source = self._view_source()

        def look(queries: ListQueries) -> tuple[int, list[ConversationRow]]:
            return queries.conversation_count(source.view, source.account_id), queries.conversations(source.view, source.account_id, None, most)

        count, rows = self._reads.now(look)
        self.model.show(source, count, rows)
        self.listed.emit()

    def show_view(self, view: View, account_id: int | None) -> None:
        """Another view, or narrowed to another account."""
        self.view, self.account_id = view, account_id
        self.read()

    def search(self, text: str) -> None:
        """Show what is found; an empty text returns to the view."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if not text:
            if self.searched is not None:
                self.show_view(self.view, self.account_id)
            return

        def deliver(rows: list[ConversationRow]) -> None:
            found = [row for row in rows if self.account_id in (None, row.account_id)]
            source = self._source = SearchSource(text, found, self._name)
            self.model.show(source, len(found), found)
            self.listed.emit()

        def find(queries: ListQueries) -> list[ConversationRow]:
            return queries.search(text)

        self._cancel = self._reads.later(find, deliver)

    @property
    def searched(self) -> str | None:
        """What the list shows the finds of; None while it shows a view."""
        return self._source.text if isinstance(self._source, SearchSource) else None

    def group_titles(self, *, of_held_rows: bool = False) -> dict[int, Title]:
        """Looks through the rows further down and so has them read, unless those that are here are to do."""
        if self.searched is not None:
            return {}
        row_at = partial(self.model.row_at, ask=not of_held_rows)
        return titles(self._look, self.view, self.model.rowCount(), row_at, self._now())

    def title(self, account: str = "") -> str:
        """The name of the view, and of the account it is narrowed to."""
        title = self._look.text(f"inbox.view.{self.view}")
        return f"{title}, {account}" if account else title

    def _view_source(self) -> ViewSource:
        return ViewSource(self.view, self.account_id, self._name, self._now)

    def _name(self, row: ConversationRow) -> str:
        return row_name(self._look, row, self._now())
