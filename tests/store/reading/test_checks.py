"""Which deliveries are to be checked, and what is found against them in the data file."""

from __future__ import annotations

from datetime import timedelta

from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostFormat
from app.models.tables.post import Post
from app.store.database import Database, Session
from app.store.reading import checks, outbox
from app.store.writing import calendar, posts
from app.store.writing import checks as noting
from app.store.writing import outbox as acts
from tests.store.making import NOW, NOW_MS, owe

MINUTE_MS = 60_000
AHEAD = 30 * MINUTE_MS


def asked(database: Database, now_ms: int = NOW_MS) -> list[int]:
    return [item.id for item in database.reader.now(checks.to_check, now_ms, AHEAD, 50)]


def test_what_was_never_checked_comes_in_order_of_its_time(database: Database, account_id: int) -> None:
    late = owe(database, account_id, key="late", due_at=NOW + timedelta(minutes=90))
    early = owe(database, account_id, key="early", due_at=NOW + timedelta(minutes=10))
    owe(database, account_id, key="past", due_at=NOW + timedelta(minutes=-10))
    assert asked(database) == [early, late]


def test_checked_once_it_rests_until_half_an_hour_before(database: Database, account_id: int) -> None:
    number = owe(database, account_id, key="a", due_at=NOW + timedelta(minutes=90))
    due_ms = NOW_MS + 90 * MINUTE_MS
    assert database.write_now(noting.note, number, due_ms, [], NOW_MS)
    assert asked(database) == []
    assert database.reader.now(checks.next_check, NOW_MS, AHEAD) == due_ms - AHEAD
    assert asked(database, due_ms - AHEAD) == [number]
    database.write_now(noting.note, number, due_ms, [], due_ms - AHEAD)
    assert asked(database, due_ms - AHEAD) == []
    assert database.reader.now(checks.next_check, due_ms - AHEAD, AHEAD) is None


def test_the_same_texts_are_looked_for_before_it_alone(database: Database, account_id: int) -> None:
    first = owe(database, account_id, key="a", due_at=NOW + timedelta(minutes=10))
    second = owe(database, account_id, key="b", due_at=NOW + timedelta(minutes=20))
    one, two = (database.reader.now(outbox.delivery, number) for number in (first, second))
    assert one is not None
    assert two is not None
    parts = '["Hola"]'
    assert database.reader.now(checks.same_parts, one, parts, NOW_MS - AHEAD) is None
    assert database.reader.now(checks.same_parts, two, parts, NOW_MS - AHEAD) == NOW_MS + 10 * MINUTE_MS
    database.write_now(acts.move, first, DeliveryState.LET_GO, NOW_MS)
    assert database.reader.now(checks.same_parts, two, parts, NOW_MS - AHEAD) is None


def test_an_offer_ends_with_its_campaign(database: Database, account_id: int) -> None:
    number = database.write_now(posts.save, PostDraft(parts=("2x1",), accounts=(account_id,), format=PostFormat.PROMO), NOW_MS)
    assert database.reader.now(checks.offer_ended_on, number) is None
    campaign = database.write_now(calendar.add_campaign, "Marea")
    database.write_now(calendar.add_phase, campaign, "teaser", "2026-11-01", "2026-11-10")
    database.write_now(calendar.add_phase, campaign, "promotion", "2026-11-11", "2026-11-20")

    def join(session: Session) -> None:
        session.get_one(Post, number).campaign_id = campaign

    database.write_now(join)
    assert database.reader.now(checks.offer_ended_on, number) == "2026-11-20"
