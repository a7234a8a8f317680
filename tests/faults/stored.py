"""What a server of a trial has of ours, in one shape whichever network it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stored:
    """A post or a private message of ours as a server has it."""

    id: str
    text: str
    reply_to: str
    """Remote id of what stands above it; of a private message: what names its conversation."""
    pictures: int = 0
    poll: tuple[str, ...] | None = None
    """Its options; empty where the server has a poll and does not tell them."""
    quote: str = ""
    private: bool = False


@dataclass(frozen=True)
class Acted:
    """A like or boost of ours; one that a server has twice is there twice."""

    kind: str
    """`like` or `boost`, as `OutboxKind` calls it."""
    target: str
