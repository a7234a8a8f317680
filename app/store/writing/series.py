"""Recurring posts: kept, changed, ended; and the posts made of them. A day of a series is made once, asked in the transaction that makes it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlmodel import Session, col, select

from app.models.post import PostDraft, PostState
from app.models.series import Series
from app.models.tables.post import Post
from app.models.tables.post import Series as SeriesRow
from app.store.reading import posts as reading
from app.store.reading.series import COLUMNS, PLAIN, series_of
from app.store.writing.posts import link_card_text, poll_text, quote_text


def add(session: Session, series: Series) -> int:
    """Answers its id."""
    row = SeriesRow(name="", draft="", rule="", minute=0, zone="", starts_on="")
    _fill(row, series)
    session.add(row)
    session.flush()
    return row.id or 0


def change(session: Session, series_id: int, series: Series) -> Series:
    """All of it becomes as given; answers what it was."""
    before = get(session, series_id)
    _fill(session.get_one(SeriesRow, series_id), series)
    session.flush()
    return before


def get(session: Session, series_id: int) -> Series:
    """As it stands inside a transaction, ended or not."""
    session.flush()
    return series_of(
        session.connection().exec_driver_sql(f"SELECT {COLUMNS} FROM series WHERE id = ?", (series_id,)).one()
    )


def running(session: Session, series_id: int) -> bool:
    """Whether it makes posts: it has not ended and is not paused."""
    row = session.get(SeriesRow, series_id)
    return row is not None and row.removed_at is None and not row.paused


def end(session: Session, series_id: int, at_ms: int | None) -> None:
    """It makes no more posts; None: it goes on."""
    session.get_one(SeriesRow, series_id).removed_at = at_ms


def made_until(session: Session, series_id: int, day: date) -> None:
    """So far its posts stand on the calendar."""
    row = session.get_one(SeriesRow, series_id)
    if row.made_until < day.isoformat():
        row.made_until = day.isoformat()


def is_made(session: Session, series_id: int, day: date) -> bool:
    """Whether a post was made for that day, also one that the user took away since."""
    same = select(Post.id).where(Post.series_id == series_id, Post.series_day == day.isoformat())
    return session.exec(same.limit(1)).first() is not None


def posts_from(session: Session, series_id: int, from_ms: int) -> list[int]:
    """Posts of a series that are planned from then on, in time order."""
    mine = (
        Post.series_id == series_id,
        Post.series_day != "",
        col(Post.deleted_at).is_(None),
        col(Post.planned_at) >= from_ms,
    )
    return [
        number
        for number in session.exec(select(Post.id).where(*mine).order_by(col(Post.planned_at)))
        if number is not None
    ]


def post_of(session: Session, series_id: int, day: date) -> int | None:
    """The post of a day; None where none stands there."""
    mine = (Post.series_id == series_id, Post.series_day == day.isoformat(), col(Post.deleted_at).is_(None))
    return session.exec(select(Post.id).where(*mine)).first()


def join(session: Session, post_id: int, series_id: int, day: date) -> None:
    """An existing post is the occurrence of that day."""
    post = session.get_one(Post, post_id)
    post.series_id, post.series_day = series_id, day.isoformat()


def leave(session: Session, post_id: int) -> None:
    """The series takes it back: another one may be made for its day."""
    session.get_one(Post, post_id).series_day = ""


def alike(one: PostDraft, other: PostDraft) -> bool:
    """Whether two posts say the same, whenever they do."""
    return draft_text(one, PostState.DRAFT) == draft_text(other, PostState.DRAFT)


def draft_text(draft: PostDraft, state: PostState) -> str:
    """What an occurrence begins as; `store/reading/series.py` reads it."""
    values = {
        "state": state,
        "parts": list(draft.parts),
        "variants": sorted([number, list(parts)] for number, parts in draft.variants),
        "accounts": sorted(draft.accounts),
        "pictures": [asdict(picture) for picture in draft.pictures],
        "poll": poll_text(draft.poll),
        "visibility": draft.visibility,
        "warning": draft.warning,
        "language": draft.language,
        "pillar": draft.pillar,
        "format": draft.format,
        "title": draft.title,
        "quote": quote_text(draft.quote),
        "link_card": link_card_text(draft.link_card),
        "no_card_of": draft.no_card_of,
        "public_at": sorted(draft.public_at),
        "lateness": draft.lateness.to_text() if draft.lateness is not None else "",
        **{name: getattr(draft, name) for name in PLAIN},
    }
    return json.dumps(values, ensure_ascii=False)


def _fill(row: SeriesRow, series: Series) -> None:
    row.name, row.draft = series.name, draft_text(series.draft, series.state)
    row.rule, row.minute, row.zone = series.rule.to_text(), series.minute, series.zone
    row.starts_on, row.ends_on = (
        series.starts_on.isoformat(),
        series.ends_on.isoformat() if series.ends_on is not None else "",
    )
    row.skipped, row.paused = _days(series.skipped), series.paused


def _days(days: Sequence[date] | frozenset[date]) -> str:
    return json.dumps([day.isoformat() for day in sorted(days)])


def forget_day(session: Session, series_id: int, day: date) -> None:
    """What was made for a day and taken away since counts no more: another one may be made."""
    gone = (Post.series_id == series_id, Post.series_day == day.isoformat(), col(Post.deleted_at).is_not(None))
    for post in session.exec(select(Post).where(*gone)):
        post.series_day = ""


def draft_of(session: Session, post_id: int) -> PostDraft:
    """The whole of a post inside a transaction that is about to change it."""
    session.flush()
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    found = reading.post(connection, post_id)
    assert found is not None
    return found
