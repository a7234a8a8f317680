"""What the reply box may ask of the services while a reply is written, as Protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.models.order import OrderRow
from app.models.playbook import PlaybookAnswer
from app.runtime.words import Message


class SeenInReply(Protocol):
    """What was noticed in a reply and in what it answers."""

    @property
    def holds(self) -> str:
        """What concerns one person alone: `email`, `phone`, `address` or `order`; empty for nothing."""

    @property
    def they_hold(self) -> str:
        """The same of the customer's message."""

    @property
    def money(self) -> bool: ...

    @property
    def has_terms(self) -> bool:
        """Whether the link to the shop's terms stands in it."""


class RepliesService(Protocol):
    """What is to be said about a reply while it is written, and texts for it; everything at once."""

    def look(self, text: str, theirs: str) -> SeenInReply:
        """`theirs`: the customer's last message."""

    def anger(self, text: str, theirs: str, replies: int) -> Sequence[Message]:
        """Why it should wait; nothing where it may leave. `replies`: how many this person got in ten minutes, this one among them."""

    def openings(self, language: str) -> Sequence[str]:
        """Calm beginnings."""

    def terms(self, language: str) -> str:
        """The sentence that points to the shop's terms; empty while it is not set where they stand."""

    def privately(self, language: str) -> str:
        """The sentence that asks to go on in private."""

    def values(
        self, name: str, theirs: Sequence[str], handle: str = "", orders: Sequence[OrderRow] = ()
    ) -> Mapping[str, str]:
        """What is known for the placeholders of answers; `theirs` are their messages, the last first."""

    def search(
        self, answers: Sequence[PlaybookAnswer], typed: str, language: str, category: str = ""
    ) -> Sequence[PlaybookAnswer]:
        """The playbook's answers that hold what was typed, the best first; those in `language` before the others."""
