"""The daily brief."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from app.models.message import MessageKind
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostDraft, PostState
from app.models.tables.faq import FaqAsked, FaqEntry
from app.models.tables.mail import Escalation, Manager
from app.models.today import Brief, Figure
from app.store.database import Database
from app.store.reading import today
from app.store.writing import outbox, posts, promises, samples
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, owe

STARTS, ENDS = NOW - timedelta(hours=10), NOW + timedelta(hours=14)
DAY_MS = 24 * HOUR_MS


def brief(database: Database) -> Brief:
    return database.reader.now(today.brief, NOW, STARTS, ENDS)


def figure(database: Database, metric: str) -> Figure:
    return next(each for each in brief(database).figures if each.metric == metric)


def test_a_quiet_day(database: Database):
    quiet = brief(database)
    assert (quiet.waiting, quiet.late) == (0, 0)
    assert quiet.first == quiet.to_decide == quiet.going_out == quiet.coming == ()
    assert quiet.figures == tuple(
        Figure(metric, None, None) for metric in ("followers", "clicks", "reposts", "answer_minutes")
    )
    assert quiet.since == NOW - timedelta(days=1)


def test_the_pace_is_the_median_between_replies_of_one_sitting(database: Database, account_id: int):
    minutes = [1, 3, 5, 7, 9, 11, 13, 14, 16, 60, 62]
    keep(database, account_id, arrival("question", at=NOW - timedelta(hours=3)))
    ours = [
        arrival(f"r{n}", ours=True, kind=MessageKind.OURS, at=NOW - timedelta(minutes=m)) for n, m in enumerate(minutes)
    ]
    keep(database, account_id, *ours[:5])
    assert brief(database).pace_seconds is None
    keep(database, account_id, *ours[5:])
    assert brief(database).pace_seconds == 120


def test_what_to_answer(database: Database, account_id: int):
    late = [arrival(f"m{n}", thread_key=f"t{n}", author_id=f"u{n}", at=NOW - timedelta(hours=n)) for n in range(6)]
    keep(database, account_id, *late)
    morning = brief(database)
    assert (morning.waiting, morning.late) == (6, 4)
    assert [row.last_at for row in morning.first] == [NOW - timedelta(hours=n) for n in (5, 4, 3, 2)]


def test_what_to_decide(database: Database, account_id: int):
    unsure, failed, by_hand, later, waiting = (
        owe(database, account_id, due_at=NOW + timedelta(hours=hours)) for hours in (-3, -2, -1, 1, -1)
    )
    database.write_now(outbox.claim, NOW_MS, "this", 60)
    for number, state in (
        (unsure, DeliveryState.UNSURE),
        (failed, DeliveryState.FAILED),
        (by_hand, DeliveryState.BY_HAND),
        (later, DeliveryState.BY_HAND),
    ):
        database.write_now(outbox.move, number, state, NOW_MS)
    assert [row.id for row in brief(database).to_decide] == [unsure, failed, by_hand]
    assert waiting


def test_what_goes_out_today_and_after(database: Database):
    def plan(hours: float, state: PostState = PostState.SCHEDULED) -> int:
        draft = PostDraft(parts=("x",), planned_at=NOW + timedelta(hours=hours))
        return database.write_now(lambda session: posts.save(session, draft, NOW_MS, state=state))

    evening, morning, tomorrow = plan(3), plan(-2), plan(20)
    plan(1, PostState.DRAFT)
    plan(-20)
    later = [plan(24 * day) for day in range(2, 8)]
    assert [row.id for row in brief(database).going_out] == [morning, evening]
    assert [row.id for row in brief(database).coming] == [tomorrow, *later[:3]]


def test_what_a_day_brought(database: Database, account_id: int):
    number = owe(database, account_id, due_at=NOW - timedelta(days=3))
    database.write_now(outbox.claim, NOW_MS, "this", 60)
    database.write_now(outbox.settle_out, number, NOW_MS)
    database.write_now(
        samples.add,
        [("followers", "account", account_id, NOW_MS - day * DAY_MS - 1, 1000 - 10 * day * day) for day in range(3)]
        + [("clicks", "post", number, NOW_MS - day * DAY_MS - 1, 100 - 30 * day) for day in range(2)],
    )
    assert figure(database, "followers") == Figure("followers", 10, 30)
    assert figure(database, "clicks") == Figure("clicks", 30, 70)
    assert figure(database, "reposts") == Figure("reposts", None, None)


def test_how_long_answers_took(database: Database, account_id: int):
    def ask_and_answer(thread: str, asked: float, answered: float) -> None:
        keep(
            database,
            account_id,
            arrival(f"{thread} first", thread_key=thread, at=NOW - timedelta(minutes=asked)),
            arrival(f"{thread} again", thread_key=thread, at=NOW - timedelta(minutes=asked - 1)),
            arrival(f"{thread} answer", thread_key=thread, ours=True, at=NOW - timedelta(minutes=answered)),
        )

    ask_and_answer("t1", 60, 40)
    ask_and_answer("t2", 100, 70)
    ask_and_answer("t3", 500, 10)
    ask_and_answer("t4", 1600, 1555)
    assert figure(database, "answer_minutes") == Figure("answer_minutes", 30, 45)


def test_a_reply_by_the_outbox_counts_as_an_answer(database: Database, account_id: int):
    keep(database, account_id, arrival(at=NOW - timedelta(minutes=25)))
    number = owe(database, account_id, OutboxKind.REPLY, conversation_id=1)
    database.write_now(outbox.claim, NOW_MS, "this", 60)
    database.write_now(outbox.record_progress, number, "r1", "", NOW_MS - 60_000)
    assert figure(database, "answer_minutes") == Figure("answer_minutes", 24, None)


def test_promises_of_a_week_are_told_and_no_later_ones(database: Database, account_id: int):
    keep(database, account_id, arrival("m1"))
    for days in (0, 5, 9):
        database.write_now(promises.make, 1, f"in {days}", NOW_MS + days * DAY_MS + HOUR_MS, NOW_MS, None)
    assert [promise.text for promise in brief(database).promises] == ["in 0", "in 5"]


def test_what_managers_answered_is_told_until_it_became_a_reply(database: Database, account_id: int):
    keep(database, account_id, arrival("m1"), arrival("m2", thread_key="t2", author_id="u2"))

    def add(session: Session) -> None:
        session.add(Manager(id=1, name="Marta Solís", role="", email="marta@aurora.example", position=1, created_at=1))
        session.flush()
        for number, state in ((1, "answered"), (2, "waiting")):
            session.add(
                Escalation(id=number, conversation_id=number, manager_id=1, account_id=account_id, token=f"t{number}", state=state, reasons="[]", question="¿Se devuelve?", subject="", asked_at=NOW_MS)
            )

    database.write_now(add)
    (reply,) = brief(database).replies
    assert (reply.conversation_id, reply.manager, reply.customer, reply.question, reply.asked_at) == (1, "Marta Solís", "Ximena Robles", "¿Se devuelve?", NOW)


def test_how_much_there_is_to_do(database: Database, account_id: int):
    keep(database, account_id, *(arrival(f"m{n}", thread_key=f"t{n}", author_id=f"u{n}", at=NOW - timedelta(hours=n)) for n in range(4)))
    due = owe(database, account_id, due_at=NOW - timedelta(hours=1), state=DeliveryState.BY_HAND)
    owe(database, account_id, due_at=NOW + timedelta(hours=1), state=DeliveryState.BY_HAND)
    assert database.reader.now(today.work, NOW_MS) == (2, 4, 1)
    assert [row.id for row in brief(database).to_decide] == [due]


def test_who_waits_and_asks_what_has_an_answer_is_counted(database: Database, account_id: int) -> None:
    keep(database, account_id, *(arrival(f"m{n}", thread_key=f"t{n}", author_id=f"u{n}") for n in range(3)))

    def add(session: Session) -> None:
        session.add(
            FaqEntry(
                id=1,
                state="published",
                category="order",
                question="{}",
                answer="{}",
                url="",
                position=1,
                created_at=1,
                changed_at=1,
            )
        )
        session.add(
            FaqEntry(
                id=2,
                state="asked",
                category="order",
                question="{}",
                answer="{}",
                url="",
                position=2,
                created_at=1,
                changed_at=1,
            )
        )
        session.flush()
        session.add(FaqAsked(entry_id=1, message_id=1, at=NOW_MS, by_hand=False))
        session.add(FaqAsked(entry_id=2, message_id=2, at=NOW_MS, by_hand=False))

    database.write_now(add)
    assert database.reader.now(today.known_waiting) == 1
