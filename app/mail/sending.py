"""Handing one letter to a server by SMTP, once. What failed before the final dot certainly was not sent; after it, without the server's
word, nobody knows: that is the one moment that raises `Unsure` (RFC 1047).

Keeps aiosmtplib to itself and sends the letter's text with its dot by its own hand, because that moment must be known exactly. No secret
gets into an error or a log, not even where a server repeats what it was shown.
"""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import aiosmtplib
from aiosmtplib.errors import SMTPResponseException

from app.mail import troubles
from app.mail.servers import Mailbox, Security, SignIn, ehlo_name, looking, trust
from app.runtime.errors import AppError, NetworkTrouble, Offline, Refused, Unsure
from app.runtime.words import message

DEFAULT_SIZE = 25_000_000
"""Bytes that a server is taken to accept where it does not say (RFC 1870 lets it keep silent)."""
CHUNK = 65_536
ROOM_NAP_SECONDS = 0.02
_DOT_AT_START = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds."""

    connecting: float = 30.0
    answer: float = 60.0
    taking: float = 300.0
    """For the text of a letter to leave; and for the word after the dot (RFC 5321, 4.5.3.2.6 asks for ten minutes, nobody needs them)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed over. `recipients` are envelope addresses, the blind copy among them; all were checked."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    utf8: bool = False
    """Whether an address needs SMTPUTF8."""


async def send(mailbox: Mailbox, secret: str, letter: Letter, now: datetime, patience: Patience | None = None) -> str:
    """Hand it over and answer the server's words. Raises `Unsure` when it may have been taken, anything else when it certainly was not."""
    wait = patience or Patience()
    smtp = await _signed_in(mailbox, secret, now, wait)
    try:
        await _envelope(smtp, mailbox, letter, now)
        words = await _content(smtp, mailbox, letter, now, wait)
        await _say_goodbye(smtp)
        return troubles.said(_blotted(words, secret))
    finally:
        _end(smtp)


async def try_login(mailbox: Mailbox, secret: str, now: datetime, patience: Patience | None = None) -> None:
    """Sign in and out again; raises why not. Nothing is sent."""
    smtp = await _signed_in(mailbox, secret, now, patience or Patience())
    try:
        await _say_goodbye(smtp)
    finally:
        _end(smtp)


async def certificate(mailbox: Mailbox, patience: Patience | None = None) -> bytes:
    """The server's certificate (DER), whoever vouches for it, to be shown to the user. Nothing but the greeting is said there."""
    wait = patience or Patience()
    smtp = _client(mailbox, wait)
    try:
        await _reach(smtp, mailbox, wait, unchecked=True)
        found = smtp.get_transport_info("ssl_object")
        return bytes(found.getpeercert(binary_form=True) or b"") if found is not None else b""
    finally:
        _end(smtp)


# ---- up to the letter: whatever goes wrong, nothing was sent


async def _signed_in(mailbox: Mailbox, secret: str, now: datetime, wait: Patience) -> aiosmtplib.SMTP:
    smtp = _client(mailbox, wait)
    try:
        await _reach(smtp, mailbox, wait)
        await _login(smtp, mailbox, secret, now)
    except BaseException:
        _end(smtp)
        raise
    return smtp


def _client(mailbox: Mailbox, wait: Patience) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=mailbox.smtp.host,
        port=mailbox.smtp.port,
        local_hostname=ehlo_name(mailbox),
        timeout=wait.answer,
        use_tls=False,
        start_tls=False,
    )


async def _reach(smtp: aiosmtplib.SMTP, mailbox: Mailbox, wait: Patience, *, unchecked: bool = False) -> None:
    """Connected, and the connection is private."""
    server = mailbox.smtp
    context = looking() if unchecked else trust(mailbox)
    try:
        at_once = server.security is Security.TLS
        await smtp.connect(use_tls=at_once, tls_context=context if at_once else None, timeout=wait.connecting)
        await smtp.ehlo()
        if not at_once:
            if not smtp.supports_extension("starttls"):
                raise troubles.no_starttls(server)
            await smtp.starttls(tls_context=context, server_hostname=server.host)
            await smtp.ehlo()
    except AppError:
        raise
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _before_login(mailbox, error) from error


