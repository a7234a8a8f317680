"""The shop's products: feeds are read on another thread, to be stopped at any time, and ideas are made of products by a template.

A feed lies in a file or at an https address; from there it is fetched into a file of its own first, within bounds. What a whole reading no
longer saw is marked as gone, never forgotten: ideas point to it.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from pathlib import Path

from app.models.idea import Origin, OriginKind
from app.models.order import WrongRow
from app.models.post import PostDraft, PostFormat
from app.models.product import (
    LONGEST_TEMPLATE,
    TEMPLATE,
    FeedKind,
    FeedResult,
    FeedRow,
    ReadProduct,
    filled,
)
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import AppError, UserMistake, disk_trouble
from app.runtime.rhythm import giving_way, sharing_the_time
from app.runtime.words import message
from app.services.feed_reading import Columns, FeedFile
from app.services.fetched_pictures import FetchPicture, fetched
from app.services.ideas import Ideas
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import products as reading
from app.store.writing import products

MOST_FETCHED = 1_000_000_000
AT_ONCE = 1000
"""Products that are read and stored between two looks at whether to stop."""
WRONG_NAMED = 200
MOST_AT_ONCE = 100
"""Ideas of one act."""

Progress = Callable[[float, int], object]
"""(share of the file, 0 to 1; products so far)."""
FetchFile = Callable[[str, Path, int, Callable[[int, int], object]], Awaitable[None]]
"""(address, where to, most bytes, progress); raises UserMistake."""


async def fetch_no_file(_url: str, _target: Path, _most: int, _progress: Callable[[int, int], object]) -> None:
    """For profiles that reach nothing, and for tests."""
    raise UserMistake(message("products.not_fetched"))


class ProductFeeds:
    """One reading at a time."""

    def __init__(
        self,
        database: Database,
        ideas: Ideas,
        undo: Undo,
        clock: Clock,
        media: Path,
        fetch_file: FetchFile,
        fetch_picture: FetchPicture,
    ) -> None:
        """`media` is the profile's media folder."""
        self._database = database
        self._ideas = ideas
        self._undo = undo
        self._clock = clock
        self._media = media
        self._fetch_file = fetch_file
        self._fetch_picture = fetch_picture
        self._stopped = False

    async def add(self, source: str, name: str = "", columns: Columns | None = None) -> int:
        """A feed at a path or an https address; it is read by `read`. The same source again is the same feed. Answers its id."""
        where = source.strip()
        if "://" in where:
            if not where.lower().startswith("https://") or len(where) > 2000:
                raise UserMistake(message("products.no_https"), field="source")
        else:
            where = await asyncio.to_thread(_whole_path, where)
        known = next((feed for feed in await self._database.read(reading.feeds) if feed.source == where), None)
        if known is not None:
            return known.id
        called = name.strip() or (where.split("/")[2] if "://" in where else Path(where).stem)
        number: int = await self._database.write(
            products.add_feed, called[:80], FeedKind.CSV, where, columns or {}, TEMPLATE
        )
        return number

    async def remove(self, feed_id: int) -> None:
        """It and its products leave every list; can be undone."""
        await self._database.write(products.set_removed, feed_id, to_ms(self._clock.now()))

        async def back() -> None:
            await self._database.write(products.set_removed, feed_id, None)

        self._undo.did(Act(message("undone.feed_removed"), back))

    async def save_template(self, feed_id: int, template: str) -> None:
        """What ideas made of its products begin with."""
        await self._database.write(products.save_template, feed_id, template[:LONGEST_TEMPLATE])

    def stop(self) -> None:
        """End a reading under way after the products it has in hand."""
        self._stopped = True

    def is_stopped(self) -> bool:
        """Whether somebody wanted the reading under way to end."""
        return self._stopped

    async def read(self, feed_id: int, progress: Progress | None = None) -> FeedResult:
        """Bring its products up to date. What was stored before a stop stays; only a whole reading says what is gone."""
        self._stopped = False
        feed = await self._database.read(reading.feed, feed_id)
        if feed is None:
            raise UserMistake(message("products.feed_gone"))
        tell = progress or _nothing
        try:
            if not feed.is_remote:
                return await self._read(feed, Path(feed.source), tell)
            with tempfile.TemporaryDirectory(prefix="tertulia-feed-") as folder:
                target = Path(folder) / "feed"
                if await self._fetched(feed.source, target, tell):
                    return await self._read(feed, target, tell)
                return FeedResult(stopped=True)
        except AppError as error:
            await self._database.write(products.set_trouble, feed_id, error.message.to_json())
            raise

    async def _fetched(self, url: str, target: Path, tell: Progress) -> bool:
        """False where it was stopped."""

        def come(here: int, expected: int) -> None:
            if self._stopped:
                raise _Stopped
            tell(min(0.3, 0.3 * here / expected) if expected else 0.0, 0)

        try:
            await self._fetch_file(url, target, MOST_FETCHED, come)
        except _Stopped:
            return False
        except OSError as error:
            raise disk_trouble(error) from error
        return True

    async def _read(self, feed: FeedRow, path: Path, tell: Progress) -> FeedResult:
        # Two readings within one millisecond would be one: what is gone could not be told.
        seen = max(to_ms(self._clock.now()), to_ms(feed.read_at) + 1 if feed.read_at is not None else 0)
        file = await asyncio.to_thread(FeedFile, path, feed.columns)
        rows = giving_way(file.products())
        result = FeedResult()
        wrong: list[WrongRow] = []

        def some() -> list[ReadProduct | WrongRow]:
            return list(islice(rows, AT_ONCE))

        with sharing_the_time():
            try:
                while not self.is_stopped():
                    piece = await asyncio.to_thread(some)
                    if not piece:
                        break
                    good = [row for row in piece if isinstance(row, ReadProduct)]
                    bad = [row for row in piece if isinstance(row, WrongRow)]
                    wrong += bad[: WRONG_NAMED - len(wrong)]
                    new = await self._database.write(products.keep, feed.id, good, seen, bulk=True) if good else 0
                    result = result._replace(
                        read=result.read + len(good),
                        new=result.new + new,
                        wrong_count=result.wrong_count + len(bad),
                        wrong=tuple(wrong),
                    )
                    tell(file.share, result.read)
            finally:
                file.close()
        if self.is_stopped():
            return result._replace(stopped=True)
        if not result.read:
            raise UserMistake(message("products.nothing_in_it"))
        await self._database.write(products.read_through, feed.id, file.kind, seen)
        return result._replace(gone=await self._database.read(reading.gone, feed.id))

    # -- ideas

    async def make_ideas(self, product_ids: Sequence[int], *, pictures: bool) -> list[int]:
        """One idea a product, by its feed's template; answers their ids. `pictures`: theirs are fetched first, and one that cannot be had is left
        out.
        """
        found = await self._database.read(reading.by_ids, product_ids[:MOST_AT_ONCE])
        if not found:
            raise UserMistake(message("products.gone_now"))
        feeds = {feed.id: feed for feed in await self._database.read(reading.feeds)}
        drafts = []
        for product in found:
            feed = feeds[product.feed_id]
            origin = Origin(OriginKind.PRODUCT, product.id, note=feed.name)
            taken = (
                await fetched(self._fetch_picture, product.picture, self._media, product.title) if pictures else None
            )
            drafts.append(
                PostDraft(
                    title=" · ".join(filter(None, (product.title, product.maker)))[:200],
                    parts=(filled(feed.template, product),),
                    pictures=(taken,) if taken is not None else (),
                    format=PostFormat.ANNOUNCES,
                    pillar=self._ideas.offered("catalogue"),
                    origin=origin.to_text(),
                )
            )
        now = to_ms(self._clock.now())
        numbers = [product.id for product in found]

        def also(session: Session) -> None:
            products.used(session, numbers, now)

        return await self._ideas.keep(drafts, also)


class _Stopped(Exception):
    """The user stopped a fetch."""


def _whole_path(where: str) -> str:
    path = Path(where).expanduser().absolute()
    if not path.is_file():
        raise UserMistake(message("products.not_read"), field="source")
    return str(path)


def _nothing(_share: float, _products: int) -> None:
    """Nobody watches."""
