"""The whole way against an imitation of Mastodon 4.6 that others wrote: sign in by browser and token, post, hear, answer.

It runs in a process of its own and takes a few seconds to start, once for this module.
"""

from __future__ import annotations

import asyncio
import http.client
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from app.models.message import MessageKind, Visibility
from app.models.post import Poll
from app.networks.mastodon.connection import MastodonConnection, connection_to
from app.networks.mastodon.sign_in import sign_in_browser, sign_in_secret
from app.networks.network import Incoming, SignInRequest, addressed
from app.networks.outgoing import Found, Held, Outgoing, Sent, Upload
from app.runtime.errors import Refused, SignedOut, UserMistake
from app.runtime.tasks import system_clock
from tests.networks.mastodon.imitation import imitation

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running imitation."""
    with imitation(tmp_path_factory.mktemp("mastodon_mock"), "aurora", "ana") as address:
        yield address


def visit(address: str, form: dict[str, str] | None = None) -> tuple[http.client.HTTPResponse, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    body = urlencode(form) if form is not None else None
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
    connection.request("POST" if form is not None else "GET", f"{parts.path}?{parts.query}", body, headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


def choose(address: str) -> None:
    """What the user does in the browser: pick the account on the server's page, then follow where it leads."""
    _, page = visit(address)
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    answer, _ = visit(address.partition("?")[0], {**form, "username": "aurora"})
    visit(answer.headers["location"])


async def browser(address: str) -> None:
    assert dict(parse_qsl(urlsplit(address).query))["response_type"] == "code"
    # Not awaited by the program either: a browser takes its own time.
    asyncio.get_running_loop().run_in_executor(None, choose, address)


@asynccontextmanager
async def signed_in(server: str, name: str) -> AsyncIterator[MastodonConnection]:
    result = await sign_in_secret(SignInRequest(server=server), {"access_token": f"{name}-token"})
    connection = connection_to(result.server, result.secrets, result.facts)
    try:
        yield connection
    finally:
        await connection.close()


async def read(connection: MastodonConnection, cursor: str = "") -> tuple[list[Incoming], str]:
    found: list[Incoming] = []
    async for page in connection.messages(cursor):
        found += page.messages
        cursor = page.cursor
    return found, cursor


async def test_signing_in_through_the_servers_pages_and_signing_out(server: str) -> None:
    result = await sign_in_browser(SignInRequest(server=server), browser)
    assert result.profile.handle == "@aurora"
    assert result.facts.software == "mastodon"
    assert result.limits.text == 500
    connection = connection_to(result.server, result.secrets, result.facts)
    await connection.publish(Outgoing("signed in", "Recién llegada"))
    await connection.revoke()
    with pytest.raises(SignedOut):
        await connection.profile()
    await connection.close()


async def test_a_wrong_token(server: str) -> None:
    with pytest.raises(UserMistake):
        await sign_in_secret(SignInRequest(server=server), {"access_token": "wrong"})


async def test_a_post_with_two_pictures_goes_out_once(server: str) -> None:
    async with signed_in(server, "aurora") as connection:
        since = system_clock().now()
        media = [await connection.upload(Upload(PIXEL, "image/png", f"{name}.png", f"Portada {name}")) for name in ("a", "b")]
        part = Outgoing("two pictures", "Dos portadas & más https://discos.example/nuevo?x=1", tuple(media), language="es")
        first, again = await connection.publish(part), await connection.publish(part)
        assert first.remote_id == again.remote_id
        found = await connection.find_mine(part, since)
        assert isinstance(found, Sent)
        assert found.remote_id == first.remote_id
        assert await connection.find_mine(Outgoing("k", "Nunca salió"), since) is Found.NOT_THERE
        (figures,) = await connection.figures([first.remote_id])
        assert (figures.likes, figures.gone) == (0, False)


