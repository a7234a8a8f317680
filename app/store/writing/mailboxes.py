"""Mailboxes: where an e-mail account sends and reads, and how far it was read. The secret is never here."""

from __future__ import annotations

from sqlmodel import Session

from app.models.letter import LetterPage
from app.models.mailbox import MailboxRow
from app.models.tables.mail import Mailbox

_SERVERS = (
    "address",
    "sender_name",
    "user",
    "sign_in",
    "smtp_host",
    "smtp_port",
    "smtp_security",
    "imap_host",
    "imap_port",
    "imap_security",
    "copy_to_self",
)


def save(session: Session, row: MailboxRow) -> None:
    """Where the mailbox of `row.account_id` sends and reads. How far it was read is kept while its server for reading is the same."""
    kept = session.get(Mailbox, row.account_id)
    if kept is None:
        kept = Mailbox(account_id=row.account_id, address=row.address, smtp_host=row.smtp_host, imap_host=row.imap_host)
        session.add(kept)
    elif (kept.imap_host, kept.address) != (row.imap_host, row.address):
        kept.uid_validity, kept.last_uid, kept.resyncs, kept.sent_folder = None, None, 0, ""
    for name in _SERVERS:
        setattr(kept, name, getattr(row, name))


def describe(
    session: Session, account_id: int, *, sender_name: str | None = None, copy_to_self: bool | None = None
) -> None:
    """What the user may change without signing in again."""
    kept = session.get_one(Mailbox, account_id)
    if sender_name is not None:
        kept.sender_name = sender_name
    if copy_to_self is not None:
        kept.copy_to_self = copy_to_self


def read_to(session: Session, account_id: int, page: LetterPage) -> None:
    """The mailbox is read as far as `page` goes. Belongs into the transaction that stores its letters."""
    kept = session.get_one(Mailbox, account_id)
    if page.is_resync and kept.uid_validity != page.uid_validity:
        kept.resyncs += 1
    kept.uid_validity, kept.last_uid = page.uid_validity, page.last_uid


def found_sent(session: Session, account_id: int, folder: str) -> None:
    """What the server calls its folder of sent mail."""
    session.get_one(Mailbox, account_id).sent_folder = folder
