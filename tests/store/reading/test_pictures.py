"""Which pictures may be fetched: those of customers who wrote, each once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.arrival import Arrival
from app.models.message import Attachment, MessageKind
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.reading import pictures
from app.store.writing import messages
from tests.fakes.clock import WEDNESDAY_MORNING

NOW = WEDNESDAY_MORNING


def arrival(number: int, avatar: str, *attachments: Attachment, ours: bool = False) -> Arrival:
    kind = MessageKind.OURS if ours else MessageKind.MENTION
    return Arrival(
        f"m{number}",
        kind,
        f"p{number}",
        f"@p{number}",
        "hola",
        NOW + timedelta(seconds=number),
        "t",
        author_avatar=avatar,
        attachments=attachments,
        ours=ours,
    )


@pytest.fixture
def filled(database: Database, account_id: int) -> Database:
    picture = Attachment("https://a.example/1.png", "image", "", "https://a.example/1_small.png")
    video = Attachment("https://a.example/2.mp4", "video", "", "https://a.example/2.png")
    large = Attachment("https://a.example/3.png", "image")
    arrivals = [
        arrival(1, "https://a.example/f1", picture, video),
        arrival(2, "", large, picture),
        arrival(3, "https://a.example/f1"),
        arrival(4, "", large, ours=True),
    ]
    database.write_now(lambda s: messages.keep(s, account_id, arrivals, "messages", "1", to_ms(NOW), lambda _: None))
    return database


def test_faces_come_once_and_only_where_there_are_any(filled: Database) -> None:
    assert filled.reader.now(pictures.faces, [1, 2, 3, 99]) == ["https://a.example/f1"]
    assert filled.reader.now(pictures.faces, []) == []
    assert filled.reader.now(pictures.latest_faces, 10) == ["https://a.example/f1"]


def test_of_pictures_the_small_version_is_wanted(filled: Database) -> None:
    assert filled.reader.now(pictures.previews, range(1, 600)) == [
        "https://a.example/1_small.png",
        "https://a.example/3.png",
    ]


def test_nothing_is_searched_through(filled: Database) -> None:
    plan = filled.reader.now(lambda c: c.execute(f"EXPLAIN QUERY PLAN {pictures._LATEST}", (10,)).fetchall())
    told = " ".join(row[3] for row in plan)
    assert "USE TEMP B-TREE" not in told
    assert "USING INDEX" in told or "USING COVERING INDEX" in told
