"""Tips without those that are put aside, and how much there is to do."""

from __future__ import annotations

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.models.outbox import DeliveryState
from app.models.tables.faq import FaqAsked, FaqEntry
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.reading.tips import PUT_ASIDE
from app.store.reading.today_queries import StoreTodayQueries
from app.store.writing import outbox, settings
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS, arrival, keep, owe

ZONE = ZoneInfo("America/Mexico_City")


def keys(database: Database) -> list[str]:
    return database.reader.now(
        lambda connection: [tip.key for tip in StoreTodayQueries(connection, FakeClock()).tips(NOW, ZONE, "es", 60)]
    )


def test_a_tip_that_is_put_aside_comes_back_when_its_time_is_over(database: Database, account_id: int) -> None:
    keep(database, account_id, *(arrival(f"m{n}", thread_key=f"t{n}") for n in range(6)))

    def add(session: Session) -> None:
        session.add(
            FaqEntry(
                id=1,
                state="asked",
                category="order",
                question='{"es": "¿Y?"}',
                answer="{}",
                url="",
                position=1,
                created_at=1,
                changed_at=1,
            )
        )
        session.flush()
        for number in range(1, 7):
            session.add(FaqAsked(entry_id=1, message_id=number, at=NOW_MS - 2 * 86_400_000, by_hand=False))

    database.write_now(add)
    assert keys(database) == ["asked:1"]
    for until, shown in ((NOW + timedelta(days=1), []), (NOW - timedelta(seconds=1), ["asked:1"])):
        text = json.dumps({"asked:1": to_ms(until)})
        database.write_now(lambda session, text=text: settings.save(session, PUT_ASIDE, text))
        assert keys(database) == shown


def test_the_work_is_what_waits_and_what_is_to_be_decided(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        *(arrival(f"m{n}", thread_key=f"t{n}", author_id=f"u{n}", at=NOW - timedelta(hours=n)) for n in range(4)),
    )
    for state in (DeliveryState.UNSURE, DeliveryState.FAILED):
        number = owe(database, account_id, due_at=NOW - timedelta(hours=1))
        database.write_now(outbox.claim, NOW_MS, "this", 60)
        database.write_now(outbox.move, number, state, NOW_MS)
    work = database.reader.now(lambda connection: StoreTodayQueries(connection, FakeClock()).work(NOW))
    assert work == (2, 4, 2)
