"""The mail server that the tests of e-mail run against stands up and does what they count on: TLS first, delivery, reading.

The program itself reads and sends no mail yet; its own tests join this file with app/mail.
"""

from __future__ import annotations

import email
import email.policy
import imaplib
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.system.mail_server import PASSWORD, USER, MailServer, mail_server
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
