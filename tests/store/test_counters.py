"""The maintained counts equal the counted ones, whatever is written in whatever way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.conversation import ConversationState
from app.store import search
from app.store.counters import to_look_at
from app.store.database import Database
from tests.store.making import arrival, keep, rows

STATES = [str(state) for state in ConversationState]
STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(1, 3), st.sampled_from(STATES)),
    st.tuples(st.just("move"), st.integers(1, 12), st.sampled_from(STATES)),
    st.tuples(st.just("move all"), st.sampled_from(STATES), st.sampled_from(STATES)),
    st.tuples(st.just("hand over"), st.integers(1, 12), st.integers(1, 3)),
    st.tuples(st.just("remove"), st.integers(1, 12), st.none()),
    st.tuples(st.just("say"), st.integers(1, 12), st.none()),
    st.tuples(st.just("forget"), st.integers(1, 12), st.none()),
    st.tuples(st.just("find"), st.integers(1, 12), st.integers(1, 2)),
    st.tuples(st.just("let go"), st.integers(1, 12), st.integers(1, 2)),
    st.tuples(st.just("read"), st.integers(1, 12), st.booleans()),
)
COUNTED = (
    "SELECT account_id, state, count(*) FROM conversation GROUP BY 1, 2"
    " UNION ALL SELECT account_id, 'messages', count(*) FROM message GROUP BY 1"
    " UNION ALL SELECT c.account_id, 'search:' || h.search_id, count(*) FROM search_hit AS h JOIN conversation AS c"
    f" ON c.id = h.conversation_id WHERE {to_look_at('c')} GROUP BY 1, 2 ORDER BY 1, 2"
)
MAINTAINED = "SELECT account_id, state, count FROM counter WHERE count <> 0 ORDER BY 1, 2"


def fill(connection: sqlite3.Connection) -> None:
    search.register(connection)
    for number in (1, 2, 3):
        connection.execute(
            "INSERT INTO account VALUES (?, 'x', '', '', '', ?, '', '', 'ready', NULL, NULL, '', '{}', '{}', 0, NULL)",
            (number, number),
        )
    for number in (1, 2):
        connection.execute("INSERT INTO saved_search VALUES (?, '', '', '[]', 0, ?, 0, NULL)", (number, number))
    connection.execute("INSERT INTO customer (id, name, language, city, note, tags) VALUES (1, '', '', '', '', '[]')")
    connection.execute("INSERT INTO identity VALUES (1, 1, 'x', '', 'u', '@u', '', '', '', NULL)")


def step(connection: sqlite3.Connection, number: int, what: str, one: object, other: object) -> None:
    if what == "add":
        connection.execute(
            "INSERT INTO conversation (account_id, customer_id, identity_id, thread_key, state, category, language, private, unread,"
            " snippet, last_at, sort_key, parent_text, parent_url, parent_ours, tags)"
            " VALUES (?, 1, 1, ?, ?, 'other', '', 0, 0, '', 0, 0, '', '', 0, '[]')",
            (one, str(number), other),
        )
    elif what == "move":
        connection.execute("UPDATE conversation SET state = ? WHERE id = ?", (other, one))
    elif what == "move all":
        connection.execute("UPDATE conversation SET state = ? WHERE state = ?", (other, one))
    elif what == "hand over":
        connection.execute("UPDATE conversation SET account_id = ? WHERE id = ?", (other, one))
    elif what == "remove":
        connection.execute("DELETE FROM message WHERE conversation_id = ?", (one,))
        connection.execute("DELETE FROM search_hit WHERE conversation_id = ?", (one,))
        connection.execute("DELETE FROM conversation WHERE id = ?", (one,))
    elif what == "say":
        connection.execute(
            "INSERT INTO message (conversation_id, account_id, remote_id, kind, text, language, visibility, url, in_reply_to, attachments,"
            " at, arrived_at, read, liked, boosted, deleted, answerable, answer_title)"
            " SELECT id, account_id, ?, 'reply', 'hola', '', 'public', '', '', '[]', 0, 0, 0, 0, 0, 0, 1, '' FROM conversation WHERE id = ?",
            (str(number), one),
        )
    elif what == "find":
        connection.execute(
            "INSERT OR IGNORE INTO search_hit SELECT ?, id, 0 FROM conversation WHERE id = ?", (other, one)
        )
    elif what == "let go":
        connection.execute("DELETE FROM search_hit WHERE conversation_id = ? AND search_id = ?", (one, other))
    elif what == "read":
        connection.execute("UPDATE conversation SET unread = ? WHERE id = ?", (other, one))
    else:
        connection.execute("DELETE FROM message WHERE id = ?", (one,))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=40))
def test_counts_are_right_after_any_writing(migrated: Path, steps: list[tuple[str, object, object]]):
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with closing(sqlite3.connect(migrated)) as empty:
            empty.backup(connection)
        fill(connection)
        for number, (what, one, other) in enumerate(steps):
            step(connection, number, what, one, other)
            assert connection.execute(MAINTAINED).fetchall() == connection.execute(COUNTED).fetchall()


def test_keeping_messages_keeps_the_counts(database: Database, account_id: int):
    keep(database, account_id, *(arrival(f"m{n}", thread_key=f"t{n % 4}") for n in range(10)))
    assert (
        rows(database, MAINTAINED)
        == rows(database, COUNTED)
        == [
            (account_id, "messages", 10),
            (account_id, "needs_answer", 4),
        ]
    )
