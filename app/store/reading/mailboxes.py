"""Mailboxes of the accounts of the network `email`: their servers, and how far each was read."""

from __future__ import annotations

import sqlite3

from app.models.mailbox import MailboxRow

_COLUMNS = (
    "m.account_id, m.address, m.smtp_host, m.imap_host, m.sender_name, m.user, m.sign_in, m.smtp_port, m.smtp_security, m.imap_port,"
    " m.imap_security, m.copy_to_self, m.folder, m.sent_folder, m.uid_validity, m.last_uid, m.resyncs, a.handle, a.state"
)
_FROM = "mailbox AS m JOIN account AS a ON a.id = m.account_id"


def mailboxes(connection: sqlite3.Connection) -> list[MailboxRow]:
    """Those of accounts that were not removed, in the user's order."""
    sql = f"SELECT {_COLUMNS} FROM {_FROM} WHERE a.removed_at IS NULL ORDER BY a.position, a.id"
    return [_row(found) for found in connection.execute(sql)]


def mailbox(connection: sqlite3.Connection, account_id: int) -> MailboxRow | None:
    """The mailbox of an account; None for accounts of other networks."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM {_FROM} WHERE m.account_id = ?", (account_id,)).fetchone()
    return _row(found) if found is not None else None


def _row(found: tuple[object, ...]) -> MailboxRow:
    row = MailboxRow(*found)  # type: ignore[arg-type]  # the columns are named in the fields' order
    return row._replace(copy_to_self=bool(row.copy_to_self))
