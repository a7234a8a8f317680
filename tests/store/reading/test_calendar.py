"""What the calendar shows of a span, and what waits to be placed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.models.account import AccountState
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostState
from app.models.tables.post import Phase
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.reading import calendar
from app.store.rollup import days
from app.store.writing import accounts, outbox, posts, rollup, samples
from app.store.writing import calendar as acts
from tests.store.making import NOW, NOW_MS, add_account, owe

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)


def save(database: Database, state: PostState | None = None, **fields: object) -> int:
    draft = PostDraft(**{"parts": ("\n  Nuevo disco \nen la tienda",), **fields})  # type: ignore[arg-type]
    return database.write_now(lambda session: posts.save(session, draft, NOW_MS, state=state))


def span(database: Database, since_days: int = 0, until_days: int = 1) -> calendar.CalendarSpan:
    since, until = to_ms(NOW + since_days * DAY), to_ms(NOW + until_days * DAY)
    return database.reader.now(calendar.span, since, until, FIRST, LAST)


def test_a_span_begins_with_its_first_moment_and_ends_before_its_last(database: Database, account_id: int) -> None:
    inside = [save(database, planned_at=NOW + hours * timedelta(hours=1), accounts=(account_id,)) for hours in (5, 0)]
    save(database, planned_at=NOW + DAY)
    save(database, planned_at=NOW - timedelta(milliseconds=1))
    assert [post.id for post in span(database).posts] == inside[::-1]


def test_a_post_says_where_it_goes_and_how_it_stands(database: Database, account_id: int) -> None:
    other = add_account(database, "@discos", "x")
    number = save(database, PostState.SCHEDULED, planned_at=NOW, accounts=(account_id, other))
    first = owe(database, account_id, post_id=number)
    owe(database, other, post_id=number)
    database.write_now(lambda s: outbox.settle_out(s, first, NOW_MS) if outbox.claim(s, NOW_MS, "p", 60, 1) else None)
    database.write_now(
        lambda s: samples.add(s, [("clicks", "post", first, NOW_MS, 3), ("clicks", "post", first, NOW_MS + 5, 7)])
    )
    (post,) = span(database).posts
    assert (post.title, post.accounts, post.networks) == ("Nuevo disco", (account_id, other), ("mastodon", "x"))
    assert (post.deliveries, post.out, post.shown, post.clicks, post.signed_out) == (
        2,
        1,
        DeliveryState.WAITING,
        7,
        False,
    )
    database.write_now(lambda s: accounts.set_state(s, other, AccountState.SIGNED_OUT, NOW_MS))
    assert span(database).posts[0].signed_out
    assert database.reader.now(calendar.one, number) == span(database).posts[0]


def test_a_span_of_very_many_posts_asks_a_few_questions(database: Database, account_id: int) -> None:
    def fill(session: object) -> None:
        for number in range(1_200):
            posts.save(
                session,
                PostDraft(parts=("a",), accounts=(account_id,), planned_at=NOW + number * timedelta(seconds=1)),
                NOW_MS,
            )  # type: ignore[arg-type]

    database.write_now(fill)
    asked: list[str] = []

    def count(connection: object) -> int:
        connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        found = calendar.span(connection, NOW_MS, to_ms(NOW + DAY), FIRST, LAST)  # type: ignore[arg-type]
        connection.set_trace_callback(None)  # type: ignore[attr-defined]
        return len(found.posts)

    assert database.reader.now(count) == 1_200
    assert len(asked) <= 12


def test_the_span_is_found_by_the_index(database: Database) -> None:
    plan = database.reader.now(
        lambda c: c.execute(
            f"EXPLAIN QUERY PLAN {calendar._POST} AND planned_at >= 1 AND planned_at < 2 ORDER BY planned_at, id"
        ).fetchall()
    )
    assert any("post_planned" in row[3] for row in plan)


def test_what_is_to_be_placed_has_no_time(database: Database) -> None:
    draft, idea = save(database), save(database, PostState.IDEA)
    save(database, planned_at=NOW)
    assert [post.id for post in database.reader.now(calendar.to_place)] == [idea, draft]


def test_phases_and_marks_of_the_days(database: Database) -> None:
    def fill(session: object) -> None:
        campaign = acts.add_campaign(session, "Buen Fin", hue="orange")  # type: ignore[arg-type]
        for begins, ends in (
            ("2026-11-01", "2026-11-15"),
            ("2026-11-10", "2026-11-16"),
            ("2026-11-22", "2026-12-01"),
            ("2026-11-23", "2026-12-01"),
        ):
            acts.add_phase(session, campaign, "teaser", begins, ends)  # type: ignore[arg-type]
        for day in ("2026-11-15", "2026-11-20"):
            acts.add_mark(session, "launch", "«Marea»", day)  # type: ignore[arg-type]

    database.write_now(fill)
    found = span(database)
    assert [(phase.campaign, phase.starts_on.day) for phase in found.phases] == [("Buen Fin", 10), ("Buen Fin", 22)]
    assert [(mark.kind, mark.on_day.day) for mark in found.marks] == [("launch", 20)]
    assert database.reader.now(calendar.campaigns) == {1: "Buen Fin"}


def test_what_stands_within_a_phase_is_counted_by_the_shops_days(database: Database) -> None:
    zone = ZoneInfo("America/Mexico_City")

    def fill(session: Session) -> int:
        campaign = acts.add_campaign(session, "Buen Fin")
        for begins in ("2026-11-16", "2026-11-17"):
            acts.add_phase(session, campaign, "promo", begins, "2026-11-18")
        session.get_one(Phase, 1).posts_a_day = 4
        return campaign

    campaign = database.write_now(fill)
    first, after = (datetime(2026, 11, day, tzinfo=zone) for day in (16, 19))
    for at in (first, after - timedelta(minutes=2), after - timedelta(minutes=1), first - timedelta(minutes=1), after):
        save(database, planned_at=at.astimezone(UTC), campaign_id=campaign)
    save(database, planned_at=first.astimezone(UTC))

    def counted() -> list[tuple[int, int]]:
        return [(phase.posts_a_day, phase.planned) for phase in span(database).phases]

    database.write_now(rollup.set_days, [], bulk=True)
    assert counted() == [(4, 2), (0, 0)], "days of UTC while the shop has no zone"
    database.write_now(rollup.set_days, days(zone), bulk=True)
    assert counted() == [(4, 3), (0, 0)]


def test_posts_in_trouble_are_counted_once(database: Database, account_id: int) -> None:
    other = add_account(database, "@discos", "x")
    number = save(database, PostState.SCHEDULED, planned_at=NOW, accounts=(account_id, other))
    for account in (account_id, other):
        item = owe(database, account, post_id=number)
        database.write_now(lambda s, item=item: outbox.move(s, item, DeliveryState.FAILED, NOW_MS))
    assert database.reader.now(calendar.in_trouble) == 1
    database.write_now(posts.delete, number, NOW_MS)
    assert database.reader.now(calendar.in_trouble) == 0


def test_another_post_goes_where_the_last_one_goes(database: Database, account_id: int) -> None:
    assert database.reader.now(calendar.last_accounts) == ()
    save(database, PostState.SCHEDULED, planned_at=NOW, accounts=(account_id,))
    assert database.reader.now(calendar.last_accounts) == (account_id,)
