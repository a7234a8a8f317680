"""Hashtags to complete with, and what was said of late."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlmodel import Session

from app.models.hashtags import HashtagSet
from app.models.post import PostDraft, PostState
from app.models.tables.post import Campaign
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.reading import hashtags
from app.store.writing import hashtags as writing
from app.store.writing import posts
from tests.store.making import NOW, NOW_MS

DAY = timedelta(days=1)


def save(database: Database, text: str, *, state: PostState | None = None, days: int = 0) -> int:
    draft = PostDraft(parts=(text,), planned_at=NOW + days * DAY)
    return database.write_now(lambda session: posts.save(session, draft, NOW_MS, state=state))


def campaign(database: Database, name: str, *tags: str) -> int:
    def add(session: Session) -> int:
        row = Campaign(name=name, tags=json.dumps(tags))
        session.add(row)
        session.flush()
        return row.id or 0

    return database.write_now(add)


def test_the_campaign_s_tags_come_first_then_own_ones_by_use_then_all_others(database: Database) -> None:
    for text in ("Uno #Vinilo #vinilo", "Dos #Marea", "Tres #Marea"):
        save(database, text)
    number = campaign(database, "Cecilia", "SantaCecilia")
    campaign(database, "Otra", "Indie")
    database.write_now(lambda session: writing.save(session, HashtagSet(None, "Jazz", ("jazz", "MAREA"))))
    assert database.reader.now(hashtags.known, number) == ["SantaCecilia", "Marea", "Vinilo", "jazz", "Indie"]
    assert database.reader.now(hashtags.known)[:2] == ["Marea", "Vinilo"]


def test_sets_come_by_name(database: Database) -> None:
    for name in ("vinilo", "Jazz"):
        database.write_now(lambda session, name=name: writing.save(session, HashtagSet(None, name, ("uno",))))
    assert [each.name for each in database.reader.now(hashtags.sets)] == ["Jazz", "vinilo"]


def test_only_what_was_planned_counts_as_said(database: Database) -> None:
    said = save(database, "Se dijo", state=PostState.SCHEDULED, days=-3)
    save(database, "Borrador")
    save(database, "Hace mucho", state=PostState.SCHEDULED, days=-100)
    found = database.reader.now(hashtags.said_since, to_ms(NOW - 90 * DAY), to_ms(NOW + DAY))
    assert [(number, parts) for number, _at, _saved, parts in found] == [(said, '["Se dijo"]')]
