"""E-mail against software that others wrote: Postfix and Dovecot. A letter goes out, its answer is read as it comes, a bounce is understood."""

from __future__ import annotations

import asyncio
import email
import email.policy
import imaplib
import smtplib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from email.message import EmailMessage

import pytest

from app.mail.composing import message_id
from app.mail.servers import Mailbox, Security, Server
from app.models.letter import Mail, ReadLetter
from app.networks.outgoing import Found, Outgoing, Sent
from app.runtime.clock import SystemClock
from app.runtime.errors import Misconfigured, Offline, SignedOut
from app.services.mailbox import MailConnection
from tests.fakes.keeper import FakeKeeper
from tests.system.mail_server import MANAGER, PASSWORD, USER, MailServer, mail_server
from tests.system.parts import wait_until

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as started:
        yield started


def test_nothing_is_accepted_before_tls(server: MailServer) -> None:
    with smtplib.SMTP("127.0.0.1", server.submission_port, timeout=20) as smtp:
        smtp.ehlo("test")
        assert smtp.has_extn("starttls")
        assert not smtp.has_extn("auth")
        assert smtp.mail("someone@elsewhere.test")[0] == 530
    with imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=20) as imap:
        assert "STARTTLS" in imap.capabilities


def test_a_message_is_delivered_and_read_back(server: MailServer) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = USER, USER, "¿Llegó? 你好"
    message.set_content("Sí, llegó.")
    with smtplib.SMTP("localhost", server.submission_port, timeout=20) as smtp:
        smtp.starttls(context=server.trusted)
        smtp.login(USER, PASSWORD)
        smtp.send_message(message)

    with imaplib.IMAP4("localhost", server.imap_port, timeout=20) as imap:
        imap.starttls(server.trusted)
        imap.login(USER, PASSWORD)

        def arrived() -> bytes | None:
            imap.select("INBOX")
            (found,) = imap.search(None, "ALL")[1]
            return found or None

        number = wait_until("the message in the mailbox", arrived).decode().split()[0]
        ((_, content), *_) = imap.fetch(number, "(RFC822)")[1]
    received = email.message_from_bytes(content, policy=email.policy.default)
    assert received["Subject"] == "¿Llegó? 你好"
    assert received.get_content().strip() == "Sí, llegó."


def test_mail_for_strangers_is_refused(server: MailServer) -> None:
    with smtplib.SMTP("localhost", server.submission_port, timeout=20) as smtp:
        smtp.starttls(context=server.trusted)
        smtp.login(USER, PASSWORD)
        smtp.mail(USER)
        assert smtp.rcpt("someone@elsewhere.test")[0] == 550
        assert smtp.rcpt(f"nobody@{USER.split('@')[1]}")[0] == 550

# ---- the program's own way out and back


def now() -> datetime:
    return SystemClock().now().replace(microsecond=0)


def part(key: str, to: str = MANAGER) -> Outgoing:
    letter = Mail(to, "¿Qué hacemos con el pedido?", to_name="Marta Ríos", token="abcdefghijkl")
    return Outgoing(key=f"{key}-0", text="¿Reembolsamos?\n.\n你好", begun=now(), mail=letter)


@asynccontextmanager
async def connection(server: MailServer, password: str = PASSWORD, *, trusted: bool = True) -> AsyncIterator[MailConnection]:
    mailbox = Mailbox(
        USER,
        Server("localhost", server.submission_port, Security.STARTTLS),
        Server("localhost", server.imap_port, Security.STARTTLS),
        sender_name="Lucía · Aurora",
        certificate=server.certificate if trusted else "",
    )
    made = MailConnection(mailbox, FakeKeeper({"password": password}), SystemClock(asyncio.sleep), lambda _name, work: work.close())
    try:
        yield made
    finally:
        await made.close()


async def where(mail: MailConnection) -> tuple[int, int]:
    """The place from which everything is news."""
    (page,) = [page async for page in mail.letters(None, None)]
    return page.uid_validity, page.last_uid


async def come(mail: MailConnection, place: tuple[int, int], wanted: str) -> ReadLetter:
    """The first letter that answers, or returns, what has this id; others are read past."""
    validity, last = place
    ends = time.monotonic() + 40
    while time.monotonic() < ends:
        async for page in mail.letters(validity, last):
            last = page.last_uid
            for letter in page.letters:
                if wanted in (letter.in_reply_to, letter.bounced_id):
                    return letter
        await mail.wait(5)
    raise AssertionError("nothing came")


