"""What commands and screens may ask of accounts, what they cost and what is read of them, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from app.models.account import AccountRow, Offer
from app.models.pace import Pace
from app.models.picture_kind import PictureKind
from app.models.post import PostDraft
from app.models.spending import Meter, PostPrice
from app.runtime.errors import AppError
from app.runtime.signals import Signal
from app.runtime.words import Message


class NetworkChoice(Protocol):
    """One network in the list of the add-account sheet."""

    id: str
    name: str
    icon: str
    asks_server: bool
    may_name_server: bool
    """It works without a server, which may be named all the same."""
    app_password: bool
    """What is pasted is an app password, not a token."""
    secret_page: str
    """Where on the network's own pages that is made; empty where it differs by server."""
    browser: bool
    token: bool
    by_hand: bool
    callback: str
    """The address to register with the user's own developer app, whose id the browser's sign-in then asks for; empty for others."""
    secret_fields: tuple[str, ...]
    """What is pasted, by name."""
    costs: bool
    """Whether calls cost the user money."""


class AccountsService(Protocol):
    """Signing in and out."""

    @property
    def has_vault(self) -> bool:
        """Whether secrets are kept in an encrypted file of the profile instead of the system's keyring."""

    async def make_vault(self, passphrase: str) -> None: ...

    async def unlock_vault(self, passphrase: str) -> None: ...

    def networks(self) -> Sequence[NetworkChoice]: ...

    async def sign_in_browser(
        self, network: str, server: str, *, again: int | None = None, client_id: str = ""
    ) -> int: ...

    async def sign_in_token(
        self, network: str, server: str, secret: str | Mapping[str, str], *, again: int | None = None, handle: str = ""
    ) -> int:
        """`secret`: the text of a network's only field, or all of its fields by name. `handle`: where the network asks for it."""

    async def add_by_hand(self, network: str, handle: str) -> int: ...

    async def pause(self, account_id: int, *, paused: bool) -> None: ...

    async def remove(self, account_id: int) -> None:
        """Revoke the token at the network, forget it in the keyring, keep messages and posts."""

    def offers(self, account: AccountRow) -> Mapping[str, tuple[Offer, Message | None]]:
        """For publish, hear, private, metrics, like, boost: whether it works, and the reason where not. Answers at once."""


class MoneyService(Protocol):
    """What calls to networks that charge may spend, did spend, and are going to spend."""

    @property
    def networks(self) -> Sequence[str]:
        """Those that charge."""

    async def meter(self, network: str) -> Meter:
        """This month's meter."""

    def reading_price(self, network: str, minutes: int) -> tuple[int, int]:
        """(expected, at most), in millionths, of looking for messages every so many minutes for a month."""

    async def price_of(self, post: PostDraft) -> Sequence[PostPrice]:
        """What publishing the post is going to cost, network by network; nothing for networks that are free."""


class SyncService(Protocol):
    """Collecting."""

    progress: Signal[int, int, int | None]
    """(account id, messages read, estimate of all) during a reading; estimate None at its end."""
    paused: Signal[int, int, int]
    """(account id, messages stored, estimate of all) of a first reading that was stopped."""
    trouble: Signal[int, AppError | None]
    """(account id, what went wrong; None when it works again)."""

    async def look_now(self) -> int:
        """Read every account once; answers how many new messages came."""

    def stop(self) -> None:
        """Stop a reading under way; what was stored stays. A first reading goes on when asked to, anything else next time."""

    async def go_on(self) -> int:
        """Go on with first readings that were stopped; answers how many new messages came."""

    def pace(self, account_id: int, network: str) -> Pace | None:
        """How often an account is looked at now; None while that is not known."""


class PicturesService(Protocol):
    """Pictures of customers and of their messages, kept small on this computer."""

    changed: Signal[[frozenset[str]]]
    """The addresses whose pictures are here now; empty: any may be gone, or be there."""

    def file(self, url: str, kind: PictureKind) -> Path | None:
        """Where the picture lies, if it is here and may be shown. Nothing is fetched by asking."""

    async def size(self) -> int:
        """Bytes that all of them take."""

    async def clear(self) -> None:
        """Forget all of them."""
