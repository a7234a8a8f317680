"""What hangs together by e-mail is found by index; what a reply there answers is in tests/services/test_invitations.py."""

from __future__ import annotations

from app.models.message import Visibility
from app.models.outbox import OutboxKind
from app.store.database import Database
from app.store.reading import invitations
from app.store.writing import invitations as writing
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, owe, rows


def test_before_anybody_is_invited_nothing_goes_on(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    assert database.reader.now(invitations.continues, 1) is None
    assert database.reader.now(invitations.goes_on, 1) is None
    assert database.reader.now(invitations.mail_of, 1) is None
    assert database.reader.now(invitations.basis, 99) is None


def test_the_name_the_language_and_the_only_order_make_the_invitation(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    basis = database.reader.now(invitations.basis, 1)
    assert basis == ("Ximena Robles", "", "es", "", "mastodon")


def test_who_was_invited_is_said_until_they_write(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = add_account(database, "ayuda@discosaurora.mx", "email")
    item = owe(database, account_id, OutboxKind.REPLY, conversation_id=1, message_id=1, visibility=Visibility.DIRECT)
    database.write_now(writing.make, 1, box, "abcdefghijkl", "", item, NOW_MS)
    found = database.reader.now(invitations.goes_on, 1)
    assert found is not None
    assert (found.conversation_id, found.at) == (0, NOW)


def test_they_are_found_by_index(database: Database) -> None:
    for column in ("conversation_id", "led_to"):
        plan = rows(database, f"EXPLAIN QUERY PLAN SELECT id FROM invitation WHERE {column} = ?", 1)
        assert "USING" in plan[0][3]
        assert "INDEX" in plan[0][3]
