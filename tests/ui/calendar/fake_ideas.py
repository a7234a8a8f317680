"""What makes ideas, and what brings posts in, as stand-ins that note what they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.models.archive import ArchivedPost, ArchiveKind, ArchivePreview
from app.models.idea import OlderPost, Seed
from app.models.order import FileForm, WrongRow
from app.models.post_import import Layout, PostColumn, PostMapped, PostPreview
from app.models.product import FeedKind, FeedResult, FeedRow, ProductRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from tests.ui.shop import NOW, Pause, Shop, X

DAY = timedelta(days=1)
WRONG = WrongRow(7, message("import.wrong.no_text"))


def older(number: int, title: str, replies: int, *, season: bool = False) -> OlderPost:
    return OlderPost(number, title, title, "contest", ("x",), NOW - 180 * DAY, 3, 2, replies, 0, season)


def product(number: int, title: str, maker: str = "Alud") -> ProductRow:
    return ProductRow(
        number, 1, title, maker, "Vinilo", f"https://a.example/{number}", "", "520 MXN", True, False, None
    )


def posts_seen(*, ambiguous: bool = False, text: bool = True) -> PostPreview:
    columns = {PostColumn.WHEN: 1, **({PostColumn.TEXT: 0} if text else {})}
    mapped = PostMapped(columns, None)
    return PostPreview(
        FileForm("utf-8", ","),
        Layout.BUFFER,
        ("Text", "Posting Time"),
        (("Hola", "03/04/2027"),),
        mapped,
        ambiguous,
        12,
    )


@dataclass
class FakeIdeas:
    """All four services in one."""

    offered: list[OlderPost] = field(
        default_factory=lambda: [older(1, "Adivina la canción", 412), older(2, "Feliz día", 3, season=True)]
    )
    praise: list[Seed] = field(
        default_factory=lambda: [
            Seed(31, 3, "Ana", "x", "El mejor empaque", "praise", "es", NOW - DAY),
            Seed(32, 4, "Beto", "mastodon", "Los quiero", "praise", "es", NOW - DAY),
        ]
    )
    lists: list[FeedRow] = field(
        default_factory=lambda: [
            FeedRow(1, "Catálogo", FeedKind.CSV, "/shop/c.csv", "{title}: {price}", NOW - DAY, "", 2)
        ]
    )
    goods: list[ProductRow] = field(default_factory=lambda: [product(1, "Marea"), product(2, "Niño")])
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    preview_of: Any = None
    result: Any = None
    fails: UserMistake | None = None
    waits: bool = False

    def lend(self, shop: Shop) -> None:
        """The shop's services and reads are this."""
        queries = shop.services.reads.queries
        queries.older_posts = lambda _limit=60: self.offered
        queries.kind_words = lambda _limit=60: self.praise
        queries.feeds = lambda: self.lists
        queries.products = self.products
        for name in ("ideas", "product_feeds", "post_import", "archive_import"):
            setattr(shop.services, name, self)

    def products(self, typed: str, feed_id: int | None = None, limit: int = 200) -> list[ProductRow]:
        self.asked.append(("products", typed, feed_id))
        return [each for each in self.goods if typed.casefold() in each.title.casefold()][:limit]

    async def repeat(self, posts: Sequence[int]) -> list[int]:
        self.asked.append(("repeat", tuple(posts)))
        return [100 + number for number in posts]

    async def from_praise(self, messages: Sequence[int]) -> int:
        self.asked.append(("praise", tuple(messages)))
        return 100

    async def add(self, source: str, name: str = "", columns: Mapping[Any, str] | None = None) -> int:
        self.asked.append(("add", source))
        if self.fails is not None:
            raise self.fails
        self.lists.append(replace_feed(self.lists[0] if self.lists else None, source))
        return 2

    async def remove(self, feed_id: int) -> None:
        self.asked.append(("remove", feed_id))
        self.lists = [feed for feed in self.lists if feed.id != feed_id]

    async def save_template(self, feed_id: int, template: str) -> None:
        self.asked.append(("template", feed_id, template))

    def stop(self) -> None:
        self.asked.append(("stop",))

    async def read(self, feed_id: int, progress: Callable[[float, int], object] | None = None) -> FeedResult:
        self.asked.append(("read", feed_id))
        if progress is not None:
            progress(0.5, 1000)
        if self.waits:
            await Pause()
        if self.fails is not None:
            raise self.fails
        return self.result or FeedResult(read=2, new=1, gone=1)

    async def make_ideas(self, product_ids: Sequence[int], *, pictures: bool) -> list[int]:
        self.asked.append(("make", tuple(product_ids), pictures))
        return list(product_ids)

    async def preview(self, path: Path, *more: Any) -> Any:
        self.asked.append(("preview", path.name, *(each for each in more if not callable(each))))
        if self.fails is not None:
            raise self.fails
        return self.preview_of

    async def import_file(self, path: Path, *chosen: Any, **how: Any) -> Any:
        progress = how.pop("progress", None)
        self.asked.append(("import", path.name, *chosen, how))
        if progress is not None:
            progress(6, 12)
        if self.waits:
            await Pause()
        return self.result

    def asked_for(self, name: str) -> list[tuple[Any, ...]]:
        return [each for each in self.asked if each[0] == name]


def replace_feed(feed: FeedRow | None, source: str) -> FeedRow:
    base = feed or FeedRow(1, "Catálogo", FeedKind.CSV, "", "", None)
    return base._replace(id=2, name="Otra", source=source, read_at=None, products=0)


def archive_seen(**fields: Any) -> ArchivePreview:
    post = ArchivedPost("1", "Hola", NOW - 300 * DAY)
    values: dict[str, Any] = {
        "kind": ArchiveKind.X,
        "handle": "discosaurora",
        "account_id": X,
        "posts": 40,
        "known": 3,
        "left_out": 9,
    }
    return ArchivePreview(
        **{**values, "first": NOW - 900 * DAY, "last": NOW - 300 * DAY, "media": 4, "sample": (post,), **fields}
    )
