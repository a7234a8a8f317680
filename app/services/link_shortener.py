"""The user's shortener: which it is, its token in the keyring, and a way to it that is made anew when either changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

from app.links import bitly, shlink
from app.links.shortener import SETTINGS, ShortensLinks, server_of
from app.models.tracked_link import SHORTENER_NAMES, Shortener, Trial
from app.networks.client import Client, Patience
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import AppError, SignedOut, UserMistake
from app.runtime.settings import Links, Settings
from app.runtime.words import message
from app.store.database import Database
from app.store.reading import links as reading

TOKEN = "token"  # noqa: S105  (the name it has in the keyring)
LONGEST_TOKEN = 400
PATIENCE = Patience(connecting=4.0, silence=6.0, read=8.0, write=8.0)
"""The user waits for it when a post is planned."""


class Secrets(Protocol):
    """What is asked of the keyring; see runtime/credentials.py."""

    def get(self, account_key: str) -> dict[str, str] | None: ...

    def set(self, account_key: str, secrets: Mapping[str, str]) -> None: ...

    def delete(self, account_key: str) -> None: ...


OpenShortener = Callable[[Shortener, str, str, str, Clock], ShortensLinks]
"""(which, server, domain, token, clock) -> signed in there."""


def open_shortener(which: Shortener, server: str, domain: str, token: str, clock: Clock) -> ShortensLinks:
    """Over the net. Nothing is asked yet; raises `UserMistake` for an address that cannot be one."""
    if which is Shortener.BITLY:
        return bitly.Bitly(Client(server or bitly.SERVER, clock, token=token, patience=PATIENCE), clock.now, domain)
    line = Client(server_of(server), clock, patience=PATIENCE)
    line.hide(token)
    return shlink.Shlink(line, token, domain)


class LinkShortener:
    """One a profile; none where the user chose none."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        credentials: Secrets,
        profile_id: str,
        clock: Clock,
        open_: OpenShortener = open_shortener,
    ) -> None:
        self._database = database
        self._settings = settings
        self._credentials = credentials
        self._profile_id = profile_id
        self._clock = clock
        self._open = open_
        self._held: tuple[tuple[str, str, str, str], ShortensLinks] | None = None
        self._outdated: list[ShortensLinks] = []

    @property
    def chosen(self) -> Shortener:
        name = self._settings.get(Links).shortener
        return Shortener.NONE if name == "none" else Shortener(name)

    @property
    def name(self) -> str:
        return SHORTENER_NAMES.get(self.chosen, "")

    @property
    def insists(self) -> bool:
        """Whether a post whose link cannot be made short is not to be planned."""
        return self.chosen is not Shortener.NONE and self._settings.get(Links).failing == "refuse"

    @property
    def domain(self) -> str:
        """Of its links, as far as it is known here; an address that cannot be one has none."""
        links = self._settings.get(Links)
        if links.domain.strip():
            return links.domain.strip().lower().removeprefix("https://").rstrip("/")
        if self.chosen is Shortener.SHLINK:
            try:
                return server_of(links.server).partition("://")[2].partition("/")[0]
            except UserMistake:
                return ""
        return bitly.DOMAIN if self.chosen is Shortener.BITLY else ""

    @property
    def expected(self) -> str:
        """A stand-in as long as its links are; empty without a shortener."""
        if self.chosen is Shortener.NONE or not self.domain:
            return ""
        length = bitly.CODE_LENGTH if self.chosen is Shortener.BITLY else shlink.CODE_LENGTH
        return f"https://{self.domain}/{'-' * length}"

    async def get(self) -> ShortensLinks:
        """Raises `SignedOut` without a token, `UserMistake` for a wrong address, `CredentialTrouble`."""
        links = self._settings.get(Links)
        token = await self._token()
        if not token:
            raise SignedOut(message("links.error.no_token", name=self.name), SETTINGS)
        wanted = (self.chosen, links.server.strip(), self._own_domain(), token)
        if self._held is None or self._held[0] != wanted:
            made = self._open(self.chosen, wanted[1], wanted[2], token, self._clock)
            if self._held is not None:
                self._outdated.append(self._held[1])
            self._held = (wanted, made)
        return self._held[1]

    def _own_domain(self) -> str:
        return self.domain if self._settings.get(Links).domain.strip() else ""

    # --- the token

    async def has_token(self) -> bool:
        return bool(self.chosen) and bool(await self._token())

    async def set_token(self, token: str) -> None:
        """Into the keyring; empty forgets it. Raises `UserMistake` for what cannot be one, `CredentialTrouble`."""
        token = token.strip()
        if not token:
            await asyncio.to_thread(self._credentials.delete, self._key())
            return
        if len(token) > LONGEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
            raise UserMistake(message("links.error.no_such_token"), field="links.token")
        await asyncio.to_thread(self._credentials.set, self._key(), {TOKEN: token})

    async def _token(self) -> str:
        kept = await asyncio.to_thread(self._credentials.get, self._key())
        return (kept or {}).get(TOKEN, "")

    def _key(self) -> str:
        return f"{self._profile_id}.links.{self.chosen}"

    # --- trying

    async def try_it(self) -> Trial:
        """Whether it lets us in, and what its plan still allows; its trouble is told, not raised."""
        if self.chosen is Shortener.NONE:
            return Trial(message("links.error.none"))
        made = await self.made_this_month()
        try:
            domain, quota = await (await self.get()).try_it()
        except AppError as error:
            return Trial(error.message, made=made)
        return Trial(None, domain, quota, made)

    async def made_this_month(self) -> int:
        """By UTC, as the shorteners count."""
        first = self._clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return await self._database.read(reading.made_since, str(self.chosen), to_ms(first))

    async def close(self) -> None:
        for each in [*self._outdated, *([self._held[1]] if self._held is not None else [])]:
            await each.close()
        self._outdated.clear()
        self._held = None
