"""Customers joined by hand are one until they are separated, and then each has exactly what is its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.models.customer import CustomerWords, Flag
from app.models.order import ReadOrder
from app.models.tables.case import Promise
from app.store.database import Database
from app.store.writing import conversations, customers, orders
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, rows

XIMENA, OTHER = 1, 2
XIME = arrival("b1", "Hola otra vez", author_id="u2", author_handle="@ximerobles", author_name="Xime", thread_key="t2")


@pytest.fixture
def two(database: Database, account_id: int) -> Database:
    """Ximena on one network, with tag, order and promise; Xime on another."""
    keep(database, account_id, arrival("a1", at=NOW - timedelta(days=3)))
    keep(database, add_account(database, "@discosaurora", "x"), XIME)

    def fill(session: Session) -> None:
        customers.describe(
            session,
            OTHER,
            CustomerWords("Xime", "Puebla", "es", "xime@correo.example", "Escribe de noche", ("vinyl", "vip club")),
        )
        customers.set_flags(session, OTHER, [Flag.VIP])
        customers.describe(session, XIMENA, CustomerWords("Ximena Robles", "", "", "", "Colecciona", ("vinyl",)))
        session.add(Promise(customer_id=OTHER, conversation_id=2, text="Enlace nuevo", due_at=NOW_MS, made_at=NOW_MS))
        orders.keep(session, [ReadOrder(2, "A-1", email="xime@correo.example")], {}, NOW_MS)

    database.write_now(fill)
    return database


def join(database: Database, kept: int = XIMENA, joined: int = OTHER) -> int:
    return database.write_now(customers.join, kept, joined, NOW_MS)


def separate(database: Database, joining: int) -> None:
    database.write_now(customers.separate, joining, NOW_MS)


def everything(database: Database) -> list[list[tuple[object, ...]]]:
    tables = ("customer", "identity", "conversation", "promise", "shop_order", "message", "note")
    return [rows(database, f"SELECT * FROM {table} ORDER BY id") for table in tables]


def owners(database: Database, table: str) -> list[int]:
    return [number for (number,) in rows(database, f"SELECT customer_id FROM {table} ORDER BY id")]


def test_joined_customers_share_everything(two: Database) -> None:
    join(two)
    for table in ("identity", "conversation", "promise", "shop_order"):
        assert set(owners(two, table)) == {XIMENA}
    name, city, email, note, tags, flags = rows(
        two, "SELECT name, city, email, note, tags, flags FROM customer WHERE id = 1"
    )[0]
    assert (name, city, email, note) == (
        "Ximena Robles",
        "Puebla",
        "xime@correo.example",
        "Colecciona\n\nEscribe de noche",
    )
    assert json.loads(tags) == ["vinyl", "vip club"]
    assert json.loads(flags) == ["vip"]


def test_separated_again_nothing_is_different(two: Database) -> None:
    before = everything(two)
    separate(two, join(two))
    assert everything(two) == before


def test_separating_twice_is_separating_once(two: Database) -> None:
    before = everything(two)
    joining = join(two)
    separate(two, joining)
    separate(two, joining)
    assert everything(two) == before


def test_separated_after_a_restart(two: Database) -> None:
    before = everything(two)
    joining = join(two)
    path = two.path
    two.close_now()
    again = Database.open(path, backups=path.parent / "backups", clock=two._clock, process_id="next")
    separate(again, joining)
    assert everything(again) == before
    again.close_now()


def test_what_a_joined_profile_writes_is_the_kept_customers(two: Database) -> None:
    join(two)
    keep(two, 2, replace(XIME, remote_id="b2", text="Y otra cosa", thread_key="t3"))
    assert owners(two, "conversation") == [XIMENA, XIMENA, XIMENA]
    assert rows(two, "SELECT count(*) FROM customer") == [(2,)]


def test_what_came_since_goes_with_the_profile_that_wrote_it(two: Database) -> None:
    joining = join(two)
    keep(two, 2, replace(XIME, remote_id="b2", text="Y otra cosa", thread_key="t3"))
    two.write_now(orders.keep, [ReadOrder(2, "A-2", handle="ximerobles")], {"ximerobles": XIMENA}, NOW_MS)
    separate(two, joining)
    assert owners(two, "conversation") == [XIMENA, OTHER, OTHER]
    assert owners(two, "shop_order") == [OTHER, OTHER]


def test_what_the_user_wrote_since_stays_with_the_kept_customer(two: Database) -> None:
    joining = join(two)

    def write(session: Session) -> None:
        words = CustomerWords(
            "Ximena R.", "Guadalajara", "es", "xime@correo.example", "Otra nota", ("vinyl", "vip club", "blog")
        )
        customers.describe(session, XIMENA, words)
        customers.set_flags(session, XIMENA, [Flag.VIP, Flag.PRESS])

    two.write_now(write)
    separate(two, joining)
    name, city, email, note, tags, flags = rows(
        two, "SELECT name, city, email, note, tags, flags FROM customer WHERE id = 1"
    )[0]
    assert (name, city, email, note) == ("Ximena R.", "Guadalajara", "", "Otra nota")
    assert (json.loads(tags), json.loads(flags)) == (["vinyl", "blog"], ["press"])


def test_three_joined_come_apart_in_any_order(database: Database, account_id: int) -> None:
    for number in (1, 2, 3):
        keep(
            database,
            account_id,
            arrival(f"m{number}", author_id=f"u{number}", author_handle=f"@u{number}", thread_key=f"t{number}"),
        )
    before = everything(database)
    inner, outer = join(database, 2, 3), join(database, 1, 2)
    assert set(owners(database, "identity")) == {1}
    separate(database, inner)
    assert owners(database, "identity") == [1, 1, 3]
    separate(database, outer)
    assert everything(database) == before
    inner, outer = join(database, 2, 3), join(database, 1, 2)
    separate(database, outer)
    assert owners(database, "identity") == [1, 2, 2]
    separate(database, inner)
    assert everything(database) == before


@pytest.mark.parametrize(("kept", "joined"), [(1, 1), (1, 2)])
def test_nobody_is_joined_to_himself_or_twice(two: Database, kept: int, joined: int) -> None:
    if kept != joined:
        join(two)
    with pytest.raises(customers.NotJoinable):
        join(two, kept, joined)


def test_lists_hear_of_another_name(two: Database) -> None:
    heard: list[frozenset[int]] = []
    two.changed.connect(lambda changes: heard.append(changes.ids("conversation")))
    two.write_now(customers.describe, XIMENA, CustomerWords("Ximena", "", "", "", "", ()))
    assert heard == [frozenset({1})]


def test_an_address_written_down_brings_its_orders(two: Database) -> None:
    two.write_now(orders.keep, [ReadOrder(2, "A-9", email="x@y.example")], {}, NOW_MS)
    two.write_now(customers.describe, XIMENA, CustomerWords("Ximena", "", "", "x@y.example", "", ()))
    assert rows(two, "SELECT customer_id FROM shop_order WHERE number = 'A-9'") == [(XIMENA,)]


def test_notes_are_mended_removed_and_brought_back(two: Database) -> None:
    number = two.write_now(conversations.add_note, 1, "Pagado", NOW_MS)
    assert two.write_now(customers.edit_note, number, "Pagado el 12") == "Pagado"
    kept = two.write_now(customers.remove_note, number)
    assert rows(two, "SELECT * FROM note") == []
    two.write_now(customers.bring_note_back, number, *kept)
    assert rows(two, "SELECT id, conversation_id, text FROM note") == [(number, 1, "Pagado el 12")]


def test_a_mood_corrected_by_hand_stays_for_ever(two: Database) -> None:
    two.write_now(customers.judge, [(1, -1), (2, 0), (99, 1)])
    assert two.write_now(customers.correct_mood, 1, 1) == (-1, False)
    two.write_now(customers.judge, [(1, -1), (2, 1)])
    assert rows(two, "SELECT mood, mood_by_hand FROM message ORDER BY id") == [(1, 1), (0, 0)]
