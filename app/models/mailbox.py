"""A mailbox as plain data: where an account of the network `email` sends and reads, and how far it was read."""

from __future__ import annotations

from typing import NamedTuple

from app.runtime.words import Message

EMAIL = "email"
"""The network's id. Its accounts are mailboxes: nothing is published there, and no list of targets for posts offers them."""


class MailboxRow(NamedTuple):
    """One mailbox. The secret is in the keyring."""

    account_id: int
    address: str
    smtp_host: str
    imap_host: str
    sender_name: str = ""
    user: str = ""
    """What the servers know the user by; empty: the address."""
    sign_in: str = "password"
    """`password` or `xoauth2`."""
    smtp_port: int = 465
    smtp_security: str = "tls"
    """`tls` (from the first byte) or `starttls`."""
    imap_port: int = 993
    imap_security: str = "tls"
    copy_to_self: bool = True
    folder: str = "INBOX"
    sent_folder: str = ""
    """As the server names it; empty until it was asked."""
    uid_validity: int | None = None
    last_uid: int | None = None
    resyncs: int = 0
    """How often the server gave all letters other numbers."""
    handle: str = ""
    state: str = "ready"
    """The account's (models/account.py)."""


class BrowserWay(NamedTuple):
    """Signing in through the browser, with an app that the user registered at a provider."""

    id: str
    name: str
    """The provider's, as it calls itself."""
    row: MailboxRow
    """The address with the provider's servers."""
    wants_secret: bool = False
    """Whether the app's secret is wanted besides its id."""
    page: str = ""
    """Where on the provider's own pages the app is registered."""
    is_usual: bool = False
    """The provider hardly takes passwords of programs any more."""
    hosts: tuple[str, ...] = ()
    """All servers at which it is good."""


class OwnApp(NamedTuple):
    """The app with which a browser signs in. Empty id and secret: as before."""

    provider: str
    """`BrowserWay.id`."""
    client_id: str = ""
    client_secret: str = ""


class Proposal(NamedTuple):
    """What is proposed for an address: its servers, and how to get the password that they take."""

    row: MailboxRow
    provider: str = ""
    """Name of the provider, as it calls itself; empty where the servers are guessed."""
    advice: Message | None = None
    """How to get the password."""
    page: str = ""
    """Where on the provider's own pages that is done."""
    ways: tuple[BrowserWay, ...] = ()
    """Those that the address may have; of a domain of one's own nobody knows by whom it is served."""


class Tried(NamedTuple):
    """What trying both servers with the password found."""

    sends: Message | None = None
    """Why nothing can be sent; None where it can."""
    reads: Message | None = None
    """Why nothing can be read."""
    certificate: str = ""
    """PEM of a certificate that nobody vouches for, which the user may trust after comparing; empty otherwise."""
    fingerprint: str = ""
    """SHA-256 of it, in pairs."""

    @property
    def works(self) -> bool:
        return self.sends is None and self.reads is None
