"""Agreements: listed by customer and conversation, whole with their transcript, found by index."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.agreement import AgreementKind, Settled
from app.store.database import Database
from app.store.reading import agreements
from app.store.writing import agreements as writing
from tests.store.making import NOW, NOW_MS, arrival, keep, rows

TERMS = "https://discosaurora.mx/terminos"


def settle(
    database: Database, text: str = "Te devolvemos 520 pesos", replaces: int | None = None, **fields: object
) -> int:
    settled = Settled(AgreementKind.REFUND, text, 52000, "MXN", "A-20418")._replace(**fields)
    return database.write_now(writing.make, 1, settled, TERMS, NOW_MS, replaces)


@pytest.fixture
def said(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        arrival("m1", "Llegó roto"),
        arrival("m2", "Te devolvemos 520 pesos", ours=True, thread_key="t1", at=NOW - timedelta(minutes=50)),
        arrival("m3", "Gracias", at=NOW - timedelta(minutes=40), url="https://musica.example/m3"),
    )


@pytest.mark.usefixtures("said")
def test_all_of_it_is_there_with_what_was_said(database: Database) -> None:
    number = settle(database)
    paper = database.reader.now(agreements.paper, number)
    assert paper is not None
    assert paper.row._replace(id=0, conversation_id=0) == (
        0, 0, AgreementKind.REFUND, "Te devolvemos 520 pesos", 52000, "MXN", "A-20418", NOW
    )  # fmt: skip
    assert [(line.ours, line.name, line.text) for line in paper.transcript] == [
        (False, "Ximena Robles", "Llegó roto"),
        (True, "@aurora", "Te devolvemos 520 pesos"),
        (False, "Ximena Robles", "Gracias"),
    ]
    assert paper.transcript[2].url == "https://musica.example/m3"
    assert (paper.customer, paper.profiles, paper.network) == ("Ximena Robles", (("mastodon", "@ximena"),), "mastodon")
    assert (paper.terms, paper.replaces, paper.removed_at) == (TERMS, None, None)


@pytest.mark.usefixtures("said")
def test_only_the_messages_that_were_chosen_stand_in_it(database: Database) -> None:
    chosen = tuple(row[0] for row in rows(database, "SELECT id FROM message WHERE remote_id IN ('m1', 'm2')"))
    paper = database.reader.now(agreements.paper, settle(database, messages=chosen))
    assert paper is not None
    assert [line.text for line in paper.transcript] == ["Llegó roto", "Te devolvemos 520 pesos"]


@pytest.mark.usefixtures("said")
def test_it_is_listed_with_the_customer_and_in_the_conversation(database: Database) -> None:
    first = settle(database, agreed_at=NOW - timedelta(days=1))
    second = settle(database, "Va otra copia")
    assert [row.id for row in database.reader.now(agreements.of_customer, 1)] == [second, first]
    assert [row.id for row in database.reader.now(agreements.of_conversation, 1)] == [first, second]
    assert [row.id for row in database.reader.now(agreements.newest, 1)] == [second]
    assert database.reader.now(agreements.paper, 99) is None


@pytest.mark.parametrize("table", ["of_customer", "of_conversation"])
def test_the_lists_are_found_by_index(database: Database, table: str) -> None:
    column = "customer_id" if table == "of_customer" else "conversation_id"
    plan = rows(database, f"EXPLAIN QUERY PLAN SELECT id FROM agreement WHERE {column} = ? AND removed_at IS NULL", 1)
    assert "USING INDEX" in plan[0][3]
