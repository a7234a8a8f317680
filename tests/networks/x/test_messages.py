"""Reading X: mentions, replies, quotes and our own answers; the cursor; and searching."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app.models.message import MessageKind
from app.networks.network import Incoming
from app.networks.outgoing import Outgoing
from app.networks.x import messages
from app.networks.x.connection import XConnection
from app.networks.x.messages import Cursor, cursor_of
from app.runtime.errors import RateLimited
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.x.conftest import Opening
from tests.networks.x.server import ANA, BETO, ME, recorded


async def read(connection: XConnection, cursor: str = "") -> tuple[dict[str, Incoming], str]:
    found: dict[str, Incoming] = {}
    async for page in connection.messages(cursor):
        found |= {message.remote_id: message for message in page.messages}
        cursor = page.cursor
    return found, cursor


def a_post(text: str, **fields: str) -> Outgoing:
    return Outgoing(key=text, text=text, **fields)  # type: ignore[arg-type]


async def test_a_reply_is_shown_without_the_names_that_x_put_in_front(opening: Opening) -> None:
    async with opening() as (server, connection):
        post = await connection.publish(a_post("Nuevo disco"))
        asked = server.say(ANA, "¿Hay en vinilo?", reply_to=post.remote_id)
        found, _ = await read(connection)
        message = found[asked]
        assert (message.text, message.kind, message.in_reply_to) == (
            "¿Hay en vinilo?",
            MessageKind.REPLY,
            post.remote_id,
        )
        assert (message.parent_text, message.parent_ours, message.parent_url) == ("Nuevo disco", True, post.url)
        assert message.url == f"https://x.com/ana_oye/status/{asked}"
        assert (message.author.name, message.author.followers, message.language) == ("Ana Oye", 80, "es")
        assert message.answerable


async def test_a_quote_of_ours_is_a_quote_and_may_be_answered(opening: Opening) -> None:
    async with opening() as (server, connection):
        post = await connection.publish(a_post("Nuevo disco"))
        quote = server.say(BETO, "Miren esto", quote=post.remote_id)
        message = (await read(connection))[0][quote]
        assert (message.kind, message.quotes_ours, message.parent_id, message.answerable) == (
            MessageKind.QUOTE,
            True,
            post.remote_id,
            True,
        )
        other = server.say(BETO, "Y esto", quote=server.say(ANA, "Algo", named=False))
        assert other not in (await read(connection))[0]


async def test_our_answers_from_elsewhere_and_their_continuations_are_ours(opening: Opening) -> None:
    async with opening() as (server, connection):
        asked = server.say(ANA, "¿Hay?")
        answer = server.say(ME, "Sí.", reply_to=asked)
        more = server.say(ME, "Y en casete.", reply_to=answer)
        alone = server.say(ME, "Una publicación")
        part = server.say(ME, "Su segunda parte", reply_to=alone)
        found, _ = await read(connection)
        assert found[answer].thread_key == found[more].thread_key == found[asked].thread_key
        assert found[answer].ours
        assert found[answer].text == "Sí."
        assert found[more].ours
        assert {alone, part}.isdisjoint(found)


async def test_of_our_own_answers_only_the_newest_are_kept_in_mind(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "CONTINUED", 2)
    async with opening() as (server, connection):
        first, *_, last = [server.say(ME, "Sí.", reply_to=server.say(ANA, f"¿Hay {number}?")) for number in range(5)]
        _, cursor = await read(connection)
        late = server.say(ME, "Y en casete.", reply_to=first)
        soon = server.say(ME, "Y en vinilo.", reply_to=last)
        found, _ = await read(connection, cursor)
        assert soon in found
        assert late not in found


async def test_a_reading_commits_the_highest_id_only_after_all_pages(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.say(ANA, "La primera")
        _, cursor = await read(connection)
        ids = []
        for number in range(150):
            clock.advance(1)
            ids.append(server.say(ANA, f"Otra {number}"))
        asked = 0
        whole = server._lists

        def fails_on_the_second_page(request: object) -> Reply:
            nonlocal asked
            asked += 1
            if asked == 2:
                return Reply(
                    429, recorded("too_many"), headers={"x-rate-limit-reset": str(int(clock.now().timestamp()) + 60)}
                )
            return whole(request)  # type: ignore[arg-type]

        server._route("GET", "/2/users/*", fails_on_the_second_page)
        with pytest.raises(RateLimited):
            await read(connection, cursor)
        clock.advance(61)
        found, cursor = await read(connection, cursor)
        assert list(found) == ids
        assert cursor_of(cursor).mention == ids[-1]


async def test_the_cursor_of_a_page_covers_what_was_handed_out(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        for number in range(100):
            clock.advance(1)
            server.say(ANA, f"Mención {number}")
            if number % 10 == 0:
                server.write_private(BETO, f"Privado {number}")
        first = await anext(connection.messages(""))
        rest, _ = await read(connection, first.cursor)
        assert len(first.messages) + len(rest) == 110
        assert not {message.remote_id for message in first.messages} & rest.keys()


async def test_where_nothing_is_new_the_cursor_stays_and_almost_nothing_is_spent(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.say(ANA, "¿Hay?")
        _, cursor = await read(connection)
        before = +server.charged
        assert await read(connection, cursor) == ({}, cursor)
        assert +server.charged == before
        assert [page async for page in connection.messages(cursor)] == []


async def test_pictures_of_a_message_come_along(opening: Opening) -> None:
    async with opening() as (server, connection):
        asked = server._new(ANA, "@discosaurora mira", "", "", None, ["9"])["id"]
        message = (await read(connection))[0][asked]
        assert message.text == "@discosaurora mira"
        assert [(each.kind, each.alt) for each in message.attachments] == [("image", "Portada")]


async def test_an_answer_to_somebody_whose_post_is_hidden_names_it_all_the_same(opening: Opening) -> None:
    async with opening() as (server, connection):
        above = server.say(BETO, "Pregunten a los de la tienda")
        below = server.say(ANA, "@discosaurora ¿ustedes?", reply_to=above)
        server.remove(above)
        message = (await read(connection))[0][below]
        assert (message.kind, message.parent_id, message.parent_ours) == (MessageKind.MENTION, above, False)


def test_a_cursor_that_cannot_be_read_begins_anew() -> None:
    assert cursor_of("") == cursor_of("{") == cursor_of("[]") == cursor_of('{"mention": []}') == Cursor()
    assert cursor_of(Cursor("1", "2", "3").text()) == Cursor("1", "2", "3")
    assert json.loads(Cursor("1").text()) == {"mention": "1", "own": "", "private": ""}


async def test_the_first_reading_ends_at_four_hundred(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        for number in range(450):
            server.say(ANA, f"Mención {number}", at=clock.now() - timedelta(minutes=450 - number))
        found, _ = await read(connection)
        assert len(found) == 400


async def test_searching_finds_what_is_new_and_knows_who_may_be_answered(opening: Opening) -> None:
    async with opening() as (server, connection):
        stranger = server.say(BETO, "¿Dónde compro vinilo?", named=False)
        caller = server.say(ANA, "¿Tienen vinilo?")
        server.say(ME, "Vinilo nuevo")
        pages = [page async for page in connection.search("vinilo", "")]
        found = {message.remote_id: message.answerable for page in pages for message in page.messages}
        assert found == {stranger: False, caller: True}
        assert [page async for page in connection.search("vinilo", pages[-1].cursor)] == []
        request = server.http.asked("GET", "/2/tweets/search/recent")[0]
        assert (request.first("query"), request.first("sort_order")) == ("vinilo -is:retweet", "recency")
