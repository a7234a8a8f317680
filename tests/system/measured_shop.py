"""A shop on real servers: the program's own services over a data file, with a clock that runs ahead of the servers' as far as a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from app.models.message import Visibility
from app.models.outbox import DeleteReason, DeliveryState
from app.models.post import PostDraft
from app.networks import registry
from app.runtime.clock import SystemClock
from app.runtime.errors import AppError
from app.runtime.paths import Paths
from app.runtime.settings import Settings, Shop
from app.runtime.tasks import Tasks
from app.services.assembly import assemble
from app.services.collecting import ACCOUNT_FIGURES, GONE, POST_FIGURES
from app.services.surroundings import Surroundings
from app.services.undo import Undo
from app.store.database import Database
from app.store.reading import outbox, samples
from app.store.reading.queries import StoreQueries
from tests.services.shop import NoSecretsNeeded
from tests.system.figure_worlds import SignIn

ZONE = "America/Mexico_City"


class EarlyClock(SystemClock):
    """The computer's clock, and what `advance` added to it."""

    def __init__(self) -> None:
        super().__init__(asyncio.sleep)
        self.ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead

    def advance(self, step: timedelta) -> None:
        self.ahead += step


async def no_browser(_address: str) -> None:
    """Signing in goes by token."""


class MeasuredShop:
    def __init__(self, folder: Path, clock: EarlyClock, secrets: NoSecretsNeeded, process: str) -> None:
        self.clock = clock
        self.troubles: list[AppError] = []
        self.bugs: list[Exception] = []
        paths = Paths.of(folder)
        paths.create()
        settings = Settings(dict, lambda _name, _value: None)
        settings.change(Shop, zone=ZONE)
        self.database = Database.open(paths.database, backups=paths.backups, clock=clock, process_id=process)
        around = Surroundings(
            paths=paths,
            settings=settings,
            clock=clock,
            tasks=Tasks(self.troubles.append, self.bugs.append),
            credentials=secrets,
            cards=registry.by_id(),
            open_browser=no_browser,
            profile_id="test",
            undo=Undo(),
        )
        self.services = assemble(self.database, around)
        self.account_id = 1

    async def sign_in(self, given: SignIn) -> None:
        self.account_id = await self.services.accounts.sign_in_token(given.network, given.server, given.secret, handle=given.handle)

    async def post(self, *parts: str) -> tuple[int, list[str]]:
        """It goes out; answers its outbox id and the remote ids of its parts."""
        draft = PostDraft(parts=parts, accounts=(self.account_id,), zone=ZONE)
        post_id = await self.services.posts.schedule(draft, None, wait_undo=False)
        await self.services.publishing.send_due()
        (row,) = await self.database.read(lambda found: StoreQueries(found, self.clock).outbox(post_id=post_id, unfinished=False))
        return row.id, await self.out(row.id)

    async def answer(self, conversation_id: int, text: str) -> tuple[int, list[str]]:
        number = await self.services.inbox.reply(conversation_id, [text], Visibility.PUBLIC)
        self.clock.advance(timedelta(minutes=1))  # past the time in which it may be taken back
        await self.services.publishing.send_due()
        return number, await self.out(number)

    async def delete(self, number: int) -> None:
        """For a spelling mistake."""
        await self.services.deletion.delete(number, DeleteReason.SPELLING, await self.services.deletion.confirmation(number))
        self.clock.advance(timedelta(minutes=1))
        await self.services.publishing.send_due()

    async def out(self, number: int) -> list[str]:
        item = await self.database.read(outbox.delivery, number)
        assert item is not None
        assert item.state is DeliveryState.OUT, item.reason
        return [part.remote_id for part in item.progress]

    async def look(self) -> None:
        """As it does again and again by itself."""
        await self.services.sync.look_now()
        assert self.troubles == []

    async def account(self) -> dict[str, int | None]:
        """The figures of the account that were noted last."""
        return {name: await self.database.read(samples.latest, name, "account", self.account_id) for name in ACCOUNT_FIGURES}

    async def figures(self, number: int) -> dict[str, int]:
        """Those of a post; what nobody measured is left out."""
        found = {name: await self.database.read(samples.latest, name, "post", number) for name in (*POST_FIGURES, GONE)}
        return {name: value for name, value in found.items() if value is not None}

    async def measured(self, number: int, metric: str = "likes") -> list[tuple[int, int]]:
        return await self.database.read(samples.series, metric, "post", number, 0)

    async def gained(self, metric: str) -> int:
        """What all posts brought over all days, as Insights counts."""
        sql = "SELECT coalesce(sum(gained), 0) FROM figure_day WHERE metric = ? AND account_id = ?"
        return int((await self.database.read(lambda found: found.execute(sql, (metric, self.account_id)).fetchone()))[0])

    async def heard(self) -> set[str]:
        """Remote ids of what was said to us in public."""
        sql = "SELECT remote_id FROM message WHERE account_id = ? AND kind IN ('mention', 'reply', 'quote', 'comment')"
        return {name for (name,) in await self.database.read(lambda found: found.execute(sql, (self.account_id,)).fetchall())}

    async def samples(self) -> int:
        return int((await self.database.read(lambda found: found.execute("SELECT count(*) FROM sample").fetchone()))[0])

    async def conversation_with(self, remote_id: str) -> int:
        sql = "SELECT conversation_id FROM message WHERE remote_id = ?"
        return int((await self.database.read(lambda found: found.execute(sql, (remote_id,)).fetchone()))[0])


@asynccontextmanager
async def measured_shop(
    folder: Path, clock: EarlyClock, secrets: NoSecretsNeeded, given: SignIn | None = None, process: str = "test:0:first"
) -> AsyncIterator[MeasuredShop]:
    """Signed in with what is given; without it, opened again."""
    shop = MeasuredShop(folder, clock, secrets, process)
    try:
        if given is not None:
            await shop.sign_in(given)
        yield shop
    finally:
        await shop.services.close()
        assert shop.bugs == []


def together(counts: Sequence[dict[str, int] | None]) -> dict[str, int]:
    """Of the parts of a thread, as the server counts them."""
    there = [each for each in counts if each is not None]
    return {name: sum(each[name] for each in there) for name in there[0]}
