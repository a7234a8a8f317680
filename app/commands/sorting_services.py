"""What screens and commands may ask about sorting what comes in (tags, rules, priority), as Protocols: part of commands/services.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.models.rule import Preview, Rule
from app.models.sorting import Sorts, Uses
from app.models.tag import TagCount, TaggedMessage, TagRow
from app.runtime.words import Message


class SortingQueries(Protocol):
    """Reads of tags and rules."""

    def tags(self, *, retired: bool = False) -> list[TagRow]: ...

    def tag_counts(self, since: datetime | None, until: datetime) -> list[TagCount]: ...

    def tagged(self, tag_id: int, since: datetime | None, until: datetime, limit: int = 200) -> list[TaggedMessage]:
        """Messages of the span that bear the tag, newest first."""

    def tags_of(self, message_ids: Sequence[int]) -> Mapping[int, tuple[TagRow, ...]]: ...

    def pillar_uses(self) -> Mapping[str, Uses]:
        """How much there is of each content pillar that anything has."""

    def rules(self) -> list[Rule]:
        """In order; those switched off as well."""

    def rule(self, rule_id: int) -> Rule | None:
        """One that was deleted as well."""


class PillarsService(Protocol):
    """Content pillars and categories as the user has them; each act can be undone."""

    async def keep(self, sorts: Sorts, said: Message) -> None:
        """All of one kind becomes as given; `said` is what taking it back says."""

    async def remove(self, pillar: str, into: str | None = None) -> int:
        """Take a pillar away; what has it is given to `into` (empty: to none), or keeps it. Answers how many posts."""


class TagsService(Protocol):
    """Tags on messages, and the table of them."""

    async def toggle(self, tag_id: int, *, messages: Sequence[int] = (), conversations: Sequence[int] = ()) -> bool:
        """Put a tag on messages, or on the last one of the customer in each conversation; take it off where all bear it."""

    async def add(self, name: str) -> int: ...

    async def rename(self, tag_id: int, name: str) -> None: ...

    async def merge(self, tag_id: int, into: int) -> int: ...

    async def retire(self, tag_id: int, *, retired: bool = True) -> None: ...

    async def export(
        self,
        target: Path,
        names: Mapping[int, str],
        titles: Sequence[str],
        since: datetime | None,
        until: datetime,
        progress: Callable[[int, int], bool],
    ) -> int | None:
        """Write the tagged messages of a span as CSV; `progress` hears (written, all) and answers whether to go on. None: stopped."""


class RulesService(Protocol):
    """Rules that sort what comes in."""

    async def save(self, rule: Rule) -> int: ...

    async def order(self, rule_ids: Sequence[int]) -> None: ...

    async def remove(self, rule_id: int) -> None: ...

    async def switch(self, rule_id: int, *, active: bool) -> None: ...

    async def preview(self, rule: Rule, progress: Callable[[Preview], bool]) -> Preview:
        """What it would have matched within the last month; `progress` answers whether to go on."""

    async def apply(self, rule_id: int, progress: Callable[[int, int], bool]) -> int:
        """Do it to the last month; answers how many messages."""

    async def take_back(self, mark_id: int) -> None:
        """Undo what a rule did to one message."""

    async def put_first(self, conversation_ids: Sequence[int]) -> bool:
        """Put conversations before the rest (high priority), or back where all of them are; answers whether they are first now."""
