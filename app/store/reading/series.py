"""Recurring posts and what was made of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.models.lateness import lateness_of
from app.models.message import Visibility
from app.models.post import Picture, PostDraft, PostFormat, PostState
from app.models.series import Rule, Series
from app.store.reading.outbox import link_card_of, poll_of
from app.store.reading.posts import quoted_of

COLUMNS = "id, name, draft, rule, minute, zone, starts_on, ends_on, skipped, paused"


def one(connection: sqlite3.Connection, series_id: int) -> Series | None:
    """None when it is not there or has ended."""
    found = connection.execute(
        f"SELECT {COLUMNS} FROM series WHERE id = ? AND removed_at IS NULL", (series_id,)
    ).fetchone()
    return None if found is None else series_of(found)


def all_of(connection: sqlite3.Connection) -> list[Series]:
    """Those that have not ended, by name."""
    found = connection.execute(f"SELECT {COLUMNS} FROM series WHERE removed_at IS NULL ORDER BY name, id")
    return [series_of(row) for row in found]


def days_made(connection: sqlite3.Connection, series_id: int) -> dict[date, int | None]:
    """Days of which a post was ever made: its id, None where the user took it away."""
    found = connection.execute(
        "SELECT series_day, iif(deleted_at IS NULL, id, NULL) FROM post WHERE series_id = ? AND series_day <> ''",
        (series_id,),
    )
    return {date.fromisoformat(day): number for day, number in found}


def series_of(found: Sequence[Any]) -> Series:
    """A row of `COLUMNS`."""
    number, name, draft, rule, minute, zone, starts_on, ends_on, skipped, paused = found
    values = json.loads(draft)
    return Series(
        name=name,
        draft=draft_of(values),
        rule=Rule.from_text(rule),
        minute=minute,
        zone=zone,
        starts_on=date.fromisoformat(starts_on),
        ends_on=date.fromisoformat(ends_on) if ends_on else None,
        state=PostState(values.get("state", PostState.SCHEDULED)),
        skipped=frozenset(date.fromisoformat(day) for day in json.loads(skipped)),
        paused=bool(paused),
        id=number,
    )


def draft_of(values: dict[str, Any]) -> PostDraft:
    """What `store/writing/series.py` keeps of a post."""
    return PostDraft(
        parts=tuple(values["parts"]),
        variants=tuple((number, tuple(parts)) for number, parts in values["variants"]),
        accounts=tuple(values["accounts"]),
        pictures=tuple(Picture(**each) for each in values["pictures"]),
        poll=poll_of(values["poll"]),
        visibility=Visibility(values["visibility"]),
        warning=values["warning"],
        language=values["language"],
        pillar=values["pillar"],
        format=PostFormat(values["format"]),
        title=values["title"],
        quote=quoted_of(values["quote"]),
        link_card=link_card_of(values["link_card"]),
        no_card_of=values["no_card_of"],
        public_at=tuple(values["public_at"]),
        lateness=lateness_of(values["lateness"]),
        **{name: values[name] for name in PLAIN},
    )


PLAIN = ("campaign_id", "question", "set_account_id", "track_clicks", "spacing")
"""What a draft and its text hold in the same form, under the same name."""


def is_untouched(connection: sqlite3.Connection, post_id: int) -> bool:
    """Whether a post is a draft that nobody changed since it was made, and owes nothing."""
    sql = (
        "SELECT 1 FROM post AS p WHERE p.id = ? AND p.state = ? AND p.saved_at = p.created_at AND p.deleted_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.post_id = p.id)"
    )
    return connection.execute(sql, (post_id, PostState.DRAFT)).fetchone() is not None
