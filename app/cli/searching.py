"""Searching without a window: all that is found up to a number, one read after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from app.commands.lists import Anchor
from app.models.conversation import ConversationRow
from app.models.find import FoundRows, Wanted
from app.store.reading.queries import StoreQueries

AT_ONCE = 20_000
"""Rows that one read looks at."""

Ask = Callable[[Callable[[StoreQueries], Any]], Awaitable[Any]]


async def found(ask: Ask, wanted: Wanted, limit: int) -> list[ConversationRow]:
    """Newest first."""
    rows: dict[int, ConversationRow] = {}
    after: Anchor | None = None
    while len(rows) < limit:
        part = await ask(_read(wanted, limit - len(rows), after))
        rows |= {each.row.id: each.row for each in part.rows if each.row.id not in rows}
        after = part.resume
        if after is None:
            break
    return list(rows.values())


def _read(wanted: Wanted, limit: int, after: Anchor | None) -> Callable[[StoreQueries], FoundRows]:
    return lambda queries: queries.find(wanted, limit, after, AT_ONCE)
