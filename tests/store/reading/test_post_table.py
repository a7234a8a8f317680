"""Posts of a span with the last figures of each account, and how one grew; samples are probed, never read through."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from app.models.insight import Period, Scope
from app.models.post_table import PostLine, PostMetric
from app.models.tables.outbox import OutboxItem
from app.models.tables.post import Post
from app.store.database import Database
from app.store.reading.insight_queries import StoreInsightQueries
from app.store.writing import calendar, samples
from tests.fakes.clock import FakeClock
from tests.store.making import add_account, rows
from tests.store.reading.test_insights import PERIOD, TODAY, ZONE, at, out

DAY = timedelta(days=1)


def lines(database: Database, *accounts: int, period: Period = PERIOD) -> list[PostLine]:
    scope = Scope(period, period.before, accounts, ZONE, "es")
    return database.reader.now(lambda connection: StoreInsightQueries(connection, FakeClock()).post_lines(scope))


def test_posts_of_the_period_have_the_last_figures_of_each_account(database: Database, account_id: int) -> None:
    _, item = out(database, account_id, PERIOD.first, title="Marea")
    out(database, account_id, PERIOD.first - DAY)
    out(database, account_id, TODAY)
    database.write_now(samples.add, [("likes", "post", item, at(PERIOD.first, 14), 5), ("likes", "post", item, at(PERIOD.last), 9), ("impressions", "post", item, at(PERIOD.last), 90)])
    (line,) = lines(database, account_id)
    assert line.title == "Marea"
    assert line.deliveries[0].figures == {PostMetric.LIKES: 9, PostMetric.IMPRESSIONS: 90}
    assert line.rate == 0.1
    assert line.of(PostMetric.CLICKS) is None
    assert lines(database, account_id + 1) == []


def test_a_deleted_post_keeps_its_last_figures_and_says_so(database: Database, account_id: int) -> None:
    _, item = out(database, account_id, PERIOD.first)
    database.write_now(samples.add, [("likes", "post", item, at(PERIOD.first, 14), 5), ("gone", "post", item, at(PERIOD.last), 1)])
    (line,) = lines(database, account_id)
    assert line.gone
    assert line.of(PostMetric.LIKES) == 5


def test_a_post_of_several_accounts_is_one_line(database: Database, account_id: int) -> None:
    other = add_account(database, "@otra", "x")
    post_id, _ = out(database, account_id, PERIOD.first)
    _, second = out(database, other, PERIOD.first)
    campaign = database.write_now(calendar.add_campaign, "Buen Fin", "", "orange")

    def join(session: Session) -> None:
        session.get_one(OutboxItem, second).post_id = post_id
        session.get_one(Post, post_id).campaign_id = campaign

    database.write_now(join)
    (line,) = lines(database, account_id, other)
    assert line.networks == ("mastodon", "x")
    assert (line.campaign_id, line.campaign) == (campaign, "Buen Fin")
    assert len(lines(database, other)[0].deliveries) == 1


def test_a_curve_begins_when_the_post_went_out(database: Database, account_id: int) -> None:
    post_id, item = out(database, account_id, PERIOD.first)
    database.write_now(samples.add, [("likes", "post", item, at(PERIOD.first, 13), 5), ("likes", "post", item, at(PERIOD.first + DAY, 12), 9)])
    found = database.reader.now(lambda c: StoreInsightQueries(c, FakeClock()).post_curves(post_id, [account_id]))
    (curve,) = found
    assert (curve.network, curve.metric) == ("mastodon", PostMetric.LIKES)
    assert curve.points == ((timedelta(hours=1), 5), (timedelta(hours=24), 9))


def test_no_table_of_samples_is_read_as_a_whole(database: Database, account_id: int) -> None:
    seen: list[str] = []
    connection = database.reader.now(lambda c: c)
    connection.set_trace_callback(seen.append)
    lines(database, account_id)
    connection.set_trace_callback(None)
    plans = [row[3] for sql in seen if sql.startswith("SELECT") for row in rows(database, f"EXPLAIN QUERY PLAN {sql}")]
    assert any("sample" in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith("SCAN")]
