"""A mailbox keeps how far it was read until it is another one, and its cursor moves with the letters."""

from __future__ import annotations

import pytest

from app.models.letter import LetterPage
from app.models.mailbox import MailboxRow
from app.store.database import Database
from app.store.reading import mailboxes as reading
from app.store.writing import mailboxes
from tests.store.making import add_account


@pytest.fixture
def box(database: Database) -> MailboxRow:
    number = add_account(database, "hola@aurora.example", "email")
    row = MailboxRow(
        number, "hola@aurora.example", "smtp.aurora.example", "imap.aurora.example", handle="hola@aurora.example"
    )
    database.write_now(mailboxes.save, row)
    return row


def stored(database: Database, box: MailboxRow) -> MailboxRow:
    row = database.reader.now(reading.mailbox, box.account_id)
    assert row is not None
    return row


def test_the_cursor_moves_and_counts_how_often_numbers_changed(database: Database, box: MailboxRow) -> None:
    database.write_now(mailboxes.read_to, box.account_id, LetterPage((), 7, 40))
    assert stored(database, box) == box._replace(uid_validity=7, last_uid=40)
    database.write_now(mailboxes.read_to, box.account_id, LetterPage((), 8, 3, is_resync=True))
    database.write_now(mailboxes.read_to, box.account_id, LetterPage((), 8, 9, is_resync=True))  # its second page
    assert stored(database, box) == box._replace(uid_validity=8, last_uid=9, resyncs=1)


def test_signed_in_again_it_goes_on_where_it_was(database: Database, box: MailboxRow) -> None:
    database.write_now(mailboxes.read_to, box.account_id, LetterPage((), 7, 40))
    database.write_now(mailboxes.save, box._replace(smtp_port=587, smtp_security="starttls", sender_name="Aurora"))
    assert stored(database, box) == box._replace(
        smtp_port=587, smtp_security="starttls", sender_name="Aurora", uid_validity=7, last_uid=40
    )


def test_at_another_server_it_begins_anew(database: Database, box: MailboxRow) -> None:
    database.write_now(mailboxes.read_to, box.account_id, LetterPage((), 7, 40))
    database.write_now(mailboxes.found_sent, box.account_id, "Enviados")
    assert stored(database, box).sent_folder == "Enviados"
    database.write_now(mailboxes.save, box._replace(imap_host="imap.other.example"))
    moved = stored(database, box)
    assert (moved.uid_validity, moved.last_uid, moved.sent_folder) == (None, None, "")


def test_name_and_copy_are_described(database: Database, box: MailboxRow) -> None:
    database.write_now(lambda s: mailboxes.describe(s, box.account_id, sender_name="Otra"))
    database.write_now(lambda s: mailboxes.describe(s, box.account_id, copy_to_self=False))
    assert stored(database, box) == box._replace(sender_name="Otra", copy_to_self=False)
