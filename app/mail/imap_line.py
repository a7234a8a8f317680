"""A line to an IMAP server: encrypted and checked before anything is shown, signed in, and every failure in our own words.

Keeps imap-tools' way of connecting to itself. No secret gets into an error or a log.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from datetime import datetime

from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox

from app.mail import troubles
from app.mail.imap_answers import words
from app.mail.servers import Mailbox, Security, SignIn, looking
from app.runtime.errors import AppError, NetworkTrouble, Offline
from app.runtime.words import message

WAITED_SECONDS = 30.0
"""How long a server may be silent while it owes an answer."""
BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError, ValueError)
"""What the libraries raise where something is wrong."""


class Line(BaseMailBox):
    """imap-tools over our own certificates, and closed again where the beginning fails."""

    def __init__(self, mailbox: Mailbox, context: ssl.SSLContext, seconds: float) -> None:
        self._where = mailbox.imap
        self._context = context
        self._seconds = seconds
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        where = self._where
        if where.security is Security.TLS:
            return imaplib.IMAP4_SSL(where.host, where.port, ssl_context=self._context, timeout=self._seconds)
        client = imaplib.IMAP4(where.host, where.port, timeout=self._seconds)
        try:
            if "STARTTLS" not in client.capabilities:
                raise troubles.no_starttls(where)
            client.starttls(self._context)
        except BaseException:
            end(client)
            raise
        return client


def sign_in(client: imaplib.IMAP4, mailbox: Mailbox, secret: str, now: datetime) -> None:
    """Show the secret in the best way that the server offers."""
    server, ways = mailbox.imap, set(client.capabilities)
    try:
        if mailbox.sign_in is SignIn.XOAUTH2:
            shown = f"user={mailbox.login}\x01auth=Bearer {secret}\x01\x01".encode()
            answers = iter((shown,))
            client.authenticate(
                "XOAUTH2", lambda _challenge: next(answers, b"")
            )  # a challenge after it is the error: an empty line
        elif "AUTH=PLAIN" in ways:
            client.authenticate("PLAIN", lambda _challenge: b"\0" + mailbox.login.encode() + b"\0" + secret.encode())
        elif "LOGINDISABLED" not in ways:
            client.login(mailbox.login, secret)
        else:
            raise troubles.no_way_in(server)
    except imaplib.IMAP4.abort as error:
        raise troubles.unreachable(server, ConnectionError(troubles.said(words(error)))) from None
    except imaplib.IMAP4.error as error:
        raise troubles.login_refused(mailbox, server, 0, _blotted(words(error), secret), now) from None
    except UnicodeError:
        raise troubles.no_way_in(server) from None
    except OSError as error:
        raise troubles.unreachable(server, error) from None


def _blotted(text: str, secret: str) -> str:
    """A server's words without what it was shown, plain or encoded."""
    return re.sub(r"[A-Za-z0-9+/=]{24,}", "…", text.replace(secret, "…") if secret else text)


def certificate(mailbox: Mailbox) -> bytes:
    """The server's certificate (DER), whoever vouches for it, to be shown to the user. Nothing else is said there."""
    try:
        line = Line(mailbox, looking(), WAITED_SECONDS)
    except BROKEN as error:
        raise trouble(mailbox, error) from error
    try:
        held = line.client.sock
        return bytes(held.getpeercert(binary_form=True) or b"") if isinstance(held, ssl.SSLSocket) else b""
    finally:
        end(line.client)


def end(client: imaplib.IMAP4) -> None:
    """Close both the line and the file over it."""
    with contextlib.suppress(OSError, ValueError):
        client.shutdown()
    with contextlib.suppress(OSError, ValueError):
        client.sock.close()


def trouble(mailbox: Mailbox, error: Exception) -> AppError:
    if isinstance(error, OSError):
        return troubles.unreachable(mailbox.imap, error)
    said = words(error)
    if isinstance(error, imaplib.IMAP4.abort) or not said:
        return troubles.unreachable(mailbox.imap, ConnectionError(said))
    kind: NetworkTrouble = Offline(
        message("mail.error.server_says", host=mailbox.imap.host, said=troubles.said(said)),
        technical=troubles.said(said),
    )
    return kind
