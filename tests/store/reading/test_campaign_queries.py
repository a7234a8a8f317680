"""What the page of a campaign asks for in one question."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.campaign import LaunchPlan
from app.models.post import PostState
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import campaigns as writing
from tests.fakes.clock import FakeClock
from tests.store.reading.test_campaigns import post, save


def test_a_campaign_comes_with_its_posts_figures_and_launches(database: Database, clock: FakeClock) -> None:
    number = save(database)
    launch = database.write_now(
        lambda session: writing.save_launch(session, LaunchPlan("Marea", date(2026, 11, 20), campaign_id=number))
    )
    first = post(database, number, PostState.DRAFT, announcement="story", mark_id=launch)

    def ask(connection: object) -> None:
        queries = StoreQueries(connection, clock)  # type: ignore[arg-type]
        found = queries.campaign_detail(number, None, None)
        assert found is not None
        assert [(each.post.id, each.announcement, each.launch_id) for each in found.posts] == [(first, "story", launch)]
        assert (found.figures.posts, found.plan.name) == (1, "Marea")
        assert [row.plan.id for row in found.launches] == [launch]
        assert queries.campaign_detail(99, None, None) is None
        assert queries.campaign(number) == found.plan
        assert [row.plan for row in queries.campaign_rows()] == [found.plan]
        assert queries.launches() == list(found.launches)
        assert queries.launch(launch) == found.launches[0]
        assert queries.patterns() == []
        assert found.plan.starts_on is not None
        assert found.plan.starts_on + timedelta(days=9) == found.plan.ends_on

    database.reader.now(ask)
