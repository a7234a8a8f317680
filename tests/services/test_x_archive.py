"""What is read out of an archive of X, item by item."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.archive import ArchivedPost
from app.models.order import WrongRow
from app.services import x_archive


class Held:
    """An archive in memory."""

    def __init__(self, **files: str) -> None:
        self.files = files

    def find(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, IO[bytes]]]:
        for name, text in self.files.items():
            if wanted(name):
                yield name, io.BytesIO(text.encode())

    def close(self) -> None:
        """Nothing is open."""


def told(*tweets: Any, name: str = "data/tweets.js") -> list[ArchivedPost | WrongRow | None]:
    archive = Held(**{name: f"window.YTD.tweets.part0 = {json.dumps(tweets)}"})
    return list(x_archive.posts(archive, "42", "aurora"))


def tweet(**more: Any) -> dict[str, Any]:
    return {"tweet": {"id_str": "7", "full_text": "Hola", "created_at": "Wed Oct 10 20:19:24 +0000 2018", **more}}


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("data/tweets.js", True),
        ("data/tweet.js", True),
        ("data/tweets-part1.js", True),
        ("twitter-2026/data/tweets.js", True),
        ("__MACOSX/data/tweets.js", False),
        ("data/deleted-tweets.js", False),
        ("data/tweets.js.bak", False),
        ("mydata/tweets.json", False),
    ],
)
def test_the_files_with_posts_are_known_by_their_names(name: str, is_one: bool) -> None:
    assert x_archive.is_one(name) is is_one


def test_a_post_is_told_with_moment_address_and_figures() -> None:
    (post,) = told(tweet(favorite_count="12", retweet_count=3, lang="es"))
    assert isinstance(post, ArchivedPost)
    assert post.at == datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)
    assert (post.url, post.language, post.figures) == (
        "https://x.com/aurora/status/7",
        "es",
        {"likes": 12, "reposts": 3},
    )


def test_older_archives_hold_posts_without_a_wrapper() -> None:
    (post,) = told(tweet()["tweet"], name="data/tweet.js")
    assert isinstance(post, ArchivedPost)


def test_of_a_video_the_best_copy_is_named() -> None:
    variants = [
        {"content_type": "application/x-mpegURL", "url": "https://v.example/a.m3u8"},
        {"content_type": "video/mp4", "bitrate": "256000", "url": "https://v.example/low.mp4?tag=1"},
        {"content_type": "video/mp4", "bitrate": "832000", "url": "https://v.example/high.mp4?tag=1"},
    ]
    (post,) = told(
        tweet(
            extended_entities={
                "media": [{"media_url_https": "https://p.example/x.jpg", "video_info": {"variants": variants}}]
            }
        )
    )
    assert isinstance(post, ArchivedPost)
    assert post.media[0].name == "7-high.mp4"


@pytest.mark.parametrize(
    "item",
    [
        3,
        None,
        {"tweet": None},
        tweet(id_str="../../x"),
        tweet(created_at="yesterday"),
        tweet(favorite_count="many"),
        tweet(entities=3),
    ],
)
def test_what_cannot_be_read_bears_its_number(item: Any) -> None:
    rows = told(tweet(), item)
    assert isinstance(rows[1], WrongRow)
    assert rows[1].line == 2


@given(
    st.dictionaries(
        st.sampled_from(
            ["id_str", "full_text", "created_at", "entities", "extended_entities", "lang", "favorite_count"]
        ),
        st.none()
        | st.integers()
        | st.text(max_size=8)
        | st.lists(st.integers(), max_size=2)
        | st.dictionaries(
            st.sampled_from(["urls", "media"]), st.lists(st.none() | st.text(max_size=4), max_size=2), max_size=2
        ),
    )
)
def test_no_shape_breaks_the_reading(fields: dict[str, Any]) -> None:
    for row in told(tweet(**fields)):
        assert row is None or isinstance(row, ArchivedPost | WrongRow)
