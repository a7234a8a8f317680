"""A small shop whose links are made by a shortener on loopback, over the real way there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from app.models.post import PostDraft
from app.models.tracked_link import TrackedLink
from app.runtime.clock import to_ms
from app.runtime.settings import Links
from app.services.link_clicks import LinkClicks
from app.services.link_plans import LinkPlans
from app.services.link_shortener import LinkShortener
from app.services.links import TrackedLinks
from app.store.reading import links as reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.fakes.shlink_server import KEY
from tests.services.shop import SmallShop, shop_in


class LinkShop:
    """`said` is what the user heard."""

    def __init__(self, shop: SmallShop) -> None:
        self.shop = shop
        self.shortener = LinkShortener(shop.database, shop.settings, shop.secrets, "test", shop.clock)
        calendar = shop.services.posts
        zone = ZoneInfo("UTC")
        self.plans = LinkPlans(shop.database, shop.settings, self.shortener, calendar.known, lambda: zone, shop.clock)
        self.links = TrackedLinks(shop.database, self.shortener, self.plans, shop.clock)
        self.clicks = LinkClicks(shop.database, self.shortener, shop.clock)
        calendar.links = self.links
        self.said: list[str] = []
        self.links.said.connect(
            lambda said: self.said.append(
                str(getattr(said.values.get("reason"), "id", said.values.get("reason", said.id)))
            )
        )

    async def use(self, shortener: str, server: str, token: str = KEY, domain: str = "aurora.mx") -> None:
        self.shop.settings.change(Links, shortener=shortener, server=server, domain=domain)
        await self.links.set_token(token)

    def second_account(self) -> int:
        """On Bluesky, by hand or not: its text counts whole."""
        shop = self.shop
        return shop.database.write_now(
            lambda session: accounts.add(
                session, "bluesky", "", "@aurora.mx", "did:aurora", to_ms(shop.clock.now()), name="Discos Aurora"
            )
        )

    def draft(self, text: str, *account_ids: int, **fields: object) -> PostDraft:
        return PostDraft(parts=(text,), accounts=account_ids or (self.shop.account_id,), zone="UTC", **fields)  # type: ignore[arg-type]

    async def owed(self, post_id: int) -> list[str]:
        """The texts that wait to leave, by account."""
        rows = await self.shop.database.read(lambda c: outbox_reading.items(c, post_id=post_id))
        found = [
            await self.shop.database.read(outbox_reading.delivery, row.id)
            for row in sorted(rows, key=lambda row: row.account_id)
        ]
        return [item.parts[0] for item in found if item is not None]

    async def made(self, post_id: int) -> list[TrackedLink]:
        return await self.shop.database.read(reading.of_post, post_id)


@asynccontextmanager
async def links_in(folder: Path, clock: FakeClock) -> AsyncIterator[LinkShop]:
    async with shop_in(folder, clock) as shop:
        made = LinkShop(shop)
        yield made
        await made.links.close()
