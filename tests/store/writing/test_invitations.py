"""Invitations: made once, taken back with their reply, found by index; whose letters are kept is in tests/services/test_invitations.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.models.case import Asked
from app.models.letter import ReadLetter
from app.models.message import Visibility
from app.models.outbox import OutboxKind
from app.models.tables.mail import Mailbox
from app.runtime.clock import from_ms
from app.store.database import Database, Session
from app.store.writing import customers, invitations
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, owe, rows

ADDRESS = "ayuda@discosaurora.mx"


def promise(asked: Asked) -> Any:
    return asked.at + timedelta(hours=1)


def mailbox(database: Database) -> int:
    number = add_account(database, ADDRESS, "email")

    def add(session: Session) -> None:
        session.add(Mailbox(account_id=number, address=ADDRESS, smtp_host="s.example", imap_host="i.example"))

    database.write_now(add)
    return number


def invited(database: Database, account_id: int, box: int, token: str = "abcdefghijkl", *, public: bool = False) -> int:
    """By a reply in the conversation of the only customer."""
    visibility = Visibility.PUBLIC if public else Visibility.DIRECT
    item = owe(database, account_id, OutboxKind.REPLY, conversation_id=1, message_id=1, visibility=visibility)
    database.write_now(invitations.make, 1, box, token, "", item, NOW_MS)
    return item


def comes(database: Database, box: int, tokens: tuple[str, ...] = (), **fields: Any) -> int | None:
    made: dict[str, Any] = {
        "uid": 1, "remote_id": "<c1@c.example>", "from_address": "xime@c.example", "subject": "Hola", "text": "Aquí sigo",
        "whole": "", "at": from_ms(NOW_MS), **fields,
    }  # fmt: skip
    one = ReadLetter(**made)
    return database.write_now(
        lambda session: invitations.customer_letter(session, box, one, tokens, NOW_MS, promise, subject=one.subject)
    )


def test_an_invitation_is_made_once_and_goes_with_its_reply(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox(database)
    item = invited(database, account_id, box)
    invited_again = database.write_now(invitations.make, 1, box, "abcdefghijkl", "", None, NOW_MS)
    assert rows(database, "SELECT id FROM invitation") == [(invited_again,)]
    database.write_now(invitations.take_back, item)
    assert rows(database, "SELECT id FROM invitation") == []
    assert database.write_now(invitations.addresses) == [(box, ADDRESS)]


def test_one_that_was_taken_up_is_not_taken_back(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox(database)
    item = invited(database, account_id, box)
    assert comes(database, box, ("abcdefghijkl",)) == 2
    database.write_now(invitations.take_back, item)
    assert rows(database, "SELECT conversation_id, led_to FROM invitation") == [(1, 2)]


def test_a_customer_of_their_own_letters_is_joined_when_they_are_invited(database: Database, account_id: int) -> None:
    """They wrote in public first, and had written to the mailbox by an older invitation."""
    keep(database, account_id, arrival(), arrival("m2", author_id="u2", author_handle="@otra", thread_key="t2"))
    box = mailbox(database)
    item = owe(database, account_id, OutboxKind.REPLY, conversation_id=2, message_id=2, visibility=Visibility.DIRECT)
    database.write_now(invitations.make, 2, box, "bbbbbbbbbbbb", "", item, NOW_MS)
    comes(database, box, ("bbbbbbbbbbbb",))
    invited(database, account_id, box)
    assert comes(database, box, ("abcdefghijkl",), remote_id="<c2@c.example>", at=NOW) is not None
    (joined,) = rows(database, "SELECT id, kept_id, joined_id FROM joining")
    assert joined[1:] == (1, 2)
    database.write_now(customers.separate, joined[0], NOW_MS)


def test_the_last_reference_that_is_known_says_where_it_belongs(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox(database)
    invited(database, account_id, box)
    first = comes(database, box, ("abcdefghijkl",))
    again = comes(database, box, (), remote_id="<c2@c.example>", chain=("<x@x.example>", "<c1@c.example>"), at=NOW)
    assert again == first
    fresh = comes(database, box, (), remote_id="<c3@c.example>", at=NOW + timedelta(minutes=1))
    assert fresh not in (None, first)  # a new subject of somebody we know


def test_looking_for_an_invitation_asks_no_whole_table(database: Database) -> None:
    questions = (
        "SELECT id FROM invitation WHERE token = 'a'",
        "SELECT v.id FROM message AS m CROSS JOIN invitation AS v ON v.outbox_id = m.outbox_id WHERE m.account_id = 1 AND m.remote_id IN ('a')",
        "SELECT v.id FROM customer AS k CROSS JOIN conversation AS c ON c.customer_id = k.id"
        " CROSS JOIN invitation AS v ON v.conversation_id = c.id WHERE k.email IN ('a') AND k.email <> ''",
    )
    for question in questions:
        plan = [row[3] for row in rows(database, f"EXPLAIN QUERY PLAN {question}")]
        large = [line for line in plan if line.startswith("SCAN") and line.split()[1] != "v"]
        assert large == []
