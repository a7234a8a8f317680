"""Where a mailbox sends and reads: its settings, what the known providers want, and how their certificates are checked."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import truststore


class Security(StrEnum):
    """How a connection is kept private; there is no other."""

    TLS = "tls"
    """From the first byte (RFC 8314)."""
    STARTTLS = "starttls"
    """Plain for a moment; refused where the server does not offer it."""


class SignIn(StrEnum):
    """What the servers are shown."""

    PASSWORD = "password"  # noqa: S105 (the name of a way, not a secret)
    XOAUTH2 = "xoauth2"
    """A bearer token (developers.google.com/workspace/gmail/imap/xoauth2-protocol)."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server of a mailbox."""

    host: str
    port: int
    security: Security = Security.TLS


@dataclass(frozen=True, slots=True)
class Mailbox:
    """All that is needed to send from a mailbox and to read it, but for the secret."""

    address: str
    smtp: Server
    imap: Server
    user: str = ""
    """Empty: the address."""
    sender_name: str = ""
    sign_in: SignIn = SignIn.PASSWORD
    copy_to_self: bool = True
    folder: str = "INBOX"
    sent_folder: str = ""
    certificate: str = ""
    """PEM of the one certificate that is trusted for it, where the user said so; empty: those that the system trusts."""

    @property
    def login(self) -> str:
        """What the servers know the user by."""
        return self.user or self.address

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()


class Provider(NamedTuple):
    """What a known provider wants. Facts: the providers' own help pages, as collected with the project's notes on e-mail."""

    id: str
    name: str
    domains: tuple[str, ...]
    smtp: Server
    imap: Server
    keeps_sent: bool = False
    """It puts what is sent by SMTP into Sent by itself."""
    plus: bool = False
    """`me+anything@` reaches `me@`."""
    page: str = ""
    """Where an app password is made."""
    search_by_message: bool = False
    """Gmail's own search, for its search by header is partial."""


_TLS, _STARTTLS = Security.TLS, Security.STARTTLS

PROVIDERS: tuple[Provider, ...] = (
    Provider(
        "gmail",
        "Gmail",
        ("gmail.com", "googlemail.com"),
        Server("smtp.gmail.com", 465),
        Server("imap.gmail.com", 993),
        keeps_sent=True,
        plus=True,
        page="https://myaccount.google.com/apppasswords",
        search_by_message=True,
    ),
    Provider(
        "outlook",
        "Outlook.com",
        ("outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.es", "hotmail.es", "hotmail.fr", "live.com.mx"),
        Server("smtp-mail.outlook.com", 587, _STARTTLS),
        Server("outlook.office365.com", 993),
        keeps_sent=True,
        plus=True,
        page="https://account.live.com/proofs/AppPassword",
    ),
    Provider(
        "microsoft365",
        "Microsoft 365",
        ("onmicrosoft.com",),
        Server("smtp.office365.com", 587, _STARTTLS),
        Server("outlook.office365.com", 993),
        keeps_sent=True,
        plus=True,
    ),
    Provider(
        "icloud",
        "iCloud",
        ("icloud.com", "me.com", "mac.com"),
        Server("smtp.mail.me.com", 587, _STARTTLS),
        Server("imap.mail.me.com", 993),
        plus=True,
        page="https://account.apple.com/account/manage",
    ),
    Provider(
        "yahoo",
        "Yahoo",
        ("yahoo.com", "yahoo.es", "yahoo.com.mx", "yahoo.fr", "ymail.com", "rocketmail.com"),
        Server("smtp.mail.yahoo.com", 465),
        Server("imap.mail.yahoo.com", 993),
        page="https://login.yahoo.com/account/security",
    ),
    Provider(
        "fastmail",
        "Fastmail",
        ("fastmail.com", "fastmail.fm"),
        Server("smtp.fastmail.com", 465),
        Server("imap.fastmail.com", 993),
        plus=True,
        page="https://app.fastmail.com/settings/security/apps",
    ),
    Provider(
        "zoho",
        "Zoho",
        ("zoho.com", "zohomail.com"),
        Server("smtp.zoho.com", 465),
        Server("imap.zoho.com", 993),
        page="https://accounts.zoho.com/home#security/app_password",
    ),
    Provider(
        "proton",
        "Proton Bridge",
        ("proton.me", "protonmail.com", "pm.me"),
        Server("127.0.0.1", 1025, _STARTTLS),
        Server("127.0.0.1", 1143, _STARTTLS),
        keeps_sent=True,
        plus=True,
        page="https://proton.me/mail/bridge",
    ),
)


def provider_of_domain(domain: str) -> Provider | None:
    """Who serves addresses of a domain, where that shows in its name."""
    wanted = domain.lower()
    return next(
        (each for each in PROVIDERS if any(wanted == known or wanted.endswith(f".{known}") for known in each.domains)),
        None,
    )


def provider_of(mailbox: Mailbox) -> Provider | None:
    """Who serves a mailbox, by its servers: a shop's own domain may be served by a known provider."""
    host = mailbox.smtp.host.lower()
    if mailbox.smtp.host in ("127.0.0.1", "localhost"):
        return provider_of_domain(mailbox.domain)
    return next((each for each in PROVIDERS if each.smtp.host == host), None)


def proposed(address: str) -> Mailbox:
    """Servers for an address: the provider's, else the names that most hosts use."""
    domain = address.rpartition("@")[2].lower()
    provider = provider_of_domain(domain)
    if provider is not None:
        return Mailbox(address, provider.smtp, provider.imap)
    return Mailbox(address, Server(f"smtp.{domain}", 465), Server(f"imap.{domain}", 993))


def trust(mailbox: Mailbox) -> ssl.SSLContext:
    """Certificate and host name are always checked; or, where the user compared and trusts one certificate, it must be exactly that."""
    if not mailbox.certificate:
        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False  # it is told by its very bytes, whatever name it bears
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(cadata=mailbox.certificate)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def looking() -> ssl.SSLContext:
    """For reading a server's certificate in order to show it to the user; nothing else is ever said over such a connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def ehlo_name(mailbox: Mailbox) -> str:
    """What we call ourselves: the sender's domain says nothing of this computer (RFC 5321, 4.1.3 allows what cannot be resolved)."""
    domain = mailbox.domain.encode("idna").decode("ascii") if not mailbox.domain.isascii() else mailbox.domain
    return domain or "[127.0.0.1]"
