"""Mailboxes without a window: an address, where its servers are if they cannot be guessed, and the password from standard input."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from app.models.mailbox import MailboxRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.mailboxes import Mailboxes

SCHEMES = {
    "smtps": ("smtp", "tls", 465),
    "smtp": ("smtp", "starttls", 587),
    "imaps": ("imap", "tls", 993),
    "imap": ("imap", "starttls", 143),
}

WANTED = ("password", "refresh_token", "access_token")
"""One of them at least."""
KNOWN = (*WANTED, "client_id", "client_secret", "certificate")


async def add_mailbox(mailboxes: Mailboxes, address: str, servers: str, secret: str) -> int:
    """Sign in and keep it. `servers`: `smtps://host:465 imaps://host:993`, empty for the provider's own; `secret`: the password, or JSON
    with `password`, or `client_id`, `refresh_token` and perhaps `client_secret`, or `access_token`; and, for a server of one's own, its
    `certificate` (PEM).
    """
    values = _secret(secret)
    row = with_servers(mailboxes.proposal(address).row, servers)
    certificate = values.pop("certificate", "")
    if "password" in values:
        return await mailboxes.add(row, values["password"], certificate)
    return await mailboxes.add_with_tokens(row, values, certificate)


def with_servers(row: MailboxRow, servers: str) -> MailboxRow:
    """The row with the servers that were named; `smtp:` and `imap:` mean STARTTLS, with an `s` behind TLS from the first byte."""
    for word in servers.replace(",", " ").split():
        try:
            place = urlsplit(word)
            port, host = place.port, place.hostname
        except ValueError as error:
            raise UserMistake(message("cli.mail_server", text=word)) from error
        if place.scheme not in SCHEMES or not host:
            raise UserMistake(message("cli.mail_server", text=word))
        kind, security, usual = SCHEMES[place.scheme]
        if kind == "smtp":
            row = row._replace(smtp_host=host, smtp_port=port or usual, smtp_security=security)
        else:
            row = row._replace(imap_host=host, imap_port=port or usual, imap_security=security)
    return row


def _secret(text: str) -> dict[str, str]:
    stripped = text.strip()
    if not stripped.startswith("{"):
        return {"password": stripped}
    try:
        values = json.loads(stripped)
    except ValueError as error:
        raise UserMistake(message("cli.secret_not_json")) from error
    if not any(isinstance(values.get(name), str) and values[name].strip() for name in WANTED):
        raise UserMistake(message("cli.secret_not_json"))
    return {name: values[name].strip() for name in KNOWN if isinstance(values.get(name), str)}
