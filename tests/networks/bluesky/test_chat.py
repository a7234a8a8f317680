"""Private messages: read and answered where the app password allows it, and never said twice. Answers are recorded ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.models.message import MessageKind, Visibility
from app.networks.network import Incoming
from app.networks.outgoing import Found, Outgoing, Sent
from app.runtime.errors import Refused, Unsure
from tests.fakes.clock import WEDNESDAY_MORNING, FakeClock
from tests.fakes.http_server import Reply
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ACCESS, ANA, LOST, OURS
from tests.networks.bluesky.test_shapes import recorded
from tests.networks.bluesky.wire import error

CONVOS, MESSAGES = "/xrpc/chat.bsky.convo.listConvos", "/xrpc/chat.bsky.convo.getMessages"


async def read(connection: Any, cursor: str = "") -> tuple[list[Incoming], str]:
    found: list[Incoming] = []
    async for page in connection.messages(cursor):
        found += page.messages
        cursor = page.cursor
    return found, cursor


def an_answer(to: str, text: str = "Claro que sí", **fields: Any) -> Outgoing:
    return Outgoing(
        **{
            "key": f"key of {text}",
            "text": text,
            "reply_to": to,
            "visibility": Visibility.DIRECT,
            "begun": WEDNESDAY_MORNING,
            **fields,
        }
    )


async def test_the_recorded_conversation_is_read(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.http.on("GET", CONVOS, Reply(200, recorded("list_convos")))
        server.http.on("GET", MESSAGES, Reply(200, recorded("get_messages")))
        found, cursor = await read(connection)
        ours, hers = found
        assert (ours.kind, ours.ours, ours.text) == (MessageKind.OURS, True, "Claro que sí")
        assert (hers.kind, hers.author.handle, hers.visibility) == (MessageKind.PRIVATE, "@ana.test", Visibility.DIRECT)
        assert hers.text == "¿Sigue en pie? https://tienda.example/disco"
        assert hers.remote_id == "chat:3ldconvo22222#3ldm2"
        assert ours.thread_key == hers.thread_key == f"private:{ANA}"
        assert await read(connection, cursor) == ([], cursor)
        assert server.http.asked("GET", CONVOS)[0].headers["atproto-proxy"] == "did:web:api.bsky.chat#bsky_chat"
        # The second conversation has been silent for long: its messages are not even asked for.
        assert {each.first("convoId") for each in server.http.asked("GET", MESSAGES)} == {"3ldconvo22222"}


async def test_private_messages_come_once(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        first = server.chat(ANA, "Hola")
        found, cursor = await read(connection)
        assert [each.remote_id for each in found] == [first]
        clock.advance(5)
        second = server.chat(ANA, "¿Están?")
        found, cursor = await read(connection, cursor)
        assert [each.remote_id for each in found] == [second]
        assert (await read(connection, cursor))[0] == []


async def test_an_app_password_without_them_reads_everything_else(opening: Opening) -> None:
    async with opening(ACCESS) as (server, connection, keeper):
        server.chat(ANA, "Hola")
        public = server.say(ANA, "En público")
        found, cursor = await read(connection)
        assert [each.remote_id for each in found] == [public]
        assert await read(connection, cursor) == ([], cursor)
        assert server.http.asked("GET", CONVOS) == []
        assert keeper.renewals == 0
        _, facts = await connection.limits()
        assert facts.values["lacks.private"] == "network.bluesky.no_private"
        with pytest.raises(Refused) as caught:
            await connection.publish(an_answer("chat:convo1#m1"))
        assert caught.value.reason.id == "network.bluesky.no_private"


async def test_an_answer_lands_in_the_conversation(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        hers = server.chat(ANA, "¿Sigue en pie?")
        sent = await connection.publish(an_answer(hers, "Sí: https://a.example"))
        (message,) = [each for each in server.chats["convo1"] if each["sender"]["did"] == OURS]
        assert sent.remote_id == f"chat:convo1#{message['id']}"
        assert sent.url == "https://bsky.app/messages/convo1"
        assert server.http.asked("POST", "/xrpc/chat.bsky.convo.sendMessage")[0].json["message"]["facets"]


@pytest.mark.parametrize("stored", [True, False])
async def test_an_answer_whose_fate_is_unknown_is_looked_for(
    opening: Opening, clock: FakeClock, *, stored: bool
) -> None:
    async with opening() as (server, connection, _):
        server.chat(OURS, "Claro que sí", at=clock.now() - timedelta(hours=1))  # the same words, earlier
        hers = server.chat(ANA, "¿Sigue en pie?")
        part = an_answer(hers)
        server.faults.append((stored, LOST))
        with pytest.raises(Unsure):
            await connection.publish(part)
        found = await connection.find_mine(part, clock.now())
        if stored:
            assert isinstance(found, Sent)
            assert found.remote_id.endswith(server.chats["convo1"][-1]["id"])
        else:
            assert found is Found.NOT_THERE


@pytest.mark.parametrize("name", ["MessagesDisabled", "BlockedActor", "ConvoLocked", "NotFollowedBySender"])
async def test_a_conversation_that_is_closed_says_so(opening: Opening, name: str) -> None:
    async with opening() as (server, connection, _):
        hers = server.chat(ANA, "Hola")
        server.faults.append((False, error(400, name, "recipient has disabled incoming messages")))
        with pytest.raises(Refused):
            await connection.publish(an_answer(hers))


async def test_a_private_message_takes_no_picture_and_no_like(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        hers = server.chat(ANA, "Hola")
        with pytest.raises(Refused):
            await connection.publish(an_answer(hers, media_ids=("{}",)))
        with pytest.raises(Refused):
            await connection.like(hers)
        assert (await connection.figures([hers]))[0].gone is False


@pytest.mark.parametrize(
    "reply",
    [
        error(500, "InternalServerError", "no"),
        error(502, "UpstreamFailure", "no"),
        error(400, "InvalidRequest", "no"),
        Reply(200, body=b"<h1>"),
    ],
)
async def test_while_their_service_is_away_what_is_public_is_heard(opening: Opening, reply: Reply) -> None:
    async with opening() as (server, connection, _):
        public, private = server.say(ANA, "En público"), server.chat(ANA, "Hola")
        answers = server._guarded(server._convos, "chat.bsky.convo.listConvos")
        server.http.on("GET", CONVOS, reply)
        found, cursor = await read(connection)
        assert [each.remote_id for each in found] == [public]
        server.http.on("GET", CONVOS, answers)
        found, cursor = await read(connection, cursor)
        assert [each.remote_id for each in found] == [private]
