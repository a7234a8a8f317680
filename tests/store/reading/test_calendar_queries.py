"""The calendar's reads over one connection."""

from __future__ import annotations

from datetime import timedelta

from app.models.post import PostDraft
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import calendar, posts
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS


def test_what_a_page_of_the_calendar_asks(database: Database, clock: FakeClock) -> None:
    planned = database.write_now(posts.save, PostDraft(parts=("Hoy",), planned_at=NOW), NOW_MS)
    waiting = database.write_now(posts.save, PostDraft(parts=("Algún día",)), NOW_MS)
    campaign = database.write_now(calendar.add_campaign, "Marea")

    def ask(queries: StoreQueries) -> None:
        day = NOW.date()
        span = queries.calendar(NOW - timedelta(hours=1), NOW + timedelta(hours=1), day, day)
        assert [post.id for post in span.posts] == [planned]
        assert [post.id for post in queries.to_place()] == [waiting]
        assert queries.calendar_post(planned) == span.posts[0]
        assert queries.campaigns() == {campaign: "Marea"}
        assert queries.posts_in_trouble() == 0

    database.reader.now(lambda connection: ask(StoreQueries(connection, clock)))
