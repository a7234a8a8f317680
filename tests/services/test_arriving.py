"""Nothing of what a network hands over is lost on its way to the store."""

from __future__ import annotations

from datetime import UTC, datetime

from app.models.message import MessageKind
from app.networks.network import Incoming, Person
from app.services.arriving import arrival


def test_the_author_is_laid_flat_and_the_rest_is_as_it_was() -> None:
    author = Person("7", "@ana", "Ana", "https://x.example/ana", "https://x.example/ana.png", 12)
    item = Incoming(
        "1", MessageKind.REPLY, author, "hola", datetime(2026, 11, 18, tzinfo=UTC), "t", parent_id="9", liked=True
    )
    made = arrival(item)
    assert (made.author_id, made.author_handle, made.author_avatar, made.author_followers) == (
        "7",
        "@ana",
        "https://x.example/ana.png",
        12,
    )
    assert (made.remote_id, made.kind, made.text, made.thread_key, made.parent_id, made.liked) == (
        "1",
        MessageKind.REPLY,
        "hola",
        "t",
        "9",
        True,
    )