async def _login(smtp: aiosmtplib.SMTP, mailbox: Mailbox, secret: str, now: datetime) -> None:
    ways = smtp.supported_auth_methods
    try:
        if mailbox.sign_in is SignIn.XOAUTH2:
            await smtp.auth_xoauth2(mailbox.login, secret)
        elif "plain" in ways:
            await smtp.auth_plain(mailbox.login, secret)
        elif "login" in ways:
            await smtp.auth_login(mailbox.login, secret)
        elif "cram-md5" in ways:
            await smtp.auth_crammd5(mailbox.login, secret)
        else:
            raise troubles.no_way_in(mailbox.smtp)
    except SMTPResponseException as error:
        # From the answer alone: the cause of the error may hold what was sent.
        raise troubles.login_refused(mailbox, mailbox.smtp, error.code, _blotted(error.message, secret), now) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _line_broke(mailbox, error) from None


async def _envelope(smtp: aiosmtplib.SMTP, mailbox: Mailbox, letter: Letter, now: datetime) -> None:
    size = len(letter.content)
    if smtp.supports_extension("size") or size > DEFAULT_SIZE:
        told = smtp.esmtp_extensions.get("size", "").strip()
        most = int(told) if told.isascii() and told.isdigit() and int(told) > 0 else DEFAULT_SIZE
        if size > most and (told != "0"):
            raise troubles.too_large(size, most)
    if letter.utf8 and not smtp.supports_extension("smtputf8"):
        raise Refused(message("mail.error.no_smtputf8", to=letter.recipients[0]))
    options = [f"SIZE={size}"] if smtp.supports_extension("size") else []
    if letter.utf8:
        options.append("SMTPUTF8")
    charset = "utf-8" if letter.utf8 else "ascii"
    to = letter.recipients[0]
    try:
        await smtp.mail(letter.sender, options=options, encoding=charset)
        await smtp.rcpt(to, encoding=charset)
        for copy in letter.recipients[1:]:
            await _copied(smtp, copy, charset)
    except SMTPResponseException as error:
        raise _refused(mailbox, error, to, now) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _line_broke(mailbox, error) from error


async def _copied(smtp: aiosmtplib.SMTP, address: str, charset: str) -> None:
    """The blind copy is evidence, not the errand: where the server does not take it, the letter goes without."""
    try:
        await smtp.rcpt(address, encoding=charset)
    except SMTPResponseException as error:
        if error.code == 421:
            raise


# ---- the letter, and the one moment after which nobody knows


async def _content(smtp: aiosmtplib.SMTP, mailbox: Mailbox, letter: Letter, now: datetime, wait: Patience) -> str:
    to = letter.recipients[0]
    try:
        started = await smtp.execute_command(b"DATA")
        if started.code != 354:
            raise SMTPResponseException(started.code, started.message)
        async with asyncio.timeout(wait.taking):
            await _pour(smtp, wire_form(letter.content))
    except SMTPResponseException as error:
        raise _refused(mailbox, error, to, now) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _line_broke(mailbox, error) from error
    protocol = smtp.protocol
    if protocol is None or not smtp.is_connected:
        raise _line_broke(mailbox, ConnectionResetError("cut before the dot"))
    try:
        protocol.write(b".\r\n")  # from here on the server may have it
        answered = await protocol.read_response(timeout=wait.taking)
    except SMTPResponseException as error:  # an answer that is none
        raise Unsure(message("mail.error.unsure"), technical=troubles.said(error.message)) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Unsure(message("mail.error.unsure"), technical=troubles.said(str(error))) from error
    if answered.code == 421 or not (200 <= answered.code < 300 or 400 <= answered.code < 600):
        raise Unsure(message("mail.error.unsure"), technical=f"{answered.code} {troubles.said(answered.message)}")
    if answered.code >= 300:
        raise _refused(mailbox, SMTPResponseException(answered.code, answered.message), to, now)
    return answered.message


