"""What the list shows: a view of the inbox, perhaps of one account, or what a search found; as the windowed model asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from app.commands.lists import Anchor, ListQueries
from app.models.conversation import VIEW_STATES, ConversationRow, View

DUE_SOON = timedelta(hours=1)

Name = Callable[[ConversationRow], str]


class ViewSource:
    """One of the fixed views."""

    def __init__(self, view: View, account_id: int | None, name: Name, now: Callable[[], datetime]) -> None:
        self.view = view
        self.account_id = account_id
        self._name = name
        self._now = now

    def count(self, queries: ListQueries) -> int:
        return queries.conversation_count(self.view, self.account_id)

    def page(self, queries: ListQueries, after: Anchor | None, limit: int) -> Sequence[ConversationRow]:
        return queries.conversations(self.view, self.account_id, after, limit)

    def by_ids(self, queries: ListQueries, ids: Sequence[int]) -> Sequence[ConversationRow]:
        return queries.conversations_by_id(ids)

    def ids(self, queries: ListQueries) -> Sequence[int]:
        return queries.conversation_ids(self.view, self.account_id)

    def anchor(self, row: ConversationRow) -> Anchor:
        return row.sort_key, row.id

    def belongs(self, row: ConversationRow) -> bool:
        if row.state not in VIEW_STATES[self.view] or self.account_id not in (None, row.account_id):
            return False
        if self.view is View.DUE_SOON:
            return row.answer_by is not None and row.answer_by <= self._now() + DUE_SOON
        return True

    def name(self, row: ConversationRow) -> str:
        return self._name(row)


class SearchSource:
    """What a search found, newest match first; it stays as it was found until the search is made again."""

    def __init__(self, text: str, rows: Sequence[ConversationRow], name: Name) -> None:
        self.text = text
        self.rows = list(rows)
        self._places = {row.id: place for place, row in enumerate(self.rows)}
        self._name = name

    def count(self, _queries: ListQueries) -> int:
        return len(self.rows)

    def page(self, queries: ListQueries, after: Anchor | None, limit: int) -> Sequence[ConversationRow]:
        start = 0 if after is None else after[0] + 1
        return self.by_ids(queries, [row.id for row in self.rows[start : start + limit]])

    def by_ids(self, queries: ListQueries, ids: Sequence[int]) -> Sequence[ConversationRow]:
        return queries.conversations_by_id(ids)

    def ids(self, _queries: ListQueries) -> Sequence[int]:
        return [row.id for row in self.rows]

    def anchor(self, row: ConversationRow) -> Anchor:
        return self._places[row.id], row.id

    def belongs(self, row: ConversationRow) -> bool:
        return row.id in self._places

    def name(self, row: ConversationRow) -> str:
        return self._name(row)
