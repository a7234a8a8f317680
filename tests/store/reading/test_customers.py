"""What the card shows, across networks, and who is offered as the same person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.models.customer import Candidate, CustomerWords, Likeness
from app.models.order import ReadOrder
from app.models.tables.case import Case, Promise
from app.store.database import Database
from app.store.reading import customers
from app.store.writing import conversations, orders
from app.store.writing import customers as writing
from tests.store.making import HOUR_MS, NOW, NOW_MS, add_account, arrival, keep, rows


def find(database: Database, customer_id: int = 1) -> dict[int, tuple[Likeness | None, str]]:
    found = database.reader.now(lambda c: customers.suggestions(c, customer_id))
    return {each.id: (each.reason, each.detail) for each in found}


def search(database: Database, text: str) -> list[Candidate]:
    return database.reader.now(lambda c: customers.people(c, text))


@pytest.fixture
def elsewhere(database: Database, account_id: int) -> int:
    """Ximena wrote on one network; the account on another."""
    keep(database, account_id, arrival())
    return add_account(database, "@discosaurora", "x")


def other(handle: str = "@paul", name: str = "Paul", **fields: object) -> object:
    return arrival("b1", "Hola", author_id="u2", author_handle=handle, author_name=name, thread_key="t2", **fields)


def words(email: str) -> CustomerWords:
    return CustomerWords("", "", "", email, "", ())


# ---- the card


def test_the_card_tells_all_that_is_known(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, replace(other(), at=NOW - timedelta(days=40)))

    def fill(session: Session) -> None:
        writing.join(session, 1, 2, NOW_MS)
        conversations.add_note(session, 2, "Pagado el 12", NOW_MS)
        session.add(Promise(customer_id=1, conversation_id=1, text="Póster", due_at=NOW_MS, made_at=NOW_MS))
        session.add(
            Promise(customer_id=1, conversation_id=1, text="Hecho", due_at=NOW_MS, made_at=NOW_MS, kept_at=NOW_MS)
        )
        session.add(Case(conversation_id=2, category="order", opened_at=0, solved_at=NOW_MS, solved_in=2 * HOUR_MS))
        session.add(Case(conversation_id=1, opened_at=NOW_MS - HOUR_MS))
        orders.keep(
            session, [ReadOrder(n, f"A-{n}", handle="paul", ordered_at=n) for n in range(5)], {"paul": 1}, NOW_MS
        )

    database.write_now(fill)
    detail = database.reader.now(lambda c: customers.detail(c, 1, conversation_id=1))
    assert detail is not None
    assert [(p.network, p.handle, p.joining_id) for p in detail.profiles] == [
        ("mastodon", "@ximena", None),
        ("x", "@paul", 1),
    ]
    assert [other.id for other in detail.others] == [2]
    assert [note.text for note in detail.notes] == ["Pagado el 12"]
    assert [promise.text for promise in detail.promises] == ["Póster"]
    assert [(case.first_words, case.solved_in_ms) for case in detail.cases] == [("Hola", 2 * HOUR_MS)]
    assert ([order.number for order in detail.orders], detail.order_count) == (["A-4", "A-3", "A-2"], 5)
    assert [mark.text for mark in detail.moods] == ["Hola", "¿Cuándo llega mi disco?"]
    assert (detail.conversation_count, detail.first_at) == (2, NOW - timedelta(days=40))


def test_nobody_has_no_card(database: Database) -> None:
    assert database.reader.now(lambda c: customers.detail(c, 99)) is None
    assert find(database, 99) == {}


def test_the_history_is_one_line_of_time(database: Database, elsewhere: int) -> None:
    keep(
        database,
        elsewhere,
        replace(other(), at=NOW - timedelta(hours=2)),
        replace(other(), remote_id="b2", text="¿Hola?", at=NOW),
    )
    database.write_now(writing.join, 1, 2, NOW_MS)
    lines = database.reader.now(lambda c: customers.history(c, 1, 100))
    assert [(line.network, line.text) for line in lines] == [
        ("x", "Hola"),
        ("mastodon", "¿Cuándo llega mi disco?"),
        ("x", "¿Hola?"),
    ]
    assert [line.text for line in database.reader.now(lambda c: customers.history(c, 1, 1))] == ["¿Hola?"]


def test_moods_that_nobody_looked_at_are_known(database: Database, elsewhere: int) -> None:
    assert elsewhere
    assert [number for number, _, _ in database.reader.now(lambda c: customers.unjudged(c, 1))] == [1]
    database.write_now(writing.judge, [(1, 0)])
    assert database.reader.now(lambda c: customers.unjudged(c, 1)) == []


# ---- the same person?


def test_the_same_handle_on_another_network_is_offered(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, other("@Ximena", "Otra"))
    assert find(database) == {2: (Likeness.HANDLE, "@ximena")}


def test_the_server_of_a_handle_does_not_matter(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, other("@ximena@tocadiscos.example", "Otra"))
    assert find(database) == {2: (Likeness.HANDLE, "@ximena")}


def test_the_same_display_name_is_offered(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, other("@xr", "ximena  robles"))
    assert find(database) == {2: (Likeness.NAME, "Ximena Robles")}


def test_a_first_name_alone_proves_nothing(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival(author_name="Ana"), other("@ana2", "Ana"))
    assert find(database) == {}


def test_the_same_address_comes_first(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, other("@ximena", "Ximena Robles"))
    database.write_now(lambda s: [writing.describe(s, number, words("x@y.example")) for number in (1, 2)])
    assert find(database) == {2: (Likeness.EMAIL, "x@y.example")}


def test_an_order_that_names_both_is_a_reason(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, other())
    database.write_now(writing.describe, 1, words("x@y.example"))
    database.write_now(orders.keep, [ReadOrder(2, "A-7", email="x@y.example", handle="paul")], {"paul": 2}, NOW_MS)
    assert find(database) == {2: (Likeness.ORDER, "A-7")}
    assert find(database, 2) == {1: (Likeness.ORDER, "A-7")}


@pytest.mark.parametrize(("handle", "name"), [
    ("@xirnena", "Xirnena Robles"), ("@ximena_", "X"), ("@xіmena", "Xіmena Robles"), ("@ximen\u0430", "𝐗imena Robles"), ("@ximenas", "Ximena"),
])  # fmt: skip
def test_what_only_looks_alike_is_never_offered(database: Database, elsewhere: int, handle: str, name: str) -> None:
    keep(database, elsewhere, other(handle, name))
    assert find(database) == {}


def test_a_joined_customer_is_not_offered_again(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, other("@ximena", "Ximena Robles"))
    database.write_now(writing.join, 1, 2, NOW_MS)
    assert find(database) == {}
    assert [each.id for each in search(database, "ximena")] == [1]


def test_people_are_found_by_the_beginning_of_name_or_handle(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, other("@paulokafor", "Paul Okafor"))
    assert [each.name for each in search(database, "oka")] == ["Paul Okafor"]
    assert [each.profiles for each in search(database, "@paulok")] == [(("x", "@paulokafor"),)]
    assert search(database, "") == search(database, '"') == search(database, "nobody") == []


@pytest.mark.parametrize("handle", ["", "@", '"', "a" * 3000, "@\0x", "名字", "🎸"])
def test_odd_handles_do_no_harm(database: Database, elsewhere: int, handle: str) -> None:
    keep(database, elsewhere, other(handle, handle))
    assert find(database, 2) == {}
    search(database, handle)


def test_every_read_is_a_probe(database: Database, elsewhere: int) -> None:
    keep(database, elsewhere, other())
    asked: list[str] = []

    def watch(connection: object) -> None:
        connection.set_trace_callback(asked.append)  # type: ignore[attr-defined]
        customers.detail(connection, 1, 1)  # type: ignore[arg-type]
        customers.suggestions(connection, 1)  # type: ignore[arg-type]
        customers.history(connection, 1, 10)  # type: ignore[arg-type]
        connection.set_trace_callback(None)  # type: ignore[attr-defined]

    database.reader.now(watch)
    for sql in [one for one in asked if "'main'" not in one]:  # those within the index are its own
        for *_, step in rows(database, f"EXPLAIN QUERY PLAN {sql}"):
            assert not step.startswith("SCAN") or "VIRTUAL TABLE INDEX" in step or "people" in step, f"{step}: {sql}"
