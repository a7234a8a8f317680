"""Recurring posts are kept whole, and a day of one is made once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.models.lateness import Lateness, LateRule
from app.models.message import Visibility
from app.models.post import LinkPreview, Picture, Poll, PostDraft, PostFormat, PostState
from app.models.series import Rule, Series
from app.store.database import Database
from app.store.reading import series as reading
from app.store.writing import posts, series
from tests.store.making import NOW_MS

DAY = date(2026, 11, 20)
DRAFT = PostDraft(
    parts=("uno", "dos"), variants=((1, ("propio",)),), accounts=(1,), pictures=(Picture("a.png", "una"),), poll=Poll(("sí", "no")),
    visibility=Visibility.UNLISTED, warning="ojo", language="es", pillar="offers", format=PostFormat.PROMO, title="Oferta",
    link_card=LinkPreview("https://a.b", "A"), public_at=(1,), lateness=Lateness(LateRule.ASK), question=True, set_account_id=1, spacing=10,
)  # fmt: skip
SERIES = Series(
    "Oferta",
    DRAFT,
    Rule(weekdays=(4,)),
    600,
    "UTC",
    DAY,
    date(2027, 1, 1),
    PostState.DRAFT,
    frozenset({DAY}),
    paused=True,
)


def test_all_of_it_comes_back(database: Database, account_id: int) -> None:
    number = database.write_now(series.add, SERIES)
    assert database.reader.now(reading.one, number) == replace(SERIES, id=number)
    other = replace(SERIES, name="Otra", ends_on=None, paused=False)
    assert database.write_now(series.change, number, other) == replace(SERIES, id=number)
    assert database.reader.now(reading.all_of) == [replace(other, id=number)]
    database.write_now(series.end, number, NOW_MS)
    assert database.reader.now(reading.one, number) is None
    assert not database.write_now(series.running, number)


def test_a_day_is_made_once_even_where_its_post_was_taken_away(database: Database, account_id: int) -> None:
    number = database.write_now(series.add, replace(SERIES, paused=False))
    draft = replace(DRAFT, series_id=number, series_day=DAY.isoformat())
    post_id = database.write_now(posts.save, draft, NOW_MS)
    database.write_now(posts.plan, post_id, NOW_MS + 1, "UTC", NOW_MS)
    assert database.write_now(series.is_made, number, DAY)
    assert database.write_now(series.post_of, number, DAY) == post_id
    assert database.write_now(series.posts_from, number, NOW_MS) == [post_id]
    assert database.reader.now(reading.is_untouched, post_id)
    database.write_now(posts.delete, post_id, NOW_MS)
    assert database.write_now(series.is_made, number, DAY)
    assert database.write_now(series.post_of, number, DAY) is None
    assert database.reader.now(reading.days_made, number) == {DAY: None}
    database.write_now(series.forget_day, number, DAY)
    assert not database.write_now(series.is_made, number, DAY)


def test_posts_are_alike_whenever_they_are_planned(database: Database, account_id: int) -> None:
    post_id = database.write_now(posts.save, DRAFT, NOW_MS)
    found = database.write_now(series.draft_of, post_id)
    assert series.alike(found, DRAFT)
    assert not series.alike(found, replace(DRAFT, parts=("otro",)))
    database.write_now(series.join, post_id, database.write_now(series.add, SERIES), DAY)
    assert database.write_now(series.draft_of, post_id).series_day == DAY.isoformat()
    database.write_now(series.leave, post_id)
    assert database.write_now(series.draft_of, post_id).series_day == ""
