"""What commands and screens may ask of tracked links and their clicks, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from typing import Protocol

from app.models.post import PostDraft
from app.models.tracked_link import LinkFace, Trial
from app.runtime.signals import Signal
from app.runtime.words import Message


class TrackedLinksService(Protocol):
    """Links of posts that tell where their clicks came from, made short where a shortener is set up."""

    said: Signal[Message]
    """What the user should hear: a link could not be made short."""
    trouble: Message | None
    """Why the last one could not; None since one could."""

    @property
    def shortener_name(self) -> str:
        """Empty without one."""

    def leaves(self, draft: PostDraft, account_id: int, text: str) -> str:
        """A text of the draft as it leaves on that account; fast enough for each key."""

    def faces(self, draft: PostDraft) -> tuple[LinkFace, ...]:
        """Every link of the draft on each of its accounts."""

    def example(self, pattern: str) -> str:
        """A link with what a pattern adds."""

    def complaint(self, pattern: str) -> tuple[Message | None, Message | None]:
        """(what is wrong with a pattern, what to think of)."""

    def tag(self, url: str, account_id: int) -> str:
        """A link for a reply, with where it came from."""

    async def has_token(self) -> bool: ...

    async def set_token(self, token: str) -> None:
        """Into the keyring; empty forgets it."""

    async def try_it(self) -> Trial:
        """Whether the shortener lets us in, and what its plan still allows. Takes seconds."""


class ClicksService(Protocol):
    """The counting of clicks."""

    trouble: Message | None

    async def count(self, *, at_opening: bool = False, asked: bool = False) -> bool:
        """Ask the shortener now; whether it answered."""
