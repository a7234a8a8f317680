"""Agreements: a copy that nothing changes; replaced, removed and put back; they follow a customer who is joined."""

from __future__ import annotations

from app.models.agreement import AgreementKind, Settled
from app.store.database import Database
from app.store.reading import agreements as reading
from app.store.writing import agreements, customers, messages
from tests.store.making import NOW_MS, arrival, keep, rows

REFUND = Settled(AgreementKind.REFUND, "Te devolvemos 520 pesos", 52000, "MXN")


def make(database: Database, settled: Settled = REFUND, replaces: int | None = None, conversation_id: int = 1) -> int:
    return database.write_now(agreements.make, conversation_id, settled, "", NOW_MS, replaces)


def standing(database: Database) -> list[int]:
    return [row.id for row in database.reader.now(reading.of_conversation, 1)]


def test_what_is_deleted_later_changes_nothing_in_it(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1", "Llegó roto"))
    number = make(database)
    message_id = rows(database, "SELECT id FROM message")[0][0]
    database.write_now(messages.set_deleted, message_id)
    paper = database.reader.now(reading.paper, number)
    assert paper is not None
    assert [line.text for line in paper.transcript] == ["Llegó roto"]


def test_another_takes_its_place_and_the_step_back_gives_it_back(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    first = make(database)
    second = make(database, REFUND._replace(amount=40000), first)
    assert standing(database) == [second]
    paper = database.reader.now(reading.paper, second)
    assert paper is not None
    assert paper.replaces is not None
    assert paper.replaces[0] == first
    old = database.reader.now(reading.paper, first)
    assert old is not None
    assert old.removed_at is not None
    assert old.row.amount == 52000
    database.write_now(agreements.take_back, second)
    assert standing(database) == [first]
    database.write_now(agreements.take_back, second)


def test_one_that_is_removed_stays_in_the_file(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    number = make(database)
    assert database.write_now(agreements.remove, number, NOW_MS)
    assert not database.write_now(agreements.remove, number, NOW_MS)
    assert standing(database) == []
    assert rows(database, "SELECT removed_at FROM agreement") == [(NOW_MS,)]
    database.write_now(agreements.restore, number)
    assert standing(database) == [number]


def test_it_goes_with_a_customer_who_is_joined_and_comes_back(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        arrival("m1"),
        arrival("m2", author_id="u2", author_handle="@xime", author_name="Xime", thread_key="t2"),
    )
    make(database, conversation_id=2)
    joining = database.write_now(customers.join, 1, 2, NOW_MS)
    assert len(database.reader.now(reading.of_customer, 1)) == 1
    database.write_now(customers.separate, joining, NOW_MS)
    assert database.reader.now(reading.of_customer, 1) == []
    assert len(database.reader.now(reading.of_customer, 2)) == 1
