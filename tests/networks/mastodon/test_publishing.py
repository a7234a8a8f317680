"""What goes out goes out once, with everything that belongs to it; what may be out is looked for, never guessed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.message import Visibility
from app.models.post import Poll
from app.networks.outgoing import Found, Outgoing, Sent, Upload
from app.runtime.errors import Offline, Refused, Unsure, UserMistake
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import ANA, LOST, OURS

PICTURE = Upload(b"\x89PNG", "image/png", "portada ñ.png", "Una portada \u201croja\u201d")
NOT_READY = Reply(422, {"error": "Cannot attach files that have not finished processing. Try again in a moment!"})


def a_part(text: str = "Hola a todos", **fields: object) -> Outgoing:
    return Outgoing(key=f"key of {text}", text=text, **fields)  # type: ignore[arg-type]


async def passing(clock: FakeClock, work: asyncio.Task[object]) -> None:
    """Moves the clock to each next waking until the work is done; the server's answers take real, short time."""
    async with asyncio.timeout(20):
        while not work.done():
            await asyncio.sleep(0.001)
            if clock.next_waking_at is not None:
                clock.advance(clock.next_waking_at - clock.now())


async def test_a_part_is_sent_with_all_its_fields_and_a_key(opening: Opening) -> None:
    async with opening() as (server, connection):
        parent = server.say(OURS, "<p>uno</p>")
        part = a_part(
            media_ids=(),
            poll=Poll(("uno", "dos"), hours=2, multiple=True),
            visibility=Visibility.FOLLOWERS,
            warning="Aviso",
            language="es",
            reply_to=parent,
        )
        await connection.publish(part)
        (request,) = server.http.asked("POST", "/api/v1/statuses")
        assert request.json == {
            "status": "Hola a todos",
            "visibility": "private",
            "in_reply_to_id": parent,
            "spoiler_text": "Aviso",
            "sensitive": True,
            "language": "es",
            "poll": {"options": ["uno", "dos"], "expires_in": 7200, "multiple": True},
        }
        assert len(request.headers["idempotency-key"]) == 64


async def test_the_same_part_twice_is_one_post_where_the_server_knows_keys(opening: Opening) -> None:
    async with opening() as (server, connection):
        assert (await connection.publish(a_part())).remote_id == (await connection.publish(a_part())).remote_id
        assert len(server.statuses) == 1


async def test_a_picture_goes_up_with_its_description(opening: Opening) -> None:
    async with opening() as (server, connection):
        media_id = await connection.upload(PICTURE)
        assert server.media[media_id]["description"] == "Una portada \u201croja\u201d"
        (request,) = server.http.asked("POST", "/api/v2/media")
        assert b"Content-Type: image/png" in request.body


