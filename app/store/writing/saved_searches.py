"""Saved searches: kept, changed, ordered, removed; what they found, from our own history and from networks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlmodel import Session, col, delete, func, select

from app.models.arrival import Arrival
from app.models.find import SavedSearchRow
from app.models.judgement import Judge
from app.models.message import MessageKind
from app.models.tables.account import Cursor
from app.models.tables.saved_search import SavedSearch, SearchHit
from app.store.notes import execute, lookup, upsert_many
from app.store.writing import messages
from app.store.writing.threads import Promise

Hit = tuple[int, int]
"""(conversation id, when the match was written in milliseconds)."""


def add(session: Session, search: SavedSearchRow, now_ms: int) -> int:
    """Behind all others; answers its id."""
    last = session.exec(select(func.max(SavedSearch.position))).one()
    row = SavedSearch(
        name=search.name,
        words=search.words,
        accounts=_listed(search.accounts),
        asks=search.asks,
        position=(last or 0) + 1,
        created_at=now_ms,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def change(session: Session, search: SavedSearchRow) -> SavedSearchRow:
    """Name, words, accounts; answers how it was. Hits of other words are let go."""
    row = session.get_one(SavedSearch, search.id)
    before = SavedSearchRow(search.id, row.name, row.words, tuple(json.loads(row.accounts)), row.asks)
    row.name, row.words, row.accounts, row.asks = search.name, search.words, _listed(search.accounts), search.asks
    if search.words != before.words:
        execute(session, delete(SearchHit).where(col(SearchHit.search_id) == search.id))
    return before


def remove(session: Session, search_id: int, now_ms: int) -> None:
    """Out of sight; `restore` brings it back with what it found."""
    session.get_one(SavedSearch, search_id).removed_at = now_ms


def restore(session: Session, search_id: int) -> None:
    session.get_one(SavedSearch, search_id).removed_at = None


def order(session: Session, ids: Sequence[int]) -> list[int]:
    """The order of the list; answers the one before."""
    rows = {row.id: row for row in session.exec(select(SavedSearch).where(col(SavedSearch.removed_at).is_(None)))}
    before = sorted(rows.values(), key=lambda row: (row.position, row.id or 0))
    for place, number in enumerate(ids, start=1):
        rows[number].position = place
    return [row.id or 0 for row in before]


def add_hits(session: Session, search_id: int, hits: Iterable[Hit]) -> None:
    """Each conversation once, with its newest match."""
    newest: dict[int, int] = {}
    for conversation_id, at_ms in hits:
        newest[conversation_id] = max(at_ms, newest.get(conversation_id, at_ms))
    stored = lookup(
        session,
        "SELECT conversation_id, at FROM search_hit WHERE search_id = ? AND conversation_id IN (?*)",
        newest,
        search_id,
    )
    for conversation_id, at_ms in stored:
        newest[conversation_id] = max(at_ms, newest[conversation_id])
    rows = [{"search_id": search_id, "conversation_id": number, "at": at} for number, at in newest.items()]
    upsert_many(session, SearchHit, rows, conflict=("search_id", "conversation_id"))


def keep_found(
    session: Session,
    search: SavedSearchRow,
    account_id: int,
    arrivals: Sequence[Arrival],
    stream: str,
    cursor: str,
    now_ms: int,
    promise: Promise,
    judge: Judge,
) -> int:
    """A page of what a network found, with the cursor that covers it; answers how many messages were new.

    What is there already only becomes a hit. The rest is stored as found: quietly, unless the user wants answers to it.
    """
    found = [replace(arrival, kind=MessageKind.SEARCH, quiet=not search.asks) for arrival in arrivals]
    new = messages.keep(session, account_id, found, stream, cursor, now_ms, promise, judge)
    sql = "SELECT conversation_id, at FROM message WHERE account_id = ? AND remote_id IN (?*)"
    add_hits(session, search.id, lookup(session, sql, [arrival.remote_id for arrival in arrivals], account_id))
    looked(session, account_id, stream, now_ms)
    return new


def looked(session: Session, account_id: int, stream: str, now_ms: int) -> None:
    """The network was asked now, whether or not anything was found."""
    place = session.get(Cursor, (account_id, stream))
    if place is None:
        session.add(Cursor(account_id=account_id, stream=stream, value="", moved_at=now_ms))
    else:
        place.moved_at = now_ms


def _listed(accounts: Iterable[int]) -> str:
    return json.dumps(list(accounts))
