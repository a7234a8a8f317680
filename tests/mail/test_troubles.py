"""Codes and texts of mail servers on the tree of errors: the parts that need no server."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime

from app.mail import troubles
from app.mail.servers import Mailbox, Server, SignIn
from app.runtime.errors import Misconfigured, Offline, RateLimited, SignedOut

SERVER = Server("imap.aurora.example", 993)
BOX = Mailbox("lucia@aurora.example", SERVER, SERVER)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_enhanced_codes_are_found() -> None:
    assert troubles.enhanced("550-5.1.1 no such user") == "5.1.1"
    assert troubles.enhanced("4.2.2 full") == "4.2.2"
    assert troubles.enhanced("version 15.20.30.1 is not 7.1.1") == ""


def test_words_of_servers_are_shown_on_one_line() -> None:
    assert troubles.said("a\r\nb\0c") == "a b c"
    assert len(troubles.said("x" * 1000)) <= troubles.LONGEST_TEXT + 1


def test_what_stops_a_connection() -> None:
    assert isinstance(troubles.unreachable(SERVER, ConnectionRefusedError()), Offline)
    assert troubles.unreachable(SERVER, socket.gaierror(socket.EAI_NONAME, "x")).message.id == "mail.error.no_such_host"
    assert isinstance(troubles.unreachable(SERVER, ssl.SSLError(1, "wrong version number")), Misconfigured)
    assert isinstance(troubles.unreachable(SERVER, ssl.SSLEOFError(8, "EOF")), Offline)
    verify = ssl.SSLCertVerificationError(1, "x")
    verify.verify_message = "self-signed certificate"
    assert troubles.unreachable(SERVER, verify).message.id == "mail.error.certificate"


def test_imap_refusals_of_the_password() -> None:
    assert isinstance(
        troubles.login_refused(BOX, SERVER, 0, "[AUTHENTICATIONFAILED] Invalid credentials", NOW), SignedOut
    )
    assert (
        troubles.login_refused(BOX, SERVER, 0, "Application-specific password required", NOW).message.id
        == "mail.error.app_password_needed"
    )
    assert isinstance(troubles.login_refused(BOX, SERVER, 0, "[UNAVAILABLE] later", NOW), RateLimited)


def test_refusals_of_a_token_do_not_speak_of_a_password() -> None:
    box = replace(BOX, sign_in=SignIn.XOAUTH2)
    for code, text in (
        (535, "5.7.8 Username and Password not accepted"),
        (535, "5.7.3 Authentication unsuccessful"),
        (0, "[AUTHENTICATIONFAILED] Invalid credentials (Failure)"),
    ):
        found = troubles.login_refused(box, SERVER, code, text, NOW)
        assert isinstance(found, SignedOut)
        assert found.message.id == "mail.error.token_refused"
    disabled = "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled"
    assert troubles.login_refused(box, SERVER, 535, disabled, NOW).message.id == "mail.error.sending_switched_off"
    assert isinstance(troubles.login_refused(box, SERVER, 454, "4.7.0 Too many login attempts", NOW), RateLimited)