def answer(server: MailServer, to_id: str, text: str) -> None:
    """As the manager's own program does."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Marta Ríos <{MANAGER}>", USER, "Re: ¿Qué hacemos? [#abcdefghijkl]"
    message["In-Reply-To"] = message["References"] = to_id
    message["Message-ID"] = f"<{time.monotonic_ns()}@{MANAGER.split('@')[1]}>"
    message.set_content(f"{text}\n\nEl dom, 22 nov 2026 a las 10:00, Lucía escribió:\n> ¿Reembolsamos?\n-- \nMarta\n")
    with smtplib.SMTP("localhost", server.submission_port, timeout=20) as smtp:
        smtp.starttls(context=server.trusted)
        smtp.login(MANAGER, PASSWORD)
        smtp.send_message(message)


async def test_a_letter_goes_out_and_the_answer_is_here_within_five_seconds(server: MailServer) -> None:
    async with connection(server) as mail:
        place = await where(mail)
        sent = await mail.publish(part("round"))
        assert sent.remote_id == message_id("round", USER)
        coming = asyncio.ensure_future(come(mail, place, sent.remote_id))  # noqa: TID251
        await asyncio.sleep(3)  # until it waits
        begins = time.monotonic()
        await asyncio.to_thread(answer, server, sent.remote_id, "Sí, todo.")
        letter = await asyncio.wait_for(coming, 40)
        assert time.monotonic() - begins < 5
        assert (letter.text, letter.from_address, letter.from_name) == ("Sí, todo.", MANAGER, "Marta Ríos")
        assert letter.chain == (sent.remote_id,)
        assert not letter.is_automatic


async def test_what_left_is_found_and_filed_once(server: MailServer) -> None:
    async with connection(server) as mail:
        since = now()
        with pytest.raises(Offline):  # not there yet is no proof
            await mail.find_mine(part("evidence"), since)
        sent = await mail.publish(part("evidence"))
        ends = time.monotonic() + 20
        found: Sent | Found = Found.CANNOT_TELL
        while time.monotonic() < ends and not isinstance(found, Sent):
            try:
                found = await mail.find_mine(part("evidence"), since)
            except Offline:
                await asyncio.sleep(0.3)
        assert isinstance(found, Sent)
        assert found.remote_id == sent.remote_id
        content = f"Message-ID: {sent.remote_id}\r\nSubject: x\r\n\r\nx\r\n".encode()
        assert await mail._reading.file_sent(sent.remote_id, content)
        assert not await mail._reading.file_sent(sent.remote_id, content)


async def test_a_letter_that_comes_back_names_itself(server: MailServer) -> None:
    async with connection(server) as mail:
        place = await where(mail)
        sent = await mail.publish(part("bounced", to="nadie@bounce.test"))
        letter = await come(mail, place, sent.remote_id)
        assert letter.is_bounce
        assert letter.is_hard
        assert letter.trouble


async def test_nothing_is_marked_as_read(server: MailServer) -> None:
    def seen() -> bytes:
        with imaplib.IMAP4("localhost", server.imap_port, timeout=20) as imap:
            imap.starttls(server.trusted)
            imap.login(USER, PASSWORD)
            imap.select("INBOX", readonly=True)
            return bytes(imap.search(None, "SEEN")[1][0] or b"")

    before = await asyncio.to_thread(seen)
    async with connection(server) as mail:
        place = await where(mail)
        sent = await mail.publish(part("unread"))
        await asyncio.to_thread(answer, server, sent.remote_id, "Sí")
        await come(mail, place, sent.remote_id)
    assert await asyncio.to_thread(seen) == before


async def test_a_wrong_password_is_told_by_both_servers(server: MailServer) -> None:
    async with connection(server, "wrong") as mail:
        with pytest.raises(SignedOut):
            await mail.publish(part("wrong"))
        with pytest.raises(SignedOut):
            await where(mail)


async def test_a_certificate_that_nobody_vouches_for_stops_both(server: MailServer) -> None:
    async with connection(server, trusted=False) as mail:
        with pytest.raises(Offline) as raised:  # it waits: the line may be to blame
            await mail.publish(part("untrusted"))
        assert raised.value.message.id == "mail.error.certificate"
        with pytest.raises(Misconfigured):
            await where(mail)
