"""The reads of mailboxes and managers in one object, over one connection."""

from __future__ import annotations

from app.models.mailbox import MailboxRow
from app.models.manager import ManagerRow
from app.store.reading import mailboxes, managers
from app.store.reading.list_queries import StoreListQueries


class StoreMailQueries(StoreListQueries):
    """What commands/mail_services.py asks for as `MailQueries`."""

    def managers(self) -> list[ManagerRow]:
        return managers.managers(self._connection)

    def mailboxes(self) -> list[MailboxRow]:
        return mailboxes.mailboxes(self._connection)
