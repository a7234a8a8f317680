"""Remote ids of Bluesky: what they hold, and what is none."""

from __future__ import annotations

import pytest

from app.networks.bluesky.refs import ChatRef, Ref, chat_ref_of, ref_of, strong_ref, web_place

URI = "at://did:plc:abc/app.bsky.feed.post/3k2a"


def test_a_remote_id_carries_the_address_and_the_hash_of_the_content() -> None:
    ref = Ref(URI, "bafyrei1")
    assert ref_of(ref.remote_id) == ref
    assert (ref.did, ref.collection, ref.key) == ("did:plc:abc", "app.bsky.feed.post", "3k2a")
    assert ref.strong == {"uri": URI, "cid": "bafyrei1"}
    assert ref.url == "https://bsky.app/profile/did:plc:abc/post/3k2a"


def test_an_address_alone_is_a_remote_id_too() -> None:
    assert ref_of(URI) == Ref(URI)
    assert Ref(URI).remote_id == URI


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "https://bsky.app/x",
        "at://ana.test/a/b",
        "at://did:plc:abc",
        "at://did:plc:abc/a",
        "at://did:plc:abc/a/b/c",
        "at://did:plc:abc//b",
    ],
)
def test_what_names_no_record_is_none(text: str) -> None:
    assert ref_of(text) is None


def test_a_private_message_is_named_with_its_conversation() -> None:
    ref = ChatRef("c1", "m1")
    assert chat_ref_of(ref.remote_id) == ref
    assert chat_ref_of(URI) is None
    assert chat_ref_of("chat:#m") is None
    assert ref_of(ref.remote_id) is None


def test_a_record_names_another_with_both() -> None:
    assert strong_ref({"uri": URI, "cid": "b"}) == Ref(URI, "b")
    assert strong_ref({"uri": 7}) is None


def test_a_posts_page_on_the_web_is_understood() -> None:
    assert web_place("https://bsky.app/profile/ana.test/post/3k2a?ref=x") == ("ana.test", "3k2a")
    assert web_place("https://bsky.app/profile/ana.test") is None
    assert web_place("https://other.example/profile/a/post/b") is None