async def _pour(smtp: aiosmtplib.SMTP, content: bytes) -> None:
    """All of it but the dot, and wait until it left: a line that broke on the way is noticed before the dot is sent."""
    protocol = smtp.protocol
    for begins in range(0, len(content), CHUNK):
        if protocol is None:
            raise ConnectionResetError("cut in the letter")
        protocol.write(content[begins : begins + CHUNK])
        await asyncio.sleep(0)
        transport = protocol.transport
        while _is_full(transport):  # noqa: ASYNC110  (asyncio tells nobody but its own streams when there is room)
            await asyncio.sleep(ROOM_NAP_SECONDS)
        if transport is None or transport.is_closing():
            raise ConnectionResetError("cut in the letter")


def _is_full(transport: asyncio.BaseTransport | None) -> bool:
    """Whether something has not left yet that still may."""
    if not isinstance(transport, asyncio.WriteTransport) or transport.is_closing():
        return False
    return transport.get_write_buffer_size() > 0


def wire_form(content: bytes) -> bytes:
    """With CRLF at each line's end, and a dot doubled where a line begins with one (RFC 5321, 4.5.2)."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    whole = lines if lines.endswith(b"\n") else lines + b"\n"
    return _DOT_AT_START.sub(b"..", whole).replace(b"\n", b"\r\n")


def _end(smtp: aiosmtplib.SMTP) -> None:
    """At once: closing politely would wait half a minute for a server that says nothing, with the socket still watched."""
    if isinstance(smtp.transport, asyncio.WriteTransport):
        smtp.transport.abort()
    smtp.close()


async def _say_goodbye(smtp: aiosmtplib.SMTP) -> None:
    try:
        await smtp.quit(timeout=5)
    except (aiosmtplib.SMTPException, OSError):
        return  # it had been settled before


# ---- what went wrong, in words


def _before_login(mailbox: Mailbox, error: Exception) -> AppError:
    if isinstance(error, SMTPResponseException):
        return Offline(
            message("mail.error.server_says", host=mailbox.smtp.host, said=troubles.said(error.message)),
            technical=f"{error.code} {troubles.said(error.message)}",
        )
    return _line_broke(mailbox, error)


def _line_broke(mailbox: Mailbox, error: Exception) -> AppError:
    for each in _chain(error):
        if isinstance(each, OSError) and not isinstance(each, aiosmtplib.SMTPException):
            return troubles.unreachable(mailbox.smtp, each)
    return troubles.unreachable(mailbox.smtp, ConnectionError(str(error)))


def _chain(error: BaseException | None) -> Iterable[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _refused(mailbox: Mailbox, error: SMTPResponseException, to: str, now: datetime) -> NetworkTrouble:
    if error.code < 200 or error.code == 421:  # what is no answer, or "closing": it certainly did not take it
        return Offline(message("mail.error.server_says", host=mailbox.smtp.host, said=troubles.said(error.message)))
    if error.code in (530, 534, 535):
        return troubles.login_refused(mailbox, mailbox.smtp, error.code, error.message, now)
    return troubles.refused(error.code, error.message, to, now)


def _blotted(text: str, secret: str) -> str:
    """A server's words without what it was shown."""
    shown = secret.encode()
    pieces = [secret, base64.b64encode(shown).decode(), base64.b64encode(shown).decode().rstrip("=")]
    for each in pieces:
        if len(each) > 3:
            text = text.replace(each, "…")
    return re.sub(r"[A-Za-z0-9+/=]{24,}", "…", text)
