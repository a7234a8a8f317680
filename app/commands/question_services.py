"""What commands and screens may ask of image sets, recurring and evergreen posts, and questions to the community, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from app.models.evergreen import EvergreenPost, Queued
from app.models.question import Collected, QuestionPost, QuestionReply, Thanks
from app.models.series import Occurrence, Series
from app.runtime.signals import Signal
from app.runtime.words import Message


class ImageSetsService(Protocol):
    """Deliveries that wait for an image set."""

    async def send_without(self, outbox_ids: Sequence[int]) -> None:
        """They leave without its link."""

    async def give_link(self, outbox_id: int, url: str) -> None:
        """Its link, where it is out and the link is not known. Raises UserMistake (field `url`)."""


class RecurringService(Protocol):
    """Recurring posts; each act can be taken back."""

    said: Signal[Message]

    async def all_of(self) -> list[Series]: ...

    async def coming(self, series_id: int) -> list[Occurrence]:
        """What comes in the weeks ahead, skipped days included."""

    async def begin(self, series: Series, post_id: int | None = None) -> int:
        """Repeat a post from now on. Raises UserMistake (field `ends_on`, `accounts`)."""

    async def change(self, series_id: int, series: Series) -> None:
        """All that is to come, but for what was changed on single days."""

    async def pause(self, series_id: int, *, paused: bool = True) -> None: ...

    async def end(self, series_id: int) -> None: ...

    async def skip(self, series_id: int, day: date) -> None: ...

    async def unskip(self, series_id: int, day: date) -> None: ...


class EvergreenService(Protocol):
    """Posts that may go again."""

    async def offers(self) -> list[EvergreenPost]: ...

    async def queue(self, post_id: int) -> Queued:
        """Plan it again for the next good time at which its words are no duplicate."""

    async def reword(self, post_id: int) -> int:
        """A draft to be written anew; answers its id."""

    async def mark(self, post_id: int, *, evergreen: bool) -> None: ...


class QuestionsService(Protocol):
    """Replies to questions, collected."""

    async def all_of(self) -> list[QuestionPost]: ...

    async def collected(self, post_id: int) -> Collected: ...

    async def mark(self, post_id: int, *, question: bool) -> None: ...

    async def keep(self, post_id: int, message_ids: Sequence[int], *, kept: bool = True) -> None: ...

    async def put_into(self, post_id: int, message_ids: Sequence[int], topic: str) -> None:
        """Into a group of that name; empty: where they are found to belong."""

    async def like(self, replies: Sequence[QuestionReply]) -> int:
        """Answers how many likes are owed."""

    async def thank(self, post_id: int, replies: Sequence[QuestionReply], *, beyond: bool = False) -> Thanks:
        """In words, each once; `beyond` more than look honest on one day."""

    async def follow_up(self, post_id: int, opening: str) -> int:
        """A draft made of the kept replies; answers its id. Raises UserMistake where none is kept."""

    async def export(self, post_id: int, path: Path, titles: Sequence[str], zone: Callable[[datetime], str]) -> int:
        """All replies as CSV; answers how many. `titles` are those of its eight columns."""
