"""Known providers get their own servers, others the usual names; certificates are always checked."""

from __future__ import annotations

import ssl

import pytest

from app.mail.servers import PROVIDERS, Mailbox, Security, Server, ehlo_name, proposed, provider_of, trust
from tests.fakes.mail_server import pem


@pytest.mark.parametrize(
    ("address", "smtp", "imap"),
    [
        ("x@gmail.com", "smtp.gmail.com", "imap.gmail.com"),
        ("x@outlook.com", "smtp-mail.outlook.com", "outlook.office365.com"),
        ("x@aurora.onmicrosoft.com", "smtp.office365.com", "outlook.office365.com"),
        ("x@icloud.com", "smtp.mail.me.com", "imap.mail.me.com"),
        ("x@yahoo.com.mx", "smtp.mail.yahoo.com", "imap.mail.yahoo.com"),
        ("x@fastmail.com", "smtp.fastmail.com", "imap.fastmail.com"),
        ("x@zoho.com", "smtp.zoho.com", "imap.zoho.com"),
        ("x@proton.me", "127.0.0.1", "127.0.0.1"),
        ("x@Aurora.example", "smtp.aurora.example", "imap.aurora.example"),
    ],
)
def test_servers_are_proposed_by_the_address(address: str, smtp: str, imap: str) -> None:
    found = proposed(address)
    assert (found.smtp.host, found.imap.host) == (smtp, imap)


def test_every_provider_is_private_on_a_port_for_programs() -> None:
    for provider in PROVIDERS:
        assert provider.smtp.port in (465, 587, 1025)
        assert (provider.smtp.security is Security.TLS) == (provider.smtp.port == 465)
        assert provider.imap.port in (993, 1143)


def test_a_shop_s_own_domain_may_be_served_by_a_known_provider() -> None:
    box = Mailbox("hola@aurora.example", Server("smtp.gmail.com", 465), Server("imap.gmail.com", 993))
    found = provider_of(box)
    assert found is not None
    assert found.id == "gmail"
    assert provider_of(Mailbox("x@aurora.example", Server("127.0.0.1", 1), Server("127.0.0.1", 2))) is None


def test_certificate_and_name_are_always_checked() -> None:
    box = proposed("x@aurora.example")
    usual = trust(box)
    assert usual.verify_mode is ssl.CERT_REQUIRED
    assert usual.check_hostname
    pinned = trust(Mailbox(box.address, box.smtp, box.imap, certificate=pem()))
    assert pinned.verify_mode is ssl.CERT_REQUIRED
    assert len(pinned.get_ca_certs()) == 1
    assert pinned.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_the_greeting_says_nothing_of_this_computer() -> None:
    assert ehlo_name(proposed("x@aurora.example")) == "aurora.example"
    assert ehlo_name(proposed("x@peña.example")).isascii()
