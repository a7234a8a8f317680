"""What courtesies depend on, by index."""

from __future__ import annotations

import pytest

from app.models.conversation import Category
from app.models.message import MessageKind, Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.store.database import Database
from app.store.reading import courtesy
from app.store.writing import conversations, muting, outbox, promises
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, owe


def read(database: Database, number: int = 1) -> courtesy.Courtesy:
    found = database.reader.now(courtesy.courtesy, number, NOW_MS - 10 * HOUR_MS)
    assert found is not None
    return found


@pytest.fixture
def praised(database: Database, account_id: int) -> int:
    keep(database, account_id, arrival())
    database.write_now(conversations.categorize, 1, Category.PRAISE)
    return 1


def test_nothing_is_known_of_nobody(database: Database) -> None:
    assert database.reader.now(courtesy.courtesy, 7, NOW_MS) is None


def test_public_replies_to_praise_of_the_day_are_counted(database: Database, account_id: int, praised: int) -> None:
    def thank(**fields: object) -> int:
        return owe(database, account_id, kind=OutboxKind.REPLY, conversation_id=praised, **fields)

    thank()
    thank(visibility=Visibility.DIRECT)
    let_go = thank()
    database.write_now(outbox.move, let_go, DeliveryState.LET_GO, NOW_MS)
    assert read(database).thanked_today == 1


def test_the_closing_answer_is_known_by_its_key(database: Database, account_id: int, praised: int) -> None:
    assert not read(database).closed
    item = owe(database, account_id, kind=OutboxKind.REPLY, conversation_id=praised, key=f"{courtesy.CLOSING}1")
    assert read(database).closed
    database.write_now(outbox.move, item, DeliveryState.LET_GO, NOW_MS)
    assert not read(database).closed


def test_messages_since_somebody_is_not_heard_are_counted_without_ours(
    database: Database, account_id: int, praised: int
) -> None:
    muted = database.write_now(muting.mute, praised, NOW_MS - 2 * HOUR_MS, "why")
    assert read(database).written_since == 1
    keep(database, account_id, arrival("m2", at=NOW), arrival("m3", kind=MessageKind.OURS, ours=True, at=NOW))
    assert (read(database).muted_at is not None, read(database).written_since) == (True, 2)
    database.write_now(muting.unmute, muted)
    assert read(database).muted_at is None


def test_promises_are_known_by_their_message(database: Database, praised: int) -> None:
    database.write_now(promises.make, praised, "x", NOW_MS + 1, NOW_MS, 1)
    assert read(database).promised == {1}
    assert len(read(database).promised_words) == len(set(read(database).promised_words)) >= 1


def test_nothing_is_scanned(database: Database) -> None:
    """Every table is entered by an index, however large it is."""
    seen: list[str] = []

    def plans(connection: object) -> None:
        plain = connection

        class Watching:
            def execute(self, sql: str, values: object = ()) -> object:
                seen.extend(str(row[3]) for row in plain.execute(f"EXPLAIN QUERY PLAN {sql}", values))  # type: ignore[attr-defined]
                return plain.execute(sql, values)  # type: ignore[attr-defined]

        courtesy.thanked_today(Watching(), NOW_MS)  # type: ignore[arg-type]
        courtesy.closed(Watching(), 1)  # type: ignore[arg-type]
        courtesy.written_since(Watching(), 1, NOW_MS)  # type: ignore[arg-type]
        courtesy.courtesy(Watching(), 1, NOW_MS)  # type: ignore[arg-type]

    database.reader.now(plans)
    assert seen
    assert not [step for step in seen if step.startswith("SCAN") and "(" not in step], seen
