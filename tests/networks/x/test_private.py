"""Private messages: read at little cost, answered in their conversation, and looked for when an answer was lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.models.message import MessageKind, Visibility
from app.models.post import Poll
from app.networks.network import Incoming
from app.networks.outgoing import Found, Outgoing, Sent, Upload
from app.networks.x import private
from app.networks.x.connection import XConnection
from app.runtime.errors import Refused, Unsure
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.x.conftest import Opening
from tests.networks.x.server import ANA, BETO, LOST, ME, recorded


async def read(connection: XConnection, cursor: str = "") -> tuple[list[Incoming], str]:
    found: list[Incoming] = []
    async for page in connection.messages(cursor):
        found += page.messages
        cursor = page.cursor
    return found, cursor


async def test_a_message_and_our_answer_are_one_conversation(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.write_private(ANA, "¿Me apartas uno? <3")
        clock.advance(1)
        ((asked,), cursor) = await read(connection)
        assert (asked.kind, asked.visibility, asked.text) == (
            MessageKind.PRIVATE,
            Visibility.DIRECT,
            "¿Me apartas uno? <3",
        )
        assert (asked.author.handle, asked.thread_key, asked.ours) == ("@ana_oye", f"private:{ANA}-{ME}", False)
        sent = await connection.publish(
            Outgoing(key="1", text="Claro.", visibility=Visibility.DIRECT, reply_to=asked.remote_id)
        )
        clock.advance(1)
        (ours,), cursor = await read(connection, cursor)
        assert (ours.remote_id, ours.thread_key, ours.ours) == (sent.remote_id, asked.thread_key, True)
        assert (await read(connection, cursor))[0] == []


async def test_a_look_where_nothing_is_new_reads_one_message(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        for number in range(30):
            server.write_private(ANA, f"Mensaje {number}", at=clock.now() + timedelta(seconds=number))
        found, cursor = await read(connection)
        assert [message.text for message in found] == [f"Mensaje {number}" for number in range(30)]
        before = +server.charged
        assert (await read(connection, cursor))[0] == []
        assert +server.charged == before  # the one that was looked at had been billed today
        asked = server.http.asked("GET", "/2/dm_events")
        assert asked[-1].first("max_results") == "1"


async def test_many_new_ones_are_all_read(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.write_private(ANA, "Antes")
        _, cursor = await read(connection)
        for number in range(45):
            server.write_private(BETO, f"Nuevo {number}", at=clock.now() + timedelta(seconds=number + 1))
        found, _ = await read(connection, cursor)
        assert [message.text for message in found] == [f"Nuevo {number}" for number in range(45)]


async def test_an_app_without_permission_reads_everything_else(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("GET", "/2/dm_events", Reply(403, recorded("not_permitted")))
        server.say(ANA, "¿Hay?")
        found, cursor = await read(connection)
        assert len(found) == 1
        await read(connection, cursor)
        assert len(server.http.asked("GET", "/2/dm_events")) == 1


async def test_a_lost_answer_is_found_and_one_that_is_not_there_is_not(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        asked = f"dm.{ANA}-{ME}.{server.write_private(ANA, '¿Me apartas uno?')}"
        part = Outgoing(key="1", text="Claro: https://a.mx", reply_to=asked)
        assert await connection.find_mine(part, clock.now()) is Found.NOT_THERE
        server.faults.append((True, LOST))
        with pytest.raises(Unsure):
            await connection.publish(part)
        found = await connection.find_mine(part, clock.now())
        assert isinstance(found, Sent)
        assert found.remote_id == f"dm.{ANA}-{ME}.{server.private[0]['id']}"
        for number in range(30):
            server.write_private(ANA, f"Más {number}")
        assert await connection.find_mine(part, clock.now()) is Found.CANNOT_TELL


@pytest.mark.parametrize(
    ("content_type", "category"), [("image/jpeg", "dm_image"), ("image/gif", "dm_gif"), ("video/mp4", "dm_video")]
)
async def test_a_picture_goes_along_uploaded_as_one_of_a_private_message(
    opening: Opening, clock: FakeClock, content_type: str, category: str
) -> None:
    async with opening() as (server, connection):
        asked = f"dm.{ANA}-{ME}.{server.write_private(ANA, '¿Cómo es la portada?')}"
        _, cursor = await read(connection)
        clock.advance(1)
        media = await connection.upload(Upload(b"abc", content_type, "portada", private=True))
        assert server.media[media]["category"] == category
        part = Outgoing(
            key="1", text="Así: https://a.mx/1", media_ids=(media,), visibility=Visibility.DIRECT, reply_to=asked
        )
        sent = await connection.publish(part)
        (request,) = server.http.asked("POST", "/2/dm_conversations/*")
        assert request.json == {"text": "Así: https://a.mx/1", "attachments": [{"media_id": media}]}
        assert server.charged["private_message"] == 1
        (ours,), _ = await read(connection, cursor)
        assert (ours.remote_id, len(ours.attachments)) == (sent.remote_id, 1)
        found = await connection.find_mine(part, clock.now())
        assert isinstance(found, Sent)
        assert found.remote_id == sent.remote_id


async def test_a_picture_needs_no_words(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        asked = f"dm.{ANA}-{ME}.{server.write_private(ANA, '¿Cómo es?')}"
        media = await connection.upload(Upload(b"abc", "image/png", "portada", private=True))
        part = Outgoing(key="1", text="", media_ids=(media,), reply_to=asked)
        server.faults.append((True, LOST))
        with pytest.raises(Unsure):
            await connection.publish(part)
        (request,) = server.http.asked("POST", "/2/dm_conversations/*")
        assert set(request.json) == {"attachments"}
        assert isinstance(await connection.find_mine(part, clock.now()), Sent)


async def test_our_words_without_the_picture_prove_nothing(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        asked = f"dm.{ANA}-{ME}.{server.write_private(ANA, '¿Cómo es?')}"
        clock.advance(1)
        await connection.publish(Outgoing(key="1", text="Así", reply_to=asked))
        part = Outgoing(key="2", text="Así", media_ids=("7",), reply_to=asked)
        assert await connection.find_mine(part, clock.now()) is Found.CANNOT_TELL


async def test_a_picture_of_a_post_is_none_of_a_private_message(opening: Opening) -> None:
    async with opening() as (server, connection):
        asked = f"dm.{ANA}-{ME}.{server.write_private(ANA, '¿Cómo es?')}"
        media = await connection.upload(Upload(b"abc", "image/png", "portada"))
        assert server.media[media]["category"] == "tweet_image"
        with pytest.raises(Refused):
            await connection.publish(Outgoing(key="1", text="Así", media_ids=(media,), reply_to=asked))


@pytest.mark.parametrize("more", [{"media_ids": ("1", "2")}, {"poll": Poll(("a", "b"))}])
async def test_what_a_private_message_does_not_take_is_sent_by_hand(opening: Opening, more: dict[str, Any]) -> None:
    async with opening() as (server, connection):
        with pytest.raises(Refused) as caught:
            await connection.publish(Outgoing(key="1", text="Mira", reply_to=f"dm.{ANA}-{ME}.5", **more))
        assert caught.value.by_hand
        assert server.http.asked("POST", "/2/dm_conversations/*") == []


async def test_a_group_is_a_conversation_of_its_own(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.write_private(ANA, "Hola a todos")
        server.private[0]["dm_conversation_id"] = "1888"
        server.private.append({"id": "5", "sender_id": ANA})
        ((message,), _) = await read(connection)
        assert message.thread_key == "private:1888"
        assert private.conversation_of(message.remote_id) == "1888"


def test_names_of_messages() -> None:
    assert private.is_private("dm.1-2.3")
    assert not private.is_private("1990")
    assert private.conversation_of("dm.1-2.3") == "1-2"
    assert (private.other_of("1-2", "1"), private.other_of("1-2", "2"), private.other_of("77", "1")) == ("2", "1", "77")
