"""A letter leaves once: whatever breaks before the dot was certainly not sent, and after it nobody knows; each refusal has its own sentence."""

from __future__ import annotations

import base64
import gc
import logging
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.mail.sending import Letter, Patience, certificate, send, try_login, wire_form
from app.mail.servers import Mailbox, SignIn
from app.runtime.errors import Misconfigured, NetworkTrouble, Offline, RateLimited, Refused, SignedOut, Unsure
from tests.fakes.mail_server import PASSWORD, USER, pem
from tests.mail.conftest import Started

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TO = "marta@tienda.example"
LETTER = Letter(USER, (TO, USER), b"From: x\r\nSubject: y\r\n\r\nHola\r\n.\r\n..dos\r\nfin\r\n")
QUICK = Patience(connecting=0.4, answer=0.4, taking=0.4)
At = Callable[..., Mailbox]


@pytest.mark.parametrize("starttls", [False, True])
async def test_a_letter_goes_out_by_either_security(started: Started, mailbox_at: At, starttls: bool) -> None:
    async with started() as server:
        said = await send(mailbox_at(server, starttls=starttls), PASSWORD, LETTER, NOW)
        assert "queued" in said
        (taken,) = server.accepted
        assert taken.sender == USER
        assert taken.recipients == (TO, USER)
        assert taken.content == LETTER.content
        assert len(server.folders["INBOX"].letters) == 1  # the blind copy


