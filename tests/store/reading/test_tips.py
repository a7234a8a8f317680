"""What tips are drawn from, of full days of the shop alone."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostFormat
from app.models.tables.case import Case
from app.models.tables.faq import FaqAsked, FaqEntry
from app.models.tables.post import Post
from app.models.tips import FirstAnswer, PostResult, TipFacts
from app.runtime.clock import from_wall, to_ms
from app.store.database import Database
from app.store.reading import tips
from app.store.reading.tips import PUT_ASIDE, aside_of
from app.store.writing import outbox, posts, samples, settings
from tests.store.making import NOW, NOW_MS, arrival, keep, owe

ZONE = ZoneInfo("America/Mexico_City")
TODAY = NOW.astimezone(ZONE).date()


def at(day: date, hour: int = 12) -> int:
    return to_ms(from_wall(datetime.combine(day, time(hour)), ZONE).at)


def facts(database: Database) -> TipFacts:
    return database.reader.now(lambda connection: tips.facts(connection, NOW, ZONE, lambda day: at(day, 0), "es", 60))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def out(database: Database, account_id: int, day: date, values: dict[str, int]) -> int:
    """A post that went out at noon and got so much; answers the post."""
    draft = PostDraft(title="Marea", parts=("hola",), accounts=(account_id,), format=PostFormat.POLL, pillar="scene")
    post_id = database.write_now(lambda session: posts.save(session, draft, at(day)))
    item = owe(database, account_id, post_id=post_id, due_at=from_wall(datetime.combine(day, time(12)), ZONE).at)
    database.write_now(outbox.claim, at(day), "p", 60)
    database.write_now(outbox.record_progress, item, f"remote {item}", "", at(day))
    database.write_now(outbox.move, item, DeliveryState.OUT, at(day))
    database.write_now(samples.add, [(metric, "post", item, NOW_MS, value) for metric, value in values.items()])
    return post_id


def test_posts_count_once_they_are_ripe_and_where_anything_was_measured(database: Database, account_id: int) -> None:
    ripe = out(database, account_id, days_ago(5), {"clicks": 40, "reposts": 3})
    out(database, account_id, days_ago(1), {"clicks": 400})
    out(database, account_id, days_ago(6), {})
    out(database, account_id, days_ago(200), {"clicks": 4})
    assert facts(database).posts == [
        PostResult(ripe, account_id, days_ago(5).weekday(), 12, "scene", PostFormat.POLL, 43)
    ]


def test_first_answers_count_where_there_was_one_and_never_for_trolls(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1"))
    (conversation_id,) = (
        row[0] for row in database.reader.now(lambda c: c.execute("SELECT id FROM conversation").fetchall())
    )

    def add(session: Session) -> None:
        for days, minutes, category in (
            (3, 30, "question"),
            (4, 90, "order"),
            (5, None, "question"),
            (6, 5, "troll"),
            (0, 5, "question"),
        ):
            session.add(
                Case(
                    conversation_id=conversation_id,
                    category=category,
                    opened_at=at(days_ago(days), 9),
                    answered_in=None if minutes is None else minutes * 60_000,
                )
            )

    database.write_now(add)
    known = list(facts(database).answers)
    assert sorted(known) == sorted(
        [FirstAnswer(days_ago(3).weekday(), late=False), FirstAnswer(days_ago(4).weekday(), late=True)]
    )


def test_questions_of_each_day_since_the_first_beside_what_was_sold(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1"))
    sold = out(database, account_id, days_ago(4), {})
    database.write_now(lambda session: setattr(session.get_one(Post, sold), "format", PostFormat.PROMO))
    out(database, account_id, days_ago(2), {})

    def add(session: Session) -> None:
        for days, category in ((5, "question"), (3, "question"), (3, "question"), (3, "order"), (0, "question"), (200, "question")):
            session.add(Case(conversation_id=1, category=category, opened_at=at(days_ago(days), 9)))

    database.write_now(add)
    told = [(day.many, day.after_promo) for day in facts(database).questions]
    assert told == [(1, False), (0, True), (2, True), (0, False), (0, False)]


def test_questions_of_the_last_seven_full_days_beside_the_seven_before(database: Database, account_id: int) -> None:
    keep(database, account_id, *(arrival(f"m{n}", thread_key=f"t{n}") for n in range(5)))

    def add(session: Session) -> None:
        for number, state in ((1, "asked"), (2, "published")):
            session.add(
                FaqEntry(
                    id=number,
                    state=state,
                    category="technical",
                    question=json.dumps({"es": "¿Y mi enlace?"}),
                    answer="{}",
                    url="",
                    position=number,
                    created_at=1,
                    changed_at=1,
                )
            )
        session.flush()
        for message_id, (entry, days) in enumerate([(1, 1), (1, 7), (1, 8), (2, 2), (1, 0)], start=1):
            session.add(FaqAsked(entry_id=entry, message_id=message_id, at=at(days_ago(days), 10), by_hand=False))

    database.write_now(add)
    (asked,) = facts(database).asked
    assert (asked.entry_id, asked.question, asked.times, asked.before, asked.published) == (
        1,
        "¿Y mi enlace?",
        2,
        1,
        False,
    )


def test_what_is_put_aside_is_read_back_and_nonsense_puts_nothing_aside(database: Database) -> None:
    assert database.reader.now(tips.put_aside) == {}
    database.write_now(lambda session: settings.save(session, PUT_ASIDE, json.dumps({"asked:1": NOW_MS})))
    assert database.reader.now(tips.put_aside) == {"asked:1": NOW}
    assert aside_of("[1") == aside_of('{"a": "b"}') == aside_of("3") == {}