async def test_a_picture_in_the_works_is_waited_for(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.media_states = [202, 206, 206, 200]
        started = clock.now()
        work = asyncio.get_running_loop().create_task(connection.upload(PICTURE))
        await passing(clock, work)
        assert work.result() in server.media
        assert clock.now() - started >= timedelta(seconds=1 + 2 + 4)


async def test_a_picture_that_never_gets_ready_is_given_up_for_now(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.media_states = [202] + [206] * 50
        work = asyncio.get_running_loop().create_task(connection.upload(PICTURE))
        await passing(clock, work)
        assert isinstance(work.exception(), Offline)


async def test_a_picture_the_server_cannot_read_is_refused(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.media_states = [202, 422]
        work = asyncio.get_running_loop().create_task(connection.upload(PICTURE))
        await passing(clock, work)
        assert isinstance(work.exception(), Refused)


async def test_older_servers_take_pictures_at_the_older_address(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("POST", "/api/v2/media", Reply(404, body=b"<h1>404</h1>"))
        server.http.on("POST", "/api/v1/media", Reply(200, {"id": "77", "url": "https://musica.example/77.png"}))
        assert await connection.upload(PICTURE) == "77"


async def test_an_upload_without_an_answer_is_offline_for_it_may_be_repeated(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("POST", "/api/v2/media", LOST)
        with pytest.raises(Offline):
            await connection.upload(PICTURE)


async def test_a_post_waits_for_its_picture_with_the_same_key(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        media_id = await connection.upload(PICTURE)
        server.faults = [(False, NOT_READY), (False, NOT_READY)]
        work = asyncio.get_running_loop().create_task(connection.publish(a_part(media_ids=(media_id,))))
        await passing(clock, work)
        assert isinstance(work.result(), Sent)
        assert len({request.headers["idempotency-key"] for request in server.http.asked("POST", "/api/v1/statuses")}) == 1
        assert len(server.http.asked("POST", "/api/v1/statuses")) == 3


async def test_it_waits_whatever_language_the_server_says_it_in_and_not_for_ever(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        media_id = await connection.upload(PICTURE)
        server.faults = [(False, Reply(422, {"error": "No se puede adjuntar"}))] * 20
        server.media_states = [206, 206]
        work = asyncio.get_running_loop().create_task(connection.publish(a_part(media_ids=(media_id,))))
        await passing(clock, work)
        assert isinstance(work.exception(), Refused)
        assert len(server.http.asked("POST", "/api/v1/statuses")) == 4


async def test_a_refusal_of_a_post_without_pictures_is_not_repeated(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.faults = [(False, NOT_READY)]
        with pytest.raises(Refused):
            await connection.publish(a_part())
        assert len(server.http.asked("POST", "/api/v1/statuses")) == 1


@pytest.mark.parametrize("reply", [LOST, Reply(500, {"error": "Internal"}), Reply(504, body=b"<h1>x</h1>"), Reply(200, {"odd": 1}), Reply(200, [])])
async def test_an_answer_that_proves_nothing_is_unsure(opening: Opening, reply: Reply) -> None:
    async with opening() as (server, connection):
        server.faults = [(True, reply)]
        with pytest.raises(Unsure):
            await connection.publish(a_part())


# --- looking for it


async def found(opening: Opening, part: Outgoing, flavour: str = "mastodon", **other: object) -> Sent | Found:
    """Looks for `part` on a server that holds `other` of ours."""
    async with opening(flavour) as (server, connection):
        server.say(OURS, **other)  # type: ignore[arg-type]
        return await connection.find_mine(part, server.clock.now())


@pytest.mark.parametrize("flavour", ["mastodon", "gotosocial", "snac"])
async def test_every_part_of_a_thread_is_found_as_itself(opening: Opening, clock: FakeClock, flavour: str) -> None:
    async with opening(flavour) as (_, connection):
        since = clock.now()
        sent: list[Sent] = []
        for number in (1, 2, 3):
            part = a_part(f"Parte {number} de 3", reply_to=sent[-1].remote_id if sent else "")
            sent.append(await connection.publish(part))
            clock.advance(1)
            found = await connection.find_mine(part, since)
            assert isinstance(found, Sent)
            assert found.remote_id == sent[-1].remote_id


async def test_the_same_words_under_another_message_are_not_it(opening: Opening) -> None:
    async with opening() as (server, connection):
        one, two = server.say(ANA, "<p>uno</p>"), server.say(ANA, "<p>dos</p>")
        server.say(OURS, "<p>Gracias</p>", reply_to=one)
        assert await connection.find_mine(a_part("Gracias", reply_to=two), server.clock.now()) is Found.NOT_THERE
        assert isinstance(await connection.find_mine(a_part("Gracias", reply_to=one), server.clock.now()), Sent)


async def test_an_older_post_with_the_same_words_is_not_it(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.say(OURS, "<p>Hola a todos</p>", at=clock.now() - timedelta(seconds=61))
        assert await connection.find_mine(a_part(), clock.now()) is Found.NOT_THERE
        server.say(OURS, "<p>Hola a todos</p>", at=clock.now() - timedelta(seconds=59))
        assert isinstance(await connection.find_mine(a_part(), clock.now()), Sent)


async def test_a_server_whose_clock_is_wrong_hides_nothing(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.skew = timedelta(minutes=-20)
        await connection.publish(a_part())
        assert isinstance(await connection.find_mine(a_part(), clock.now()), Sent)
        server.skew = timedelta(minutes=20)
        clock.advance(600)
        assert await connection.find_mine(a_part("Otra cosa distinta"), clock.now()) is Found.NOT_THERE


async def test_a_post_known_to_be_another_items_is_not_taken_for_this_one(opening: Opening) -> None:
    async with opening() as (server, connection):
        other = server.say(OURS, "<p>Hola a todos</p>")
        assert await connection.find_mine(a_part(others=(other,)), server.clock.now()) is Found.NOT_THERE


async def test_our_words_without_our_pictures_prove_nothing(opening: Opening) -> None:
    assert await found(opening, a_part(media_ids=("?", "?")), text="<p>Hola a todos</p>") is Found.CANNOT_TELL


async def test_other_words_with_other_pictures_are_another_post(opening: Opening) -> None:
    """However alike they are: a shop's posts of one morning often are."""
    async with opening() as (server, connection):
        await connection.publish(a_part("Hoy a las siete: «Marea» (1/3)"))
        later = a_part("Hoy a las siete: «Marea» (2/3)", media_ids=("?",))
        assert await connection.find_mine(later, server.clock.now()) is Found.NOT_THERE


async def test_a_poll_must_be_the_same_poll(opening: Opening) -> None:
    async with opening() as (server, connection):
        part = a_part("¿Cuál?", poll=Poll(("uno", "dos")))
        await connection.publish(part)
        assert isinstance(await connection.find_mine(part, server.clock.now()), Sent)
        other = a_part("¿Cuál?", poll=Poll(("uno", "tres")))
        assert await connection.find_mine(other, server.clock.now()) is Found.CANNOT_TELL


async def test_what_the_server_renders_is_recognised_by_its_source(opening: Opening) -> None:
    async with opening("snac") as (server, connection):
        part = a_part('Discos <b>nuevos</b> & "viejos" de toda la vida')
        await connection.publish(part)
        assert isinstance(await connection.find_mine(part, server.clock.now()), Sent)
        similar = a_part('Discos nuevos & "viejos" de toda la vida!')
        assert await connection.find_mine(similar, server.clock.now()) is Found.NOT_THERE


async def test_without_a_source_a_similar_text_proves_nothing(opening: Opening) -> None:
    text = "<p>Discos nuevos y <em>viejos</em> de toda la vida</p>"
    part = a_part("Discos nuevos y *viejos* de toda la vida")
    assert await found(opening, part, text=text) is Found.CANNOT_TELL


@pytest.mark.parametrize("status", [401, 500])
async def test_a_source_that_cannot_be_had_just_now_is_asked_for_again(opening: Opening, status: int) -> None:
    async with opening() as (server, connection):
        since = server.clock.now()
        await connection.publish(a_part("pieza 229: hoy a las siete"))
        similar = a_part("pieza 97: hoy a las siete")
        server.http.on("GET", "/api/v1/statuses/*", Reply(status, {"error": "not now"}))
        with pytest.raises(Offline):
            await connection.find_mine(similar, since)
        server.http.on("GET", "/api/v1/statuses/*", server._status)
        assert await connection.find_mine(similar, since) is Found.NOT_THERE


async def test_the_search_goes_back_as_many_pages_as_it_takes(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.page_size = 5
        since = clock.now()
        await connection.publish(a_part())
        for number in range(23):
            clock.advance(1)
            server.say(OURS, f"<p>otra {number}</p>")
        assert isinstance(await connection.find_mine(a_part(), since), Sent)
        assert await connection.find_mine(a_part("Nunca salió de aquí"), since) is Found.NOT_THERE


async def test_a_list_that_is_cut_short_proves_nothing(opening: Opening, clock: FakeClock) -> None:
    async with opening("snac") as (server, connection):
        since = clock.now()
        for number in range(45):
            clock.advance(1)
            server.say(OURS, f"<p>otra {number}</p>")
        assert await connection.find_mine(a_part("Nunca salió de aquí"), since) is Found.CANNOT_TELL


async def test_a_broken_list_proves_nothing(opening: Opening, clock: FakeClock) -> None:
    for data in ({"odd": 1}, [{"id": "1"}], [5]):
        async with opening() as (server, connection):
            server.http.on("GET", "/api/v1/accounts/*", Reply(200, data))
            assert await connection.find_mine(a_part(), clock.now()) is Found.CANNOT_TELL


async def test_being_refused_the_list_proves_nothing(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.http.on("GET", "/api/v1/accounts/*", Reply(403, {"error": "no"}))
        assert await connection.find_mine(a_part(), clock.now()) is Found.CANNOT_TELL


@pytest.mark.parametrize("flavour", ["mastodon", "gotosocial", "snac"])
async def test_a_private_reply_is_found_even_where_the_list_leaves_it_out(opening: Opening, clock: FakeClock, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        since = clock.now()
        asked = server.say(ANA, "<p>mi pedido</p>", visibility="direct")
        part = a_part("@ana llega el lunes", reply_to=asked, visibility=Visibility.DIRECT)
        absent = await connection.find_mine(part, since)
        assert absent is (Found.NOT_THERE if flavour == "mastodon" else Found.CANNOT_TELL)
        sent = await connection.publish(part)
        found = await connection.find_mine(part, since)
        assert isinstance(found, Sent)
        assert found.remote_id == sent.remote_id


async def test_a_private_message_that_a_server_may_hide_is_never_declared_lost(opening: Opening, clock: FakeClock) -> None:
    async with opening("snac") as (server, connection):
        server.faults = [(True, LOST)]
        part = a_part("@ana llegó tu pedido", visibility=Visibility.DIRECT)
        with pytest.raises(Unsure):
            await connection.publish(part)
        assert await connection.find_mine(part, clock.now()) is Found.CANNOT_TELL


async def test_a_boost_is_never_taken_for_our_post(opening: Opening, clock: FakeClock) -> None:
    for flavour in ("mastodon", "gotosocial", "snac"):
        async with opening(flavour) as (server, connection):
            since = clock.now()
            hers = server.say(ANA, "<p>Hola a todos</p>", at=clock.now() - timedelta(days=3))
            await connection.boost(hers)
            assert await connection.find_mine(a_part(), since) is Found.NOT_THERE
            sent = await connection.publish(a_part())
            server.boost(ANA, sent.remote_id)
            found = await connection.find_mine(a_part(), since)
            assert isinstance(found, Sent)
            assert found.remote_id == sent.remote_id


async def test_a_video_is_read_from_its_file_and_waited_for(opening: Opening, tmp_path: Path) -> None:
    film = tmp_path / "marea.mp4"
    film.write_bytes(b"a film" * 1000)
    async with opening() as (server, connection):
        server.media_states = [202, 206, 200]
        uploading = asyncio.get_running_loop().create_task(connection.upload(Upload(b"", "video/mp4", film.name, "El escenario", file=film)))
        await passing(server.clock, uploading)
        (media,) = server.media.values()
        assert (uploading.result(), media["description"]) == (media["id"], "El escenario")
        (sent,) = [request for request in server.http.requests if request.path == "/api/v2/media"]
        assert b"a film" * 1000 in sent.body
        assert b"video/mp4" in sent.body


async def test_a_video_that_is_gone_is_the_users_to_mend(opening: Opening, tmp_path: Path) -> None:
    async with opening() as (_, connection):
        with pytest.raises(UserMistake):
            await connection.upload(Upload(b"", "video/mp4", "gone.mp4", file=tmp_path / "gone.mp4"))


async def test_a_quote_is_named_where_the_server_knows_quotes(opening: Opening) -> None:
    async with opening() as (server, connection):
        quoted = await connection.publish(Outgoing("k1", "«Marea»"))
        await connection.publish(Outgoing("k2", "Lo dijimos", quote=quoted.remote_id))
        bodies = [request.json for request in server.http.requests if request.method == "POST"]
        assert [body.get("quoted_status_id") for body in bodies] == [None, quoted.remote_id if connection._quirks.quotes else None]
