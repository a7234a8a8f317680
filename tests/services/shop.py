"""A small shop for the tests of services: a real data file, one account, and the simulated network behind it."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TypeVar

from app.models.account import AccountState
from app.models.conversation import ConversationRow, Standing, View
from app.models.message import ConversationDetail, MessageKind
from app.models.outbox import OutboxRow
from app.models.post import PostDraft
from app.networks import registry
from app.networks.sample.server import SampleServer
from app.networks.sample.state import Said, ServedAccount, Speaker, account_key
from app.runtime.clock import to_ms
from app.runtime.errors import AppError
from app.runtime.paths import Paths
from app.runtime.settings import Settings, Shop
from app.runtime.tasks import Tasks
from app.services.assembly import Assembly, assemble
from app.services.surroundings import Surroundings
from app.services.undo import Undo
from app.store.database import Database
from app.store.reading import conversations as conversations_reading
from app.store.reading import outbox as outbox_reading
from app.store.reading.queries import StoreQueries
from app.store.writing import accounts
from tests.fakes.clock import FakeClock

T = TypeVar("T")

NETWORK = "mastodon"
REMOTE_ID = "account-1"
DELIVERING = timedelta(seconds=0)


class NoSecretsNeeded:
    """The simulated network wants no secrets; whether there are any can be switched."""

    has_vault = False

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}
        self.missing = False

    def get(self, account_key: str) -> dict[str, str] | None:
        return None if self.missing else self.kept.get(account_key, {})

    def set(self, account_key: str, secrets: dict[str, str]) -> None:
        self.kept[account_key] = dict(secrets)
        self.missing = False

    def delete(self, account_key: str) -> None:
        self.kept.pop(account_key, None)

    def make_vault(self, passphrase: str) -> None:
        self.has_vault = bool(passphrase)

    def unlock(self, passphrase: str) -> None:
        self.has_vault = bool(passphrase)


class SmallShop:
    """Opened in a folder; may be opened a second time in the same folder, as after a crash."""

    def __init__(
        self, folder: Path, clock: FakeClock, *, stock: bool = True, process: str = "", latency: float = 0.0, knows_keys: bool = True
    ) -> None:
        self.clock = clock
        self.paths = Paths.of(folder)
        self.paths.create()
        self.troubles: list[AppError] = []
        self.bugs: list[Exception] = []
        self.secrets = NoSecretsNeeded()
        self.dead_links: set[str] = set()
        self.server = SampleServer(folder / "network.jsonl", clock, latency_seconds=latency, knows_keys=knows_keys)
        if not self.paths.database.exists():
            self.paths.database.write_bytes(empty_data_file())
        self.database = Database.open(
            self.paths.database, backups=self.paths.backups, clock=clock, process_id=process or "test:0:first"
        )
        if stock:
            served = ServedAccount(NETWORK, REMOTE_ID, "@aurora", "Discos Aurora", 100, 1.0, to_ms(clock.now()))
            self.server.stock([served])
            self.account_id = self.database.write_now(
                lambda session: accounts.add(
                    session, NETWORK, "https://musica.example", "@aurora", REMOTE_ID, to_ms(clock.now()), name="Discos Aurora"
                )
            )
        else:
            self.account_id = 1
        self.settings = Settings(dict, lambda _name, _value: None)
        self.settings.change(Shop, zone="UTC")
        self.screen_reader = False
        self.services: Assembly = self._assemble()

    def _assemble(self) -> Assembly:
        async def open_browser(_url: str) -> None:
            """The simulated network signs in without a page."""

        cards = {name: self.server.card(card) for name, card in registry.by_id().items()}
        around = Surroundings(
            paths=self.paths,
            settings=self.settings,
            clock=self.clock,
            tasks=Tasks(self.troubles.append, self.bugs.append),
            credentials=self.secrets,
            cards=cards,
            open_browser=open_browser,
            profile_id="test",
            undo=Undo(lambda: self.screen_reader),
            connect=self.server.connection,
            link_answers=self._link_answers,
            chance=Random(4),
        )
        return assemble(self.database, around)

    async def _link_answers(self, link: str) -> bool | None:
        return link not in self.dead_links

    def say(self, text: str, *, number: int = 1, thread: str = "t1", private: bool = False, about_us: bool = False, person: str = "p1") -> None:
        """A customer writes; `about_us` alone, so that only searching finds it."""
        said = Said(
            account=account_key(NETWORK, REMOTE_ID),
            id=f"said-{number}",
            kind=MessageKind.SEARCH if about_us else MessageKind.PRIVATE if private else MessageKind.MENTION,
            speaker=Speaker(NETWORK, person, "@ximena@musica.example" if person == "p1" else f"@{person}@musica.example", "Ximena Robles", "es", 120),
            text=text,
            at=to_ms(self.clock.now()),
            thread=thread,
            visibility="direct" if private else "public",
        )
        self.server.say(NETWORK, REMOTE_ID, said)

    async def post(self, *parts: str) -> int:
        """Schedule a post for now; answers its outbox id."""
        draft = PostDraft(parts=parts, accounts=(self.account_id,), zone="UTC")
        post_id = await self.services.posts.schedule(draft, None, wait_undo=False)
        rows = await self.ask(lambda queries: queries.outbox(post_id=post_id, unfinished=False))
        return rows[-1].id

    async def heard(self, text: str = "¿A qué hora abren?", *, number: int = 1, thread: str = "t1", private: bool = False) -> int:
        """A customer writes and is read; answers the conversation's id."""
        self.say(text, number=number, thread=thread, private=private)
        before = {row.id for row in await self.conversations()}
        await self.services.sync.look_now()
        rows = await self.conversations()
        fresh = [row.id for row in rows if row.id not in before]
        return fresh[0] if fresh else rows[0].id

    async def conversations(self, view: View = View.ALL) -> list[ConversationRow]:
        return await self.ask(lambda queries: queries.conversations(view, None, None, 50))

    async def conversation(self, number: int) -> ConversationRow:
        return (await self.ask(lambda queries: queries.conversations_by_id([number])))[0]

    async def detail(self, number: int) -> ConversationDetail:
        found = await self.ask(lambda queries: queries.conversation(number))
        assert found is not None
        return found

    async def standing(self, number: int) -> Standing:
        found = await self.database.read(conversations_reading.standing, number)
        assert found is not None
        return found

    async def owed(self, number: int) -> list[OutboxRow]:
        """All outbox items of a conversation."""
        return await self.ask(lambda queries: queries.outbox(conversation_id=number, unfinished=False))

    async def deliveries(self, post_id: int) -> list[OutboxRow]:
        return await self.ask(lambda queries: queries.outbox(post_id=post_id, unfinished=False))

    async def undo(self) -> str:
        """The id of what is said."""
        said = await self.services.undo.undo()
        return said.id if said is not None else ""

    def add_account(self, handle: str = "@aurora2", *, network: str = NETWORK, state: AccountState = AccountState.READY) -> int:
        """One more account, which the simulated server knows as well."""
        served = ServedAccount(network, f"id of {handle}", handle, handle, 10, 0.5, to_ms(self.clock.now()))
        self.server.stock([served])
        return self.database.write_now(
            lambda session: accounts.add(session, network, "", handle, f"id of {handle}", to_ms(self.clock.now()), state=state)
        )

    async def ask(self, query: Callable[[StoreQueries], T]) -> T:
        return await self.database.read(lambda connection: query(StoreQueries(connection, self.clock)))

    async def item(self, outbox_id: int) -> OutboxRow:
        row = await self.database.read(outbox_reading.item, outbox_id)
        assert row is not None
        return row

    async def run_for(self, seconds: float, step: float = 5) -> None:
        """Let time pass while the engine runs at each step."""
        passed = 0.0
        while passed < seconds:
            await self.turn()
            await self.clock.elapse(step)
            passed += step
        await self.turn()

    async def turn(self) -> None:
        """All that the engine does when it is its turn."""
        await self.services.publishing.send_due()
        await self.services.publishing.look_ahead()

    def out_there(self) -> list[str]:
        """Texts that the network really has, oldest first."""
        return [post.text for post in self.server.published(NETWORK, REMOTE_ID)]

    async def state(self) -> AccountState:
        rows = await self.database.read(lambda connection: StoreQueries(connection, self.clock).accounts())
        return rows[0].state

    async def close(self) -> None:
        await self.services.close()


@lru_cache
def empty_data_file() -> bytes:
    """A new data file, made once for all tests: its schema takes longer than most of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        Database.open(path, backups=Path(folder), clock=FakeClock()).close_now()
        return path.read_bytes()


@asynccontextmanager
async def shop_in(folder: Path, clock: FakeClock, **how: object) -> AsyncIterator[SmallShop]:
    shop = SmallShop(folder, clock, **how)  # type: ignore[arg-type]
    try:
        yield shop
    finally:
        await shop.close()
        assert shop.bugs == []


async def eventually(holds: Callable[[], Awaitable[bool]], clock: FakeClock, seconds: float = 30.0) -> None:
    """Lets loop and threads run until something holds; the fake clock stands still meanwhile."""
    end = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < end, "it never came to hold"
        await clock.settle()
        await asyncio.to_thread(time.sleep, 0.001)  # the threads of the database want their turn
