"""Publishing on X: what is sent, what is refused and why, and how a doubt is settled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.models.message import Visibility
from app.models.post import Poll
from app.networks.outgoing import Found, Outgoing, Sent
from app.networks.x.publishing import body_of, post_cost, price_item
from app.runtime.errors import Offline, RateLimited, Refused, Unsure
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Cut, Reply
from tests.networks.x.conftest import Opening
from tests.networks.x.server import ANA, BETO, LOST, ME, recorded

TEXT = "Mira <esto> & más: https://discos.example/nuevo?a=1&b=2 y discos.example\n\n¿Qué tal? @beto77 #vinilo"


def a_post(text: str = TEXT, **fields: Any) -> Outgoing:
    return Outgoing(key=f"key of {text}", text=text, **fields)


# --- what is sent


def test_the_body_of_each_kind() -> None:
    assert body_of(a_post("Hola")) == {"text": "Hola"}
    assert body_of(a_post("", media_ids=("1", "2"))) == {"media": {"media_ids": ["1", "2"]}}
    assert body_of(a_post("Sí", reply_to="5"))["reply"] == {"in_reply_to_tweet_id": "5"}
    poll = body_of(a_post("¿Cuál?", poll=Poll(("Uno", "Dos"), hours=1000)))["poll"]
    assert poll == {"options": ["Uno", "Dos"], "duration_minutes": 10_080}


def test_a_link_makes_a_post_dearer_a_bare_one_as_well() -> None:
    assert price_item("Hola", answers=False) == "post"
    assert price_item("Hola discos.example.com", answers=False) == "post_with_link"
    assert price_item("Hola https://discos.newdomain", answers=False) == "post_with_link"
    assert price_item("Sí", answers=True) == "reply"
    assert price_item("Sí: https://a.mx", answers=True) == "post_with_link"
    assert post_cost(("Uno https://a.mx", "Dos", "Tres"), 2) == {"post_with_link": 1, "post": 2, "alt_text": 2}
    assert post_cost(("Uno",), 0) == {"post": 1}


async def test_a_thread_hangs_together_and_a_reply_answers(opening: Opening) -> None:
    async with opening() as (server, connection):
        first = await connection.publish(a_post("Uno"))
        second = await connection.publish(a_post("Dos", reply_to=first.remote_id, number=1))
        assert first.url == f"https://x.com/discosaurora/status/{first.remote_id}"
        assert server.posts[second.remote_id]["conversation_id"] == first.remote_id
        asked = server.say(ANA, "¿Hay?")
        answer = await connection.publish(a_post("Sí", reply_to=asked))
        assert server.posts[answer.remote_id]["text"] == "@ana_oye Sí"
        assert +server.charged == {"post": 2, "reply": 1}


async def test_what_is_meant_for_one_never_comes_out_in_public(opening: Opening) -> None:
    async with opening() as (server, connection):
        asked = server.say(ANA, "¿Hay?")
        posts = len(server.posts)
        for visibility in (Visibility.DIRECT, Visibility.FOLLOWERS):
            with pytest.raises(Refused) as refused:
                await connection.publish(a_post("hola@aurora.example", reply_to=asked, visibility=visibility))
            assert refused.value.message.values["reason"].id == "network.x.all_public"
        assert len(server.posts) == posts


async def test_what_x_refuses_to_programs_is_told_before_it_is_tried(opening: Opening) -> None:
    async with opening() as (server, connection):
        with pytest.raises(Refused) as caught:
            await connection.publish(a_post(quote="5"))
        assert caught.value.by_hand
        with pytest.raises(Refused) as caught:
            await connection.publish(a_post(media_ids=("1",), poll=Poll(("a", "b"))))
        assert caught.value.reason.id == "network.x.poll_without_media"
        assert server.http.requests == []


async def test_an_answer_to_who_did_not_call_us_is_done_by_hand(opening: Opening) -> None:
    async with opening() as (server, connection):
        stranger = server.say(BETO, "Busco un disco", named=False)
        with pytest.raises(Refused) as caught:
            await connection.publish(a_post("Aquí hay", reply_to=stranger))
        assert (caught.value.by_hand, caught.value.reason.id) == (True, "network.x.reply_by_hand")
        with pytest.raises(Refused) as caught:
            await connection.publish(a_post("Aquí hay", reply_to="99"))
        assert caught.value.reason.id == "network.x.answered_gone"


async def test_a_second_part_that_x_refuses_is_told_as_a_broken_thread(opening: Opening) -> None:
    async with opening() as (server, connection):
        first = await connection.publish(a_post("Uno"))
        server.faults.append((False, Reply(403, recorded("not_permitted"))))
        with pytest.raises(Refused) as caught:
            await connection.publish(a_post("Dos", reply_to=first.remote_id, number=1))
        assert caught.value.reason.id == "network.x.thread_refused"
        assert caught.value.reason.values["part"] == 2


async def test_an_answer_without_an_id_is_unsure(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.faults.append((True, Reply(201, {"data": {}})))
        with pytest.raises(Unsure):
            await connection.publish(a_post())


@pytest.mark.parametrize(
    "fault",
    [LOST, Reply(500, {}), Reply(502, body=b"<h1>"), Reply(503, body=b""), Reply(201, {"data": {}}, cut=Cut.MIDDLE)],
)
async def test_no_answer_no_certainty(fault: Reply, opening: Opening) -> None:
    async with opening() as (server, connection):
        server.faults.append((True, fault))
        with pytest.raises(Unsure):
            await connection.publish(a_post())


# --- duplicates


async def test_a_duplicate_of_our_own_lost_attempt_is_that_attempt(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        part = a_post(begun=clock.now())
        server.faults.append((True, LOST))
        with pytest.raises(Unsure):
            await connection.publish(part)
        clock.advance(40)
        sent = await connection.publish(part)
        assert [post["id"] for post in server.ours] == [sent.remote_id]


async def test_a_duplicate_of_an_older_post_is_the_users_to_change(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (_, connection):
        await connection.publish(a_post())
        clock.advance(3600)
        with pytest.raises(Refused) as caught:
            await connection.publish(a_post(begun=clock.now()))
        assert caught.value.reason.id == "network.x.duplicate"


async def test_a_duplicate_that_nothing_explains_is_a_doubt_twice_and_then_told(
    opening: Opening, clock: FakeClock
) -> None:
    async with opening() as (server, connection):
        part = a_post(begun=clock.now())
        for expected in (Unsure, Unsure, Refused):
            server.faults.append((False, Reply(403, recorded("duplicate"))))
            with pytest.raises(expected):
                await connection.publish(part)
        server.faults.append((False, Reply(403, recorded("duplicate"))))
        with pytest.raises(Refused):  # nobody knows of an attempt before this one
            await connection.publish(a_post("Otra"))


# --- looking


async def lost(server: Any, connection: Any, part: Outgoing, *, stored: bool = True) -> None:
    server.faults.append((stored, LOST))
    with pytest.raises(Unsure):
        await connection.publish(part)


async def test_a_lost_post_is_found_however_x_shows_it(opening: Opening, clock: FakeClock) -> None:
    for spelling in ("new", "old"):
        async with opening(spelling) as (server, connection):
            await lost(server, connection, a_post())
            found = await connection.find_mine(a_post(), clock.now())
            assert isinstance(found, Sent)
            assert found.remote_id == server.ours[0]["id"]


async def test_a_lost_reply_is_found_although_x_put_a_name_in_front(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        asked = server.say(ANA, "¿Hay?")
        await lost(server, connection, a_post("Sí, hay.", reply_to=asked))
        assert isinstance(await connection.find_mine(a_post("Sí, hay.", reply_to=asked), clock.now()), Sent)
        assert await connection.find_mine(a_post("Sí, hay."), clock.now()) is Found.NOT_THERE


async def test_long_texts_are_compared_in_full(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        long = "palabra " * 60
        await lost(server, connection, a_post(long))
        post = server.ours[0]
        post["note_post"] = {"text": post["text"], "entities": {}}
        post["text"] = post["text"][:270] + "… https://t.co/x"
        assert isinstance(await connection.find_mine(a_post(long), clock.now()), Sent)


async def test_the_clock_of_x_may_be_another_one(opening: Opening, clock: FakeClock) -> None:
    for hours in (-3, 3):
        async with opening() as (server, connection):
            server.skew = timedelta(hours=hours)
            await lost(server, connection, a_post())
            assert isinstance(await connection.find_mine(a_post(), clock.now()), Sent)


async def test_posts_of_other_items_and_older_ones_are_not_taken(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (_, connection):
        sent = await connection.publish(a_post())
        assert await connection.find_mine(a_post(others=(sent.remote_id,)), clock.now()) is Found.NOT_THERE
        clock.advance(3600)
        assert await connection.find_mine(a_post(), clock.now()) is Found.NOT_THERE


async def test_the_same_text_with_other_pictures_is_no_proof(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.say(ME, TEXT)
        assert await connection.find_mine(a_post(media_ids=("?",)), clock.now()) is Found.CANNOT_TELL


async def test_a_post_without_words_is_known_by_its_time_and_pictures(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        since = clock.now()
        part = a_post("", media_ids=("?", "?"))
        with pytest.raises(Offline):  # too early: X would take a second one without a word
            await connection.find_mine(part, since)
        server.media |= {"1": {}, "2": {}}
        await lost(server, connection, a_post("", media_ids=("1", "2")))
        found = await connection.find_mine(part, since)
        assert isinstance(found, Sent)
        server._new(ME, "", "", "", None, ["1", "2"])
        assert await connection.find_mine(part, since) is Found.CANNOT_TELL
        clock.advance(200)
        assert await connection.find_mine(a_post("", media_ids=("?",)), since) is Found.NOT_THERE


async def test_many_posts_meanwhile_are_all_looked_through(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        since = clock.now()
        await lost(server, connection, a_post())
        for number in range(35):
            server.say(ME, f"Otra {number}")
        assert isinstance(await connection.find_mine(a_post(), since), Sent)
        for number in range(120):
            server.say(ME, f"Y otra {number}")
        assert isinstance(await connection.find_mine(a_post(), since), Sent)
        for number in range(800):
            server.say(ME, f"Una más {number}")
        with pytest.raises(Offline):
            await connection.find_mine(a_post(), since)


async def test_a_post_that_cannot_be_read_is_no_evidence(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.say(ME, "Otra")
        server.ours[0]["created_at"] = "2026-11-18T16:00:00.000Z "
        with pytest.raises(Offline):
            await connection.find_mine(a_post(), clock.now())


async def test_looking_while_x_wants_patience_is_told_as_that(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.limited = Reply(
            429, recorded("too_many"), headers={"x-rate-limit-reset": str(int(clock.now().timestamp()) + 90)}
        )
        with pytest.raises(RateLimited):
            await connection.find_mine(a_post(), clock.now())


# --- deleting


async def test_deleting_twice_is_deleting_once(opening: Opening) -> None:
    async with opening() as (server, connection):
        sent = await connection.publish(a_post())
        await connection.delete(sent.remote_id)
        await connection.delete(sent.remote_id)
        assert server.ours == []
        with pytest.raises(Refused):
            await connection.delete(server.say(ANA, "Hola"))
