"""A question begins, is answered, comes back undelivered, ends; and its letters are known by reference, token, and correspondent."""

from __future__ import annotations

from datetime import datetime

from app.models.conversation import ConversationState
from app.models.escalation import EscalationState
from app.models.letter import LetterKind, ReadLetter
from app.models.tables.mail import Mailbox, Manager
from app.store.database import Database, Session
from app.store.reading import escalations as reading
from app.store.writing import conversations, escalations
from app.store.writing.escalations import Found, NewEscalation
from tests.store.making import HOUR_MS, NOW, NOW_MS, add_account, arrival, keep, owe, rows


def mailbox_in(database: Database) -> int:
    """The account of a mailbox, with one manager."""
    number = add_account(database, "lucia@x.example", "email")

    def fill(session: Session) -> None:
        session.add(Mailbox(account_id=number, address="lucia@x.example", smtp_host="s", imap_host="i"))
        session.add(Manager(name="Héctor Lima", email="h@x.example"))

    database.write_now(fill)
    return number


def ask(
    database: Database,
    account_id: int,
    token: str,
    *,
    remind_ms: int | None = NOW_MS + HOUR_MS,
    outbox_id: int | None = None,
) -> int:
    """A question about the first conversation, whose letter is `<token@q>`."""
    new = NewEscalation(1, 1, account_id, token, ("decision",), "¿Sí?", "Aduana", remind_ms, NOW_MS, outbox_id)

    def begin(session: Session) -> int:
        number = escalations.add(session, new)
        escalations.add_question(session, number, f"<{token}@q>", "whole", NOW_MS)
        conversations.set_state(session, 1, ConversationState.ESCALATED, NOW_MS)
        return number

    return database.write_now(begin)


def letter(remote_id: str, at: datetime = NOW) -> ReadLetter:
    return ReadLetter(1, remote_id, "h@x.example", "Re: Aduana", "sí", "sí", at, from_name="Héctor")


def came(
    database: Database,
    account_id: int,
    number: int,
    remote_id: str,
    *,
    kind: LetterKind = LetterKind.ANSWER,
    at: datetime = NOW,
) -> int | None:
    def store(session: Session) -> int | None:
        of = escalations.escalation(session, number)
        assert of is not None
        added = escalations.add_letter(session, account_id, of, kind, letter(remote_id, at), 1, NOW_MS)
        if kind is LetterKind.ANSWER:
            escalations.answered(session, number, NOW_MS)
        return added

    return database.write_now(store)


def state(database: Database) -> str:
    return str(rows(database, "SELECT state FROM conversation")[0][0])


def test_a_letter_is_kept_once(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    number = ask(database, box, "tokenone")
    assert came(database, box, number, "<1@x>") is not None
    assert came(database, box, number, "<1@x>") is None


def test_it_is_found_by_what_it_refers_to_and_the_last_named_counts(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    first, second = ask(database, box, "tokenone"), ask(database, box, "tokentwo")

    def find(*ids: str) -> int | None:
        found: Found | None = database.write_now(lambda s: escalations.of_references(s, ids))
        return None if found is None else found.id

    assert find("<tokenone@q>", "<tokentwo@q>", "<else@y>") == second
    assert find("<tokenone@q>") == first
    assert find("<else@y>") is None
    assert find() is None


def test_it_is_found_by_its_token(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    number = ask(database, mailbox_in(database), "tokenone")
    assert database.write_now(lambda s: escalations.of_tokens(s, ["unknown", "tokenone"])).id == number  # type: ignore[union-attr]
    assert database.write_now(lambda s: escalations.of_tokens(s, [])) is None


def test_what_is_asked_of_an_address_is_known_as_long_as_it_is_open(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    number = ask(database, mailbox_in(database), "tokenone")

    def find(address: str, since: int) -> list[int]:
        return [each.id for each in database.write_now(lambda s: escalations.open_of_address(s, address, since))]

    assert find("H@X.example", NOW_MS) == [number]
    assert find("h@x.example", NOW_MS + 1) == []
    database.write_now(lambda s: escalations.end(s, number, NOW_MS, unanswered=True))
    assert find("h@x.example", 0) == []


def test_an_answer_brings_the_conversation_back_and_opens_what_was_ended(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    number = ask(database, box, "tokenone")
    database.write_now(lambda s: escalations.end(s, number, NOW_MS, unanswered=False))
    came(database, box, number, "<1@x>")
    row = database.reader.now(reading.escalation, number)
    assert row is not None
    assert (row.state, row.closed_at) == (EscalationState.ANSWERED, None)
    assert (state(database), rows(database, "SELECT unread FROM conversation")) == (
        ConversationState.NEEDS_ANSWER,
        [(1,)],
    )


def test_a_bounce_is_noted_with_the_delivery_and_does_not_undo_an_answer(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    number = ask(database, box, "tokenone", outbox_id=owe(database, box))
    database.write_now(escalations.bounced, number, '{"message":"x","values":{}}', NOW_MS)
    assert rows(database, "SELECT state FROM escalation") == [(EscalationState.BOUNCED,)]
    assert rows(database, "SELECT reason FROM outbox") == [('{"message":"x","values":{}}',)]
    came(database, box, number, "<1@x>")
    database.write_now(escalations.bounced, number, "{}", NOW_MS)
    assert rows(database, "SELECT state FROM escalation") == [(EscalationState.ANSWERED,)]


def test_a_reminder_brings_back_what_still_waits(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    ask(database, mailbox_in(database), "tokenone")
    assert database.write_now(escalations.remind, NOW_MS) == []
    assert database.write_now(escalations.remind, NOW_MS + HOUR_MS) == [1]
    assert state(database) == ConversationState.NEEDS_ANSWER


def test_asking_again_ends_what_was_asked_of_the_same_manager(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    first = ask(database, box, "tokenone")
    (stood,) = database.write_now(escalations.end_others, 1, 1, first, NOW_MS)
    assert (stood.id, stood.closed_at) == (first, None)
    assert rows(database, "SELECT state, closed_at FROM escalation") == [(EscalationState.CLOSED, NOW_MS)]
    database.write_now(escalations.restore, stood)
    assert rows(database, "SELECT state, closed_at FROM escalation") == [(EscalationState.WAITING, None)]


def test_a_question_that_was_taken_back_never_was(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    number = ask(database, mailbox_in(database), "tokenone")
    database.write_now(escalations.remove, number)
    assert rows(database, "SELECT count(*) FROM escalation") == rows(database, "SELECT count(*) FROM letter") == [(0,)]


def test_a_letter_that_became_the_reply_can_become_a_letter_again(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    number = ask(database, box, "tokenone")
    letter_id = came(database, box, number, "<1@x>")
    assert letter_id is not None
    before = database.write_now(escalations.use_letter, letter_id, NOW_MS)
    assert before is not None
    assert rows(
        database,
        "SELECT used_at, closed_at FROM letter JOIN escalation ON escalation.id = escalation_id WHERE NOT is_ours",
    ) == [(NOW_MS, NOW_MS)]
    database.write_now(escalations.unuse_letter, letter_id, *before)
    assert rows(
        database,
        "SELECT used_at, closed_at FROM letter JOIN escalation ON escalation.id = escalation_id WHERE NOT is_ours",
    ) == [(None, None)]
    assert database.write_now(escalations.use_letter, 99, NOW_MS) is None
