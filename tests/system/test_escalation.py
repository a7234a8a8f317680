"""The way to the person who decides and back, over a real Postfix and Dovecot: a question goes out, the answer stands beside the
conversation within five seconds of its arrival, and the reply to the customer goes out.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import imaplib
import smtplib
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.models.conversation import ConversationState
from app.models.escalation import Asking, EscalationRow, EscalationState, Goes, SheetDraft
from app.models.mailbox import MailboxRow
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.tables.mail import Manager
from app.networks import registry
from app.networks.network import Access, Card, Connection, Facts
from app.networks.sample.server import SampleServer
from app.networks.sample.state import Said, ServedAccount, Speaker, account_key
from app.runtime.clock import SystemClock, to_ms
from app.runtime.paths import Paths
from app.runtime.settings import Sending, Settings, Shop
from app.runtime.tasks import Tasks
from app.services.assembly import Assembly, assemble
from app.services.connections import Connections
from app.services.mailbox import CERTIFICATE, open_mailbox
from app.services.server_facts import facts_text
from app.services.surroundings import Surroundings
from app.services.undo import Undo
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import accounts, mailboxes
from tests.services.mail_shop import Secrets
from tests.services.shop import empty_data_file
from tests.system.mail_server import MANAGER, PASSWORD, USER, MailServer, mail_server

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

NETWORK, REMOTE_ID = "mastodon", "account-1"
QUESTION = "La aduana pide la factura. ¿La mandamos hoy? 你好"
TOLD = "Ximena, lo decide Marta y te respondemos mañana."
ANSWER = "Sí, mándala hoy.\nEl cargo corre por nuestra cuenta."
WITHIN_SECONDS = 5.0
PATIENCE_SECONDS = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as started:
        yield started


class Desk:
    """The program's services at work, with a simulated network for the customer and the real mail server for the manager."""

    def __init__(self, folder: Path) -> None:
        self.clock = SystemClock()
        self.clock.sleeper = asyncio.sleep
        self.paths = Paths.of(folder)
        self.paths.create()
        self.paths.database.write_bytes(empty_data_file())
        self.database = Database.open(self.paths.database, backups=self.paths.backups, clock=self.clock)
        self.network = SampleServer(folder / "network.jsonl", self.clock)
        self.secrets = Secrets()
        self.tasks = Tasks(self._trouble, self._trouble)
        settings = Settings(dict, lambda _name, _value: None)
        settings.change(Shop, zone="America/Mexico_City", name="Discos Aurora")
        settings.change(Sending, undo_seconds=0)
        cards = {name: self.network.card(card) for name, card in registry.by_id().items()}

        async def open_browser(_url: str) -> None:
            raise AssertionError("no browser is needed")

        def connect(card: Card, remote_id: str, access: Access) -> Connection:
            return self.network.connection(card, remote_id, access)

        self.services: Assembly = assemble(
            self.database,
            Surroundings(
                paths=self.paths,
                settings=settings,
                clock=self.clock,
                tasks=self.tasks,
                credentials=self.secrets,
                cards=cards,
                open_browser=open_browser,
                profile_id="test",
                undo=Undo(),
                connect=connect,
            ),
        )
        connections: Connections = self.services.connections
        connections._open_mailbox = lambda row, keeper, facts: open_mailbox(
            row, keeper, facts, self.clock, self.tasks.spawn
        )
        self.troubles: list[BaseException] = []

    def _trouble(self, error: BaseException) -> None:
        self.troubles.append(error)

    def stock(self, server: MailServer) -> int:
        """An account with a customer who wrote, the mailbox and the manager; answers the mailbox's account."""
        now = to_ms(self.clock.now())
        self.network.stock([ServedAccount(NETWORK, REMOTE_ID, "@aurora", "Discos Aurora", 100, 1.0, now)])
        customer = Speaker(NETWORK, "p1", "@ximena@musica.example", "Ximena\r\nBcc: all@elsewhere.test", "es", 120)
        said = Said(account_key(NETWORK, REMOTE_ID), "said-1", "mention", customer, "¿Y mi pedido?", now, "t1")
        self.network.say(NETWORK, REMOTE_ID, said)
        box = MailboxRow(
            2, USER, "localhost", "localhost", sender_name="Lucía, Aurora", user=USER,
            smtp_port=server.submission_port, smtp_security="starttls", imap_port=server.imap_port, imap_security="starttls",
        )  # fmt: skip

        def fill(session) -> None:  # type: ignore[no-untyped-def]
            accounts.add(session, NETWORK, "https://musica.example", "@aurora", REMOTE_ID, now, name="Discos Aurora")
            number = accounts.add(session, "email", "", USER, USER, now, name="Lucía", state=AccountState.READY)
            accounts.update_server(session, number, "{}", facts)
            session.flush()
            mailboxes.save(session, box._replace(account_id=number))
            session.add(
                Manager(name="Marta Ríos", role="Atención", email=MANAGER, topics='["order"]', languages='["es"]')
            )

        facts = facts_text(Facts(values={CERTIFICATE: server.certificate}))
        self.database.write_now(fill)
        self.secrets.kept["test.1"] = {}
        self.secrets.kept["test.2"] = {"password": PASSWORD}
        return 2

    async def ask(self, query):  # type: ignore[no-untyped-def]
        return await self.database.read(lambda connection: query(StoreQueries(connection, self.clock)))

    async def escalation(self, number: int) -> EscalationRow:
        detail = await self.ask(lambda queries: queries.conversation(number))
        row: EscalationRow = detail.escalations[-1]
        return row

    async def until(self, there, what: str, seconds: float = PATIENCE_SECONDS) -> float:  # type: ignore[no-untyped-def]
        """Waits for it; answers how long that took."""
        begin = time.monotonic()
        while not await there():
            assert time.monotonic() - begin < seconds, f"waited {seconds:.0f} s for {what}: {self.troubles}"
            await asyncio.sleep(0.05)
        return time.monotonic() - begin


