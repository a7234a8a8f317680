"""The reads of screens and commands in one object: what commands/services.py asks for as `Queries`, over one connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from app.models.account import AccountRow
from app.models.conversation import ConversationRow, View
from app.models.message import ConversationDetail
from app.models.outbox import OutboxRow
from app.models.post import PostDraft, PostRow
from app.models.today import Brief
from app.runtime.clock import Clock, to_ms
from app.store.reading import accounts, conversations, messages, outbox, posts, today


class StoreQueries:
    """Cheap to make: one for each read."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def accounts(self) -> list[AccountRow]:
        return accounts.accounts(self._connection)

    def conversation_count(self, view: View, account_id: int | None) -> int:
        return conversations.count(self._connection, view, account_id, self._now_ms())

    def view_counts(self, account_id: int | None) -> Mapping[View, int]:
        return conversations.view_counts(self._connection, account_id, self._now_ms())

    def account_counts(self, view: View) -> Mapping[int, int]:
        return conversations.account_counts(self._connection, view, self._now_ms())

    def conversations(
        self, view: View, account_id: int | None, after: tuple[int, int] | None, limit: int = 256
    ) -> list[ConversationRow]:
        return conversations.page(self._connection, view, account_id, after, limit, self._now_ms())

    def conversations_by_id(self, ids: Sequence[int]) -> list[ConversationRow]:
        return conversations.by_id(self._connection, ids)

    def conversation_ids(self, view: View, account_id: int | None) -> Sequence[int]:
        return conversations.ids(self._connection, view, account_id, self._now_ms())

    def search(self, text: str, limit: int = 200) -> list[ConversationRow]:
        return conversations.search(self._connection, text, limit)

    def conversation(self, conversation_id: int, limit: int = 60) -> ConversationDetail | None:
        return messages.conversation(self._connection, conversation_id, limit)

    def post(self, post_id: int) -> PostDraft | None:
        return posts.post(self._connection, post_id)

    def post_row(self, post_id: int) -> PostRow | None:
        return posts.row(self._connection, post_id)

    def posts(self, since: datetime | None, until: datetime | None) -> list[PostRow]:
        return posts.posts(self._connection, since, until)

    def outbox(
        self, *, post_id: int | None = None, conversation_id: int | None = None, unfinished: bool = True
    ) -> list[OutboxRow]:
        return outbox.items(self._connection, post_id=post_id, conversation_id=conversation_id, unfinished=unfinished)

    def brief(self, now: datetime, day_starts_at: datetime, day_ends_at: datetime) -> Brief:
        return today.brief(self._connection, now, day_starts_at, day_ends_at)

    def _now_ms(self) -> int:
        return to_ms(self._clock.now())
