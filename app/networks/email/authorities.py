"""Who hands out access to mailboxes in the browser: addresses, scopes and what each of them wants. Facts only.

Sources: developers.google.com/identity/protocols/oauth2/native-app and .../workspace/gmail/imap/xoauth2-protocol;
learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Authority:
    """One of them. The user brings an app (client) that is registered there."""

    id: str
    name: str
    authorize: str
    """The page that the browser shows."""
    server: str
    """Where tokens are exchanged, with the paths below."""
    token_path: str
    scope: str
    hosts: tuple[str, ...]
    """The mail servers that its tokens are for; nobody else is ever shown one."""
    page: str
    """Where the user registers the app."""
    name_of_this_computer: str = "127.0.0.1"
    """In the address that the browser comes back to. Either takes any port; Microsoft registers `http://localhost` alone."""
    further: tuple[tuple[str, str], ...] = ()
    """What its page is asked besides."""
    wants_secret: bool = False
    """Whether desktop apps have a secret there, which is wanted with every exchange."""
    revoke_path: str = ""
    takes_passwords: bool = False
    """Whether its mail servers still let programs in with an app password (Microsoft reads none since 2022)."""


GOOGLE = Authority(
    "google",
    "Google",
    "https://accounts.google.com/o/oauth2/v2/auth",
    "https://oauth2.googleapis.com",
    "/token",
    "https://mail.google.com/",
    ("smtp.gmail.com", "imap.gmail.com"),
    "https://console.cloud.google.com/auth/clients",
    # Without both, a second sign-in brings no refresh token.
    further=(("access_type", "offline"), ("prompt", "consent")),
    wants_secret=True,
    revoke_path="/revoke",
    takes_passwords=True,
)
MICROSOFT = Authority(
    "microsoft",
    "Microsoft",
    "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    "https://login.microsoftonline.com",
    "/common/oauth2/v2.0/token",
    # Of outlook.office.com, not of graph.microsoft.com: the mail servers refuse tokens for that one (535 5.7.3).
    "offline_access https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All",
    ("smtp.office365.com", "smtp-mail.outlook.com", "outlook.office365.com"),
    "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
    name_of_this_computer="localhost",
)

AUTHORITIES: Mapping[str, Authority] = {each.id: each for each in (GOOGLE, MICROSOFT)}
