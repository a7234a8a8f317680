"""What customers say arrives once, in order, in the right conversation; so does what we answered from another device."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.message import MessageKind, Visibility
from app.networks.mastodon.connection import MastodonConnection
from app.networks.mastodon.messages import cursor_of
from app.networks.network import Incoming
from app.runtime.errors import Offline
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import ANA, BETO, OURS, recorded

FLAVOURS = ("mastodon", "gotosocial", "snac")


async def read(connection: MastodonConnection, cursor: str = "") -> tuple[list[Incoming], str]:
    found: list[Incoming] = []
    async for page in connection.messages(cursor):
        found += page.messages
        cursor = page.cursor
    return found, cursor


async def only(connection: MastodonConnection) -> Incoming:
    (message,), _ = await read(connection)
    return message


async def test_html_becomes_plain_text_and_the_warning_comes_first(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.say(
            ANA,
            '<p><a class="u-url mention" href="https://musica.example/@aurora">@<span>aurora</span></a> hola<br />¿<script>x()</script>hay?</p>',
            spoiler_text="Pregunta",
            language="es-MX",
            mentions=[{"id": "109", "username": "aurora", "acct": "aurora", "url": "https://musica.example/@aurora"}],
            media_attachments=[{"id": "1", "type": "image", "url": "https://otra.example/1.png", "description": "foto", "preview_url": "javascript:x"}],
        )
        message = await only(connection)
        assert message.text == "Pregunta\n\n@aurora hola\n¿hay?"
        assert (message.author.handle, message.author.name, message.author.followers) == ("@ana@otra.example", "Ana", 37)
        assert message.language == "es"
        assert [(each.kind, each.alt, each.preview_url) for each in message.attachments] == [("image", "foto", "")]


@pytest.mark.parametrize(("flavour", "expected"), [("mastodon", 0), ("snac", None)])
async def test_that_everybody_has_no_followers_is_believed_of_no_snac(opening: Opening, flavour: str, expected: int | None) -> None:
    async with opening(flavour) as (server, connection):
        server.say(ANA, "<p>hola</p>", account={**recorded(ANA), "followers_count": 0})
        assert (await only(connection)).author.followers == expected


@pytest.mark.parametrize("flavour", FLAVOURS)
async def test_a_message_to_us_alone_is_private_and_all_of_them_are_one_conversation(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        server.say(ANA, "<p>hola</p>", visibility="direct")
        server.clock.advance(1)
        server.say(ANA, "<p>¿hay alguien?</p>", visibility="direct")
        one, two = (await read(connection))[0]
        assert one.kind is two.kind is MessageKind.PRIVATE
        assert one.visibility is Visibility.DIRECT
        assert one.thread_key == two.thread_key


async def test_followers_alone_is_not_private(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.say(ANA, "<p>hola</p>", visibility="private")
        message = await only(connection)
        assert (message.kind, message.visibility) == (MessageKind.MENTION, Visibility.FOLLOWERS)


async def test_a_quote_stands_under_our_post(opening: Opening) -> None:
    async with opening() as (server, connection):
        ours = server.say(OURS, "<p>Concierto el viernes</p>")
        server.say(ANA, '<p class="quote-inline">RE: x</p><p>¡Voy!</p>', notifies="quote", quote=ours)
        message = await only(connection)
        assert message.kind is MessageKind.QUOTE
        assert (message.parent_id, message.parent_text, message.parent_ours) == (ours, "Concierto el viernes", True)
        assert message.text == "¡Voy!"


async def test_likes_and_boosts_are_passed_by(opening: Opening) -> None:
    for flavour in FLAVOURS:
        async with opening(flavour) as (server, connection):
            ours = server.say(OURS, "<p>x</p>")
            _, cursor = await read(connection)
            for kind in ("favourite", "reblog", "follow", "something.new"):
                server.notify(kind, ANA, server.statuses[ours] if kind != "follow" else None)
            assert (await read(connection, cursor))[0] == []
            server.say(ANA, "<p>hola</p>")
            assert [message.text for message in (await read(connection, cursor))[0]] == ["hola"]


async def test_messages_of_strangers_that_the_server_holds_back_are_asked_for(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.say(ANA, "<p>hola</p>")
        await read(connection)
        request = server.http.asked("GET", "/api/v1/notifications")[0]
        assert request.first("include_filtered") == "true"
        assert request.every("types[]") == ["mention", "quote"]


@pytest.mark.parametrize("flavour", FLAVOURS)
async def test_nothing_is_jumped_over_however_much_has_come(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        server.page_size = 7
        server.say(ANA, "<p>primero</p>")
        _, cursor = await read(connection)
        expected = []
        for number in range(40):
            server.clock.advance(1)
            expected.append(server.say(ANA if number % 2 else BETO, f"<p>mensaje {number}</p>"))
        found, _ = await read(connection, cursor)
        assert [message.remote_id for message in found] == expected


async def test_the_first_reading_takes_the_newest_four_hundred(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.page_size = 80
        for number in range(420):
            server.clock.advance(1)
            server.say(ANA, f"<p>mensaje {number}</p>")
        pages = [page async for page in connection.messages("")]
        texts = [message.text for page in pages for message in page.messages]
        assert (len(texts), texts[0], texts[-1]) == (400, "mensaje 20", "mensaje 419")
        assert {page.total for page in pages} == {400}


# --- threads


@pytest.mark.parametrize("flavour", FLAVOURS)
async def test_a_long_exchange_is_one_conversation(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        last = root = server.say(OURS, "<p>Anuncio</p>")
        for number in range(12):
            server.clock.advance(1)
            last = server.say(OURS if number % 2 else ANA, f"<p>turno {number}</p>", reply_to=last)
        found, _ = await read(connection)
        assert len(found) == 12
        assert len({message.thread_key for message in found}) == 1
        assert {message.parent_id for message in found if not message.ours} == {root}


@pytest.mark.parametrize("flavour", FLAVOURS)
async def test_two_customers_under_one_post_are_two_conversations(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        root = server.say(OURS, "<p>Anuncio</p>")
        server.clock.advance(1)
        ana = server.say(ANA, "<p>¿hay?</p>", reply_to=root)
        server.clock.advance(1)
        server.say(BETO, "<p>yo también</p>", reply_to=ana)
        one, two = (await read(connection))[0]
        assert one.thread_key != two.thread_key
        assert one.parent_id == two.parent_id == root


async def test_a_thread_that_a_customer_began_stands_under_nothing(opening: Opening) -> None:
    async with opening() as (server, connection):
        first = server.say(ANA, "<p>hola</p>")
        server.clock.advance(1)
        ours = server.say(OURS, "<p>dinos</p>", reply_to=first)
        server.clock.advance(1)
        server.say(ANA, "<p>¿hay vinilos?</p>", reply_to=ours)
        one, answer, two = (await read(connection))[0]
        assert one.thread_key == answer.thread_key == two.thread_key
        assert one.parent_id == two.parent_id == ""
        assert (answer.kind, answer.ours) == (MessageKind.OURS, True)


async def test_a_mention_under_somebody_elses_post_shows_that_post(opening: Opening) -> None:
    async with opening() as (server, connection):
        root = server.say(BETO, "<p>¿Dónde compran discos?</p>", notifies="")
        server.clock.advance(1)
        server.say(ANA, "<p>con @aurora</p>", reply_to=root)
        message = await only(connection)
        assert (message.kind, message.parent_id, message.parent_ours) == (MessageKind.MENTION, root, False)
        assert message.parent_text == "¿Dónde compran discos?"


async def test_a_reply_to_a_post_that_is_gone_still_has_its_conversation(opening: Opening) -> None:
    async with opening() as (server, connection):
        root = server.say(OURS, "<p>Anuncio</p>")
        server.clock.advance(1)
        server.say(ANA, "<p>uno</p>", reply_to=root)
        server.say(ANA, "<p>dos</p>", reply_to=root)
        del server.statuses[root]
        one, two = (await read(connection))[0]
        assert one.thread_key == two.thread_key
        assert (one.kind, one.parent_id, one.parent_text, one.parent_ours) == (MessageKind.REPLY, root, "", True)


async def test_our_thread_read_back_is_no_message(opening: Opening) -> None:
    async with opening() as (server, connection):
        root = server.say(OURS, "<p>1 de 2</p>")
        server.say(OURS, "<p>2 de 2</p>", reply_to=root)
        assert (await read(connection))[0] == []


@pytest.mark.parametrize("flavour", FLAVOURS)
async def test_a_post_that_somebody_boosted_is_still_our_post(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        root = server.say(OURS, "<p>Anuncio</p>")
        server.clock.advance(1)
        asked = server.say(ANA, "<p>¿hay?</p>", reply_to=root)
        server.boost(ANA, root)
        await connection.boost(asked)
        message = await only(connection)
        assert (message.text, message.author.handle) == ("¿hay?", "@ana@otra.example")
        assert (message.parent_id, message.parent_text, message.parent_ours) == (root, "Anuncio", True)


# --- our own replies


@pytest.mark.parametrize("flavour", FLAVOURS)
async def test_a_reply_from_another_device_arrives_in_its_conversation_once(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        asked = server.say(ANA, "<p>¿hay?</p>")
        (message,), cursor = await read(connection)
        server.clock.advance(60)
        server.say(OURS, "<p>Una publicación</p>")
        reply = server.say(OURS, "<p>Sí, hay.</p>", reply_to=asked)
        (ours,), cursor = await read(connection, cursor)
        assert (ours.remote_id, ours.ours, ours.thread_key) == (reply, True, message.thread_key)
        assert await read(connection, cursor) == ([], cursor)
        # In the same second, as some servers date.
        second = server.say(OURS, "<p>Y en CD.</p>", reply_to=asked)
        (ours,), cursor = await read(connection, cursor)
        assert ours.remote_id == second


async def test_our_replies_come_between_the_messages_by_time(opening: Opening) -> None:
    async with opening() as (server, connection):
        asked = server.say(ANA, "<p>¿hay?</p>")
        server.clock.advance(60)
        server.say(OURS, "<p>Sí</p>", reply_to=asked)
        server.clock.advance(60)
        server.say(ANA, "<p>¿cuánto?</p>", reply_to=asked)
        server.clock.advance(60)
        server.say(OURS, "<p>200 pesos</p>", reply_to=asked)
        assert [message.text for message in (await read(connection))[0]] == ["¿hay?", "Sí", "¿cuánto?", "200 pesos"]


async def test_a_private_message_we_began_belongs_to_its_receiver(opening: Opening) -> None:
    async with opening() as (server, connection):
        mentions = [{"id": "2201", "username": "ana", "acct": "ana@otra.example", "url": "https://otra.example/@ana"}]
        server.say(OURS, "<p>@ana tu pedido llegó</p>", visibility="direct", mentions=mentions)
        server.clock.advance(1)
        server.say(ANA, "<p>gracias</p>", visibility="direct")
        ours, hers = (await read(connection))[0]
        assert ours.ours
        assert ours.thread_key == hers.thread_key


async def test_an_account_that_posts_without_replying_is_read_in_one_page_each_time(opening: Opening) -> None:
    async with opening() as (server, connection):
        for number in range(120):
            server.clock.advance(60)
            server.say(OURS, f"<p>{number}</p>")
        _, cursor = await read(connection)
        server.http.requests.clear()
        await read(connection, cursor)
        assert len(server.http.requests) <= 2 + 1


# --- odd servers, odd cursors


async def test_broken_items_do_not_hide_the_others(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.say(ANA, "<p>uno</p>")
        server.clock.advance(1)
        server.say(ANA, "<p>dos</p>")
        server.notifications[:0] = [{"id": "x"}, {"type": "mention", "id": "y", "created_at": "soon", "status": {}}]
        server.notifications.insert(1, {**server.notifications[-1], "id": "z", "status": {"id": None}})
        assert [message.text for message in (await read(connection))[0]] == ["uno", "dos"]


@pytest.mark.parametrize("cursor", ["rubbish", "[]", '{"notification": 5, "own": "x"}', "null"])
async def test_a_cursor_of_another_version_begins_anew(opening: Opening, cursor: str) -> None:
    async with opening() as (server, connection):
        server.say(ANA, "<p>hola</p>")
        assert [message.text for message in (await read(connection, cursor))[0]] == ["hola"]


def test_a_cursor_survives_being_stored(clock: FakeClock) -> None:
    cursor = cursor_of("").after([])
    assert cursor_of(cursor.text()) == cursor


async def test_a_line_that_breaks_in_the_middle_loses_nothing(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.page_size = 5
        server.say(ANA, "<p>primero</p>")
        _, cursor = await read(connection)
        expected = [server.say(ANA, f"<p>{number}</p>", at=server.clock.now() + timedelta(seconds=number)) for number in range(12)]
        found: list[str] = []
        pages = connection.messages(cursor)
        page = await anext(pages)
        found += [message.remote_id for message in page.messages]
        await server.http.stop()
        with pytest.raises(Offline):
            await anext(pages)
        await server.http.__aenter__()
        found += [message.remote_id for message in (await read(connection, page.cursor))[0]]
        assert found == expected


async def test_a_server_with_trouble_gives_no_messages_but_says_so(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("GET", "/api/v1/notifications", Reply(500, {"error": "x"}))
        with pytest.raises(Offline):
            await read(connection)
