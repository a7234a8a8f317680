"""What mail servers' refusals mean: reply codes, enhanced codes and texts on the tree of runtime/errors.py. Nothing here holds a secret.

Sources: RFC 5321 and 3463 for codes; the providers' own texts for daily limits and blocked passwords (545 and 550 of Gmail and Microsoft).
"""

from __future__ import annotations

import re
import socket
import ssl
from datetime import datetime, timedelta

from app.mail.servers import Mailbox, Server, SignIn
from app.runtime.errors import (
    AppError,
    Misconfiguration,
    Misconfigured,
    NetworkTrouble,
    Offline,
    RateLimited,
    Refused,
    SignedOut,
)
from app.runtime.words import Message, message

LONGEST_TEXT = 300
GREYLISTED = timedelta(minutes=15)
TOO_MANY_LOGINS = timedelta(hours=1)
DAILY_LIMIT = timedelta(hours=24)

_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_NO_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME), 11001})

_BAD_RECIPIENT = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")
_FULL = ("5.2.2", "4.2.2")
_TOO_LARGE = ("5.3.4", "5.2.3")
_DAILY = ("5.4.5", "5.4.6")
_SPAM = ("5.7.1", "5.7.26", "5.7.9", "5.7.25", "5.7.27")


def enhanced(text: str) -> str:
    """The enhanced status code (RFC 3463) in a server's answer; empty without one."""
    found = _ENHANCED.search(text)
    return found[1] if found else ""


def said(text: str) -> str:
    """A server's words as they may be shown: one line, no controls, not too long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= LONGEST_TEXT else line[:LONGEST_TEXT] + "…"


def unreachable(server: Server, error: OSError) -> AppError:
    """No connection came about, or it broke before anything was handed over."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Misconfigured(
            Misconfiguration.CERTIFICATE,
            server.host,
            message("mail.error.certificate", host=server.host),
            technical=said(error.verify_message),
        )
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Misconfigured(
            Misconfiguration.NOT_SUCH_A_SERVER,
            server.host,
            message("mail.error.no_tls_there", host=server.host, port=str(server.port)),
            technical=said(str(error)),
        )
    if isinstance(error, socket.gaierror) and error.errno in _NO_HOST:
        # Without a line no name is found either: it waits, and the sentence names both.
        return Offline(message("mail.error.no_such_host", host=server.host), technical=said(str(error)))
    return Offline(
        message("mail.error.unreachable", host=server.host, port=str(server.port)), technical=said(str(error))
    )


def no_starttls(server: Server) -> Misconfigured:
    """The server offers no encryption where it must: nothing is shown to it."""
    return Misconfigured(
        Misconfiguration.NOT_SUCH_A_SERVER,
        server.host,
        message("mail.error.no_starttls", host=server.host, port=str(server.port)),
    )


def login_refused(mailbox: Mailbox, server: Server, code: int, text: str, now: datetime) -> NetworkTrouble:
    """Why a server did not let us in. `code` 0 for IMAP, whose answers have none."""
    status, lower, technical = enhanced(text), text.lower(), f"{code} {said(text)}".strip()
    if "too many login" in lower or (code == 454 and status == "4.7.0"):
        return RateLimited(
            now + TOO_MANY_LOGINS, message("mail.error.too_many_logins", host=server.host), technical=technical
        )
    if 400 <= code < 500 or any(
        sign in lower for sign in ("[unavailable]", "[inuse]", "[limit]", "too many simultaneous")
    ):
        return RateLimited(
            now + GREYLISTED, message("mail.error.busy", host=server.host, said=said(text)), technical=technical
        )
    switched_off = status == "5.7.139" or "smtpclientauthentication is disabled" in lower
    if mailbox.sign_in is SignIn.XOAUTH2 and code != 530 and not switched_off:
        return SignedOut(message("mail.error.token_refused", host=server.host, user=mailbox.login), technical=technical)
    if status == "5.7.30" or "basic authentication is not supported" in lower or "basicauthblocked" in lower:
        return SignedOut(message("mail.error.passwords_blocked", host=server.host), technical=technical)
    if switched_off or status == "5.7.3":
        return SignedOut(message("mail.error.sending_switched_off", host=server.host), technical=technical)
    if code == 530 and "starttls" in lower:
        return no_starttls(server)
    if status == "5.7.9" or code == 534 or "application-specific password" in lower or "app password" in lower:
        return SignedOut(message("mail.error.app_password_needed", host=server.host), technical=technical)
    return SignedOut(message("mail.error.wrong_password", host=server.host, user=mailbox.login), technical=technical)


def no_way_in(server: Server) -> Misconfigured:
    """The server offers none of the ways of signing in that we know."""
    return Misconfigured(
        Misconfiguration.NOT_SUCH_A_SERVER, server.host, message("mail.error.no_sign_in", host=server.host)
    )


def too_large(bytes_: int, most: int) -> Refused:
    """The letter with all that hangs on it does not fit."""
    return Refused(message("mail.error.too_large", size=_megabytes(bytes_), most=_megabytes(most)))


def refused(code: int, text: str, to: str, now: datetime) -> NetworkTrouble:
    """Why a server did not take a letter. It certainly did not."""
    status, lower, technical = enhanced(text), text.lower(), f"{code} {said(text)}"
    if status in _DAILY or "daily user sending limit" in lower or "daily sending quota" in lower:
        return RateLimited(now + DAILY_LIMIT, message("mail.error.daily_limit"), technical=technical)
    if status == "4.7.0" and "too many login" in lower:
        return RateLimited(now + TOO_MANY_LOGINS, message("mail.error.too_many_logins_at_all"), technical=technical)
    if 400 <= code < 500:
        return RateLimited(now + GREYLISTED, message("mail.error.later", said=said(text)), technical=technical)
    return Refused(_reason(code, status, lower, text, to), technical=technical)


def _reason(code: int, status: str, lower: str, text: str, to: str) -> Message:
    if status == "5.7.30" or "basic authentication is not supported" in lower:
        return message("mail.error.passwords_blocked_there")
    if status in _FULL or "mailbox full" in lower or "over quota" in lower or "quota exceeded" in lower:
        return message("mail.error.full", to=to)
    if status in _TOO_LARGE or (code == 552 and not status):
        return message("mail.error.too_large_there")
    if status in _BAD_RECIPIENT or (code in (550, 551, 553) and not status):
        return message("mail.error.no_such_recipient", to=to, said=said(text))
    if status in _SPAM:
        return message("mail.error.looks_like_spam", said=said(text))
    return message("mail.error.refused", said=said(text))


def _megabytes(bytes_: int) -> str:
    return f"{bytes_ / 1_000_000:.1f}"
