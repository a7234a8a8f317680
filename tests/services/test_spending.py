"""What calls may cost: set aside before, settled after, never beyond the user's limit, and what happens when it is reached."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from app.models.account import AccountRow, AccountState
from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.models.post import Picture, PostDraft
from app.models.spending import PostPrice, amount
from app.networks import registry
from app.runtime.clock import to_ms
from app.runtime.errors import AppError, PaymentNeeded
from app.runtime.paths import Paths
from app.runtime.settings import Settings, Shop, Spending
from app.runtime.tasks import Tasks
from app.runtime.words import Message
from app.services.assembly import Assembly, assemble
from app.services.server_facts import facts_text
from app.services.spending import month_end, month_start
from app.services.surroundings import Surroundings
from app.services.undo import Undo
from app.store.database import Database
from app.store.reading import accounts as accounts_reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.networks.x.rig import FACTS, TOKENS
from tests.networks.x.server import ANA, ME, XOfTests
from tests.services.shop import NoSecretsNeeded

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)


class XShop:
    """A profile with one X account, the real engine, and an X of tests behind it."""

    def __init__(self, folder: Path, clock: FakeClock, server: XOfTests) -> None:
        self.clock = clock
        self.server = server
        self.troubles: list[AppError] = []
        self.bugs: list[Exception] = []
        paths = Paths.of(folder)
        paths.create()
        self.database = Database.open(paths.database, backups=paths.backups, clock=clock, process_id="test:0:x")
        self.account_id = self.database.write_now(
            lambda session: accounts.add(
                session, "x", server.url, "@discosaurora", ME, to_ms(clock.now()), facts=facts_text(FACTS)
            )
        )
        secrets = NoSecretsNeeded()
        secrets.kept[f"test.{self.account_id}"] = dict(TOKENS)
        self.settings = Settings(dict, lambda _name, _value: None)
        self.settings.change(Shop, zone="UTC")
        self.tasks = Tasks(self.troubles.append, self.bugs.append)

        async def open_browser(_url: str) -> None:
            """Nobody signs in here."""

        around = Surroundings(
            paths,
            self.settings,
            clock,
            self.tasks,
            secrets,
            registry.by_id(),
            open_browser,
            "test",
            Undo(),
            chance=Random(4),
        )
        self.services: Assembly = assemble(self.database, around)

    async def owe(self, text: str) -> int:
        draft = PostDraft(parts=(text,), accounts=(self.account_id,), zone="UTC")
        post_id = await self.services.posts.schedule(draft, None, wait_undo=False)
        return (await self.database.read(lambda connection: outbox_reading.items(connection, post_id=post_id)))[0].id

    async def delivery(self, item: int) -> Delivery:
        found = await self.database.read(outbox_reading.delivery, item)
        assert found is not None
        return found

    async def account(self) -> AccountRow:
        found = await self.database.read(accounts_reading.account, self.account_id)
        assert found is not None
        return found

    async def settle(self) -> None:
        """Let what was started by a changed setting come to its end."""
        for _ in range(20):
            await asyncio.sleep(0.005)


@asynccontextmanager
async def x_shop(folder: Path, clock: FakeClock, limit: int = 5) -> AsyncIterator[XShop]:
    server = XOfTests(clock)
    await server.start()
    shop = XShop(folder, clock, server)
    shop.settings.change(Spending, limit=limit)
    await shop.settle()
    try:
        yield shop
    finally:
        await shop.services.close()
        await server.stop()
    assert shop.bugs == []


async def test_a_post_is_paid_for_and_the_meter_shows_it(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock) as shop:
        await shop.owe("Sin enlace")
        await shop.owe("Con enlace https://discos.mx")
        await shop.services.publishing.send_due()
        await shop.services.publishing.send_due()
        assert len(shop.server.ours) == 2
        meter = await shop.services.money.meter("x")
        assert (meter.month.spent, meter.month.set_aside, meter.left, meter.limit) == (215_000, 0, 4_785_000, 5_000_000)
        assert {each.item: each.units for each in meter.month.items} == {"post": 1, "post_with_link": 1}
        assert (meter.currency, meter.minutes, meter.ends_at) == ("USD", 15, datetime(2026, 12, 1, tzinfo=UTC))


async def test_what_does_not_fit_waits_with_its_reason_until_the_limit_is_raised(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with x_shop(tmp_path, clock, limit=0) as shop:
        item = await shop.owe("Sin enlace")
        await shop.services.publishing.send_due()
        waiting = await shop.delivery(item)
        assert waiting.state is DeliveryState.WAITING
        assert Message.from_json(waiting.reason).id == "spending.limit_reached"
        assert waiting.next_try_at == datetime(2026, 12, 1, tzinfo=UTC)
        assert (await shop.account()).state is AccountState.READY
        assert shop.server.http.requests == []
        shop.settings.change(Spending, limit=5)
        await shop.settle()
        await shop.services.publishing.send_due()
        assert (await shop.delivery(item)).state is DeliveryState.OUT


async def test_a_new_month_begins_with_nothing_spent(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock, limit=1) as shop:
        for number in range(6):
            await shop.owe(f"Enlace {number} https://discos.mx/{number}")
            await shop.services.publishing.send_due()
        assert len(shop.server.ours) == 5
        clock.advance(datetime(2026, 12, 1, 0, 0, 5, tzinfo=UTC) - clock.now())
        # What waited for so long is too late by now, and for the user to decide.
        await shop.owe("Diciembre https://discos.mx/diciembre")
        await shop.services.publishing.send_due()
        assert len(shop.server.ours) == 6
        assert (await shop.services.money.meter("x")).month.spent == 200_000


async def test_reading_stops_at_the_limit_without_pausing_and_goes_on(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock, limit=0) as shop:
        shop.server.say(ANA, "¿Hay en vinilo?")
        assert await shop.services.sync.look_now() == 0
        account = await shop.account()
        assert account.state is AccountState.READY
        assert Message.from_json(account.trouble).id == "spending.limit_reached"
        assert shop.server.http.requests == []
        assert await shop.services.sync.look_now() == 0
        shop.settings.change(Spending, limit=5)
        assert await shop.services.sync.look_now() == 1
        assert (await shop.account()).trouble == ""


async def test_a_network_that_charges_is_looked_at_less_often_unless_asked(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock) as shop:

        async def looks(*, asked: bool) -> bool:
            before = len(shop.server.http.requests)
            await shop.services.sync.look_now(asked=asked)
            return len(shop.server.http.requests) > before

        assert await looks(asked=False)
        clock.advance(timedelta(minutes=5))
        assert not await looks(asked=False)
        assert await looks(asked=True)
        clock.advance(timedelta(minutes=10))
        assert not await looks(asked=False)
        clock.advance(timedelta(minutes=5))
        assert await looks(asked=False)


async def test_what_the_network_itself_wants_to_be_paid_for_pauses_the_account(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with x_shop(tmp_path, clock) as shop:
        shop.server.credit = False
        item = await shop.owe("Sin enlace")
        await shop.services.publishing.send_due()
        account = await shop.account()
        assert account.state is AccountState.PAUSED
        assert Message.from_json(account.trouble).id == "network.x.no_credit"
        assert (await shop.delivery(item)).state is DeliveryState.WAITING
        assert (await shop.services.money.meter("x")).month.spent == 0


async def test_what_the_meter_says_is_what_x_bills(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock) as shop:
        for number in range(30):
            clock.advance(1)
            shop.server.say(ANA, f"Mención {number}")
        await shop.services.sync.look_now()
        await shop.owe("Una publicación")
        await shop.services.publishing.send_due()
        await shop.services.sync.look_now()
        meter = await shop.services.money.meter("x")
        units = {each.item: each.units for each in meter.month.items if each.units}
        assert units == +shop.server.charged
        assert meter.month.set_aside == 0


async def test_the_price_of_a_post_before_it_is_published(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock, limit=1) as shop:
        money, account = shop.services.money, shop.account_id
        described, plain = Picture("a.png", "Portada"), Picture("b.png")
        assert await money.price_of(PostDraft(parts=("Hola",), accounts=())) == []
        assert await money.price_of(PostDraft(parts=("Hola",), accounts=(account,), pictures=(described, plain))) == [
            PostPrice("x", "USD", 20_000, with_link=False, fits=True)
        ]
        thread = PostDraft(parts=("Hola discos.example.com", "Dos", "Tres"), accounts=(account,))
        assert await money.price_of(thread) == [PostPrice("x", "USD", 230_000, with_link=True, fits=True)]
        own = PostDraft(parts=("https://a.mx",), variants=((account, ("Sin enlace",)),), accounts=(account,))
        assert (await money.price_of(own))[0].price == 15_000
        dear = PostDraft(parts=("https://a.mx",) * 6, accounts=(account,))
        assert not (await money.price_of(dear))[0].fits


async def test_a_planned_post_that_will_not_fit_is_told_beforehand(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock, limit=0) as shop:
        item = await shop.delivery(await shop.owe("Hola"))
        found = await shop.services.money.too_dear(item)
        assert found is not None
        assert found.values["price"] == amount(15_000, "USD")
        shop.settings.change(Spending, limit=1)
        assert await shop.services.money.too_dear(item) is None


async def test_reading_has_an_expected_and_a_highest_price(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock) as shop:
        expected, at_most = shop.services.money.reading_price("x", 15)
        assert (expected, at_most) == (600_000, 57_600_000)
        assert shop.services.money.reading_price("x", 60) == (600_000, 14_400_000)
        assert shop.services.money.networks == ("x",)


async def test_an_item_without_a_price_is_never_called(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock) as shop:
        purse = shop.services.money.purse(shop.account_id, registry.by_id()["x"])
        assert purse is not None
        assert shop.services.money.purse(shop.account_id, registry.by_id()["mastodon"]) is None
        with pytest.raises(KeyError):
            await purse.reserve("unheard_of")
        with pytest.raises(PaymentNeeded) as caught:
            await purse.reserve("post_with_link", 26)
        assert caught.value.until == datetime(2026, 12, 1, tzinfo=UTC)
        assert caught.value.next_step == "spending.open"


async def test_what_is_free_in_the_users_own_list_leaves_no_trace(tmp_path: Path, clock: FakeClock) -> None:
    async with x_shop(tmp_path, clock, limit=0) as shop:
        folder = tmp_path / "prices"
        folder.mkdir()
        (folder / "x.json").write_text('{"items": {"post": 0}}', encoding="utf-8")
        await shop.owe("Gratis")
        await shop.services.publishing.send_due()
        assert len(shop.server.ours) == 1
        assert (await shop.services.money.meter("x")).month.calls == 0


def test_months_are_those_of_utc() -> None:
    assert month_start(NOW) == datetime(2026, 11, 1, tzinfo=UTC)
    assert month_end(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert month_end(datetime(2026, 1, 31, tzinfo=UTC)) == datetime(2026, 2, 1, tzinfo=UTC)
