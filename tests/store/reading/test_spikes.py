"""What spikes are found in: customers' words of a span, and how often words came before."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from app.models.conversation import ConversationState
from app.store.database import Database
from app.store.reading import spikes
from app.store.writing import conversations, outbox
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, owe


def test_what_customers_wrote_in_a_span_comes_newest_first(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        arrival("m1", "vieja", thread_key="a", at=NOW - timedelta(hours=9)),
        arrival("m2", "descarga", thread_key="b", author_id="u2", author_followers=7, at=NOW - timedelta(hours=1)),
        arrival("m3", "descargas", thread_key="c", at=NOW),
        arrival("m4", "ya", ours=True, thread_key="c", at=NOW),
    )
    database.write_now(lambda s: conversations.set_state(s, 2, ConversationState.IGNORED, NOW_MS) and None)
    found = database.reader.now(spikes.said, NOW_MS - 6 * HOUR_MS, NOW_MS)
    assert [(one.text, one.waits) for one in found] == [("descargas", False)]


def test_words_and_pairs_are_counted_in_a_span(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        arrival("m1", "la descarga falla", thread_key="a", at=NOW - timedelta(hours=9)),
        arrival("m2", "descargas lentas", thread_key="b", at=NOW - timedelta(hours=5)),
        arrival("m3", "enlace y descarga", thread_key="c", at=NOW - timedelta(hours=1)),
        arrival("m4", "descarga", ours=True, thread_key="c", at=NOW),
        arrival("m5", "唱片坏了", thread_key="d", at=NOW - timedelta(hours=2)),
    )

    def hours(*forms: str) -> list[int]:
        times = database.reader.now(spikes.times_of, forms, NOW_MS - 8 * HOUR_MS, NOW_MS + 1)
        return [(NOW_MS - at) // HOUR_MS for at in times]

    assert hours("descarga") == [1]
    assert hours("descarga", "descargas") == [1, 5]
    assert hours("enlace descarga") == [1]
    assert hours("唱片") == [2]
    assert database.reader.now(spikes.count_between, NOW_MS - 8 * HOUR_MS, NOW_MS) == 4


def test_what_we_published_lately(database: Database, account_id: int) -> None:
    number = owe(database, account_id, key="a", parts=("Descuento OTOÑO", "segunda parte"))
    assert database.reader.now(spikes.published, NOW_MS - HOUR_MS) == []

    database.write_now(outbox.claim, NOW_MS, "p", 60)
    for remote in ("r1", "r2"):
        database.write_now(outbox.record_progress, number, remote, "", NOW_MS)
    database.write_now(outbox.settle_out, number, NOW_MS)
    assert database.reader.now(spikes.published, NOW_MS - HOUR_MS) == ["Descuento OTOÑO", "segunda parte"]


def test_each_read_is_an_index_probe(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    plans: list[str] = []

    def explain(connection: sqlite3.Connection) -> None:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        spikes.said(connection, 0, NOW_MS)
        spikes.count_between(connection, 0, NOW_MS)
        spikes.times_of(connection, ["disco"], 0, NOW_MS)
        spikes.published(connection, 0)
        connection.set_trace_callback(None)
        for sql in asked:
            if sql.startswith("SELECT"):
                plans.extend(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"))

    database.reader.now(explain)
    assert [plan for plan in plans if plan.startswith("SCAN") and "VIRTUAL" not in plan and "_config" not in plan] == []
