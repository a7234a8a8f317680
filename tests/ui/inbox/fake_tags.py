"""Tags and rules made of lists, for the fake services of the Inbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.models.tag import TagCount, TaggedMessage, TagRow
from app.runtime.errors import UserMistake
from app.runtime.words import message

TAGGED = [
    TaggedMessage(
        number, number, datetime(2026, 11, 18, 15, number, tzinfo=UTC), "mastodon", "@aurora", f"Cliente {number}", f"@c{number}", "mention", "other",
        "es", f"quiero el vinilo {number} en azul", f"https://m.example/{number}", (1,),
    )
    for number in (3, 2, 1)
]  # fmt: skip


@dataclass
class FakeTags:
    """Notes what was asked; `refuses` is said to who names a tag."""

    rows: list[TagRow] = field(
        default_factory=lambda: [
            TagRow(1, "request"),
            TagRow(2, "opinion"),
            TagRow(3, "criticism"),
            TagRow(4, "", "Vinilo & más"),
        ]
    )
    borne: dict[int, tuple[TagRow, ...]] = field(default_factory=dict)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    refuses: bool = False
    rows_to_write: int = 3

    async def toggle(self, tag_id: int, *, messages: Sequence[int] = (), conversations: Sequence[int] = ()) -> bool:
        self.asked.append(("toggle", tag_id, tuple(messages), tuple(conversations)))
        return True

    async def add(self, name: str) -> int:
        self._named(name)
        self.asked.append(("add", name))
        return 9

    async def rename(self, tag_id: int, name: str) -> None:
        self._named(name)
        self.asked.append(("rename", tag_id, name))

    async def merge(self, tag_id: int, into: int) -> int:
        self.asked.append(("merge", tag_id, into))
        return 2

    async def retire(self, tag_id: int, *, retired: bool = True) -> None:
        self.asked.append(("retire", tag_id, retired))

    async def export(
        self,
        target: Path,
        names: Mapping[int, str],
        titles: Sequence[str],
        since: datetime | None,
        until: datetime,
        progress: Callable[[int, int], bool],
    ) -> int | None:
        self.asked.append(("export", target, dict(names), tuple(titles), since, until))
        return self.rows_to_write if progress(1, self.rows_to_write) else None

    def _named(self, name: str) -> None:
        if self.refuses or not name:
            raise UserMistake(message("tags.no_name"), field="name")

    # what queries answer

    def counts(self, since: datetime | None) -> list[TagCount]:
        before = None if since is None else 5
        return [TagCount(row, 3 if row.id == 1 else 0, before if row.id == 1 else 0) for row in self.rows]

    def tagged(self, tag_id: int) -> list[TaggedMessage]:
        return list(TAGGED) if tag_id == 1 else []


@dataclass
class FakeRules:
    """Notes what was asked."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)

    async def take_back(self, mark_id: int) -> None:
        self.asked.append(("take_back", mark_id))

    async def put_first(self, conversation_ids: Sequence[int]) -> bool:
        self.asked.append(("put_first", *conversation_ids))
        return True
