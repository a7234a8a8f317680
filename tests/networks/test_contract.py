"""The same contract for every network that connects: what a service may rely on, whatever the server does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import stamina

from app.language.measure import measure
from app.models.message import MessageKind, Visibility
from app.networks.network import (
    ABILITIES,
    Boosts,
    FindsMine,
    HearsMessages,
    Incoming,
    Likes,
    Publishes,
    ReportsMetrics,
    Revokes,
    TellsLimits,
    addressed,
    can,
)
from app.networks.outgoing import Found, Outgoing, Sent, Upload
from app.runtime.errors import NetworkTrouble, Offline, RateLimited, Refused, SignedOut, Unsure
from tests.fakes.clock import WEDNESDAY_MORNING, FakeClock
from tests.networks.rigs import RIGS, Rig

every_network = pytest.mark.parametrize("name", RIGS)
PIXEL = bytes.fromhex("89504e470d0a1a0a")


@pytest.fixture(autouse=True)
def _no_pauses() -> object:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@asynccontextmanager
async def running(name: str, clock: FakeClock) -> AsyncIterator[Rig]:
    rig = RIGS[name](clock)
    await rig.start()
    try:
        yield rig
    finally:
        await rig.stop()


async def read(connection: HearsMessages, cursor: str = "") -> tuple[list[Incoming], str]:
    found: list[Incoming] = []
    async for page in connection.messages(cursor):
        assert list(page.messages) == sorted(page.messages, key=lambda message: message.at)
        found += page.messages
        cursor = page.cursor
    return found, cursor


def a_post(text: str = "Llegó el disco nuevo de Aurora", **fields: object) -> Outgoing:
    return Outgoing(key=f"key of {text}", text=text, begun=WEDNESDAY_MORNING, **fields)  # type: ignore[arg-type]


@every_network
async def test_the_card_promises_what_the_connection_can(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        assert {ability for ability, kind in ABILITIES.items() if can(rig.connection, kind)} == set(rig.card.abilities)


@every_network
async def test_the_profile_names_the_account(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        profile = await rig.connection.profile()
        assert profile.remote_id
        assert profile.handle.startswith("@")
        assert "@" not in profile.handle[1:]


# --- reading


@every_network
async def test_an_account_nobody_wrote_to_has_no_messages_and_keeps_its_cursor(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        found, cursor = await read(rig.connection)
        assert found == []
        assert await read(rig.connection, cursor) == ([], cursor)


@every_network
async def test_messages_come_once_in_order_and_as_plain_text(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        ids = [rig.customer_writes(f"mensaje {number}") for number in range(170)]
        found, cursor = await read(rig.connection)
        assert [message.remote_id for message in found] == ids
        assert found[0].text in ("mensaje 0", "@discosaurora mensaje 0")  # on X nobody mentions us without our name
        assert found[0].author.handle.startswith("@")
        assert {message.ours for message in found} == {False}
        more = [rig.customer_writes(f"otro {number}") for number in range(3)]
        again, cursor = await read(rig.connection, cursor)
        assert [message.remote_id for message in again] == more
        assert (await read(rig.connection, cursor))[0] == []


@every_network
async def test_the_first_reading_takes_the_last_28_days_and_says_how_many_come(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        rig.customer_writes("hace mucho")
        clock.advance(timedelta(days=29))
        recent = [rig.customer_writes(f"hace poco {number}") for number in range(5)]
        pages = [page async for page in rig.connection.messages("")]
        assert [message.remote_id for page in pages for message in page.messages] == recent
        assert pages[0].total == 5


@every_network
async def test_a_reading_that_is_broken_off_goes_on_where_it_stopped(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        ids = [rig.customer_writes(f"mensaje {number}") for number in range(170)]
        found: list[Incoming] = []
        cursor = ""
        async for page in rig.connection.messages(""):
            found += page.messages
            cursor = page.cursor
            break
        rest, _ = await read(rig.connection, cursor)
        assert [message.remote_id for message in (*found, *rest)] == ids


@every_network
async def test_one_thread_with_one_customer_is_one_conversation(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        post = await rig.connection.publish(a_post())
        clock.advance(1)
        first = rig.customer_writes("¿Hay en vinilo?", under=post.remote_id)
        clock.advance(1)
        answer = await rig.connection.publish(a_post("Sí, hay.", reply_to=first))
        second = rig.customer_writes("Gracias", under=answer.remote_id)
        other = rig.customer_writes("¿Abren el lunes?")
        found = {message.remote_id: message for message in (await read(rig.connection))[0]}
        assert found[first].thread_key == found[second].thread_key == found[answer.remote_id].thread_key
        assert found[other].thread_key != found[first].thread_key
        assert found[first].kind is MessageKind.REPLY
        assert found[first].in_reply_to == post.remote_id
        assert (found[first].parent_id, found[first].parent_ours) == (post.remote_id, True)
        assert found[first].parent_text == "Llegó el disco nuevo de Aurora"
        assert found[other].kind is MessageKind.MENTION
        assert found[answer.remote_id].ours


# --- publishing


@every_network
async def test_a_post_goes_out_with_picture_and_thread(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        picture = await rig.connection.upload(Upload(PIXEL, "image/png", "a.png", "Portada"))
        first = await rig.connection.publish(a_post(media_ids=(picture,), language="es"))
        clock.advance(1)
        second = await rig.connection.publish(a_post("Segunda parte", reply_to=first.remote_id, root=first.remote_id, number=1))
        assert rig.stored() == [first.remote_id, second.remote_id]
        assert first.url.startswith("https://")
        assert abs(first.at - clock.now()) < timedelta(minutes=1)


@every_network
async def test_a_reply_lands_under_its_message(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        message_id = rig.customer_writes("¿Hay en vinilo?")
        (message,), _ = await read(rig.connection)
        text = addressed("Sí.", message.author.handle) if rig.card.replies_name else "Sí."
        sent = await rig.connection.publish(a_post(text, reply_to=message_id))
        found, _ = await read(rig.connection)
        (ours,) = [each for each in found if each.ours]
        assert (ours.remote_id, ours.in_reply_to, ours.thread_key) == (sent.remote_id, message_id, message.thread_key)


@every_network
async def test_a_post_that_was_stored_without_an_answer_is_found(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        since = clock.now()
        part = a_post("Mira https://discos.example/nuevo @ana @beto@otra.example\n\nSegunda línea & más")
        rig.lose_answer(stored=True)
        with pytest.raises(Unsure):
            await rig.connection.publish(part)
        clock.advance(10)
        found = await rig.connection.find_mine(part, since)
        assert isinstance(found, Sent)
        assert rig.stored() == [found.remote_id]


@every_network
async def test_a_post_that_was_not_stored_is_known_not_to_be_there(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        await rig.connection.publish(a_post("Una publicación anterior"))
        clock.advance(3600)
        since = clock.now()
        rig.lose_answer(stored=False)
        with pytest.raises(Unsure):
            await rig.connection.publish(a_post())
        assert await rig.connection.find_mine(a_post(), since) in (Found.NOT_THERE, Found.REPEATABLE)


@every_network
async def test_looking_while_nothing_can_be_read_is_no_evidence(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        rig.limit(60)
        with pytest.raises(RateLimited):
            await rig.connection.find_mine(a_post(), clock.now())
    async with running(name, clock) as rig:
        await rig.cut_off()
        with pytest.raises(Offline):
            await rig.connection.find_mine(a_post(), clock.now())


@every_network
async def test_a_refusal_is_final_and_says_why(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        rig.reject()
        with pytest.raises(Refused) as caught:
            await rig.connection.publish(a_post())
        assert caught.value.reason.id
        assert rig.stored() == []


# --- trouble, the same for all calls


def calls(rig: Rig) -> dict[str, Callable[[], Awaitable[object]]]:
    connection = rig.connection
    found: dict[str, Callable[[], Awaitable[object]]] = {
        "profile": connection.profile,
        "read": lambda: read(connection),
        "publish": lambda: connection.publish(a_post()),
        "upload": lambda: connection.upload(Upload(PIXEL, "image/png", "a.png")),
        "figures": lambda: connection.figures([rig.nowhere]),
    }
    if can(connection, Likes):
        found["like"] = lambda: connection.like(rig.nowhere)
    if can(connection, Boosts):
        found["boost"] = lambda: connection.boost(rig.nowhere)
    return found


CALLS = ("profile", "read", "publish", "upload", "figures", "like", "boost")


async def trouble_of(call: str, rig: Rig) -> NetworkTrouble | None:
    do = calls(rig).get(call)
    if do is None:
        return None
    with pytest.raises(NetworkTrouble) as caught:
        await do()
    return caught.value


@every_network
@pytest.mark.parametrize("call", CALLS)
async def test_a_limit_names_its_end(name: str, call: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        rig.limit(240)
        trouble = await trouble_of(call, rig)
        if trouble is not None:
            assert isinstance(trouble, RateLimited)
            assert abs(trouble.until - clock.now() - timedelta(seconds=240)) < timedelta(seconds=2)


@every_network
@pytest.mark.parametrize("call", CALLS)
async def test_a_dead_token_means_signed_out(name: str, call: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        rig.refuse_token()
        trouble = await trouble_of(call, rig)
        assert trouble is None or isinstance(trouble, SignedOut)


@every_network
@pytest.mark.parametrize("call", CALLS)
async def test_without_a_line_everything_is_offline_and_nothing_unsure(name: str, call: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        await rig.cut_off()
        trouble = await trouble_of(call, rig)
        assert trouble is None or isinstance(trouble, Offline)


# --- the rest


@every_network
async def test_limits_are_told_and_counted_as_the_network_counts(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        assert isinstance(rig.connection, TellsLimits)
        limits, facts = await rig.connection.limits()
        text = "a" * limits.text
        assert measure(text, limits.counting, limits.text, link_length=limits.link_length).fits
        assert not measure(text + "a", limits.counting, limits.text, link_length=limits.link_length).fits
        assert Visibility.PUBLIC in limits.visibilities
        assert limits.image_types
        assert all(isinstance(value, str) for value in facts.values.values())


@every_network
async def test_figures_of_a_post_that_is_gone_say_so(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        assert isinstance(rig.connection, ReportsMetrics)
        sent = await rig.connection.publish(a_post())
        there, gone = await rig.connection.figures([sent.remote_id, rig.nowhere])
        assert (there.remote_id, there.gone) == (sent.remote_id, False)
        assert (gone.remote_id, gone.gone) == (rig.nowhere, True)
        assert await rig.connection.figures([]) == []


@every_network
async def test_acts_may_be_repeated(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        message_id = rig.customer_writes("Me encanta")
        for ability, do, undo in ((Likes, "like", "unlike"), (Boosts, "boost", "unboost")):
            if can(rig.connection, ability):
                for verb in (do, do, undo, undo):
                    await getattr(rig.connection, verb)(message_id)


@every_network
async def test_a_token_is_revoked_once_and_for_all(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        assert isinstance(rig.connection, Revokes)
        await rig.connection.revoke()
        await rig.connection.revoke()
        with pytest.raises(SignedOut):
            await rig.connection.profile()


@every_network
async def test_what_publishes_can_also_look_for_it(name: str, clock: FakeClock) -> None:
    async with running(name, clock) as rig:
        assert can(rig.connection, Publishes) == can(rig.connection, FindsMine)