async def test_the_greeting_names_the_domain_and_not_this_computer(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        await send(mailbox_at(server), PASSWORD, LETTER, NOW)
        assert set(server.ehlo_names) == {"aurora.example"}


@pytest.mark.parametrize("starttls", [False, True])
@pytest.mark.parametrize("step", ["banner", "ehlo", "starttls", "tls", "auth", "mail", "rcpt", "data"])
async def test_a_cut_before_the_letter_is_certainly_not_sent(
    started: Started, mailbox_at: At, step: str, starttls: bool
) -> None:
    async with started() as server:
        server.cut_at = step
        if step in ("starttls", "tls") and not starttls:
            return
        with pytest.raises(Offline) as raised:
            await send(mailbox_at(server, starttls=starttls), PASSWORD, LETTER, NOW, QUICK)
        assert not isinstance(raised.value, Unsure)
        assert raised.value.message.id == "mail.error.unreachable"
        assert server.accepted == []


async def test_a_cut_within_the_letter_is_certainly_not_sent(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        server.cut_at = "body"
        large = replace(LETTER, content=b"Subject: y\r\n\r\n" + b"x" * 76 * 300_000)
        server.offers = []  # tells no size
        with pytest.raises(Offline):
            await send(mailbox_at(server), PASSWORD, large, NOW, Patience())
        assert server.accepted == []


@pytest.mark.parametrize("kept", [True, False])
async def test_a_cut_after_the_dot_leaves_it_open(started: Started, mailbox_at: At, kept: bool) -> None:
    async with started() as server:
        server.cut_at, server.keeps_cut_letter = "dot", kept
        with pytest.raises(Unsure):
            await send(mailbox_at(server), PASSWORD, LETTER, NOW)
        assert len(server.accepted) == kept


@pytest.mark.parametrize(
    ("step", "kind"), [("banner", Offline), ("ehlo", Offline), ("auth", Offline), ("data", Offline), ("dot", Unsure)]
)
async def test_silence_is_told_apart_in_the_same_way(
    started: Started, mailbox_at: At, step: str, kind: type[NetworkTrouble]
) -> None:
    async with started() as server:
        server.hang_at = step
        with pytest.raises(kind):
            await send(mailbox_at(server), PASSWORD, LETTER, NOW, QUICK)


@pytest.mark.parametrize("answer", [b"421 4.3.2 closing", b"hello?", b"354 go on"])
async def test_after_the_dot_a_word_that_is_no_answer_leaves_it_open(
    started: Started, mailbox_at: At, answer: bytes
) -> None:
    async with started() as server:
        server.replies["dot"] = answer
        with pytest.raises(Unsure):
            await send(mailbox_at(server), PASSWORD, LETTER, NOW, QUICK)


async def test_a_server_that_is_gone_is_waited_for(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        mailbox = mailbox_at(server)
    with pytest.raises(Offline):
        await send(mailbox, PASSWORD, LETTER, NOW, QUICK)


async def test_without_starttls_no_password_is_shown(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        server.offers_starttls = False
        with pytest.raises(Misconfigured) as raised:
            await send(mailbox_at(server, starttls=True), PASSWORD, LETTER, NOW)
        assert raised.value.message.id == "mail.error.no_starttls"
        assert not any(line.startswith(("AUTH", "MAIL")) for line in server.smtp_lines)


@pytest.mark.parametrize("starttls", [False, True])
async def test_a_certificate_that_nobody_vouches_for_is_shown_nothing(
    started: Started, mailbox_at: At, starttls: bool
) -> None:
    async with started() as server:
        with pytest.raises(Misconfigured) as raised:
            await send(mailbox_at(server, starttls=starttls, trusted=False), PASSWORD, LETTER, NOW)
        assert raised.value.message.id == "mail.error.certificate"
        assert not any(line.startswith(("AUTH", "MAIL")) for line in server.smtp_lines)


@pytest.mark.parametrize("starttls", [False, True])
async def test_the_certificate_can_be_looked_at_before_it_is_trusted(
    started: Started, mailbox_at: At, starttls: bool
) -> None:
    async with started() as server:
        assert ssl.DER_cert_to_PEM_cert(
            await certificate(mailbox_at(server, starttls=starttls, trusted=False))
        ) == ssl.DER_cert_to_PEM_cert(ssl.PEM_cert_to_DER_cert(pem()))


REFUSALS = [
    ("auth", b"535 5.7.8 Username and Password not accepted", SignedOut, "mail.error.wrong_password"),
    ("auth", b"534 5.7.9 Application-specific password required", SignedOut, "mail.error.app_password_needed"),
    (
        "auth",
        b"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled",
        SignedOut,
        "mail.error.sending_switched_off",
    ),
    ("auth", b"535 5.7.3 Authentication unsuccessful", SignedOut, "mail.error.sending_switched_off"),
    (
        "auth",
        b"550 5.7.30 Basic authentication is not supported for Client Submission.",
        SignedOut,
        "mail.error.passwords_blocked",
    ),
    ("auth", b"454 4.7.0 Too many login attempts, please try again later.", RateLimited, "mail.error.too_many_logins"),
    ("auth", b"421 4.7.0 Try again later", RateLimited, "mail.error.busy"),
    ("mail", b"452 4.3.1 Insufficient system storage", RateLimited, "mail.error.later"),
    ("mail", b"550 5.4.5 Daily user sending limit exceeded", RateLimited, "mail.error.daily_limit"),
    ("mail", b"552 5.3.4 Message size exceeds fixed limit", None, "mail.error.too_large_there"),
    ("rcpt", b"550 5.1.1 User unknown", None, "mail.error.no_such_recipient"),
    ("rcpt", b"550 No such user here", None, "mail.error.no_such_recipient"),
    ("rcpt", b"452 4.2.2 Mailbox full", RateLimited, "mail.error.later"),
    ("rcpt", b"552 5.2.2 Mailbox full", None, "mail.error.full"),
    ("rcpt", b"450 4.7.1 Greylisted, try again", RateLimited, "mail.error.later"),
    ("data", b"554 5.5.1 No valid recipients", None, "mail.error.refused"),
    ("dot", b"554 5.7.1 Message looks like spam", None, "mail.error.looks_like_spam"),
    ("dot", b"550 5.7.26 Unauthenticated mail", None, "mail.error.looks_like_spam"),
    ("dot", b"451 4.3.0 try later", RateLimited, "mail.error.later"),
]


@pytest.mark.parametrize(
    ("step", "answer", "kind", "sentence"), REFUSALS, ids=lambda value: value if isinstance(value, str) else None
)
async def test_a_refusal_says_what_is_wrong(
    started: Started, mailbox_at: At, step: str, answer: bytes, kind: type[NetworkTrouble] | None, sentence: str
) -> None:
    async with started() as server:
        server.replies[step] = answer
        with pytest.raises(kind or Refused) as raised:
            await send(mailbox_at(server), PASSWORD, LETTER, NOW)
        trouble = raised.value
        assert (trouble.reason.id if isinstance(trouble, Refused) else trouble.message.id) == sentence
        assert server.accepted == []


async def test_limits_wait_as_long_as_they_last(started: Started, mailbox_at: At) -> None:
    waits = {b"550 5.4.5 Daily user sending limit exceeded": 24.0, b"450 4.7.1 Greylisted": 0.25}
    async with started() as server:
        for answer, hours in waits.items():
            server.replies["mail"] = answer
            with pytest.raises(RateLimited) as raised:
                await send(mailbox_at(server), PASSWORD, LETTER, NOW)
            assert raised.value.until == NOW + timedelta(hours=hours)


async def test_a_letter_that_is_too_large_is_not_even_begun(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        server.offers = [b"SIZE 1000"]
        with pytest.raises(Refused) as raised:
            await send(mailbox_at(server), PASSWORD, replace(LETTER, content=b"x" * 2000), NOW)
        assert raised.value.reason.id == "mail.error.too_large"
        assert not any(line.startswith("MAIL") for line in server.smtp_lines)


async def test_a_refused_blind_copy_does_not_hold_the_letter_up(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        server.replies["copy"] = b"550 5.1.1 not here"
        await send(mailbox_at(server), PASSWORD, LETTER, NOW)
        assert server.accepted[0].recipients == (TO,)


async def test_an_address_beyond_ascii_needs_a_server_that_takes_it(started: Started, mailbox_at: At) -> None:
    letter = Letter(USER, ("josé@tienda.example",), LETTER.content, utf8=True)
    async with started() as server:
        with pytest.raises(Refused) as raised:
            await send(mailbox_at(server), PASSWORD, letter, NOW)
        assert raised.value.reason.id == "mail.error.no_smtputf8"
        server.offers.append(b"SMTPUTF8")
        await send(mailbox_at(server), PASSWORD, letter, NOW)
        assert server.accepted[0].recipients == ("josé@tienda.example",)


async def test_trying_to_sign_in_sends_nothing(started: Started, mailbox_at: At) -> None:
    async with started() as server:
        await try_login(mailbox_at(server), PASSWORD, NOW)
        with pytest.raises(SignedOut):
            await try_login(mailbox_at(server), "wrong", NOW)
        assert not any(line.startswith("MAIL") for line in server.smtp_lines)


async def test_no_secret_gets_into_an_error_or_the_log(
    started: Started, mailbox_at: At, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    async with started() as server:
        server.replies["auth"] = f"535 5.7.8 I do not know {PASSWORD} {shown}".encode()
        with pytest.raises(SignedOut) as raised:
            await send(mailbox_at(server), PASSWORD, LETTER, NOW)
        told = f"{raised.value} {raised.value.message.values} {raised.value.technical} {raised.value.__cause__!r}"
        assert PASSWORD not in told
        assert shown not in told
        assert PASSWORD not in caplog.text
        assert shown not in caplog.text


def test_dots_at_the_start_of_lines_are_doubled() -> None:
    assert wire_form(b"a\n.\r\n..b") == b"a\r\n..\r\n...b\r\n"


@pytest.fixture
def swept() -> Iterator[None]:
    """What Qt's loop leaves behind is cleared away here: a thread of a later test must not be the one that does it."""
    yield
    gc.collect()


async def test_it_works_in_the_window_s_loop_as_well(
    qapp: object, swept: None, started: Started, mailbox_at: At
) -> None:
    async with started() as server:
        await send(mailbox_at(server, starttls=True), PASSWORD, LETTER, NOW)
        assert len(server.accepted) == 1


async def test_a_token_lets_in_and_a_refused_one_is_said_to_nobody(
    started: Started, mailbox_at: At, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with started() as server:
        mailbox = replace(mailbox_at(server), sign_in=SignIn.XOAUTH2)
        server.tokens[USER] = "made-up-token"
        await try_login(mailbox, "made-up-token", NOW)
        with pytest.raises(SignedOut) as raised:
            await try_login(mailbox, "an-old-token-of-some-length", NOW)
        assert raised.value.message.id == "mail.error.token_refused"
        for said in (str(raised.value), caplog.text):
            assert "an-old-token" not in said
            assert "made-up-token" not in said
