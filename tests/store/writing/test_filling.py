"""Filling an empty file: whole rows, defaults where nothing is said, and no name that the tables do not know."""

from __future__ import annotations

import pytest

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import accounts, playbook
from app.store.writing.filling import Row, fill

AURORA: Row = {"id": 7, "network": "x", "handle": "@aurora", "remote_id": "9"}


def test_rows_keep_their_ids_and_take_the_defaults(database: Database) -> None:
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    database.write_now(lambda session: fill(session, {"account": [AURORA]}))
    (row,) = database.reader.now(accounts.accounts)
    assert (row.id, row.network, row.state) == (7, "x", "ready")
    assert heard[0].ids("account") == {7}


def test_what_is_pointed_to_comes_first_whatever_the_order(database: Database) -> None:
    cursor: Row = {"account_id": 7, "stream": "messages", "value": "3"}
    database.write_now(lambda session: fill(session, {"cursor": [cursor], "account": [AURORA]}))
    assert database.reader.now(accounts.cursor, 7, "messages") == "3"


def test_answers_come_along(database: Database) -> None:
    answer = PlaybookAnswer("hours", Category.QUESTION, {"es": "Horario"}, {"es": ("De 9 a 21.",)}, uses=4)
    database.write_now(lambda session: fill(session, {}, [answer]))
    assert database.reader.now(playbook.answers) == [answer]


@pytest.mark.parametrize(
    "tables", [{"acount": [AURORA]}, {"account": [{**AURORA, "colour": "red"}]}, {"account": [{"id": 7}]}]
)
def test_a_wrong_name_or_a_missing_column_is_a_bug(database: Database, tables: dict[str, list[Row]]) -> None:
    with pytest.raises(KeyError):
        database.write_now(lambda session: fill(session, tables))
    assert database.reader.now(accounts.accounts) == []
