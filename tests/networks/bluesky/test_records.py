"""A post's record from its draft: the same draft, the same record."""

from __future__ import annotations

from app.networks.bluesky.media import Media
from app.networks.bluesky.records import Draft
from app.networks.bluesky.refs import Ref
from app.networks.outgoing import LinkCard

BLOB = {"$type": "blob", "ref": {"$link": "b"}, "mimeType": "image/jpeg", "size": 1}
ONE, TWO = Ref("at://did:plc:a/app.bsky.feed.post/1", "c1"), Ref("at://did:plc:a/app.bsky.feed.post/2", "c2")
DATE = "2026-11-22T10:00:00.000001Z"


def test_a_plain_post_holds_nothing_that_is_not_needed() -> None:
    assert Draft("hola", DATE).record() == {"$type": "app.bsky.feed.post", "text": "hola", "createdAt": DATE}


def test_both_ends_of_a_reply_are_named() -> None:
    assert Draft("hola", DATE, parent=TWO, root=ONE).record()["reply"] == {"root": ONE.strong, "parent": TWO.strong}


def test_there_is_room_for_one_kind_of_embed() -> None:
    card = LinkCard("https://a.example", "T")
    video, picture = Media(BLOB, "v", video=True), Media(BLOB, "p")

    def kind(**fields: object) -> object:
        return Draft("x", DATE, **fields).record()["embed"]["$type"]  # type: ignore[index, arg-type, call-overload]

    assert kind(media=(video, picture), card=card) == "app.bsky.embed.video"
    assert kind(media=(picture,) * 6, card=card) == "app.bsky.embed.images"
    assert kind(card=card) == "app.bsky.embed.external"
    assert kind(quoted=ONE) == "app.bsky.embed.record"
    assert kind(quoted=ONE, card=card) == "app.bsky.embed.recordWithMedia"


def test_no_more_than_four_pictures() -> None:
    embed = Draft("x", DATE, media=(Media(BLOB),) * 6).record()["embed"]
    assert isinstance(embed, dict)
    assert len(embed["images"]) == 4
    assert embed["images"][0]["alt"] == ""


def test_half_characters_leave_no_record_that_cannot_be_written() -> None:
    record = Draft("x", DATE, card=LinkCard("https://a.example", "T\ud800", "\0d")).record()
    assert "\ud800" not in str(record).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
