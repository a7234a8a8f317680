"""What screens and commands may ask of ideas, of products and of what is brought in from files, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from app.models.archive import ArchivePreview, ArchiveResult
from app.models.idea import OlderPost, Seed
from app.models.post_import import ImportAs, PostImportResult, PostMapped, PostPreview
from app.models.product import FeedResult, FeedRow, ProductColumn, ProductRow

Counting = Callable[[int, int], object]
"""(done, of all; 0 while that is not known)."""


class IdeaQueries(Protocol):
    """Plain reads."""

    def kind_words(self, limit: int = 60) -> list[Seed]:
        """Praise that was kept, the newest first."""

    def older_posts(self, limit: int = 60) -> list[OlderPost]:
        """Posts that went well: those of this season of other years first."""

    def feeds(self) -> list[FeedRow]: ...

    def products(self, typed: str, feed_id: int | None = None, limit: int = 200) -> list[ProductRow]:
        """What fits the words typed; what was never featured, or longest ago, comes first."""

    def products_by_ids(self, ids: Sequence[int]) -> list[ProductRow]: ...


class IdeasService(Protocol):
    """Ideas out of what is there; each act can be undone, and raises UserMistake where there is nothing to make one of."""

    async def from_message(self, conversation_id: int) -> int: ...

    async def from_praise(self, message_ids: Sequence[int]) -> int: ...

    async def from_faq(self, entry_id: int) -> int: ...

    async def repeat(self, post_ids: Sequence[int]) -> list[int]: ...


class ProductFeedsService(Protocol):
    """The shop's products."""

    async def add(self, source: str, name: str = "", columns: Mapping[ProductColumn, str] | None = None) -> int: ...

    async def remove(self, feed_id: int) -> None: ...

    async def save_template(self, feed_id: int, template: str) -> None: ...

    def stop(self) -> None: ...

    async def read(self, feed_id: int, progress: Callable[[float, int], object] | None = None) -> FeedResult:
        """`progress` hears the share that is read and how many products so far."""

    async def make_ideas(self, product_ids: Sequence[int], *, pictures: bool) -> list[int]: ...


class PostImportService(Protocol):
    """Posts out of a spreadsheet."""

    async def preview(self, path: Path, encoding: str = "") -> PostPreview: ...

    def stop(self) -> None: ...

    async def import_file(
        self,
        path: Path,
        mapped: PostMapped,
        become: ImportAs,
        account_ids: Sequence[int],
        *,
        pictures: bool = False,
        progress: Counting | None = None,
        encoding: str = "",
    ) -> PostImportResult: ...


class ArchiveImportService(Protocol):
    """History out of a network's archive."""

    async def preview(
        self, path: Path, account_id: int | None = None, progress: Counting | None = None
    ) -> ArchivePreview: ...

    def stop(self) -> None: ...

    async def import_file(
        self, path: Path, account_id: int, *, media: bool, progress: Counting | None = None
    ) -> ArchiveResult: ...
