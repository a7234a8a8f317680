"""Mailboxes as services and lists read them."""

from __future__ import annotations

from app.models.mailbox import MailboxRow
from app.store.database import Database
from app.store.reading import mailboxes as reading
from app.store.reading.queries import StoreQueries
from app.store.writing import accounts, mailboxes
from tests.fakes.clock import FakeClock
from tests.store.making import NOW_MS, add_account


def test_only_accounts_that_are_there_have_a_mailbox_in_the_list(database: Database, clock: FakeClock) -> None:
    plain = add_account(database)
    box = add_account(database, "hola@aurora.example", "email")
    row = MailboxRow(
        box,
        "hola@aurora.example",
        "smtp.aurora.example",
        "imap.aurora.example",
        copy_to_self=False,
        handle="hola@aurora.example",
    )
    database.write_now(mailboxes.save, row)
    assert database.reader.now(reading.mailboxes) == [row]
    assert database.reader.now(reading.mailbox, plain) is None
    assert database.reader.now(lambda c: StoreQueries(c, clock).mailboxes()) == [row]
    database.write_now(accounts.remove, box, NOW_MS)
    assert database.reader.now(reading.mailboxes) == []
    kept = database.reader.now(reading.mailbox, box)
    assert kept is not None
    assert kept.state == "signed_out"
