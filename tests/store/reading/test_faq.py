"""The FAQ read: counts and trends of a period, what links solved, the messages and replies behind; every read a probe of an index."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from app.models.conversation import Category, ConversationState
from app.models.faq import FaqFilter, FaqLink, FaqState, FaqWords
from app.models.outbox import OutboxKind
from app.store.database import Database
from app.store.reading import faq
from app.store.writing import conversations
from app.store.writing import faq as writing
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, owe, rows

DAY_MS = 24 * HOUR_MS
LAST_28 = FaqFilter()


def say(database: Database, account_id: int, days: float, text: str = "¿Abren?", **fields: object) -> tuple[int, int]:
    """A message of a customer so many days ago, in a conversation of its own."""
    number = len(rows(database, "SELECT 1 FROM message")) + 1
    values = {"thread_key": f"t{number}", "at": NOW - timedelta(days=days), **fields}
    keep(database, account_id, arrival(f"m{number}", text, **values))
    return rows(database, "SELECT id, at FROM message ORDER BY id DESC LIMIT 1")[0]  # type: ignore[return-value]


def entry(database: Database, members: list[tuple[int, int]], state: FaqState = FaqState.ASKED, url: str = "") -> int:
    group = writing.NewGroup(FaqWords({"es": "¿Abren?"}), "question", members)
    (made,) = database.write_now(writing.add_groups, [group], NOW_MS)
    stands = database.write_now(writing.stands, made)
    database.write_now(writing.restore, made, stands._replace(state=state, url=url), NOW_MS)
    return int(made)


def looked(database: Database, days: int) -> None:
    database.write_now(writing.gathered, writing.Looked(NOW_MS, NOW_MS - days * DAY_MS, 9))


def listing(database: Database, chosen: FaqFilter = LAST_28) -> faq.FaqListing:
    return database.reader.now(faq.listing, chosen, NOW_MS)


def test_an_entry_is_counted_in_its_period_and_in_the_one_before(database: Database, account_id: int) -> None:
    say(database, account_id, 70)
    said = [say(database, account_id, days, language="es") for days in (1, 2, 30, 40, 50)]
    said.append(say(database, account_id, 3, "Open?", language="en"))
    number = entry(database, said)
    looked(database, 56)
    (row,) = listing(database).rows
    assert (row.id, row.count, row.before, row.languages, row.conversations) == (number, 3, 3, ("es", "en"), 3)
    (spanish,) = listing(database, FaqFilter(28, account_id, "es")).rows
    assert (spanish.count, spanish.before) == (2, 3)
    assert listing(database, FaqFilter(28, account_id + 1)).rows == ()
    assert (listing(database).questions, listing(database).gathered_at) == (9, NOW)


def test_there_is_no_trend_where_messages_do_not_reach_back(database: Database, account_id: int) -> None:
    entry(database, [say(database, account_id, days) for days in (1, 2, 40)])
    (row,) = listing(database).rows
    assert row.before is None
    looked(database, 56)
    (row,) = listing(database).rows
    assert row.before is None, "the oldest message is forty days old"


def test_what_nobody_wrote_for_and_nobody_asks_any_more_is_left_out(database: Database, account_id: int) -> None:
    old = [say(database, account_id, 200 + n) for n in range(3)]
    entry(database, old)
    draft = entry(database, [], FaqState.DRAFT)
    assert [row.id for row in listing(database).rows] == [draft]
    assert len(listing(database, FaqFilter(365)).rows) == 2


@pytest.mark.parametrize(
    ("what", "judged", "solved"),
    [("nothing", 1, 1), ("again", 1, 0), ("thanks", 1, 1), ("escalated", 1, 0), ("snoozed", 1, 0), ("young", 0, 0)],
)
def test_a_link_solved_what_was_not_reopened_and_went_without_mail(
    database: Database, account_id: int, what: str, judged: int, solved: int
) -> None:
    said = say(database, account_id, 10)
    number = entry(database, [said], FaqState.PUBLISHED, "https://shop.example/faq")
    (conversation,) = rows(database, "SELECT conversation_id FROM message")[0]
    at = NOW_MS - (HOUR_MS if what == "young" else 9 * DAY_MS)
    database.write_now(writing.link_sent, [number], conversation, None, at)
    if what in ("again", "thanks"):
        keep(database, account_id, arrival("later", "¿Y ahora?", thread_key="t1", at=NOW - timedelta(days=8)))
        with closing(sqlite3.connect(database.path)) as connection, connection:
            connection.execute("UPDATE message SET thanks = ? WHERE remote_id = 'later'", (what == "thanks",))
    elif what == "escalated":
        _escalate(database, account_id, conversation, at + HOUR_MS)
    elif what == "snoozed":
        database.write_now(
            lambda session: conversations.set_state(
                session, conversation, ConversationState.SNOOZED, NOW_MS, until_ms=NOW_MS + DAY_MS
            )
        )
    (row,) = listing(database).rows
    assert (row.sent, row.judged, row.solved, row.linked) == (1, judged, solved, 1)


def test_messages_and_replies_behind_an_entry(database: Database, account_id: int) -> None:
    first, second = say(database, account_id, 5), say(database, account_id, 4)
    number = entry(database, [first, second])
    keep(
        database,
        account_id,
        arrival("r1", "Sí, de diez a ocho.", thread_key="t1", at=NOW - timedelta(days=4.9), ours=True),
        arrival("r2", "Abrimos a las diez.", thread_key="t2", at=NOW - timedelta(days=3.9), ours=True),
        arrival("a2", "¿Y el domingo?", thread_key="t2", at=NOW - timedelta(days=3.8)),
    )
    found = database.reader.now(faq.messages, number, FaqFilter(), NOW_MS)
    assert [(each.id, each.author, each.text) for each in found] == [
        (second[0], "Ximena Robles", "¿Abren?"),
        (first[0], "Ximena Robles", "¿Abren?"),
    ]
    replies = database.reader.now(faq.replies, number, NOW_MS)
    assert {(each.text, each.held) for each in replies} == {
        ("Sí, de diez a ocho.", True),
        ("Abrimos a las diez.", False),
    }
    assert database.reader.now(faq.others, number) == []
    assert database.reader.now(faq.texts_of, number, 1) == [("es", "¿Abren?")]


def test_questions_come_in_pages_the_newest_first(database: Database, account_id: int) -> None:
    said = [say(database, account_id, days) for days in (3, 2, 1)]
    entry(database, said[:1])
    page = database.reader.now(faq.questions, NOW_MS - 9 * DAY_MS, (NOW_MS, 1 << 62), 2)
    assert [row.id for row in page] == [said[2][0], said[1][0]]
    rest = database.reader.now(faq.questions, NOW_MS - 9 * DAY_MS, (page[-1].at, page[-1].id), 2)
    assert [(row.id, row.entry_id) for row in rest] == [(said[0][0], 1)]


def test_links_are_those_that_are_published_in_the_language_first(database: Database, account_id: int) -> None:
    first = entry(database, [], FaqState.PUBLISHED, "https://shop.example/a")
    second = entry(database, [], FaqState.PUBLISHED, "https://shop.example/b")
    entry(database, [], FaqState.DRAFT, "https://shop.example/c")
    database.write_now(writing.write_words, second, FaqWords({"en": "Open?", "es": "¿?"}, {"en": "Yes"}), NOW_MS)
    assert database.reader.now(faq.links, "en") == [
        FaqLink(second, "Open?", "Yes", "https://shop.example/b", "en"),
        FaqLink(first, "¿Abren?", "", "https://shop.example/a", "es"),
    ]
    assert database.reader.now(faq.published_ids) == [first, second]
    assert database.reader.now(faq.in_language, "en", [second, first]) == [("Open?", "Yes")]
    assert database.reader.now(faq.entry, second)[0] is Category.QUESTION


def test_each_read_of_messages_is_an_index_probe(database: Database, account_id: int) -> None:
    number = entry(database, [say(database, account_id, 1)], FaqState.PUBLISHED, "https://shop.example/a")
    database.write_now(writing.link_sent, [number], 1, None, NOW_MS)
    plans: list[str] = []

    def explain(connection: sqlite3.Connection) -> None:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        faq.questions(connection, 0, (NOW_MS, 1 << 62), 10)
        faq.any_between(connection, 0, NOW_MS)
        faq.listing(connection, FaqFilter(28, account_id, "es"), NOW_MS)
        faq.listing(connection, FaqFilter(), NOW_MS)
        faq.messages(connection, number, FaqFilter(), NOW_MS)
        faq.replies(connection, number, NOW_MS)
        faq.texts_of(connection, number, 5)
        faq.others(connection, number)
        faq.seeds(connection, 10)
        connection.set_trace_callback(None)
        for sql in asked:
            if sql.startswith("SELECT"):
                plans.extend(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"))

    database.reader.now(explain)
    small = ("faq_entry", "faq_use", "SCAN e", "SCAN u", "answer", "SCAN newest")
    large = [plan for plan in plans if plan.startswith("SCAN") and not any(each in plan for each in small)]
    assert large == ["SCAN a"], "the newest of faq_asked are read from its end"
    assert any("message_at" in plan for plan in plans)


def _escalate(database: Database, account_id: int, conversation: int, at_ms: int) -> None:
    owe(database, account_id, OutboxKind.REPLY, conversation_id=conversation)
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute(
            "INSERT INTO manager (id, name, role, email, topics, languages, zone, hours, is_masked) VALUES (1, 'M', '', 'm@x.example', '[]', '[]', '', '[]', 1)"
        )
        columns = [
            row[1]
            for row in connection.execute("PRAGMA table_info(escalation)")
            if row[3] and not row[4] and not row[5]
        ]
        values = {
            "conversation_id": conversation,
            "manager_id": 1,
            "account_id": account_id,
            "token": "t",
            "asked_at": at_ms,
        }
        row = {column: values.get(column, "") for column in columns}
        connection.execute(
            f"INSERT INTO escalation ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
