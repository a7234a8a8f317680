"""What commands and screens may ask of mailboxes and managers, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from typing import Protocol

from app.models.mailbox import MailboxRow, OwnApp, Proposal, Tried
from app.models.manager import ManagerRow


class MailQueries(Protocol):
    """Plain reads."""

    def managers(self) -> list[ManagerRow]:
        """All that were not removed, by name."""

    def mailboxes(self) -> list[MailboxRow]:
        """Those of accounts that were not removed, in the user's order."""


class MailboxesService(Protocol):
    """Mailboxes to send from and to read answers in."""

    def proposal(self, address: str) -> Proposal:
        """Servers for an address; raises `UserMistake` where it is none. Nothing is asked of any server."""

    async def test(self, row: MailboxRow, password: str, certificate: str = "", again: int | None = None) -> Tried:
        """Sign in to both servers and out again; nothing is sent. Empty password: the kept one of the account `again`."""

    async def add(self, row: MailboxRow, password: str, certificate: str = "", again: int | None = None) -> int:
        """Sign in and keep it; answers the account's id. `again`: the account that must come out of it. Raises like signing in to a network."""

    async def sign_in_browser(self, row: MailboxRow, app: OwnApp, certificate: str = "", again: int | None = None) -> int:
        """The same through the browser; may be cancelled while it waits for the user."""

    async def describe(self, account_id: int, *, sender_name: str, copy_to_self: bool) -> None:
        """What may be changed without signing in."""


class ManagersService(Protocol):
    """Who decides what the community manager may not."""

    def usual_minutes(self, row: ManagerRow) -> int | None:
        """How long they usually take, in their working time; None before their first answer. Answers at once."""

    async def save(self, row: ManagerRow) -> int:
        """Keep one; `row.id` 0: a new one. Raises `UserMistake` beside the field. Can be undone."""

    async def remove(self, manager_id: int) -> None:
        """Off the list; can be undone."""
