"""What the list shows: a view of the inbox, perhaps of one account, or what a search found; as the windowed model asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from app.commands.lists import Anchor, ListQueries
from app.models.conversation import VIEW_STATES, ConversationRow, View

DUE_SOON = timedelta(hours=1)

Name = Callable[[ConversationRow], str]
ReadPassages = Callable[[Any, Sequence[int]], Mapping[int, str]]
"""(queries, conversations) -> the passages with what was found."""
TYPED = "find:"
"""Begins the key of what was found for words typed into the search field."""
NO_PASSAGES: Mapping[int, str] = MappingProxyType({})


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


class FoundSource:
    """What was found, in its own order; it stays as it was found until it is looked for again."""

    def __init__(
        self, key: str, ids: Sequence[int], name: Name, *, title: str = "", passages: Mapping[int, str] = NO_PASSAGES,
        read_passages: ReadPassages | None = None,
    ) -> None:  # fmt: skip
        """`key` says what it is (`TYPED` and the words, `saved:` and a search's id, `spike:` and a topic); `passages` are shown for snippets, and so is what `read_passages` reads for rows as they are read."""
        self.key = key
        self.title = title
        self._ids = ids
        self.passages = passages
        self._read_passages = read_passages
        self._places: dict[int, int] = {}
        self._name = name

    @property
    def count_all(self) -> int:
        return len(self._ids)

    def count(self, _queries: ListQueries) -> int:
        return len(self._ids)

    def page(self, queries: ListQueries, after: Anchor | None, limit: int) -> Sequence[ConversationRow]:
        start = 0 if after is None else after[0] + 1
        return self.by_ids(queries, self._ids[start : start + limit])

    def by_ids(self, queries: ListQueries, ids: Sequence[int]) -> Sequence[ConversationRow]:
        rows = queries.conversations_by_id(ids)
        passages = self.passages if self._read_passages is None else self._read_passages(queries, ids)
        if not passages:
            return rows
        return [row._replace(snippet=passages.get(row.id, row.snippet)) for row in rows]

    def ids(self, _queries: ListQueries) -> Sequence[int]:
        return self._ids

    def anchor(self, row: ConversationRow) -> Anchor:
        return self._place(row.id), row.id

    def belongs(self, row: ConversationRow) -> bool:
        return self._place(row.id) >= 0

    def name(self, row: ConversationRow) -> str:
        return self._name(row)

    def _place(self, row_id: int) -> int:
        if not self._places and len(self._ids):
            self._places = {number: place for place, number in enumerate(self._ids)}
        return self._places.get(row_id, -1)
