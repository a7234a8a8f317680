"""Mailboxes and managers that note what they are asked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from app.models.mailbox import BrowserWay, MailboxRow, OwnApp, Proposal, Tried
from app.models.manager import ManagerRow
from app.runtime.errors import AppError, UserMistake
from app.runtime.words import message

MORNING = (600, 840)
BOX = MailboxRow(
    9,
    "hola@discosaurora.example",
    "smtp.discosaurora.example",
    "imap.discosaurora.example",
    sender_name="Discos Aurora",
    handle="hola@discosaurora.example",
)
MARTA = ManagerRow(
    1,
    "Marta Ríos",
    "Gerente de tienda",
    "marta@discosaurora.example",
    ("complaint", "reembolso"),
    ("es",),
    "",
    (),
    True,
    95,
)
PABLO = ManagerRow(
    2,
    "Pablo <b>Téc</b>",
    "",
    "pablo@discosaurora.example",
    (),
    ("en", "es"),
    "Europe/Madrid",
    ((MORNING,),) * 5 + ((),) * 2,
    False,
)


@dataclass
class FakeMailboxes:
    """`tried` is what the next trial finds; `fails` is raised by `add`."""

    asked: list[Any] = field(default_factory=list)
    tried: Tried = field(default_factory=Tried)
    fails: AppError | None = None
    waits: asyncio.Event | None = None
    """For what the browser's sign-in waits."""

    def proposal(self, address: str) -> Proposal:
        if "@" not in address:
            raise UserMistake(message("mail.error.not_an_address", address=address), field="address")
        domain = address.partition("@")[2]
        row = MailboxRow(0, address, f"smtp.{domain}", f"imap.{domain}")
        google = BrowserWay(
            "google", "Google", row._replace(smtp_host="smtp.gmail.com"), True, "https://google.example"
        )
        microsoft = BrowserWay("microsoft", "Microsoft", row._replace(smtp_host="smtp.office365.com"))
        google = google._replace(hosts=("smtp.gmail.com",))
        microsoft = microsoft._replace(hosts=("smtp.office365.com", "smtp-mail.outlook.com"))
        if domain == "gmail.com":
            page = "https://myaccount.google.com/apppasswords"
            return Proposal(row, "Gmail", message("mail.advice.gmail"), page, (google,))
        if domain == "outlook.com":
            return Proposal(
                row, "Outlook.com", message("mail.advice.outlook"), "", (microsoft._replace(is_usual=True),)
            )
        if domain == "icloud.com":
            return Proposal(row, "iCloud", message("mail.advice.icloud"))
        return Proposal(row, ways=(google, microsoft))

    async def test(self, row: MailboxRow, password: str, certificate: str = "", again: int | None = None) -> Tried:
        self.asked.append(("test", row, password, certificate, again))
        return self.tried

    async def add(self, row: MailboxRow, password: str, certificate: str = "", again: int | None = None) -> int:
        self.asked.append(("add", row, password, certificate, again))
        if self.fails is not None:
            raise self.fails
        return 9

    async def sign_in_browser(
        self, row: MailboxRow, app: OwnApp, certificate: str = "", again: int | None = None
    ) -> int:
        self.asked.append(("browser", row, app, certificate, again))
        if self.waits is not None:
            await self.waits.wait()
        if self.fails is not None:
            raise self.fails
        return 9

    async def describe(self, account_id: int, *, sender_name: str, copy_to_self: bool) -> None:
        self.asked.append(("describe", account_id, sender_name, copy_to_self))


@dataclass
class FakeManagers:
    """`fails` is raised by `save`."""

    asked: list[Any] = field(default_factory=list)
    fails: AppError | None = None

    def usual_minutes(self, row: ManagerRow) -> int | None:
        return row.usual_minutes

    async def save(self, row: ManagerRow) -> int:
        self.asked.append(("save", row))
        if self.fails is not None:
            raise self.fails
        return row.id or 3

    async def remove(self, manager_id: int) -> None:
        self.asked.append(("remove", manager_id))
