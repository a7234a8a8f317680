"""Money for calls to networks that charge: set aside in the database before a call is made, settled after, never beyond the user's limit.

The limit holds for a month of UTC and for all accounts of a network together, over all processes on the profile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from app.models.delivery import Delivery
from app.models.outbox import OutboxKind
from app.models.post import PostDraft
from app.models.spending import MILLION, Meter, PostPrice, SearchPrice, amount
from app.networks.network import Card, Purse
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import PaymentNeeded
from app.runtime.settings import Settings, Spending
from app.runtime.tasks import Tasks
from app.runtime.words import Message, message
from app.services.prices import Prices
from app.store.database import Database
from app.store.reading import accounts as accounts_reading
from app.store.reading import charges as reading
from app.store.writing import charges, outbox

_log = logging.getLogger(__name__)

FREE = 0
"""The reservation of what costs nothing."""
MONTH_DAYS = 30
MONTH_MINUTES = MONTH_DAYS * 24 * 60


class Money:
    """What calls may spend, did spend, and are going to spend. `purse` is what a connection gets of it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: Settings,
        cards: Mapping[str, Card],
        prices: Callable[[str], Prices],
    ) -> None:
        """`prices` answers a network's price list; it is asked again each time, so that a changed file holds at once."""
        self._database = database
        self._clock = clock
        self._settings = settings
        self._cards = {name: card for name, card in cards.items() if card.costs}
        self._prices = prices
        self._hear_no_more: Callable[[], object] = lambda: None

    def purse(self, account_id: int, card: Card) -> Purse | None:
        """What an account's calls may spend; None where nothing costs."""
        return AccountPurse(self, account_id, card.id) if card.costs else None

    @property
    def networks(self) -> Sequence[str]:
        """Those that charge."""
        return tuple(self._cards)

    def limit(self) -> int:
        """The user's limit for a month, in millionths."""
        return self._settings.get(Spending).limit * MILLION

    def reading_interval(self, network: str) -> timedelta | None:
        """How often a network that charges is looked at; None: as often as any other."""
        return timedelta(minutes=self._settings.get(Spending).minutes) if network in self._cards else None

    # --- one call

    async def reserve(self, account_id: int, network: str, item: str, most: int) -> int:
        """Commits before it answers: what was set aside counts even if the power fails now."""
        price = self._prices(network).of(item)
        if price * most == 0:
            return FREE
        now = self._clock.now()
        limit, since = self.limit(), to_ms(month_start(now))
        reservation = await self._database.write(
            charges.reserve, account_id, network, item, most, price, limit, since, to_ms(now)
        )
        if reservation is None:
            raise self._limit_reached(network, price * most, now)
        return reservation

    async def settle(self, reservation: int, used: int) -> None:
        if reservation != FREE:
            await self._database.write(charges.settle, reservation, used)

    def _limit_reached(self, network: str, wanted: int, now: datetime) -> PaymentNeeded:
        currency = self._prices(network).currency
        until = month_end(now)
        values = {
            "network": self._cards[network].name,
            "limit": amount(self.limit(), currency),
            "price": amount(wanted, currency),
            "until": until,
        }
        said = message("spending.limit_reached", **values)
        return PaymentNeeded(said, next_step="spending.open", technical=f"{network}: limit of this month", until=until)

    # --- what screens show

    async def meter(self, network: str) -> Meter:
        """This month's meter."""
        now = self._clock.now()
        month = await self._database.read(reading.month, network, to_ms(month_start(now)))
        settings = self._settings.get(Spending)
        expected, _ = self.reading_price(network, settings.minutes)
        return Meter(month, self._prices(network).currency, self.limit(), settings.minutes, expected, month_end(now))

    def reading_price(self, network: str, minutes: int) -> tuple[int, int]:
        """(expected, at most) of looking for messages every so many minutes for a month, before any message has come.

        Expected: what was read once in a day is not billed again. At most: if it were.
        """
        prices = self._prices(network)
        look = sum(prices.of(item) * units for item, units in self._cards[network].look_cost.items())
        return look * MONTH_DAYS, look * (MONTH_MINUTES // max(1, minutes))

    def search_price(self, network: str, every: timedelta) -> SearchPrice | None:
        """Asking a network for one saved search so often; None where it is free."""
        card = self._cards.get(network)
        if card is None or not card.search_cost:
            return None
        prices = self._prices(network)
        look = sum(prices.of(item) * units for item, units in card.search_cost.items())
        looks = MONTH_MINUTES // max(1, every // timedelta(minutes=1))
        return SearchPrice(card.name, prices.currency, look, look * looks, self.limit(), every // timedelta(hours=1))

    async def price_of(self, post: PostDraft) -> list[PostPrice]:
        """What publishing a post is going to cost, network by network; nothing for networks that are free."""
        found: dict[str, tuple[int, bool]] = {}
        own = dict(post.variants)
        accounts = await self._database.read(accounts_reading.accounts)
        for account in accounts:
            card = self._cards.get(account.network)
            if account.id not in post.accounts or card is None or card.post_cost is None:
                continue
            prices = self._prices(card.id)
            described = sum(bool(picture.alt.strip()) for picture in post.pictures)
            cost = card.post_cost(own.get(account.id) or post.parts, described)
            plain = card.post_cost([""] * len(own.get(account.id) or post.parts), described)
            before, linked = found.get(card.id, (0, False))
            price = sum(prices.of(item) * units for item, units in cost.items())
            found[card.id] = before + price, linked or cost != plain
        prices_found = []
        for network, (price, linked) in found.items():
            meter = await self.meter(network)
            prices_found.append(PostPrice(network, meter.currency, price, linked, price <= meter.left))
        return prices_found

    async def too_dear(self, item: Delivery) -> Message | None:
        """Why this month's limit does not allow a delivery that is still to go out; None when it fits or costs nothing."""
        card = self._cards.get(item.network)
        if card is None or card.post_cost is None or item.kind is not OutboxKind.POST:
            return None
        prices = self._prices(card.id)
        described = sum(bool(picture.alt.strip()) for picture in item.pictures)
        price = sum(prices.of(name) * units for name, units in card.post_cost(item.parts_left, described).items())
        meter = await self.meter(card.id)
        # Next month's limit is another one.
        if price <= meter.left or item.due_at >= meter.ends_at:
            return None
        values = {
            "network": card.name,
            "price": amount(price, prices.currency),
            "left": amount(meter.left, prices.currency),
        }
        return message("spending.too_dear", **values)

    def watch(self, tasks: Tasks, reading: Callable[[], object]) -> None:
        """Whenever the limit changes, call `reading` and try again what waits; until `close`."""

        def hear(keys: frozenset[str]) -> None:
            if "spending.limit" in keys and not self._database.read_only:
                reading()
                tasks.spawn("spending: the limit changed", self.limit_changed(), owner=self)

        self._hear_no_more = self._settings.changed.connect(hear)

    def close(self) -> None:
        """The data file is about to be closed: nothing is heard any more."""
        self._hear_no_more()

    async def limit_changed(self) -> None:
        """The limit was raised (or lowered): what waits for it is tried again at once, and finds out by itself."""
        accounts = await self._database.read(accounts_reading.accounts)
        for account in accounts:
            if account.network in self._cards:
                await self._database.write(outbox.forget_reason, account.id)


class AccountPurse:
    """The `Purse` of one account."""

    def __init__(self, money: Money, account_id: int, network: str) -> None:
        self._money = money
        self._account_id = account_id
        self._network = network

    async def reserve(self, item: str, most: int = 1) -> int:
        return await self._money.reserve(self._account_id, self._network, item, most)

    async def settle(self, reservation: int, used: int) -> None:
        await self._money.settle(reservation, used)


def month_start(now: datetime) -> datetime:
    """Networks bill by months of UTC."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def month_end(now: datetime) -> datetime:
    """The beginning of the next one."""
    return month_start(month_start(now) + timedelta(days=32))
