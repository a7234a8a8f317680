"""What the store reads for the Audience tab: growth by the shop's days, who wrote, how far posts were carried."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.audience import Audience
from app.models.conversation import Category
from app.models.insight import Period, Scope
from app.models.message import MessageKind, Visibility
from app.runtime.clock import from_wall, to_ms
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.rollup import days
from app.store.writing import conversations, rollup, samples
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, add_account, arrival, keep
from tests.store.reading.test_insights import out

ZONE = ZoneInfo("America/Mexico_City")
TODAY = NOW.astimezone(ZONE).date()
PERIOD = Period(TODAY - timedelta(days=28), TODAY - timedelta(days=1))


def at(day: date, hour: int = 12) -> datetime:
    return from_wall(datetime.combine(day, time(hour)), ZONE).at


def read(database: Database, *accounts: int) -> Audience:
    scope = Scope(PERIOD, PERIOD.before, accounts, ZONE, "es")
    return database.reader.now(lambda connection: StoreQueries(connection, FakeClock()).audience(scope))


def follow(database: Database, account_id: int, *measured: tuple[date, int]) -> None:
    database.write_now(samples.add, [("followers", "account", account_id, to_ms(at(day)), value) for day, value in measured])


def test_growth_tells_who_came_and_who_went_by_days(database: Database, account_id: int) -> None:
    middle = PERIOD.first + timedelta(days=9)
    eve = PERIOD.first - timedelta(days=1)
    follow(database, account_id, (PERIOD.before.first, 80), (eve, 100), (PERIOD.first, 110), (middle, 95), (PERIOD.last, 130), (TODAY, 500))
    (grown,) = read(database, account_id).growth
    assert (grown.followers, grown.won, grown.lost, grown.net, grown.before, grown.days) == (130, 45, 15, 30, 20, 3)
    assert (grown.series[0], grown.series[1], grown.series[-1]) == (10, None, 30)


def test_an_account_that_was_measured_only_later_tells_no_growth(database: Database, account_id: int) -> None:
    follow(database, account_id, (PERIOD.first + timedelta(days=10), 100), (PERIOD.last, 130))
    (grown,) = read(database, account_id).growth
    assert (grown.followers, grown.won, grown.net, grown.before) == (130, None, None, None)


def test_people_are_counted_once_and_new_ones_told_apart(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        arrival("old", thread_key="a", author_id="u1", at=at(PERIOD.before.first - timedelta(days=2))),
        arrival("before", thread_key="b", author_id="u2", author_handle="@paul", at=at(PERIOD.before.last)),
        arrival("m1", thread_key="a", author_id="u1", at=at(PERIOD.first), author_followers=900),
        arrival("m2", thread_key="c", author_id="u1", at=at(PERIOD.last), visibility=Visibility.DIRECT, author_followers=999),
        arrival("m3", thread_key="d", author_id="u3", author_handle="@zoe", author_name="Zoé", at=at(PERIOD.last), language="fr"),
        arrival("ours", thread_key="d", ours=True, at=at(PERIOD.last)),
        arrival("found", thread_key="e", author_id="u4", author_handle="@x", kind=MessageKind.SEARCH, at=at(PERIOD.last)),
        arrival("m4", thread_key="f", author_id="u5", author_handle="@spam", at=at(PERIOD.last)),
        arrival("late", thread_key="g", author_id="u6", author_handle="@late", at=at(TODAY, 0)),
    )
    spam = database.reader.now(lambda c: c.execute("SELECT id FROM conversation WHERE thread_key = 'f'").fetchone()[0])
    database.write_now(conversations.categorize, spam, Category.SPAM)
    found = read(database, account_id)
    writers = found.writers
    assert (writers.people, writers.new, writers.returning, writers.messages) == (2, 1, 1, 3)
    assert (writers.before, writers.new_before) == (1, 1)
    assert writers.languages == (("es", 1), ("fr", 1))
    assert writers.networks == (("mastodon", 2),)
    first, second = found.top
    assert (first.name, first.messages, first.public, first.followers, first.points) == ("Ximena Robles", 2, 1, 999, 33)
    assert (second.name, second.points) == ("Zoé", None)
    (reach,) = found.reach
    assert reach.wrote == 5  # with those of before and after, without what a search found
    assert found.compares


def test_reach_takes_what_posts_of_the_period_were_given(database: Database, account_id: int) -> None:
    database.write_now(rollup.set_days, days(ZONE), bulk=True)
    follow(database, account_id, (PERIOD.before.last, 1000), (PERIOD.last, 2000))
    _, older = out(database, account_id, PERIOD.before.first)
    _, item = out(database, account_id, PERIOD.first)
    database.write_now(
        samples.add,
        [
            ("reposts", "post", older, to_ms(at(PERIOD.before.first, 14)), 4),
            ("reposts", "post", item, to_ms(at(PERIOD.first, 14)), 6),
            ("clicks", "post", item, to_ms(at(PERIOD.first, 14)), 2),
            ("clicks", "post", item, to_ms(at(PERIOD.last, 14)), 14),
        ],
    )
    (reach,) = read(database, account_id).reach
    assert (reach.posts, reach.replies, reach.reposts, reach.clicks) == (1, None, 6, 14)
    assert reach.influence == 10
    assert reach.influence_before == 4
    assert reach.repost_share == 0.003


def test_accounts_that_are_not_looked_at_stay_out(database: Database, account_id: int) -> None:
    other = add_account(database, "@otra", "x")
    keep(database, other, arrival("m1", at=at(PERIOD.first)))
    follow(database, other, (PERIOD.first, 9))
    found = read(database, account_id)
    assert (found.writers.people, [each.account_id for each in found.growth], found.known_since) == (0, [account_id], None)
    assert read(database, account_id, other).writers.networks == (("x", 1),)
