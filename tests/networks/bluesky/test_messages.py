"""What was said to a Bluesky account: each message once, in its thread, whoever answered it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.models.message import MessageKind
from app.networks.network import Incoming
from app.networks.outgoing import Outgoing
from tests.fakes.clock import WEDNESDAY_MORNING, FakeClock
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ANA, BETO, OURS

LIST = "/xrpc/app.bsky.notification.listNotifications"
POSTS = "/xrpc/app.bsky.feed.getPosts"


async def read(connection: Any, cursor: str = "") -> tuple[dict[str, Incoming], str]:
    found: dict[str, Incoming] = {}
    async for page in connection.messages(cursor):
        for message in page.messages:
            assert message.remote_id not in found
            found[message.remote_id] = message
        cursor = page.cursor
    return found, cursor


def a_part(text: str, **fields: Any) -> Outgoing:
    return Outgoing(**{"key": f"key of {text}", "text": text, "begun": WEDNESDAY_MORNING, **fields})


async def test_a_mention_a_reply_and_a_quote_are_told_apart(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        ours = (await connection.publish(a_part("Llegó el disco"))).remote_id
        clock.advance(1)
        mention = server.say(ANA, "Hola @aurora.test")
        reply = server.say(ANA, "¿Hay en vinilo?", reply_to=ours)
        quote = server.say(BETO, "Miren", quote=ours)
        found, _ = await read(connection)
        assert [found[each].kind for each in (mention, reply, quote)] == [
            MessageKind.MENTION,
            MessageKind.REPLY,
            MessageKind.QUOTE,
        ]
        assert [found[each].quotes_ours for each in (mention, reply, quote)] == [False, False, True]
        assert found[mention].parent_id == ""
        for each in (reply, quote):
            assert (found[each].parent_id, found[each].parent_text, found[each].parent_ours) == (
                ours,
                "Llegó el disco",
                True,
            )
            assert found[each].parent_url.startswith("https://bsky.app/profile/")
        assert found[reply].in_reply_to == ours
        assert found[quote].in_reply_to == ""
        assert found[reply].author.name == "Ana"


async def test_a_post_that_reached_us_in_two_ways_is_one_message(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        ours = (await connection.publish(a_part("Llegó el disco"))).remote_id
        reply = server.say(ANA, "@aurora.test ¿hay?", reply_to=ours)
        server.notifications.insert(0, {**server.notifications[-1], "reason": "mention"})
        found, cursor = await read(connection)
        assert found[reply].kind is MessageKind.REPLY
        assert (await read(connection, cursor))[0] == {}


async def test_a_reply_that_names_us_is_a_reply_although_the_network_calls_it_a_mention(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        ours = (await connection.publish(a_part("Llegó el disco"))).remote_id
        reply = server.say(ANA, "@aurora.test ¿hay?", reply_to=ours)
        quote = server.say(ANA, "Miren a @aurora.test", quote=ours)
        for notification in server.notifications:
            notification["reason"] = "mention"
        found, _ = await read(connection)
        assert (found[reply].kind, found[quote].kind) == (MessageKind.REPLY, MessageKind.QUOTE)


async def test_below_somebody_else_s_post_that_post_is_named(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        root = server.say(BETO, "¿Dónde compran discos?", mentions=False)
        mention = server.say(ANA, "En @aurora.test", reply_to=root)
        found, _ = await read(connection)
        assert (found[mention].parent_id, found[mention].parent_text, found[mention].parent_ours) == (
            root,
            "¿Dónde compran discos?",
            False,
        )


async def test_our_answer_from_the_telephone_stands_in_the_conversation_and_our_threads_do_not(
    opening: Opening, clock: FakeClock
) -> None:
    async with opening() as (server, connection, _):
        first = await connection.publish(a_part("uno"))
        await connection.publish(a_part("dos", number=1, reply_to=first.remote_id, root=first.remote_id))
        hers = server.say(ANA, "¿Y el tres?", reply_to=first.remote_id)
        clock.advance(1)
        ours = server.say(OURS, "Mañana", reply_to=hers)
        further = server.say(OURS, "A las diez", reply_to=ours)
        found, _ = await read(connection)
        assert set(found) == {hers, ours, further}
        assert found[ours].ours
        assert {each.thread_key for each in found.values()} == {f"{first.remote_id.partition('#')[0]}:{ANA}"}


async def test_what_is_indexed_late_below_what_was_read_still_comes_once(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        clock.advance(timedelta(hours=3))
        early = server.say(ANA, "primero")
        found, cursor = await read(connection)
        clock.advance(60)
        late = server.say(BETO, "escrito antes, visto después", at=clock.now() - timedelta(hours=2))
        found, cursor = await read(connection, cursor)
        assert set(found) == {late}
        assert early not in found
        assert (await read(connection, cursor))[0] == {}


async def test_reading_again_costs_two_questions(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        for number in range(30):
            clock.advance(1)
            server.say(ANA, f"mensaje {number}")
        _, cursor = await read(connection)
        before = len(server.http.requests)
        await read(connection, cursor)
        assert len(server.http.requests) - before == 3  # notifications, our own posts, private messages


async def test_the_first_reading_stops_at_four_hundred_and_never_goes_further_back(
    opening: Opening, clock: FakeClock
) -> None:
    async with opening() as (server, connection, _):
        ids = []
        for number in range(430):
            clock.advance(1)
            ids.append(server.say(ANA, f"mensaje {number}"))
        found, cursor = await read(connection)
        assert list(found) == ids[-400:]
        assert (await read(connection, cursor))[0] == {}


async def test_a_broken_reading_goes_on_without_a_gap_and_without_doubles(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        ids = []
        for number in range(250):
            clock.advance(1)
            ids.append(server.say(ANA, f"mensaje {number}"))
        cursor, found = "", []
        while len(found) < 250:
            async for page in connection.messages(cursor):
                found += [message.remote_id for message in page.messages]
                cursor = page.cursor
                break
            clock.advance(60)
        assert found == ids


async def test_a_cursor_that_cannot_be_read_begins_anew(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        one = server.say(ANA, "hola")
        for cursor in ("{", "[]", "null", '{"heard": {"known": ["x"]}}'):
            assert set((await read(connection, cursor))[0]) == {one}


async def test_posts_the_network_does_not_show_yet_are_handed_out_all_the_same(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        one = server.say(ANA, "hola")
        server.blind.add(one.partition("#")[0])
        found, _ = await read(connection)
        assert found[one].text == "hola"
        assert found[one].author.handle == "@ana.test"


async def test_likes_of_ours_and_closed_posts_show(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        liked, closed = server.say(ANA, "uno"), server.say(ANA, "dos")
        await connection.like(liked)
        server.closed.add(closed.partition("#")[0])
        found, _ = await read(connection)
        assert (found[liked].liked, found[closed].liked) == (True, False)
        assert (found[liked].answerable, found[closed].answerable) == (True, False)


@pytest.mark.parametrize(
    "broken", [{}, {"uri": "x"}, {"record": None}, {"reason": "starterpack-joined"}, {"indexedAt": "soon"}]
)
async def test_a_notification_that_makes_no_sense_is_left_out(opening: Opening, broken: dict[str, Any]) -> None:
    async with opening() as (server, connection, _):
        one = server.say(ANA, "hola")
        answer = server._notifications

        def odd(request: Any) -> Any:
            reply = answer(request)
            sound = reply.data["notifications"][0]
            reply.data["notifications"].append(
                {**sound, "uri": "at://did:plc:x/app.bsky.feed.post/3k", **broken} if broken else {}
            )
            return reply

        server.http.on("GET", LIST, odd)
        found, _ = await read(connection)
        assert one in found
