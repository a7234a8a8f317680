"""Posts and people in both spellings, whole and broken."""

from __future__ import annotations

from typing import Any

import pytest

from app.networks.x import shapes
from tests.networks.x.server import recorded


def a_post(**fields: Any) -> shapes.Post:
    post = shapes.post_of(
        {"id": "7", "created_at": "2026-11-18T16:00:00.000Z", "author_id": "1", "text": "Hola", **fields}
    )
    assert post is not None
    return post


def test_a_post_in_the_old_spelling() -> None:
    data = recorded("post_old_spelling")
    (post,) = shapes.posts_of(data["data"])
    assert post.text == "@discosaurora mira https://discos.example/nuevo <3 & más"
    assert (post.quoted, post.likes, post.reposts, post.replies, post.quotes) == ("1980000000000000001", 5, 2, 1, 0)
    assert post.links == ("https://discos.example/nuevo",)
    included = shapes.included_of(data)
    assert included.posts[post.quoted].text == "Nuevo disco"
    assert included.people[post.author_id].handle == "@ana_oye"


def test_both_spellings_mean_the_same() -> None:
    new = a_post(
        referenced_posts=[{"type": "replied_to", "id": "5"}],
        note_post={"text": "Todo"},
        public_metrics={"repost_count": 3},
    )
    old = a_post(
        referenced_tweets=[{"type": "replied_to", "id": "5"}],
        note_tweet={"text": "Todo"},
        public_metrics={"retweet_count": 3},
    )
    assert new == old
    assert (new.in_reply_to, new.text, new.reposts) == ("5", "Todo", 3)
    assert shapes.included_of(
        {"includes": {"posts": [{"id": "7", "created_at": "2026-11-18T16:00:00Z"}]}}
    ).posts.keys() == {"7"}


def test_the_link_that_stands_for_pictures_is_left_out() -> None:
    urls = [{"url": "https://t.co/m", "expanded_url": "https://x.com/a/status/7/photo/1"}]
    post = a_post(text="Portada https://t.co/m", entities={"urls": urls}, attachments={"media_keys": ["3_1", "3_2"]})
    assert (post.text, post.media_keys, post.links) == ("Portada", ("3_1", "3_2"), ())


def test_who_is_named_in_what_is_shown() -> None:
    mentions = [{"start": 0, "username": "DiscosAurora"}, {"start": 20, "username": "ana_oye"}]
    reply = a_post(
        text="@discosaurora Hola, @ana_oye",
        entities={"mentions": mentions},
        display_text_range=[14, 28],
        referenced_posts=[{"type": "replied_to", "id": "5"}],
    )
    assert reply.mentioned == {"discosaurora", "ana_oye"}
    assert reply.named == {"ana_oye"}
    assert a_post(entities={"mentions": mentions}).named == {"discosaurora", "ana_oye"}
    guessed = a_post(
        text="@discosaurora Hola, @ana_oye",
        entities={"mentions": mentions},
        referenced_posts=[{"type": "replied_to", "id": "5"}],
    )
    assert guessed.named == {"ana_oye"}


@pytest.mark.parametrize(
    "broken", [{}, {"id": "1"}, {"created_at": "2026-11-18T16:00:00Z"}, {"id": "1", "created_at": "soon"}]
)
def test_what_is_no_post_is_left_out(broken: dict[str, Any]) -> None:
    assert shapes.post_of(broken) is None
    assert shapes.posts_of([broken, 7, None]) == []


@pytest.mark.parametrize(
    "odd",
    [
        {"entities": 3, "referenced_posts": "x", "attachments": [], "public_metrics": None, "note_post": 1},
        {"entities": {"mentions": [{"start": "x"}], "urls": [{}]}, "display_text_range": ["a"], "lang": 5},
    ],
)
def test_odd_fields_break_nothing(odd: dict[str, Any]) -> None:
    assert a_post(**odd).text == "Hola"


@pytest.mark.parametrize(
    ("code", "language"), [("es", "es"), ("und", ""), ("qme", ""), ("zxx", ""), ("in", "id"), ("iw", "he")]
)
def test_languages(code: str, language: str) -> None:
    assert a_post(lang=code).language == language


def test_addresses_with_and_without_a_name() -> None:
    assert a_post().url("@ana_oye") == "https://x.com/ana_oye/status/7"
    assert a_post().url() == "https://x.com/i/web/status/7"


def test_a_profile_needs_an_id_and_a_name() -> None:
    profile = shapes.profile_of(recorded("me")["data"])
    assert profile is not None
    assert (profile.handle, profile.followers, profile.following, profile.posts) == ("@discosaurora", 1830, 241, 3120)
    assert shapes.profile_of({"id": "1"}) is None


def test_ids_are_numbers() -> None:
    assert shapes.number_of("10") > shapes.number_of("9") > shapes.number_of("dm.1-2.3") == 0
