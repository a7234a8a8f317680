"""Every way of writing tells which rows it touched, and nobody can forget to."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from app.models.tables.account import Account
from app.models.tables.conversation import Note
from app.models.tables.outbox import OutboxItem
from app.models.tables.profile import Sample, Setting
from app.store import notes
from app.store.changes import Changes
from app.store.database import Database
from app.store.writing import leases, settings
from tests.store.making import NOW_MS, arrival, keep, owe, rows


@pytest.fixture
def heard(database: Database) -> list[Changes]:
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    return heard


@pytest.fixture
def conversation_id(database: Database, account_id: int) -> int:
    keep(database, account_id, arrival())
    return 1


def test_a_flushed_row_is_noted(database: Database, heard: list[Changes]):
    def add(session: Session) -> int | None:
        account = Account(network="x", handle="@a", remote_id="1")
        session.add(account)
        session.flush()
        return account.id

    number = database.write_now(add)
    assert heard == [Changes({"account": frozenset({number})})]


def test_a_changed_row_is_noted_and_an_unchanged_one_is_not(database: Database, account_id: int, heard: list[Changes]):
    def rename(session: Session, name: str) -> None:
        session.get_one(Account, account_id).name = name

    database.write_now(rename, "Discos Aurora")
    database.write_now(rename, "Discos Aurora")
    assert heard == [Changes({"account": frozenset({account_id})})]


def test_a_deleted_row_is_noted(database: Database, conversation_id: int, heard: list[Changes]):
    def add(session: Session) -> None:
        session.add(Note(conversation_id=conversation_id, text="llamar", at=1))

    def remove(session: Session) -> None:
        session.delete(session.exec(select(Note)).one())

    database.write_now(add)
    database.write_now(remove)
    assert heard == [Changes({"note": frozenset({1})})] * 2


def test_rows_with_words_as_keys_are_noted_as_all(database: Database, heard: list[Changes]):
    database.write_now(settings.save, "inbox", "{}")
    assert heard == [Changes({"setting": None})]


def test_leases_are_silent(database: Database, heard: list[Changes]):
    assert database.write_now(leases.take, "engine", "this", NOW_MS, 60)
    assert heard == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE account SET name = 'x'",
        'update "account" set name = 1',
        "INSERT OR IGNORE INTO setting (name, value) VALUES ('a', 'b')",
        "REPLACE INTO setting (name, value) VALUES ('a', 'b')",
        "DELETE FROM note",
        "WITH old AS (SELECT 1) DELETE FROM note WHERE id IN old",
    ],
)
def test_a_statement_that_nobody_noted_is_refused_and_undone(
    database: Database, account_id: int, heard: list[Changes], sql: str
):
    with pytest.raises(notes.Unnoted):
        database.write_now(lambda session: session.connection().exec_driver_sql(sql) and None)
    assert heard == []
    assert rows(database, "SELECT name FROM account UNION ALL SELECT name FROM setting") == [("",)]


def test_a_statement_of_the_session_that_nobody_noted_is_refused(database: Database, account_id: int):
    with pytest.raises(notes.Unnoted):
        database.write_now(lambda session: session.execute(update(Account).values(name="x")) and None)


def test_reading_inside_a_write_needs_no_note(database: Database, account_id: int, heard: list[Changes]):
    assert database.write_now(lambda session: session.exec(select(Account.handle)).all()) == ["@aurora"]
    assert heard == []


def test_inserting_many_notes_their_ids(database: Database, conversation_id: int, heard: list[Changes]):
    def add(session: Session) -> None:
        first = notes.next_id(session, Note)
        values = [(first + n, conversation_id, "nota", n) for n in range(3)]
        notes.insert_many(session, Note, ("id", "conversation_id", "text", "at"), values)
        notes.insert_many(session, Note, ("id", "conversation_id", "text", "at"), [])

    database.write_now(add)
    assert heard == [Changes({"note": frozenset({1, 2, 3})})]


def test_updating_many_notes_their_ids(database: Database, account_id: int, heard: list[Changes]):
    database.write_now(lambda session: notes.update_many(session, Account, ("name",), [("Aurora", account_id)]))
    assert heard == [Changes({"account": frozenset({account_id})})]
    assert rows(database, "SELECT name FROM account") == [("Aurora",)]


def test_upserting_finds_the_ids_of_what_was_there(database: Database, conversation_id: int, heard: list[Changes]):
    row = {
        "network": "mastodon",
        "server": "https://musica.example",
        "remote_id": "u1",
        "handle": "@x",
        "customer_id": 1,
    }
    other = {**row, "remote_id": "u2"}
    rest = {"name": "", "url": "", "avatar": "", "followers": None}
    table = next(kind for kind in _tables() if kind.__tablename__ == "identity")

    def upsert(session: Session) -> None:
        both = [{**row, **rest}, {**other, **rest}]
        notes.upsert_many(session, table, both, conflict=("network", "server", "remote_id"), update=("handle",))

    database.write_now(upsert)
    assert heard == [Changes({"identity": frozenset({1, 2})})]
    assert rows(database, "SELECT id, handle, name FROM identity ORDER BY id") == [
        (1, "@x", "Ximena Robles"),
        (2, "@x", ""),
    ]


def _tables() -> list[type]:
    from app.store.writing.filling import ORDER

    return list(ORDER)


def test_upserting_may_leave_what_is_there_alone(database: Database, heard: list[Changes]):
    sample = {"metric": "clicks", "subject": "post", "subject_id": 1, "at": 5, "value": 10}
    key = ("metric", "subject", "subject_id", "at")
    database.write_now(lambda session: notes.upsert_many(session, Sample, [sample], key))
    database.write_now(lambda session: notes.upsert_many(session, Sample, [{**sample, "value": 11}], key, update=()))
    assert rows(database, "SELECT value FROM sample") == [(10,)]
    database.write_now(lambda session: notes.upsert_many(session, Sample, [{**sample, "value": 11}], key))
    assert rows(database, "SELECT value FROM sample") == [(11,)]
    assert heard == [Changes({"sample": None})] * 3


def test_a_statement_with_a_condition_notes_what_it_found(database: Database, account_id: int, heard: list[Changes]):
    assert database.write_now(
        lambda session: notes.execute(
            session, update(Account).where(col(Account.network) == "mastodon").values(name="A")
        )
    ) == {account_id}
    assert heard == [Changes({"account": frozenset({account_id})})]


def test_a_statement_that_found_nothing_tells_nothing(database: Database, account_id: int, heard: list[Changes]):
    gone = delete(Account).where(col(Account.network) == "none")
    assert database.write_now(lambda session: notes.execute(session, gone)) == frozenset()
    assert heard == []


def test_a_statement_on_words_notes_all(database: Database, heard: list[Changes]):
    database.write_now(lambda session: notes.execute(session, insert(Setting).values(name="a", value="b")))
    assert heard == [Changes({"setting": None})]


def test_looking_up_goes_in_chunks(database: Database):
    wanted = range(notes.CHUNK * 2 + 1)
    found = database.write_now(
        lambda session: notes.lookup(
            session, "SELECT ?, column1 FROM (VALUES (1), (700), (1001)) WHERE column1 IN (?*)", wanted, "a"
        )
    )
    assert found == [("a", 1), ("a", 700)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE outbox SET state = 'out'",
        "INSERT INTO reply_draft VALUES (1, 'x', '', 1)",
        "DELETE FROM post",
        "UPDATE variant SET parts = ''",
        "UPDATE post_picture SET alt = ''",
        "DELETE FROM lease",
    ],
)
def test_bulk_storing_may_not_touch_what_must_survive_a_power_cut(database: Database, sql: str):
    with pytest.raises(notes.UnsafeBulkWrite):
        database.write_now(lambda session: session.connection().exec_driver_sql(sql) and None, bulk=True)


def test_bulk_storing_may_not_touch_it_through_the_session_either(database: Database, account_id: int):
    number = owe(database, account_id)

    def change(session: Session) -> None:
        session.get_one(OutboxItem, number).state = "out"

    with pytest.raises(notes.UnsafeBulkWrite):
        database.write_now(change, bulk=True)
    assert rows(database, "SELECT state FROM outbox") == [("waiting",)]


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("SELECT * FROM post", None),
        ("BEGIN IMMEDIATE", None),
        ("INSERT INTO post (a) VALUES (1)", "post"),
        ("insert or replace into Post values (1)", "post"),
        ("UPDATE OR IGNORE post SET a = 1", "post"),
        ("  DELETE FROM [post]", "post"),
        ("WITH x AS (SELECT 1) INSERT INTO post SELECT * FROM x", "post"),
        ("WITH x AS (SELECT 1) SELECT * FROM x", None),
    ],
)
def test_the_table_that_a_statement_changes(sql: str, table: str | None):
    assert notes.table_written(sql) == table