async def test_a_thread_a_poll_and_a_warning(server: str) -> None:
    async with signed_in(server, "aurora") as connection:
        since = system_clock().now() - timedelta(seconds=1)
        last = ""
        for number in (1, 2, 3):
            part = Outgoing(f"thread {number}", f"Parte {number} de 3", reply_to=last)
            last = (await connection.publish(part)).remote_id
            assert isinstance(await connection.find_mine(part, since), Sent)
        poll = Outgoing("poll", "¿Qué disco?", poll=Poll(("uno", "dos"), hours=24), warning="Encuesta", visibility=Visibility.UNLISTED)
        sent = await connection.publish(poll)
        found = await connection.find_mine(poll, since)
        assert isinstance(found, Sent)
        assert found.remote_id == sent.remote_id


async def test_a_mention_is_heard_and_answered_beneath_it(server: str) -> None:
    async with signed_in(server, "aurora") as ours, signed_in(server, "ana") as hers:
        _, cursor = await read(ours)
        asked = await hers.publish(Outgoing("mention", "@aurora ¿Hay <b>vinilos</b> & CDs?"))
        await hers.publish(Outgoing("private", "@aurora mi pedido 12", visibility=Visibility.DIRECT))
        found, cursor = await read(ours, cursor)
        assert [(message.kind, message.text) for message in found] == [
            (MessageKind.MENTION, "@aurora ¿Hay <b>vinilos</b> & CDs?"),
            (MessageKind.PRIVATE, "@aurora mi pedido 12"),
        ]
        reply = Outgoing("reply", addressed("Sí, de los dos.", found[0].author.handle), reply_to=asked.remote_id)
        sent = await ours.publish(reply)
        (back,), cursor = await read(ours, cursor)
        assert (back.remote_id, back.ours, back.in_reply_to, back.thread_key) == (sent.remote_id, True, asked.remote_id, found[0].thread_key)
        heard = [message for message in (await read(hers))[0] if message.remote_id == sent.remote_id]
        assert [(message.kind, message.parent_ours) for message in heard] == [(MessageKind.REPLY, True)]
        await ours.like(asked.remote_id)
        await ours.boost(asked.remote_id)
        assert (await hers.figures([asked.remote_id]))[0].likes == 1


async def test_a_post_that_is_too_long_is_refused_in_the_servers_words(server: str) -> None:
    async with signed_in(server, "aurora") as connection:
        with pytest.raises(Refused) as caught:
            await connection.publish(Outgoing("long", "a" * 501))
        assert "500" in str(caught.value.reason.values["words"])


async def test_a_post_kept_until_its_time_is_listed_moved_and_taken_back(server: str) -> None:
    async with signed_in(server, "aurora") as connection:
        at = system_clock().now().replace(microsecond=0) + timedelta(hours=1)
        assert await connection.may_hold(at)
        held = await connection.hold(Outgoing("kept_until", "Mañana, «Marea»"), at)
        assert isinstance(held, Held)
        assert await connection.held() == [Held(held.held_id, at, "Mañana, «Marea»")]
        assert await connection.move_held(held.held_id, at + timedelta(hours=1))
        assert [each.at for each in await connection.held()] == [at + timedelta(hours=1)]
        assert await connection.let_go_held(held.held_id)
        assert not await connection.let_go_held(held.held_id)


async def test_a_post_is_deleted_and_found_no_more(server: str) -> None:
    async with signed_in(server, "aurora") as connection:
        sent = await connection.publish(Outgoing("to delete", "Con una flata"))
        await connection.delete(sent.remote_id)
        await connection.delete(sent.remote_id)
        assert [figure.gone for figure in await connection.figures([sent.remote_id])] == [True]


async def test_a_search_finds_what_others_wrote(server: str) -> None:
    async with signed_in(server, "aurora") as ours, signed_in(server, "ana") as hers:
        await hers.publish(Outgoing("searched", "Busco el vinilo azulejo"))
        found = [message async for page in ours.search("azulejo", "") for message in page.messages]
        assert [message.text for message in found] == ["Busco el vinilo azulejo"]
