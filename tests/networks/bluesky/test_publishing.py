"""Publishing on Bluesky: what is written, that it is written once, and what is mended on the way."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from app.models.message import Visibility
from app.networks.outgoing import Found, LinkCard, Outgoing, Sent, Upload
from app.runtime.errors import Offline, RateLimited, Refused, Unsure
from tests.fakes.clock import WEDNESDAY_MORNING, FakeClock
from tests.fakes.http_server import Cut, Reply
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ANA, LOST, OURS, PdsOfTests
from tests.networks.bluesky.wire import error

PUT = "/xrpc/com.atproto.repo.putRecord"


def a_part(text: str = "Llegó el disco nuevo", **fields: Any) -> Outgoing:
    return Outgoing(**{"key": f"key of {text}", "text": text, "begun": WEDNESDAY_MORNING, **fields})


def a_picture(kilobytes: int = 0) -> Upload:
    """Noise, so that it is about as large as is asked for."""
    side = 64 if not kilobytes else int((kilobytes * 1024 / 1.6) ** 0.5)
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "JPEG", quality=95)
    return Upload(out.getvalue(), "image/jpeg", "a.jpg", "Una portada", side, side)


def records(server: PdsOfTests) -> list[dict[str, Any]]:
    return [post["value"] for post in server.posts()]


# --- what is written


async def test_a_post_says_what_it_was_given(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        sent = await connection.publish(a_part("Hola @ana.test #vinilo https://a.example/b", language="es"))
        (record,) = records(server)
        assert record["$type"] == "app.bsky.feed.post"
        assert record["langs"] == ["es"]
        assert record["createdAt"].startswith("2026-11-18T16:00:00.000")
        assert [facet["features"][0]["$type"].partition("#")[2] for facet in record["facets"]] == [
            "mention",
            "tag",
            "link",
        ]
        assert record["facets"][0]["features"][0]["did"] == ANA
        assert "embed" not in record
        assert sent.remote_id == f"{server.posts()[0]['uri']}#{server.posts()[0]['cid']}"
        assert sent.url == f"https://bsky.app/profile/{OURS}/post/{sent.remote_id.partition('#')[0].rpartition('/')[2]}"
        assert server.http.asked("POST", PUT)[0].json["swapRecord"] is None


async def test_up_to_four_pictures_with_description_and_shape(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        pictures = tuple([await connection.upload(replace(a_picture(), alt=f"foto {number}")) for number in range(4)])
        await connection.publish(a_part(media_ids=pictures))
        embed = records(server)[0]["embed"]
        assert embed["$type"] == "app.bsky.embed.images"
        assert [image["alt"] for image in embed["images"]] == ["foto 0", "foto 1", "foto 2", "foto 3"]
        assert embed["images"][0]["aspectRatio"] == {"width": 64, "height": 64}
        assert isinstance(embed["images"][0]["image"]["size"], int)


async def test_a_link_card_with_its_picture(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        thumb = await connection.upload(a_picture())
        await connection.publish(a_part(link_card=LinkCard("https://a.example/b", "Título", "Qué es", thumb)))
        external = records(server)[0]["embed"]["external"]
        assert (external["uri"], external["title"], external["description"]) == (
            "https://a.example/b",
            "Título",
            "Qué es",
        )
        assert external["thumb"]["$type"] == "blob"


async def test_pictures_take_the_place_of_a_link_card(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        await connection.publish(
            a_part(media_ids=(await connection.upload(a_picture()),), link_card=LinkCard("https://a.example", "T"))
        )
        assert records(server)[0]["embed"]["$type"] == "app.bsky.embed.images"


async def test_a_quote_alone_and_with_pictures(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        theirs = server.say(ANA, "Qué disco")
        await connection.publish(a_part("sola", quote=theirs))
        page = f"https://bsky.app/profile/ana.test/post/{theirs.partition('#')[0].rpartition('/')[2]}"
        await connection.publish(a_part("con foto", quote=page, media_ids=(await connection.upload(a_picture()),)))
        by_text = {record["text"]: record["embed"] for record in records(server)}
        assert by_text["sola"] == {
            "$type": "app.bsky.embed.record",
            "record": {"uri": theirs.partition("#")[0], "cid": theirs.partition("#")[2]},
        }
        assert by_text["con foto"]["$type"] == "app.bsky.embed.recordWithMedia"
        assert by_text["con foto"]["record"] == by_text["sola"]
        assert by_text["con foto"]["media"]["$type"] == "app.bsky.embed.images"


async def test_the_parts_of_a_thread_hang_together(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        first = await connection.publish(a_part("uno"))
        second = await connection.publish(a_part("dos", number=1, reply_to=first.remote_id, root=first.remote_id))
        await connection.publish(a_part("tres", number=2, reply_to=second.remote_id, root=first.remote_id))
        one, two, three = records(server)
        uris = [post["uri"] for post in server.posts()]
        assert "reply" not in one
        assert two["reply"]["root"]["uri"] == two["reply"]["parent"]["uri"] == uris[0]
        assert (three["reply"]["root"]["uri"], three["reply"]["parent"]["uri"]) == (uris[0], uris[1])
        assert [record["text"] for record in (one, two, three)] == ["uno", "dos", "tres"]
        assert len(server.http.requests) == 4


async def test_a_reply_deep_in_a_thread_names_that_thread_s_first_post(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        root = server.say(ANA, "Abro un hilo", mentions=False)
        below = server.say(ANA, "y sigo @aurora.test", reply_to=root)
        await connection.publish(a_part("Aquí estamos", reply_to=below))
        reply = records(server)[0]["reply"]
        assert f"{reply['root']['uri']}#{reply['root']['cid']}" == root
        assert f"{reply['parent']['uri']}#{reply['parent']['cid']}" == below


async def test_a_long_answer_stays_in_the_thread_it_answers(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        root = server.say(ANA, "Abro un hilo", mentions=False)
        below = server.say(ANA, "y sigo @aurora.test", reply_to=root)
        first = await connection.publish(a_part("uno", reply_to=below, root=below))
        await connection.publish(a_part("dos", number=1, reply_to=first.remote_id, root=below))
        assert [f"{record['reply']['root']['uri']}#{record['reply']['root']['cid']}" for record in records(server)] == [
            root,
            root,
        ]


async def test_a_post_of_ours_is_answered_before_the_network_shows_it(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        first = await connection.publish(a_part("uno"))
        server.blind.add(first.remote_id.partition("#")[0])
        await connection.publish(a_part("sigo", reply_to=first.remote_id))
        assert len(records(server)) == 2


@pytest.mark.parametrize("field", ["reply_to", "quote"])
async def test_what_is_gone_is_neither_answered_nor_quoted(opening: Opening, field: str) -> None:
    async with opening() as (server, connection, _):
        for target in (
            f"at://{ANA}/app.bsky.feed.post/3gone#b",
            "nonsense",
            "https://bsky.app/profile/nobody.test/post/3k",
        ):
            with pytest.raises(Refused) as caught:
                await connection.publish(a_part(**{field: target}))
            assert caught.value.reason.id == "network.refused.gone"
        assert records(server) == []


async def test_a_post_whose_author_takes_no_replies_is_not_answered(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        theirs = server.say(ANA, "Solo para amigas")
        server.closed.add(theirs.partition("#")[0])
        with pytest.raises(Refused) as caught:
            await connection.publish(a_part(reply_to=theirs))
        assert caught.value.reason.id == "network.bluesky.replies_closed"


@pytest.mark.parametrize("visibility", [Visibility.FOLLOWERS, Visibility.DIRECT])
async def test_what_is_not_for_everybody_is_never_said_to_everybody(opening: Opening, visibility: Visibility) -> None:
    async with opening() as (server, connection, _):
        with pytest.raises(Refused) as caught:
            await connection.publish(a_part(visibility=visibility))
        assert caught.value.reason.id == "network.bluesky.all_public"
        assert server.http.requests == []


# --- once


async def test_the_same_part_sent_again_is_the_same_post(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        picture = a_picture()
        first = await connection.publish(a_part(media_ids=(await connection.upload(picture),)))
        clock.advance(60)
        again = await connection.publish(a_part(media_ids=(await connection.upload(picture),)))
        assert (first.remote_id, first.url) == (again.remote_id, again.url)
        assert len(server.posts()) == 1


@pytest.mark.parametrize(
    "answer",
    [
        LOST,
        Reply(200, {}, cut=Cut.MIDDLE),
        Reply(502, {"error": "UpstreamFailure"}),
        Reply(500, body=b"<h1>"),
        Reply(200, body=b"["),
    ],
)
@pytest.mark.parametrize("stored", [True, False])
async def test_an_answer_that_is_lost_is_settled_by_the_key(
    opening: Opening, clock: FakeClock, answer: Reply, *, stored: bool
) -> None:
    async with opening() as (server, connection, _):
        server.faults.append((stored, answer))
        with pytest.raises(Unsure):
            await connection.publish(a_part())
        found = await connection.find_mine(a_part(), clock.now())
        if stored:
            assert isinstance(found, Sent)
        else:
            assert found is Found.REPEATABLE
            found = await connection.publish(a_part())
        assert found.remote_id == f"{server.posts()[0]['uri']}#{server.posts()[0]['cid']}"
        assert len(server.posts()) == 1


async def test_what_another_program_changed_since_is_ours_and_stays_as_it_is(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        first = await connection.publish(a_part())
        server.overwrite(first.remote_id, "corregido en el teléfono")
        again = await connection.publish(a_part())
        assert again.url == first.url
        assert again.remote_id != first.remote_id
        assert [record["text"] for record in records(server)] == ["corregido en el teléfono"]
        assert await connection.find_mine(a_part(), WEDNESDAY_MORNING) == again


async def test_another_post_at_our_key_is_left_alone(opening: Opening) -> None:
    """One in a hundred million: two parts get the same key."""
    async with opening() as (server, connection, _):
        first = await connection.publish(a_part())
        name = first.remote_id.partition("#")[0].partition(f"{OURS}/")[2]
        other = {"$type": "app.bsky.feed.post", "text": "Otra cosa", "createdAt": "2026-11-18T16:00:00.000Z"}
        server.records[OURS][name]["value"] = other
        server.records[OURS][name]["cid"] = "bafyreiother"
        assert await connection.find_mine(a_part(), WEDNESDAY_MORNING) is Found.REPEATABLE
        sent = await connection.publish(a_part())
        assert sent.url != first.url
        assert {record["text"] for record in records(server)} == {"Otra cosa", "Llegó el disco nuevo"}
        found = await connection.find_mine(a_part(), WEDNESDAY_MORNING)
        assert isinstance(found, Sent)
        assert found.remote_id == sent.remote_id


async def test_what_waited_for_hours_is_dated_when_it_leaves_and_still_stands_once(
    opening: Opening, clock: FakeClock
) -> None:
    async with opening() as (server, connection, _):
        server.faults.append((True, LOST))
        with pytest.raises(Unsure):
            await connection.publish(a_part())
        clock.advance(timedelta(hours=9))
        await connection.publish(a_part())
        assert len(server.posts()) == 1
        await connection.publish(a_part("Otro"))
        assert records(server)[-1]["createdAt"].startswith("2026-11-19T01:00:00")


async def test_without_a_beginning_nobody_can_tell(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (_, connection, _keeper):
        assert await connection.find_mine(a_part(begun=None), clock.now()) is Found.CANNOT_TELL
        assert (await connection.publish(a_part(begun=None))).url


async def test_a_limit_on_writing_names_its_end_and_stores_nothing(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        server.limit(1800)
        with pytest.raises(RateLimited) as caught:
            await connection.publish(a_part())
        assert abs(caught.value.until - clock.now() - timedelta(seconds=1800)) < timedelta(seconds=2)
        assert records(server) == []


async def test_a_token_that_ends_in_the_middle_does_not_send_twice(opening: Opening) -> None:
    async with opening() as (server, connection, keeper):
        server.expire()
        await connection.publish(a_part())
        assert keeper.renewals == 1
        assert len(server.posts()) == 1


# --- pictures that are mended


async def test_a_server_that_takes_less_gets_a_smaller_picture(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.largest_blob = 300 * 1024
        media = await connection.upload(a_picture(500))
        await connection.publish(a_part(media_ids=(media,)))
        (image,) = records(server)[0]["embed"]["images"]
        assert image["image"]["size"] <= server.largest_blob
        assert image["alt"] == "Una portada"


async def test_a_card_whose_picture_is_too_large_goes_without_it(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.largest_blob = 10
        card = LinkCard("https://a.example", "T", "", await connection.upload(a_picture()))
        await connection.publish(a_part(link_card=card))
        assert "thumb" not in records(server)[0]["embed"]["external"]


async def test_a_picture_that_never_fits_is_refused(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.largest_blob = 10
        media = await connection.upload(a_picture())
        with pytest.raises(Refused) as caught:
            await connection.publish(a_part(media_ids=(media,)))
        assert caught.value.reason.id in ("network.refused.too_large", "network.refused.said")
        assert records(server) == []


async def test_uploads_that_the_server_dropped_are_sent_again(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        media = await connection.upload(a_picture())
        server.blobs.clear()
        await connection.publish(a_part(media_ids=(media,)))
        assert len(server.blobs) == len(records(server)) == 1


async def test_uploads_whose_bytes_are_gone_here_too_are_made_anew_by_the_next_attempt(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        media = await connection.upload(a_picture())
        server.blobs.clear()
        connection._kept.drop([])
        connection._kept._uploads.clear()
        with pytest.raises(Offline):
            await connection.publish(a_part(media_ids=(media,)))


async def test_a_refusal_says_what_the_server_said(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.faults.append((False, error(400, "InvalidRequest", "Record/text must not be longer than 300 graphemes")))
        with pytest.raises(Refused) as caught:
            await connection.publish(a_part())
        assert "300 graphemes" in str(caught.value.reason.values)
