"""The search index: five languages, newest first, safe against any text, right after every way of writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from app.models.find import parse
from app.models.tables.conversation import Customer, Identity, Message
from app.store import finding
from app.store.database import Database
from app.store.search import match_expression
from tests.store.making import NOW, NOW_MS, arrival, keep, rows

TEXTS = {
    "es": "¿Cuándo llega mi pedido? El álbum «Ñandú» aún no está aquí",
    "en": "My records arrived broken, can I have a refund?",
    "fr": "Où est ma commande ? L’œuvre n’est pas arrivée, ça m’inquiète",
    "ru": "Где мой заказ? Ещё не пришла пластинка «Йод»",
    "zh": "我的唱片什么时候发货？CD盒子坏了",
}


@pytest.fixture
def five(database: Database, account_id: int) -> Database:
    keep(
        database,
        account_id,
        *(
            arrival(
                language,
                text,
                thread_key=language,
                author_id=language,
                author_handle=f"@{language}",
                author_name="",
                at=NOW,
            )
            for language, text in TEXTS.items()
        ),
    )
    return database


def find(connection: sqlite3.Connection, query: str, limit: int) -> list[tuple[int, int]]:
    """(conversation id, time of the match)."""
    hits = finding.find(connection, parse(query, NOW, UTC), NOW_MS, limit).hits
    return [(hit.conversation_id, hit.at_ms) for hit in hits]


def found(database: Database, query: str, limit: int = 50) -> list[str]:
    """Threads of the conversations that were found, newest first."""
    hits = database.reader.now(find, query, limit)
    names = dict(rows(database, "SELECT id, thread_key FROM conversation"))
    return [names[number] for number, _at in hits]


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("pedido", "es"),
        ("PEDIDO", "es"),
        ("cuando", "es"),
        ("cuándo", "es"),
        ("ñandu", "es"),
        ("nandú", "es"),
        ("pedi", "es"),
        ("refund record", "en"),
        ("commande", "fr"),
        ("arrivee", "fr"),
        ("inquiète", "fr"),
        ("заказ", "ru"),
        ("ЗАКАЗ", "ru"),
        ("еще", "ru"),
        ("пласт", "ru"),
        ("唱片", "zh"),
        ("发货", "zh"),
        ("什么时候", "zh"),
        ("唱", "zh"),
        ("CD盒", "zh"),
        ("cd 唱片", "zh"),
        ("ＣＤ", "zh"),
    ],
)
def test_words_in_five_languages_are_found(five: Database, query: str, language: str):
    assert found(five, query) == [language]


@pytest.mark.parametrize("query", ["片唱", "refund pedido", "edido", "片什唱"])
def test_what_was_not_said_is_not_found(five: Database, query: str):
    assert found(five, query) == []


@pytest.mark.parametrize("query", ["", "   ", "!!!", '"', "* ^ ( )", "«»"])
def test_nothing_asked_finds_nothing(five: Database, query: str):
    assert found(five, query) == []


@pytest.mark.parametrize(
    "query",
    [
        "pedido AND OR NOT",
        'pedido"',
        "pedido*",
        "NEAR(pedido",
        "text:pedido",
        "-pedido",
        "^pedido",
        "'; DROP TABLE message; --",
    ],
)
def test_the_index_has_no_language_of_its_own_for_users(five: Database, query: str):
    found(five, query)
    assert rows(five, "SELECT count(*) FROM message") == [(5,)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters(), max_size=30))
def test_any_text_may_be_asked_for(five: Database, query: str):
    first = list(found(five, query))
    assert list(found(five, query)) == first  # any answer will do, and the same one each time
    assert rows(five, "SELECT count(*) FROM message") == [(5,)]


def test_newest_first_by_the_time_of_the_message_and_not_of_its_arrival(database: Database, account_id: int):
    at = {"old": NOW - timedelta(days=20), "new": NOW, "middle": NOW - timedelta(days=3)}
    keep(
        database,
        account_id,
        *(arrival(name, "vinilo", thread_key=name, at=at[name]) for name in ("new", "old", "middle")),
    )
    assert found(database, "vinilo") == ["new", "middle", "old"]
    assert found(database, "vinilo", limit=2) == ["new", "middle"]


def test_a_conversation_is_found_once(database: Database, account_id: int):
    keep(database, account_id, *(arrival(f"m{n}", "vinilo", at=NOW - timedelta(hours=n)) for n in range(5)))
    assert database.reader.now(find, "vinilo", 10) == [(1, NOW_MS)]


def test_our_replies_are_found(database: Database, account_id: int):
    keep(database, account_id, arrival("m1", "hola"), arrival("m2", "Ya salió su paquete", ours=True, at=NOW))
    assert found(database, "paquete") == ["t1"]


@pytest.mark.parametrize("query", ["Ximena", "robles", "@ximena", "xim", "Ximena Robles"])
def test_people_are_found_by_name_and_handle(database: Database, account_id: int, query: str):
    keep(
        database,
        account_id,
        arrival(),
        arrival("m2", "otra cosa", author_id="u2", author_handle="@julio", author_name="Julio", thread_key="t2"),
    )
    assert found(database, query) == ["t1"]


def test_names_and_words_together_are_ordered_by_time(database: Database, account_id: int):
    keep(
        database,
        account_id,
        arrival("m1", "busco a Aurora", thread_key="said", at=NOW - timedelta(hours=2)),
        arrival(
            "m2", "hola", thread_key="named", author_id="u2", author_handle="@aurora_fan", at=NOW - timedelta(hours=1)
        ),
        arrival("m3", "Aurora", thread_key="last", at=NOW),
    )
    assert found(database, "aurora") == ["last", "named", "said"]


def change(database: Database, table: type, number: int, **values: object) -> None:
    def apply(session: Session) -> None:
        row = session.get_one(table, number)
        for name, value in values.items():
            setattr(row, name, value)

    database.write_now(apply)


def test_the_index_follows_every_change(database: Database, account_id: int):
    keep(database, account_id, arrival("m1", "vinilo roto"))
    change(database, Message, 1, text="disco entero")
    assert found(database, "vinilo") == []
    assert found(database, "entero") == ["t1"]
    change(database, Message, 1, at=NOW_MS - 5)
    assert database.reader.now(find, "entero", 5) == [(1, NOW_MS - 5)]
    change(database, Message, 1, text="")
    assert found(database, "entero") == []
    change(database, Message, 1, text="vinilo otra vez")
    assert found(database, "vinilo") == ["t1"]
    change(database, Identity, 1, handle="@xr", name="")
    assert found(database, "robles") == ["t1"]
    change(database, Customer, 1, name="Ximena R.")
    assert found(database, "robles") == []
    assert found(database, "@xr") == ["t1"]
    database.write_now(lambda session: session.delete(session.get_one(Message, 1)))
    assert found(database, "vinilo") == []


def test_the_index_is_sound_after_many_changes(database: Database, account_id: int, data_file: Path):
    keep(database, account_id, *(arrival(f"m{n}", f"vinilo {n} 唱片", thread_key=f"t{n}") for n in range(50)))
    keep(database, account_id, *(arrival(f"m{n}", f"disco {n} é", thread_key=f"t{n}") for n in range(0, 50, 2)))
    with closing(sqlite3.connect(data_file)) as connection:
        for index in ("message_search", "person_search"):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    assert len(found(database, "唱片")) == 25
    assert len(found(database, "disco")) == 25


def test_who_cannot_fold_cannot_write_messages_and_is_told(database: Database, account_id: int, data_file: Path):
    keep(database, account_id, arrival())
    with closing(sqlite3.connect(data_file)) as stranger, pytest.raises(sqlite3.OperationalError, match="fold"):
        stranger.execute("UPDATE message SET text = 'x'")


def test_messages_of_one_moment_are_all_found(database: Database, account_id: int):
    keep(database, account_id, *(arrival(f"m{n}", "vinilo", thread_key=f"t{n}", at=NOW) for n in range(20)))
    assert len(found(database, "vinilo")) == 20


def test_terms_are_asked_for_in_the_index_own_language_and_cannot_leave_it():
    assert match_expression(["a"]) == '"a"'
    assert match_expression(["ab", "唱"]) == '"ab"* AND "唱"'
    assert match_expression(['"ab cd'], ["x"]) == '("ab cd") NOT ("x")'
    assert match_expression([], ["x"]) == ""