def manager_reads(server: MailServer) -> EmailMessage | None:
    """What lies in the manager's mailbox; None while nothing does."""
    with imaplib.IMAP4("localhost", server.imap_port, timeout=20) as imap:
        imap.starttls(server.trusted)
        imap.login(MANAGER, PASSWORD)
        imap.select("INBOX")
        (found,) = imap.search(None, "ALL")[1]
        if not found:
            return None
        assert len(found.split()) == 1  # once
        ((_, content), *_) = imap.fetch(found.split()[0].decode(), "(RFC822)")[1]
    letter = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


def manager_answers(server: MailServer, question: EmailMessage) -> None:
    """As a mail program does: reference, quote and signature."""
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = f"Marta Ríos <{MANAGER}>", USER, f"Re: {question['Subject']}"
    answer["In-Reply-To"] = answer["References"] = str(question["Message-ID"])
    answer["Message-ID"] = "<answer-1@shop.test>"
    quote = "\n".join(f"> {line}" for line in question.get_content().splitlines())
    answer.set_content(
        f"{ANSWER}\n\nEl mié, 18 nov 2026 a las 10:01, Lucía escribió:\n{quote}\n\n-- \nMarta Ríos\nAtención\n"
    )
    with smtplib.SMTP("localhost", server.submission_port, timeout=20) as smtp:
        smtp.starttls(context=server.trusted)
        smtp.login(MANAGER, PASSWORD)
        smtp.send_message(answer)


async def test_the_round_trip(server: MailServer, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        box = desk.stock(server)
        await desk.services.sync.look_now()
        (row,) = await desk.ask(lambda queries: queries.conversations_by_id([1]))
        desk.tasks.spawn("publishing", desk.services.publishing.run(), owner=desk)
        desk.tasks.spawn("letters", desk.services.letters.run(), owner=desk)

        async def watched() -> bool:
            found = await desk.ask(lambda queries: queries.mailboxes())
            return found[0].last_uid is not None

        await desk.until(watched, "the mailbox to be read")
        now = desk.clock.now()
        draft = SheetDraft(manager_id=1, question=QUESTION, told=TOLD, remind_at=now.replace(year=now.year + 1))
        await desk.services.escalations.ask(Asking(row.id, draft, (TOLD,)), Goes.BOTH)

        async def out() -> bool:
            items = await desk.ask(lambda queries: queries.outbox(conversation_id=row.id, unfinished=False))
            return {item.state for item in items} == {DeliveryState.OUT}

        await desk.until(out, "both to leave")
        question: list[EmailMessage] = []

        async def arrived() -> bool:
            letter = await asyncio.to_thread(manager_reads, server)
            question.extend([letter] if letter is not None else [])
            return letter is not None

        await desk.until(arrived, "the question in the manager's mailbox")
        letter = question[0]
        assert letter.get_content().splitlines()[2] == QUESTION
        assert "[#" in letter["Subject"]
        assert letter["Bcc"] is None
        assert "\n" not in str(letter["Subject"])
        assert (await desk.escalation(row.id)).state is EscalationState.WAITING
        await asyncio.to_thread(manager_answers, server, letter)

        async def answered() -> bool:
            return (await desk.escalation(row.id)).state is EscalationState.ANSWERED

        took = await desk.until(answered, "the answer beside the conversation", WITHIN_SECONDS)
        assert took < WITHIN_SECONDS
        answer = (await desk.escalation(row.id)).answer
        assert answer is not None
        assert answer.text.strip() == ANSWER
        (back,) = await desk.ask(lambda queries: queries.conversations_by_id([row.id]))
        assert back.state is ConversationState.NEEDS_ANSWER
        await desk.services.escalations.use(answer.id, row.id)
        await desk.services.inbox.reply(row.id, [answer.text.strip()], Visibility.PUBLIC)

        async def replied() -> bool:
            return any(ANSWER in post.text for post in desk.network.published(NETWORK, REMOTE_ID))

        await desk.until(replied, "the reply at the network")
        manager_reads(server)  # still one letter
        assert box == 2
    finally:
        await desk.services.close()
    assert desk.troubles == []
