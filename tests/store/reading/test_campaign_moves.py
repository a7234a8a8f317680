"""What a move would do; the services' tests move for real."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.models.campaign import LaunchPlan
from app.models.post import PostState
from app.models.rhythm import Paces
from app.store.database import Database
from app.store.reading.campaign_moves import Wanted, preview_of
from app.store.writing import campaigns as writing
from tests.store.making import NOW
from tests.store.reading.test_campaigns import post, save

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEXICO = ZoneInfo("America/Mexico_City")


def test_a_campaign_takes_along_posts_of_its_launches_and_no_ideas(database: Database) -> None:
    number = save(database)
    launch = database.write_now(
        lambda session: writing.save_launch(session, LaunchPlan("Marea", date(2026, 11, 20), campaign_id=number))
    )
    own = post(database, number, PostState.DRAFT)
    of_launch = post(database, None, PostState.DRAFT, mark_id=launch, planned_at=NOW + 2 * DAY)
    post(database, number, PostState.DRAFT, planned_at=None)
    found = database.reader.now(preview_of, Wanted(MEXICO, NOW, Paces(), 3, campaign_id=number))
    assert [(each.post_id, each.after - each.before) for each in found.posts] == [(own, 3 * DAY), (of_launch, 3 * DAY)]
    assert found.marks == ("Marea",)
    alone = database.reader.now(preview_of, Wanted(MEXICO, NOW, Paces(), 3, launch_id=launch))
    assert [each.post_id for each in alone.posts] == [of_launch]


def test_another_hour_of_a_launch_moves_what_comes_after_it_on_its_day(database: Database) -> None:
    launch = database.write_now(
        lambda session: writing.save_launch(session, LaunchPlan("Marea", date(2026, 11, 19), 600))
    )
    before = post(database, None, PostState.DRAFT, mark_id=launch, planned_at=NOW + DAY - HOUR)
    after = post(database, None, PostState.DRAFT, mark_id=launch, planned_at=NOW + DAY + HOUR)
    next_day = post(database, None, PostState.DRAFT, mark_id=launch, planned_at=NOW + 2 * DAY - HOUR)
    wanted = Wanted(MEXICO, NOW, Paces(), 0, launch_id=launch, minutes=120, from_moment=NOW + DAY)
    found = database.reader.now(preview_of, wanted)
    assert {each.post_id: each.after - each.before for each in found.posts} == {
        before: timedelta(),
        after: 2 * HOUR,
        next_day: timedelta(),
    }


def test_nothing_planned_is_nothing_to_move(database: Database) -> None:
    assert database.reader.now(preview_of, Wanted(MEXICO, NOW, Paces(), 3, campaign_id=save(database))).posts == ()
