"""A profile is one identity and, until joined by hand, one customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from app.models.tables.conversation import Customer
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.writing.people import Known, keep_people
from tests.store.making import NOW, arrival, rows

EARLY, LATE = arrival(at=NOW - timedelta(days=2)), arrival(author_name="Xime R.", at=NOW)


def kept(database: Database, *arrivals: object, server: str = "https://a.example") -> dict[str, Known]:
    def run(session: Session) -> dict[str, Known]:
        return keep_people(session, "mastodon", server, arrivals)  # type: ignore[arg-type]

    return database.write_now(run, bulk=True)


def test_the_last_name_is_shown_and_the_first_time_remembered(database: Database):
    assert kept(database, EARLY, LATE) == {"u1": Known(1, 1, to_ms(EARLY.at))}
    assert rows(database, "SELECT name, first_at FROM customer") == [("Xime R.", to_ms(EARLY.at))]


def test_the_same_profile_is_the_same_person(database: Database):
    assert kept(database, EARLY) == kept(database, LATE) == {"u1": Known(1, 1, to_ms(EARLY.at))}
    assert rows(database, "SELECT name FROM identity UNION ALL SELECT name FROM customer") == [
        ("Xime R.",),
        ("Ximena Robles",),
    ]


def test_ids_of_another_server_are_other_people(database: Database):
    assert kept(database, EARLY)["u1"] != kept(database, EARLY, server="https://b.example")["u1"]


def test_nobody_is_no_work(database: Database):
    assert kept(database) == {}


def test_what_rules_ask_of_a_person_is_told(database: Database):
    kept(database, EARLY)

    def mark(session: Session) -> None:
        customer = session.get_one(Customer, 1)
        customer.flags, customer.muted_at = '["vip"]', 7

    database.write_now(mark)
    known = kept(database, replace(LATE, author_followers=9))["u1"]
    assert (known.flags, known.muted, known.followers, known.first_at) == (frozenset({"vip"}), True, 9, to_ms(EARLY.at))
